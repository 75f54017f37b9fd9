"""Web pages (.html, .htm), as Word, LibreOffice and converters save reports, into paragraphs and tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from lxml import etree, html

from sadec_analysis.errors import InputError
from sadec_analysis.reading.documents.items import document_of
from sadec_analysis.reading.documents.outline import Document
from sadec_analysis.reading.documents.page import Page
from sadec_analysis.reading.documents.trees import DEEPEST, LARGEST_MARKUP, MOST_ATTRIBUTES, Element, too_deep
from sadec_analysis.reading.texts import kind_of, read_text

# Word saves pages in the code page of its Windows, and says so; both hold Vietnamese, with references.
_CODE_PAGES = {b"windows-1258": "cp1258", b"windows-1252": "cp1252"}
_DECLARED = re.compile(rb"<meta\b[^>]*\bcharset\s*=\s*[\"']?\s*(windows-125[28])\b", re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_HEAD = 4096


def read_web(path: Path) -> Document:
    """Read a report in UTF-8, or in the Windows code page it declares.

    Raises InputError where the file is no such text, declares entities, is too large or
    nested too deeply, or holds no text. Nothing the page names is fetched.
    """
    if path.is_file() and path.stat().st_size > LARGEST_MARKUP:
        raise InputError(
            path, "is too large for a report", got=f"{path.stat().st_size} bytes",
            expected=f"at most {LARGEST_MARKUP}", remedy="save it again with its pictures beside it",
        )  # fmt: skip
    text = _text(path)
    if _ENTITY.search(text):
        raise InputError(
            path, "declares entities, which no office program writes",
            remedy="do not use this file; ask for it again",
        )  # fmt: skip
    return document_of(path, Page().blocks(_parsed(text, path)))


def _text(path: Path) -> str:
    encoding = _code_page(path)
    if encoding is None:
        return read_text(path)
    try:
        return path.read_bytes().decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            path, f"not the {encoding} it declares, at byte {error.start}",
            remedy="save it again as a web page, encoding UTF-8",
        ) from error  # fmt: skip


def _code_page(path: Path) -> str | None:
    """Return the Windows code page a page declares and needs; None where it is to be read as UTF-8."""
    data = path.read_bytes() if path.is_file() else b""
    declared = _DECLARED.search(data[:_HEAD])
    if declared is None or kind_of(data[:512]) != "text":
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _CODE_PAGES[declared[1].lower()]
    return None


class _Bounds:
    """Watches a page go by, and stops it where building its tree would take too long."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._depth = 0

    def start(self, _tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise too_deep(self._path)
        if len(attributes) > MOST_ATTRIBUTES:
            raise InputError(
                self._path, "has an element with too many attributes", got=len(attributes),
                expected=f"at most {MOST_ATTRIBUTES}", remedy="do not use this file; ask for it again",
            )  # fmt: skip

    def end(self, _tag: str) -> None:
        self._depth -= 1

    def close(self) -> None:
        """Nothing is kept."""


def _parsed(text: str, path: Path) -> Element:
    options = {"encoding": "utf-8", "no_network": True, "huge_tree": False}
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, **options)
    try:
        etree.fromstring(text.encode(), parser=etree.HTMLParser(target=_Bounds(path), **options))
        root = html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise InputError(path, "holds no text", remedy="put the report there as received") from error
    if parser.error_log.filter_from_fatals():
        raise InputError(
            path, "cannot be read to its end: a picture or a text inside it is too long",
            remedy="save it again as a web page with its pictures beside it",
        )  # fmt: skip
    return root
