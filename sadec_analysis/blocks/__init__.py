"""What a brief is made of: blocks, shown alike in notebooks, HTML, PDF and Word.

A block displayed in a notebook carries itself as JSON; exporters read that JSON
from the executed notebook, so every format has the same content in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from sadec_analysis.blocks.trend import Trend

if TYPE_CHECKING:  # importing it takes a second, in every process that draws a block
    from nbformat import NotebookNode

MIME = "application/vnd.sadec.block+json"


@dataclass(frozen=True)
class Num:
    """A number in running text: as written, where it was read, and the findings about it.

    ``source`` is the sentence shown on hover; ``sections`` are the numbers of the
    report's sections it came from, for paper.
    """

    text: str
    source: str = ""
    badges: tuple[int, ...] = ()
    status: str = ""
    sections: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Quoted(Num):
    """Words of a source inside running text of another language, and the language they are written in."""

    lang: str = "vi"


Span = str | Num
Spans = tuple[Span, ...]


def spans(*pieces: object) -> Spans:
    """Join pieces into running text: numbers stay numbers, everything else becomes text."""
    return tuple(piece if isinstance(piece, Num) else str(piece) for piece in pieces)


@dataclass(frozen=True)
class Block:
    """Base of all blocks."""

    def as_json(self) -> dict[str, Any]:
        """Return the block as plain data, ``kind`` naming it."""
        return {"kind": type(self).__name__.lower(), **asdict(self)}

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        from sadec_analysis.blocks.html import page_fragment, plain_text

        content = self.as_json()
        return {MIME: content, "text/html": page_fragment(content), "text/plain": plain_text(content)}


@dataclass(frozen=True)
class Masthead(Block):
    """Head of a brief: who, about what, which month; ``warning`` marks synthetic data."""

    kicker: str
    title: str
    month: str
    warning: str = ""


@dataclass(frozen=True)
class Heading(Block):
    """A heading of level 1 (the headline) to 3."""

    level: int
    text: Spans
    number: str = ""


@dataclass(frozen=True)
class Text(Block):
    """A paragraph; ``role`` sets its weight on the page."""

    text: Spans
    role: Literal["body", "lead", "small"] = "body"


@dataclass(frozen=True)
class Card:
    """One headline number with its label, a note and the months up to it."""

    label: str
    value: Spans
    note: Spans = ()
    tone: Literal["plain", "fall", "rise"] = "plain"
    trend: Trend | None = None


@dataclass(frozen=True)
class Cards(Block):
    """A row of headline numbers."""

    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Points(Block):
    """A short list of sentences under a label."""

    label: str
    items: tuple[Spans, ...]


@dataclass(frozen=True)
class Grid(Block):
    """A table: header, rows of cells, and which columns hold numbers."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Spans, ...], ...]
    numeric: tuple[int, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Chart(Block):
    """A drawn chart: title, subtitle, source line, alternative text, the picture and the table behind it."""

    name: str
    title: str
    subtitle: str
    source: str
    alt: str
    svg: str
    data: Grid
    width: int = 400


@dataclass(frozen=True)
class Quote(Block):
    """The office's own words, unchanged but for recorded repairs; ``lang`` names their language where the page has another."""

    label: str
    paragraphs: tuple[str, ...]
    source: str
    lang: str = ""


@dataclass(frozen=True)
class Note(Block):
    """A remark that is not from the source: automatic, missing, unknown or a warning."""

    role: Literal["automatic", "missing", "unknown", "warning"]
    label: str
    text: Spans


@dataclass(frozen=True)
class Contradiction:
    """One finding as readers see it."""

    number: int
    severity: str
    severity_name: str
    message: str
    place: str


@dataclass(frozen=True)
class Contradictions(Block):
    """Findings, numbered; the numbers are the badges beside figures, which lead to the full list.

    ``back`` names the link from a finding of the full list to the first number it is about.
    """

    label: str
    items: tuple[Contradiction, ...]
    more: str = ""
    is_full: bool = False
    back: str = ""


@dataclass(frozen=True)
class Break(Block):
    """A new page on paper; a rule on a screen."""


def blocks_of(notebook: NotebookNode) -> Iterator[dict[str, Any]]:
    """Yield the blocks displayed in an executed notebook, in order."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if MIME in output.get("data", {}):
                yield output["data"][MIME]
