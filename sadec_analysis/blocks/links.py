"""Links from findings back to the numbers they are about, put into a rendered page."""

from __future__ import annotations

import re

_MARK = re.compile(r'<a class="?badge"? href="#finding-(\d+)"')
_FOLDED = re.compile(r"<details.*?</details>", re.DOTALL)
_BACK = re.compile(r' <a class="?back"? href="#mark-(\d+)">[^<]*</a>')


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
