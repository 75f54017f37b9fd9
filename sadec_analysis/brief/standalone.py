"""A chart as a picture of its own: title, drawing and source in one SVG file that needs nothing else."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from html import escape, unescape
from typing import Any

from sadec_analysis.brief.webfont import font_faces
from sadec_analysis.charts.style import FAMILY, INK, MUTED

_MARGIN = 12
_TYPEFACE = "<style></style>"
_UNSEEN = re.compile(r"<desc>.*?</desc>|<[^>]+>", re.DOTALL)
# size, weight, colour, line height, letters that fit the width
_TITLE = (16, 600, INK, 20, 50)
_SUBTITLE = (11.5, 400, MUTED, 15, 72)
_SOURCE = (9.5, 400, MUTED, 12.5, 88)


def standalone_svgs(charts: Sequence[dict[str, Any]]) -> list[str]:
    """Return the whole picture of each chart block; all carry one typeface, with the letters any of them uses."""
    pictures = [_without_typeface(chart) for chart in charts]
    letters = {letter for picture in pictures for letter in unescape(_UNSEEN.sub("", picture))}
    faces = font_faces("".join(letters))
    return [picture.replace(_TYPEFACE, f"<style>{faces}</style>", 1) for picture in pictures]


def standalone_svg(chart: dict[str, Any]) -> str:
    """Return the whole picture of one chart block, its typeface included."""
    return standalone_svgs([chart])[0]


def _without_typeface(chart: dict[str, Any]) -> str:
    head, top = _lines(chart["title"], 22, _TITLE)
    sub, top = _lines(chart["subtitle"], top + 2, _SUBTITLE)
    height = float(re.search(r'viewBox="0 0 [\d.]+ ([\d.]+)"', chart["svg"])[1])  # type: ignore[index]  # every chart has one: we drew it
    width = chart["width"]
    drawing = chart["svg"].replace(
        "<svg ", f'<svg x="{_MARGIN}" y="{top - 6:g}" width="{width}" height="{height:g}" ', 1
    )
    source, bottom = _lines(chart["source"], top + height + 10, _SOURCE)
    full = f"{width + 2 * _MARGIN} {bottom:g}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 {full}" '
        f'width="{width + 2 * _MARGIN}" height="{bottom:g}" role="img" font-family="\'{FAMILY}\', sans-serif">'
        f"<title>{escape(chart['title'])}</title><desc>{escape(chart['alt'])}</desc>"
        f'{_TYPEFACE}<rect width="100%" height="100%" fill="#fff"/>{head}{sub}{drawing}{source}</svg>\n'
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
