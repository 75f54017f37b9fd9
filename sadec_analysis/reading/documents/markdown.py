"""Markdown, as Word reports arrive after conversion, into paragraphs and tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sadec_analysis.errors import InputError
from sadec_analysis.reading.documents.outline import Document, Grid, Paragraph, outline
from sadec_analysis.reading.doors import read_text

# Converted reports number their own headings and lists; read as Markdown lists they would be renumbered.
_PARSER = (
    MarkdownIt("commonmark", {"html": False}).enable("table").disable(["list", "code", "lheading", "hr"])
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_OPENS_LINE = re.compile(r"(?:[-+•]|\d+(?:\.\d+)*\.|[IVX]+\.)\s")


def read_markdown(path: Path) -> Document:
    """Read a report; raises InputError where the file is no UTF-8 text, or holds none."""
    items = list(parse(read_text(path)))
    if not items:
        raise InputError(path, "holds no text", remedy="put the report there as received")
    return outline(path.name, items)


def parse(text: str) -> Iterator[Paragraph | Grid]:
    """Yield the paragraphs and tables of a Markdown text in order; comments are left out."""
    tokens = _PARSER.parse(_COMMENT.sub("", unicodedata.normalize("NFC", text)))
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.type == "table_open":
            end = next(at for at in range(position, len(tokens)) if tokens[at].type == "table_close")
            yield _grid(tokens[position:end])
            position = end
        elif token.type == "inline":
            yield from _paragraphs(token)
        position += 1


def _grid(tokens: list[Token]) -> Grid:
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_squeezed(_plain(token)))
    return Grid(tuple(rows[0]), tuple(map(tuple, rows[1:])))


def _plain(token: Token) -> str:
    return "".join(
        " " if child.type in ("softbreak", "hardbreak") else child.content for child in token.children or []
    )


def _paragraphs(token: Token) -> Iterator[Paragraph]:
    """Split at line breaks that open a list item or heading; join other broken lines."""
    runs: list[tuple[str, bool]] = []
    is_bold = False
    for child in token.children or []:
        if child.type in ("strong_open", "strong_close"):
            is_bold = child.type == "strong_open"
        elif child.type in ("softbreak", "hardbreak"):
            runs.append(("\n", False))
        else:
            runs.append((child.content, is_bold))
    for paragraph in _split(runs):
        joined = _joined(paragraph)
        if joined.text:
            yield joined


def _split(runs: list[tuple[str, bool]]) -> Iterator[list[tuple[str, bool]]]:
    current: list[tuple[str, bool]] = []
    for at, (text, is_bold) in enumerate(runs):
        following = "".join(each for each, _ in runs[at + 1 :])
        if text == "\n" and _OPENS_LINE.match(following):
            yield current
            current = []
        else:
            current.append((" " if text == "\n" else text, is_bold))
    yield current


def _joined(runs: list[tuple[str, bool]]) -> Paragraph:
    """Join runs with single spaces, keeping where bold starts and ends."""
    text, bold = "", []
    for content, is_bold in runs:
        piece = _squeezed(content, strip=False)
        piece = piece.lstrip() if not text or text.endswith(" ") else piece
        if is_bold and piece.strip():
            bold.append((len(text), len(text) + len(piece)))
        text += piece
    return Paragraph(text.rstrip(), tuple(bold))


def _squeezed(text: str, *, strip: bool = True) -> str:
    squeezed = re.sub(r"\s+", " ", text)
    return squeezed.strip() if strip else squeezed
