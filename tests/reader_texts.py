"""Every text a reader meets in a month's outputs, with the place it stands in; code and what only machines read left out."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import docx
import nbformat
import openpyxl
from docx.oxml.ns import qn
from lxml import etree, html
from pypdf import PdfReader

from sadec_analysis.blocks import MIME
from sadec_analysis.words import LANGUAGES, load_words

ATTRIBUTES = ("alt", "aria-label", "title", "data-label", "data-source")
# Columns of tables for people; the others hold codes, numbers, names of files, or what is printed in a source.
COLUMNS = {"findings.csv": ("message",), "figures.csv": ("source",), "dossiers.csv": ("member",)}
_CODES = {
    load_words(lang).text(f"sheet.{name}")
    for lang in LANGUAGES
    for name in ("measure", "code", "indicator", "id")
}
_MACHINE = {"kind", "name", "role", "tone", "status", "severity", "svg"}


class Said(NamedTuple):
    """One text: the file and the part of it, what it says, and whether it is a source's own words."""

    where: str
    text: str


def texts_of(folder: Path, only: str = "*") -> Iterator[Said]:
    """Yield the texts of all outputs of a month, or of those of a name; the official report is Vietnamese by decision and not among them."""
    readers = {
        ".html": _page,
        ".pdf": _paper,
        ".docx": _word,
        ".ipynb": _notebook,
        ".svg": _drawing,
        ".csv": _rows,
        ".xlsx": _workbook,
    }
    for path in sorted(folder.rglob(only)):
        if path.suffix in readers and path.name != "report.docx":
            name = path.relative_to(folder).as_posix()
            yield from (Said(f"{name}, {part}", text) for part, text in readers[path.suffix](path) if text)


def _page(path: Path) -> Iterator[tuple[str, str]]:
    """The visible text and the texts of attributes; a passage marked as of another language than the page is not the page's."""
    root = html.parse(path, html.HTMLParser(encoding="utf-8")).getroot()
    lang = root.get("lang")
    for node in root.xpath(
        f"//style|//pre|//code|//details[@class='code']/pre|//body//*[@lang and @lang!='{lang}']"
    ):
        node.drop_tree()
    yield from (("title", node.text) for node in root.xpath("//title"))
    yield from (
        (f"{node.tag} {name}", node.get(name)) for node in root.iter(etree.Element) for name in ATTRIBUTES if node.get(name)
    )  # fmt: skip
    yield from (("text", text) for text in root.xpath("//body")[0].itertext())


def _paper(path: Path) -> Iterator[tuple[str, str]]:
    reader = PdfReader(path)
    yield "title", str((reader.metadata or {}).get("/Title", ""))
    yield "text", " ".join(page.extract_text() for page in reader.pages)


def _word(path: Path) -> Iterator[tuple[str, str]]:
    document = docx.Document(str(path))
    yield "title", document.core_properties.title
    for node in document.element.body.iter(qn("w:p"), qn("wp:docPr")):
        is_picture = node.tag == qn("wp:docPr")
        yield (
            "text",
            node.get("descr", "")
            if is_picture
            else "".join(each.text or "" for each in node.iter(qn("w:t"))),
        )


def _notebook(path: Path) -> Iterator[tuple[str, str]]:
    for at, cell in enumerate(nbformat.read(path, as_version=4).cells, 1):
        if cell.cell_type == "markdown":
            yield f"cell {at}", cell.source
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            for text in (
                _strings(data[MIME]) if MIME in data else (data.get("text/plain", ""), output.get("text", ""))
            ):
                yield f"cell {at}, output", text


def _strings(block: object) -> Iterator[str]:
    """The texts of a block; not the office's own words."""
    if isinstance(block, str):
        yield block
    elif isinstance(block, list):
        for each in block:
            yield from _strings(each)
    elif isinstance(block, dict) and not block.get("lang"):
        skipped = _MACHINE | ({"paragraphs"} if block.get("kind") == "quote" else set())
        for name, each in block.items():
            yield from () if name in skipped else _strings(each)


def _drawing(path: Path) -> Iterator[tuple[str, str]]:
    for node in etree.parse(path).iter("{*}text", "{*}title", "{*}desc"):
        yield etree.QName(node).localname, " ".join(node.itertext())


def _rows(path: Path) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for at, row in enumerate(csv.DictReader(file), 2):
            yield from ((f"row {at}, {name}", row[name]) for name in COLUMNS[path.name])


def _workbook(path: Path) -> Iterator[tuple[str, str]]:
    book = openpyxl.load_workbook(path)
    yield "title", book.properties.title
    for sheet in book:
        yield "sheet", sheet.title
        rows = list(sheet.iter_rows())
        heads = next([cell.value for cell in row] for row in rows if row[1].value)
        for row in rows:
            yield from (
                (f"{sheet.title} {cell.coordinate}", cell.value)
                for cell, head in zip(row, heads, strict=True)
                if isinstance(cell.value, str) and (head not in _CODES or cell.value == head)
            )
