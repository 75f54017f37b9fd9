"""Runs of text, as word processors cut them, into paragraphs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from sadec_analysis.reading.documents.outline import Paragraph

# A piece of text and whether it is bold.
Run = tuple[str, bool]
BREAK: Run = ("\n", False)
BULLET = "•"

_OPENS_LINE = re.compile(r"\s*(?:[-+•]|\d+(?:\.\d+)*\.|[IVX]+\.)\s")


def paragraphs(runs: Iterable[Run], label: str = "") -> Iterator[Paragraph]:
    """Yield the paragraphs of runs: cut at breaks that open a list item or heading, joined at others.

    Spaces are squeezed and letters composed (NFC). ``label`` is the list number or bullet
    before the first; it is dropped where no text follows, and is never bold.

    >>> [each.text for each in paragraphs([("Có 9/9 xã,", False), BREAK, ("phường", True)], "2.")]
    ['2. Có 9/9 xã, phường']
    >>> [each.text for each in paragraphs([("Gồm:", False), BREAK, ("- Tỷ lệ", False)])]
    ['Gồm:', '- Tỷ lệ']
    """
    first, *others = _lines(runs)
    current = [(f"{label} ", False), *first] if label and _text(first).strip() else first
    for line in others:
        if _OPENS_LINE.match(_text(line)):
            yield from _joined(current)
            current = line
        else:
            current += [(" ", False), *line]
    yield from _joined(current)


def _lines(runs: Iterable[Run]) -> list[list[Run]]:
    lines: list[list[Run]] = [[]]
    for run in runs:
        if run == BREAK:
            lines.append([])
        else:
            lines[-1].append(run)
    return lines


def _text(runs: Iterable[Run]) -> str:
    return "".join(text for text, _ in runs)


def _joined(runs: list[Run]) -> Iterator[Paragraph]:
    """Join runs into one paragraph, keeping where bold starts and ends; nothing where they hold no text."""
    text, bold = "", []
    for is_bold, alike in groupby(runs, itemgetter(1)):
        piece = re.sub(r"\s+", " ", unicodedata.normalize("NFC", _text(alike)))
        piece = piece.lstrip() if not text or text.endswith(" ") else piece
        if is_bold and piece.strip():
            bold.append((len(text), len(text) + len(piece)))
        text += piece
    if text.strip():
        yield Paragraph(text.rstrip(), tuple(bold))
