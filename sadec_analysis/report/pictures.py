"""Charts as pictures for Word: the drawing of the brief, set in its own typeface."""

from __future__ import annotations

import typst

from sadec_analysis.charts.style import FONTS

_PAGE = b'#set page(width: auto, height: auto, margin: 2pt)\n#image(bytes(sys.inputs.svg), format: "svg", width: 15cm)'
_DOTS_PER_INCH = 200


def png(svg: str) -> bytes:
    """Draw a chart's SVG, 15 cm wide, as PNG; the same bytes every time."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    drawn = typst.compile(_PAGE, format="png", ppi=_DOTS_PER_INCH, font_paths=fonts, sys_inputs={"svg": svg})
    return bytes(drawn)
