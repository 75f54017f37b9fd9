"""A Word document as a file: text it may hold, properties, parts in order."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LONGEST = 255  # letters of a property, which python-docx holds to
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def in_xml(text: str) -> str:
    r"""Replace characters that a Word file cannot hold.

    >>> in_xml("Sa\x00 Đéc")
    'Sa� Đéc'
    """
    return _NOT_XML.sub("\ufffd", text)


def set_properties(document: Any, title: str, author: str, day: dt.date, lang: str) -> None:
    """Write who made what and when; the language also into the styles, for spelling and reading aloud."""
    properties = document.core_properties
    properties.created = properties.modified = dt.datetime.combine(day, dt.time(), dt.UTC)
    properties.title, properties.author = (in_xml(each)[:_LONGEST] for each in (title, author))
    properties.last_modified_by = properties.author
    properties.comments, properties.language, properties.revision = "", lang, 1


def set_language(document: Any, lang: str) -> None:
    """Name the language of a document's text, such as ``vi-VN``."""
    run = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    known = run.find(qn("w:lang"))
    element = OxmlElement("w:lang") if known is None else known
    for name in ("val", "eastAsia"):
        element.set(qn(f"w:{name}"), lang)
    run.append(element)


def set_typeface(style: Any, name: str) -> None:
    """Give a style one typeface for all scripts, instead of a theme's."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), name)


def add_field(paragraph: Any, code: str, shown: str) -> None:
    """Add a field that Word works out, such as a page's number, with what it shows until then."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = paragraph.add_run(shown)
    paragraph._p.append(field)
    field.append(run._r)


def packed(document: Any) -> bytes:
    """The document with its parts in order and no time of writing."""
    written, packed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _ZIP_DATE), source.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
