"""LaTeX formulas: MathML for pages, a drawing for paper; one that cannot be set keeps its source."""

from __future__ import annotations

import functools
import io
import re
from html import unescape
from typing import Any
from xml.etree import ElementTree as ET

import matplotlib as mpl
from latex2mathml.converter import convert_to_element
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.mathtext import MathTextParser

from sadec_analysis.charts.style import INK

_SIZE = 10  # points
_UNKNOWN = re.compile(r"\\[A-Za-z]+")
# What carries layout; links, styles and events stay out.
_ATTRIBUTES = {
    "accent", "columnalign", "columnspacing", "depth", "display", "displaystyle", "fence", "form", "height", "linethickness",
    "lspace", "mathvariant", "maxsize", "minsize", "movablelimits", "notation", "rowspacing", "rspace", "scriptlevel", "separator",
    "stretchy", "symmetric", "width", "xmlns",
}  # fmt: skip


@functools.lru_cache(maxsize=512)
def mathml(tex: str, *, is_block: bool = False) -> str:
    r"""Return a formula as MathML, the empty text where it cannot be read.

    >>> mathml("x^2")
    '<math display="inline"><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow></math>'
    >>> mathml(r"\nosuchcommand{x}")
    ''
    """
    try:
        element = convert_to_element(tex, display="block" if is_block else "inline")
    except Exception:  # noqa: BLE001 - whatever the converter trips over, the source is shown
        return ""
    for part in element.iter():
        part.text = unescape(part.text or "")  # the converter leaves references to characters in its text
    if any(_UNKNOWN.search(part.text or "") for part in element.iter()):
        return ""
    for part in element.iter():
        part.attrib = {key: value for key, value in part.attrib.items() if key in _ATTRIBUTES - {"xmlns"}}
    return ET.tostring(element, encoding="unicode")


@functools.lru_cache(maxsize=512)
def drawn(tex: str) -> tuple[str, float] | None:
    """Return a formula as SVG and how far it reaches below the line, in points; None where it cannot be drawn."""
    source = f"${' '.join(tex.split())}$"
    font = FontProperties(size=_SIZE, family="DejaVu Sans")
    try:
        width, height, depth, *_ = MathTextParser("path").parse(source, dpi=72, prop=font)
    except (ValueError, RuntimeError):
        return None
    if width <= 0 or height <= 0:
        return None
    with mpl.rc_context({"svg.fonttype": "path", "svg.hashsalt": tex}):
        figure = Figure(figsize=(width / 72, height / 72))
        figure.text(0, depth / height, source, fontproperties=font, color=INK)
        stream = io.StringIO()
        nothing: dict[str, Any] = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        figure.savefig(stream, format="svg", transparent=True, metadata=nothing)
    text = stream.getvalue()
    return text[text.index("<svg") :], depth
