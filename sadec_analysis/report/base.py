"""The base document of a place: page, styles, letterhead, recipients and signature in the form of Nghị định 30/2020/NĐ-CP.

An office may keep its own, ``data/places/<place>.docx``, and change anything of it in Word; the
report is written where its paragraph MARK stands.
"""

from __future__ import annotations

from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from sadec_analysis.office.package import add_field, set_language, set_typeface
from sadec_analysis.office.tables import set_widths
from sadec_analysis.places import Place

MARK = "[NỘI DUNG BÁO CÁO]"
YEAR = "[NĂM]"
_TYPEFACE = "Times New Roman"
_COMMITTEE = "ỦY BAN NHÂN DÂN"
_NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MOTTO = "Độc lập - Tự do - Hạnh phúc"
# name, size in points, bold, italic, alignment, first line in mm, before and after in points
_STYLES = (
    ("Normal", 14, False, False, ALIGN.LEFT, 0, 0, 0),
    ("Title", 14, True, False, ALIGN.CENTER, 0, 18, 0),
    ("Subtitle", 14, True, False, ALIGN.CENTER, 0, 0, 12),
    ("Heading 1", 14, True, False, ALIGN.JUSTIFY, 10, 12, 6),
    ("Heading 2", 14, True, False, ALIGN.JUSTIFY, 10, 10, 4),
    ("Heading 3", 14, True, True, ALIGN.JUSTIFY, 10, 6, 4),
    ("Body Text", 14, False, False, ALIGN.JUSTIFY, 10, 3, 3),
    ("Caption", 13, True, False, ALIGN.CENTER, 0, 8, 4),
    ("Table Text", 12, False, False, ALIGN.LEFT, 0, 2, 2),
    ("Footnote Text", 11, False, False, ALIGN.JUSTIFY, 0, 0, 2),
)
STYLES = (*(style[0] for style in _STYLES), "Footnote Reference", "Table Grid")


def base_document(place: Place) -> Any:
    """Make the base document of a place from its letterhead, signer and recipients."""
    document = docx.Document()
    _set_page(document)
    for style in _STYLES:
        _set_style(document, *style)
    document.styles.add_style("Footnote Reference", WD_STYLE_TYPE.CHARACTER).font.superscript = True
    set_language(document, "vi-VN")
    _letterhead(document, place)
    document.add_paragraph(MARK, style="Body Text")
    _closing(document, place)
    return document


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.different_first_page_header_footer = True  # pages are numbered from the second, at the top
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = ALIGN.CENTER
    add_field(paragraph, "PAGE", "2")


def _set_style(
    document: Any, name: str, size: int, bold: bool, italic: bool, align: Any, first: int, before: int, after: int  # noqa: FBT001 - rows of a table of styles
) -> None:  # fmt: skip
    known = [style.name for style in document.styles]
    style = (
        document.styles[name] if name in known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    )
    font, paragraph = style.font, style.paragraph_format
    font.size, font.bold, font.italic, font.color.rgb = Pt(size), bold, italic, RGBColor(0, 0, 0)
    set_typeface(style, _TYPEFACE)
    paragraph.alignment, paragraph.first_line_indent = align, Mm(first)
    paragraph.space_before, paragraph.space_after, paragraph.line_spacing = Pt(before), Pt(after), 1.15
    _drop_ornaments(style)


def _drop_ornaments(style: Any) -> None:
    """Take away what the library's own title and subtitle have: the line below, letters set apart."""
    for holder, name in (
        (style.element.get_or_add_pPr(), "w:pBdr"),
        (style.element.get_or_add_rPr(), "w:spacing"),
    ):
        for ornament in holder.findall(qn(name)):
            holder.remove(ornament)


def _letterhead(document: Any, place: Place) -> None:
    table = document.add_table(1, 2)
    left, right = table.rows[0].cells
    set_widths(table, [58, 102])
    body = [
        (text, 13, True, False)
        for text in place.letterhead.body.replace(_COMMITTEE, f"{_COMMITTEE}\n").split("\n")
    ]
    _lines(left, [*body, ("―――――――", 8, False, False)])
    _lines(right, [(_NATION, 12, True, False), (_MOTTO, 13, True, False), ("――――――――――――", 8, False, False)])
    _lines(left, [("Số:          /BC-UBND", 13, False, False)], after=1)
    _lines(
        right, [(f"{place.letterhead.locality}, ngày      tháng      năm {YEAR}", 13, False, True)], after=1
    )


def _closing(document: Any, place: Place) -> None:
    table = document.add_table(1, 2)
    left, right = table.rows[0].cells
    set_widths(table, [80, 80])
    recipients = [(f"- {name}", 11, False, False) for name in place.recipients]
    _lines(left, [("Nơi nhận:", 12, True, True), *recipients], align=ALIGN.LEFT)
    signer = [(text, 14, True, False) for text in place.letterhead.signer_title.split("\n")]
    blank = [("", 14, False, False)] * 4
    _lines(right, [*signer, *blank, (place.letterhead.signer_name, 14, True, False)])


def _lines(
    cell: Any, lines: list[tuple[str, int, bool, bool]], align: Any = ALIGN.CENTER, after: int = 0
) -> None:
    """Write lines into a cell, below what it holds where ``after`` is set."""
    for at, (text, size, bold, italic) in enumerate(lines):
        paragraph = cell.paragraphs[0] if not at and not after else cell.add_paragraph()
        paragraph.alignment = align
        run = paragraph.add_run(text)
        run.font.size, run.bold, run.italic = Pt(size), bold, italic
