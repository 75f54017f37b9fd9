"""Markdown, as Word reports arrive after conversion, into paragraphs and tables."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sadec_analysis.errors import InputError
from sadec_analysis.reading.documents.outline import Document, Grid, Paragraph, outline
from sadec_analysis.reading.documents.runs import BREAK, Run, paragraphs
from sadec_analysis.reading.texts import read_text

# Converted reports number their own headings and lists; read as Markdown lists they would be renumbered.
_PARSER = (
    MarkdownIt("commonmark", {"html": False}).enable("table").disable(["list", "code", "lheading", "hr"])
)


def read_markdown(path: Path) -> Document:
    """Read a report; raises InputError where the file is no UTF-8 text, or holds none."""
    items = list(parse(read_text(path)))
    if not items:
        raise InputError(path, "holds no text", remedy="put the report there as received")
    return outline(path.name, items)


def parse(text: str) -> Iterator[Paragraph | Grid]:
    """Yield the paragraphs and tables of a Markdown text in order; comments are left out."""
    tokens = _PARSER.parse("".join(_outside_comments(unicodedata.normalize("NFC", text))))
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.type == "table_open":
            end = next(at for at in range(position, len(tokens)) if tokens[at].type == "table_close")
            yield _grid(tokens[position:end])
            position = end
        elif token.type == "inline":
            yield from paragraphs(_runs(token))
        position += 1


def _outside_comments(text: str) -> Iterator[str]:
    """Yield what stands before, between and after comments; one that is never closed is none.

    >>> "".join(_outside_comments("37,5 <!-- 12 --> điểm <!-- <!--"))
    '37,5  điểm <!-- <!--'
    """
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        yield text[at:start]
        at = end + 3
    yield text[at:]


def _grid(tokens: list[Token]) -> Grid:
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(" ".join(_plain(token).split()))
    return Grid(tuple(rows[0]), tuple(map(tuple, rows[1:])))


def _plain(token: Token) -> str:
    return "".join(
        " " if child.type in ("softbreak", "hardbreak") else child.content for child in token.children or []
    )


def _runs(token: Token) -> Iterator[Run]:
    """Yield the pieces of a token's text, bold or not, and its line breaks."""
    is_bold = False
    for child in token.children or []:
        if child.type in ("strong_open", "strong_close"):
            is_bold = child.type == "strong_open"
        else:
            yield BREAK if child.type in ("softbreak", "hardbreak") else (child.content, is_bold)
