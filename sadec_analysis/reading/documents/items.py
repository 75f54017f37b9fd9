"""What readers of Word and web pages share: cells laid out as tables, and blocks made a document.

A merged cell stands once in its first column, with empty cells after it, and again in
every row it reaches down: who reads one row finds its unit there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from sadec_analysis.errors import InputError
from sadec_analysis.names import text_key
from sadec_analysis.reading.documents.outline import Document, Grid, Paragraph, outline
from sadec_analysis.reading.texts import require_unicode

MOST_CELLS = 1_000_000
_DEEPEST_HEADER = 3
# Nghị định 30/2020/NĐ-CP: the head and the foot of a document, which offices set in tables without borders.
_LETTERHEAD = re.compile(
    rf"{text_key('Cộng hòa xã hội chủ nghĩa Việt Nam')}|^{text_key('Nơi nhận')}(?!\w)", re.MULTILINE
)


@dataclass
class RawTable:
    """A table as a file holds it: rows of cells, each cell once."""

    rows: list[list[Cell]]


Block = Paragraph | RawTable


@dataclass
class Cell:
    """One cell: what it holds, and how many columns and rows it takes."""

    blocks: list[Block]
    columns: int = 1
    rows: int = 1

    def texts(self) -> Iterator[str]:
        """Yield its paragraphs' texts, those of nested tables included."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block.text
            else:
                for cell in chain.from_iterable(block.rows):
                    yield from cell.texts()


def document_of(path: Path, blocks: Iterable[Block]) -> Document:
    """Outline what a file holds; raises InputError where that is no text, or text typed for legacy fonts."""
    whole = Cell(list(blocks))
    text = "\n".join(whole.texts())
    if not text.strip():
        raise InputError(path, "holds no text", remedy="put the report there as received")
    require_unicode(text, path)
    return outline(path.name, laid_out(whole.blocks, path))


def laid_out(blocks: Iterable[Block], path: Path) -> Iterator[Paragraph | Grid]:
    """Yield paragraphs as they are and tables as grids, their rows as long as the longest.

    A table that only arranges text on the page (one row, or a letterhead) is given as that
    text. Raises InputError for a table of more than MOST_CELLS.
    """
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        elif _only_arranges(block):
            for cell in chain.from_iterable(block.rows):
                yield from laid_out(cell.blocks, path)
        else:
            yield _grid(block.rows, path)


def _only_arranges(table: RawTable) -> bool:
    texts = ("\n".join(map(text_key, cell.texts())) for cell in chain.from_iterable(table.rows))
    return len(table.rows) <= 1 or any(map(_LETTERHEAD.search, texts))


def _grid(rows: list[list[Cell]], path: Path) -> Grid:
    """A header that reaches down over further rows is one row: in each column the lowest heading."""
    lines = _lines(rows, path)
    deep = max((cell.rows for cell in rows[0]), default=1)
    deep = deep if deep <= min(_DEEPEST_HEADER, len(lines) - 1) else 1
    header = (next(filter(None, reversed(column)), "") for column in zip(*lines[:deep], strict=True))
    return Grid(tuple(header), tuple(map(tuple, lines[deep:])))


def _lines(rows: list[list[Cell]], path: Path) -> list[list[str]]:
    """Lay cells on the squares of the table, row by row, each on the first free ones."""
    squares: dict[tuple[int, int], str] = {}
    width = 0
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while (at, column) in squares:
                column += 1
            text, down = " ".join(cell.texts()), min(cell.rows, len(rows) - at)
            _require_room(len(squares) + down * cell.columns, path)
            for line in range(at, at + down):
                squares[line, column] = text
                squares.update(((line, column + across), "") for across in range(1, cell.columns))
            column += cell.columns
            width = max(width, column)
    _require_room(len(rows) * width, path)
    return [[squares.get((at, column), "") for column in range(width)] for at in range(len(rows))]


def _require_room(cells: int, path: Path) -> None:
    if cells > MOST_CELLS:
        raise InputError(
            path, "has a table with too many cells", got=cells, expected=f"at most {MOST_CELLS}",
            remedy="split the table, or undo its merged cells",
        )  # fmt: skip
