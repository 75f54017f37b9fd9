"""What the report is made of, and its sentences: marked wording filled in with figures."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

_WORDING = Path(__file__).resolve().parent / "wording.toml"
_MARKED = re.compile(r"(\*\*.+?\*\*|\*.+?\*)")
_NAMED = re.compile(r"\{(\w+)\}")

Style = Literal["Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Body Text", "Caption"]


@dataclass(frozen=True)
class Said:
    """A value in a sentence; ``note`` is the footnote it carries, "" for none."""

    text: str
    note: str = ""


@dataclass(frozen=True)
class Run:
    """A stretch of text in one look, with the footnote after it."""

    text: str
    bold: bool = False
    italic: bool = False
    note: str = ""


@dataclass(frozen=True)
class Line:
    """A paragraph of the report."""

    runs: tuple[Run, ...]
    style: Style = "Body Text"

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Cells:
    """A table: caption, header repeated on each page, rows; ``numeric`` columns stand right."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Said, ...], ...]
    numeric: tuple[int, ...]


@dataclass(frozen=True)
class Picture:
    """A chart the brief shows too, by its name."""

    name: str
    caption: str


Piece = Line | Cells | Picture


@functools.cache
def _wording() -> dict[str, Any]:
    return tomllib.loads(_WORDING.read_text(encoding="utf-8"))


def wording(key: str) -> Any:
    """Return an entry such as ``result.total``: a sentence, or the header of a table."""
    part, _, name = key.partition(".")
    return _wording()[part][name]


def fill(key: str, /, **values: object) -> tuple[Run, ...]:
    """Fill a sentence; what stands between stars is bold or italic, values included.

    >>> [(run.text, run.bold) for run in fill("criteria.announced", count="3")]
    [('- Trong tháng có ', False), ('3', True), (' TTHC được công bố.', False)]
    """
    return tuple(_runs(wording(key), values))


def _runs(template: str, values: dict[str, object]) -> Iterator[Run]:
    for marked in filter(None, _MARKED.split(template)):
        bold, italic = marked.startswith("**"), marked.startswith("*") and not marked.startswith("**")
        notes: list[
            str
        ] = []  # told after what is marked, so that no sign stands between points and their maximum
        for at, piece in enumerate(_NAMED.split(marked.strip("*") if bold or italic else marked)):
            value = values[piece] if at % 2 else piece
            if isinstance(value, tuple):
                yield from value
            elif isinstance(value, Said):
                yield Run(value.text, bold, italic)
                notes += [value.note] if value.note else []
            elif str(value):
                yield Run(str(value), bold, italic)
        yield from (Run("", note=note) for note in notes)


def line(key: str, style: Style = "Body Text", /, **values: object) -> Line:
    """Fill a sentence that is a paragraph of its own."""
    return Line(fill(key, **values), style)


def plain(text: str, style: Style = "Body Text") -> Line:
    """A paragraph of the office's own words, as they are."""
    return Line((Run(text),), style)
