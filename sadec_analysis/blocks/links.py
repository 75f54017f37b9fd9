"""Links within a page: to its sections, and from findings back to the numbers they are about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from sadec_analysis.names import slug

SECTION = 2  # the level of a heading that opens a section
_MARK = re.compile(r'<a class="?badge"? href="#finding-(\d+)"')
_FOLDED = re.compile(r"<details.*?</details>", re.DOTALL)
_BACK = re.compile(r' <a class="?back"? href="#mark-(\d+)">[^<]*</a>')


def anchor(block: dict[str, Any]) -> str:
    """The id of a section, from its number and words.

    >>> anchor({"number": "I.", "text": ["Kết quả đánh giá"]})
    's-i-ket-qua-danh-gia'
    """
    return "s-" + slug(f"{block['number']} {plain_spans(block['text'])}")


def contents(blocks: Sequence[dict[str, Any]], label: str) -> str:
    """Links to the sections of a page; nothing where it has fewer than two."""
    sections = [block for block in blocks if block["kind"] == "heading" and block["level"] == SECTION]
    links = "".join(
        f'<li><a href="#{anchor(block)}">{escape(block["number"])} {escape(plain_spans(block["text"]))}</a></li>'
        for block in sections
    )
    return f'<nav class=contents aria-label="{escape(label)}"><ol>{links}</ol></nav>' if sections[1:] else ""


def plain_spans(spans: Sequence[str | dict[str, Any]]) -> str:
    """The words of running text."""
    return "".join(span if isinstance(span, str) else span["text"] for span in spans)


def linked_back(page: str) -> str:
    """Make the first mark of each finding the target of the finding's link; drop links that have no target.

    Marks in sight come before those in tables that are folded away.

    >>> linked_back('<a class=badge href="#finding-1">1</a>: A. <a class=back href="#mark-1">See</a>')
    '<a id=mark-1 class=badge href="#finding-1">1</a>: A. <a class=back href="#mark-1">See</a>'
    >>> linked_back('A. <a class=back href="#mark-1">See</a>')
    'A.'
    """
    in_sight = _FOLDED.sub(lambda folded: " " * len(folded[0]), page)
    marks = _first(page) | _first(in_sight)
    for number, start in sorted(marks.items(), key=lambda mark: -mark[1]):
        page = f"{page[:start]}<a id=mark-{number}{page[start + 2 :]}"
    return _BACK.sub(lambda link: link[0] if link[1] in marks else "", page)


def _first(page: str) -> dict[str, int]:
    """Where the first mark of each finding stands."""
    return {mark[1]: mark.start() for mark in reversed(list(_MARK.finditer(page)))}
