"""The numbers of a brief as its readers meet them: in the page, on paper and in Word, in reading order."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import docx
import pdfplumber
import pikepdf
from docx.table import Table
from lxml import html as lxml_html

from sadec_analysis.blocks.drawn import NUMBER, labels

_BESIDE = 4  # columns that a table beside a chart on paper has at most


def numbers(text: str) -> list[str]:
    return NUMBER.findall(text)


def of_page(page: str, *, is_for_paper: bool = False) -> list[str]:
    """Numbers of an HTML brief without those drawn; ``is_for_paper`` drops the tables that paper leaves to the drawing."""
    root = lxml_html.document_fromstring(page).find("body")
    for folded in [*root.iter("details")] if is_for_paper else []:
        if left_to_the_drawing(folded):
            folded.drop_tree()
    for element in root.xpath("//svg | //nav | //summary"):
        element.drop_tree()
    return numbers(_spaced(root))


def left_to_the_drawing(folded: lxml_html.HtmlElement) -> bool:
    """Whether the table behind a chart is not needed on paper: no room beside it, and every number drawn."""
    figure = folded.getparent()
    after = figure.getnext()
    is_crowded = after is not None and after.get("class") == "findings"
    is_beside = len(folded.xpath(".//thead//th")) <= _BESIDE and not is_crowded
    drawn = numbers(labels(lxml_html.tostring(figure.find("svg"), encoding="unicode")))
    written = numbers(" ".join(folded.xpath(".//tbody//text()[not(ancestor::a)]")))
    return not is_beside and all(written.count(each) <= drawn.count(each) for each in written)


def _spaced(element: lxml_html.HtmlElement) -> str:
    """Text with a space between what stands in different elements."""
    return " ".join(element.itertext())


def of_paper(pdf: bytes) -> list[str]:
    """Numbers of a PDF in the order of its tags, without those drawn."""
    texts: dict[tuple[int, int], str] = defaultdict(str)
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            for char in page.chars:
                texts[page.page_number, char["mcid"]] += char["text"]
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = {page.objgen: number for number, page in enumerate(document.pages, 1)}
        told = [texts[pages[page], mcid] for page, mcid in _tagged(document.Root.StructTreeRoot.K, None)]
    return numbers(" ".join(told))


def _tagged(kid: Any, page: Any) -> Iterator[tuple[Any, int]]:
    """Page and number of each marked piece of text below a tag, figures left out."""
    if isinstance(kid, (int, pikepdf.Array)):
        for each in kid if isinstance(kid, pikepdf.Array) else ():
            yield from _tagged(each, page)
        if isinstance(kid, int):
            yield page, kid
        return
    own = kid.Pg.objgen if "/Pg" in kid else page
    if kid.get("/S") != "/Figure":
        yield from _tagged(kid.MCID if "/MCID" in kid else kid.get("/K", pikepdf.Array()), own)


def of_word(content: bytes) -> list[str]:
    """Numbers of a Word document, paragraphs and tables as they follow each other."""
    pieces: list[str] = []
    for part in docx.Document(io.BytesIO(content)).iter_inner_content():
        rows = [cell for row in part.rows for cell in row.cells] if isinstance(part, Table) else [part]
        pieces += [
            run.text
            for cell in rows
            for paragraph in getattr(cell, "paragraphs", [cell])
            for run in (*paragraph.runs, *_GAP)
        ]
    return numbers(" ".join(pieces))


class _Gap:
    text = " "


_GAP = (_Gap(),)
