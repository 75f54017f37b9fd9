"""What a chart's drawing says in words and numbers, beside the table behind it."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from typing import Any

from sadec_analysis.blocks.links import plain_spans

Json = dict[str, Any]
_LABEL = re.compile(r"<text[^>]*>(.*?)</text>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
NUMBER = re.compile(r"\d[\d.,]*\d|\d")


def labels(svg: str) -> str:
    """The text of a drawing, in the order it is drawn.

    >>> labels('<svg><text x="1">An <tspan>Hòa</tspan></text><path/><text>81,65</text></svg>')
    'An Hòa 81,65'
    """
    return " ".join(unescape(_TAG.sub("", label)) for label in _LABEL.findall(svg))


def shows_its_table(chart: Json) -> bool:
    """Whether every number of the table behind a chart is written in its drawing, as often."""
    written = (plain_spans(cell) for row in chart["data"]["rows"] for cell in row)
    needed = Counter(number for cell in written for number in NUMBER.findall(cell))
    return not needed - Counter(NUMBER.findall(labels(chart["svg"])))
