"""A chart as a picture of its own: title, drawing and source in one SVG file that needs nothing else."""

from __future__ import annotations

import re
import textwrap
from html import escape
from typing import Any

from sadec_analysis.brief.webfont import font_faces
from sadec_analysis.charts.style import FAMILY, INK, MUTED

_MARGIN = 12
# size, weight, colour, line height, letters that fit the width
_TITLE = (16, 600, INK, 20, 50)
_SUBTITLE = (11.5, 400, MUTED, 15, 72)
_SOURCE = (9.5, 400, MUTED, 12.5, 88)


def standalone_svg(chart: dict[str, Any]) -> str:
    """Return the whole picture of a chart block, its typeface included."""
    head, top = _lines(chart["title"], 22, _TITLE)
    sub, top = _lines(chart["subtitle"], top + 2, _SUBTITLE)
    height = float(re.search(r'viewBox="0 0 [\d.]+ ([\d.]+)"', chart["svg"])[1])  # type: ignore[index]
    width = chart["width"]
    drawing = chart["svg"].replace(
        "<svg ", f'<svg x="{_MARGIN}" y="{top - 6:g}" width="{width}" height="{height:g}" ', 1
    )
    source, bottom = _lines(chart["source"], top + height + 10, _SOURCE)
    full = f"{width + 2 * _MARGIN} {bottom:g}"
    faces = font_faces(re.sub(r"<[^>]+>", "", head + sub + drawing + source))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 {full}" '
        f'width="{width + 2 * _MARGIN}" height="{bottom:g}" role="img" font-family="\'{FAMILY}\', sans-serif">'
        f"<title>{escape(chart['title'])}</title><desc>{escape(chart['alt'])}</desc>"
        f'<style>{faces}</style><rect width="100%" height="100%" fill="#fff"/>{head}{sub}{drawing}{source}</svg>\n'
    )


def _lines(text: str, top: float, kind: tuple[float, int, str, float, int]) -> tuple[str, float]:
    """Set a text in lines from ``top`` down; return it and where the next one starts."""
    size, weight, colour, step, letters = kind
    lines = textwrap.wrap(text, letters)
    set_lines = "".join(
        f'<text x="{_MARGIN}" y="{top + at * step:g}" font-size="{size}" font-weight="{weight}" fill="{colour}">'
        f"{escape(line)}</text>"
        for at, line in enumerate(lines)
    )
    return set_lines, top + len(lines) * step
