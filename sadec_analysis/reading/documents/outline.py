"""A report as sections of lines and tables, whatever file it came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

_ROMAN = re.compile(r"(?P<number>[IVX]+)\.\s+(?P<title>\S.*)")
_ARABIC = re.compile(
    r"(?P<number>\d{1,2}(?:\.\d{1,2})+)(?!\d)\s?[./)]?\s*(?P<title>[^\W\d].*)|(?P<single>\d{1,2})\s?[./)]\s*(?P<name>[^\W\d].*)"
)
# A line with a score, a rate or a result is a statement, however it begins.
_STATES_FIGURE = re.compile(r"\d\s*%|\d\s*/\s*\d|đạt \d", re.IGNORECASE)
_NAMES_INDICATOR = re.compile(r"chỉ số\s", re.IGNORECASE)
_LONGEST_TITLE = 120
_PARTS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: its text and the character ranges printed bold."""

    text: str
    bold: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Grid:
    """One table: header cells and rows of cells, all as printed."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Line:
    """A paragraph with its place: its number among the lines of its section."""

    paragraph: Paragraph
    number: int

    @property
    def text(self) -> str:
        """The line's text."""
        return self.paragraph.text


@dataclass(frozen=True)
class Table:
    """A table with its caption (the upper-case line before it) and its number in the section."""

    grid: Grid
    number: int
    caption: str


@dataclass
class Section:
    """One numbered section; ``titles`` runs from the part (I, II, ...) down to this section."""

    numbers: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    lines: list[Line] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    @property
    def place(self) -> str:
        """The section's number as a reader would say it: ``II.2.1``; ``0`` before the first.

        >>> Section(("II", "2", "2.1")).place
        'II.2.1'
        """
        return (
            ".".join((*self.numbers[:1], *self.numbers[-1:]))
            if len(self.numbers) > 1
            else "".join(self.numbers) or "0"
        )

    def line_place(self, line: Line) -> str:
        """Place of a line in this section."""
        return f"{self.place}, line {line.number}"

    def table_place(self, table: Table, row: int | None = None) -> str:
        """Place of a table, or of one of its rows (from 1, the header not counted)."""
        return f"{self.place}, table {table.number}" + (f", row {row}" if row else "")


@dataclass(frozen=True)
class Document:
    """A report: its sections in order, the first one unnumbered."""

    source: str
    sections: tuple[Section, ...]


def outline(source: str, items: Iterable[Paragraph | Grid]) -> Document:
    """Arrange paragraphs and tables into numbered sections, in order, losing nothing."""
    sections = [Section()]
    for item in items:
        if isinstance(item, Grid):
            _add_table(sections[-1], item)
        elif heading := _heading(item.text, sections[-1]):
            sections.append(heading)
        else:
            sections[-1].lines.append(Line(item, len(sections[-1].lines) + 1))
    return Document(source, tuple(sections))


def _add_table(section: Section, grid: Grid) -> None:
    captions = [
        line.text
        for line in section.lines
        if line.text == line.text.upper() and re.search(r"\w{3}", line.text)
    ]
    section.tables.append(Table(grid, len(section.tables) + 1, captions[-1] if captions else ""))


def _heading(text: str, current: Section) -> Section | None:
    """Return the section a line opens, or None where the line is no heading."""
    roman = _ROMAN.fullmatch(text)
    if roman and (roman["title"] == roman["title"].upper() or _is_next(roman["number"], current, text)):
        return Section((roman["number"],), (roman["title"],))
    arabic = _ARABIC.fullmatch(text)
    if arabic is None or not current.numbers:
        return None
    number, title = arabic["number"] or arabic["single"], arabic["title"] or arabic["name"]
    if not _reads_as_title(text, title):
        return None
    path = number.split(".")
    parents = list(_parents(current, path))
    if len(parents) != len(path):
        return None
    numbers = (*(above for above, _ in parents), number)
    return Section(numbers, (*(above for _, above in parents), title))


def _reads_as_title(text: str, title: str) -> bool:
    """A title is short, states no figure, and ends without a stop unless it names an indicator."""
    if _STATES_FIGURE.search(text):
        return False
    is_short = len(text) <= _LONGEST_TITLE and not text.rstrip().endswith((".", ";"))
    return is_short or bool(_NAMES_INDICATOR.match(title))


def _is_next(number: str, current: Section, text: str) -> bool:
    """Whether a part not in capitals continues the order of parts, and reads like a title."""
    open_part = (
        _PARTS.index(current.numbers[0]) if current.numbers[:1] and current.numbers[0] in _PARTS else -1
    )
    return number in _PARTS[open_part + 1 : open_part + 2] and not text.rstrip().endswith((".", ";", ":"))


def _parents(current: Section, path: list[str]) -> Iterator[tuple[str, str]]:
    """Yield (number, title) of the sections above ``path``, as far as they are open."""
    yield current.numbers[0], current.titles[0]
    for depth in range(1, len(path)):
        number = ".".join(path[:depth])
        if len(current.numbers) > depth and current.numbers[depth] == number:
            yield number, current.titles[depth]
