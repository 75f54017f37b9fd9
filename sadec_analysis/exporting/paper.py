"""Parts as a tagged A4 document, set by Typst; they reach it as data, never as code."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from sadec_analysis.brief.pdf import TEMPLATES, for_paper, letters_of, set_document
from sadec_analysis.charts.style import FONTS
from sadec_analysis.words import Words

Json = dict[str, Any]
_DAY = dt.date(2020, 1, 1)  # a notebook has no day of its own, and the same one gives the same bytes
LINES_ON_PAPER = 60
_LONG = re.compile(r"\S{80}")
_BREAK_HERE = "\u200b"


def to_paper(parts: Sequence[Json], title: str, words: Words) -> bytes:
    """Return the document; raises RunError where it cannot be set."""
    content = {"title": title, "lang": words.lang, "parts": [_fitted(part, words) for part in parts]}
    faces = (FONTS / "Inter-Regular.ttf", FONTS / "JetBrainsMono-Regular.ttf")
    letters = frozenset[int]().union(*map(letters_of, faces))
    return set_document(TEMPLATES / "notebook.typ", content, _DAY, letters)


def _fitted(part: Json, words: Words) -> Json:
    """Cut what fills pages and let long words break; the page of a browser has it whole."""
    if part["kind"] == "block":
        return part | {"block": for_paper(part["block"])}
    if part["kind"] not in ("code", "output"):
        return {key: value for key, value in part.items() if key not in ("uri", "mathml")}
    lines = part["text"].expandtabs(4).split("\n")
    left = len(lines) - LINES_ON_PAPER if part["kind"] == "output" else 0
    if left > 0:
        lines = [*lines[:LINES_ON_PAPER], words.text("export.left_out", count=words.number(left))]
    text = _LONG.sub(lambda found: found[0] + _BREAK_HERE, "\n".join(lines))
    return part | {"text": text}
