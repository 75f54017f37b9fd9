"""Charts as pictures for Word: the drawing of the brief, set in its own typeface."""

from __future__ import annotations

import io
from typing import Any

import typst
from docx.shared import Mm

from sadec_analysis.charts.style import FONTS
from sadec_analysis.office.package import in_xml

_PAGE = b'#set page(width: auto, height: auto, margin: 2pt)\n#image(bytes(sys.inputs.svg), format: "svg", width: 15cm)'
_DRAWN = 150  # mm
_DOTS_PER_INCH = 220  # as shown, what Word itself keeps of a picture


def png(svg: str, width: float) -> bytes:
    """Draw a chart's SVG as PNG, fine enough for ``width`` mm; the same bytes every time."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    dots = _DOTS_PER_INCH * width / _DRAWN
    drawn = typst.compile(_PAGE, format="png", ppi=dots, font_paths=fonts, sys_inputs={"svg": svg})
    return bytes(drawn)


def add_picture(paragraph: Any, svg: str, alt: str, name: str, width: float) -> None:
    """Put a chart into a paragraph, ``width`` mm wide, with its alternative text."""
    shape = paragraph.add_run().add_picture(io.BytesIO(png(svg, width)), width=Mm(width))
    shape._inline.docPr.set("descr", in_xml(alt))
    shape._inline.docPr.set("name", in_xml(name))
