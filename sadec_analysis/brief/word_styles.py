"""The look of the brief in Word: page, styles, footer."""

from __future__ import annotations

from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Mm, Pt, RGBColor

from sadec_analysis.charts.style import ACCENT, CITY, INK, MUTED
from sadec_analysis.office.package import add_field, set_language, set_typeface

TEXT_WIDTH = 172  # mm
_TYPEFACE = "Arial"  # on every office machine, with all Vietnamese letters
_LANGUAGES = {"vi": "vi-VN", "en": "en-GB"}
# name, size in points, bold, colour, before and after in points, kept with what follows
_PARAGRAPHS = (
    ("Normal", 10, False, INK, 0, 5, False),
    ("Heading 1", 20, True, INK, 12, 10, True),
    ("Heading 2", 14, True, INK, 20, 6, True),
    ("Heading 3", 11, True, INK, 12, 4, True),
    ("Masthead", 11, True, CITY, 0, 4, True),
    ("Label", 8.5, True, MUTED, 8, 3, True),
    ("List Number", 10, False, INK, 0, 5, False),
    ("Caption", 10.5, True, INK, 12, 1, True),
    ("Chart", 10, False, INK, 0, 2, True),
    ("Small", 8, False, MUTED, 0, 5, False),
    ("Quote", 9.5, False, INK, 0, 4, False),
    ("Remark", 9.5, False, INK, 4, 6, False),
    ("Cell", 8.5, False, INK, 1, 1, False),
    ("Figure", 17, True, INK, 0, 0, False),
)
_CHARACTERS = (
    ("Number", INK, True, False),
    ("Mark", ACCENT, True, True),
    ("Finding", ACCENT, True, False),
    ("Reference", MUTED, False, False),
)


def new_document(lang: str, title: str) -> Any:
    """An empty A4 document with the brief's styles and numbered pages."""
    document = docx.Document()
    for style in _PARAGRAPHS:
        _set_paragraph(document, *style)
    for name, colour, is_bold, is_raised in _CHARACTERS:
        font = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER).font
        font.color.rgb, font.bold, font.superscript = _rgb(colour), is_bold, is_raised
    document.styles["Reference"].font.size = Pt(7)
    set_language(document, _LANGUAGES[lang])
    _set_page(document.sections[0], title)
    return document


def _set_paragraph(
    document: Any, name: str, size: float, is_bold: bool, colour: str, before: int, after: int, is_kept: bool  # noqa: FBT001 - rows of a table of styles
) -> None:  # fmt: skip
    known = name in [style.name for style in document.styles]
    style = document.styles[name] if known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.font.size, style.font.bold, style.font.italic = Pt(size), is_bold, False
    style.font.color.rgb = _rgb(colour)
    set_typeface(style, _TYPEFACE)
    paragraph = style.paragraph_format
    paragraph.space_before, paragraph.space_after, paragraph.keep_with_next = Pt(before), Pt(after), is_kept
    paragraph.line_spacing = 1.1
    paragraph.left_indent = Mm(5) if name == "Quote" else paragraph.left_indent


def _set_page(section: Any, title: str) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(18)
    section.left_margin, section.right_margin = Mm(20), Mm(18)
    footer = section.footer.paragraphs[0]
    footer.style = "Small"
    footer.add_run(f"{title}  ·  ")
    add_field(footer, "PAGE", "1")


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.removeprefix("#").upper())
