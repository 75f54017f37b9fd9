"""Bounds on trees that came from outside: how deep they are, how large their numbers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from lxml import etree

from sadec_analysis.errors import InputError

# An element of a parsed tree; lxml carries no types.
Element = Any

DEEPEST = 200
MOST_ATTRIBUTES = 1_000
# Bytes of markup: a report of a hundred pages has a tenth of it.
LARGEST_MARKUP = 16 * 2**20
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)


def require_shallow(root: Element, path: Path) -> None:
    """Raise InputError where elements are nested deeper than any office program nests them."""
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise too_deep(path)


def too_deep(path: Path) -> InputError:
    """Make the error of a tree nested too deeply."""
    return InputError(
        path, "is nested too deeply", expected=f"at most {DEEPEST} levels",
        remedy="open it, copy its text into a new document, and save that",
    )  # fmt: skip


def whole(text: str | None, default: int) -> int:
    """Read a whole number of at most nine digits; anything else counts as not given.

    >>> whole("3", 1), whole(None, 1), whole("-4", 1), whole("9" * 5000, 1)
    (3, 1, 1, 1)
    """
    return int(text) if text is not None and _WHOLE.fullmatch(text.strip()) else default
