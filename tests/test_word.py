"""Word reports: the same figures as from Markdown, and what Word shows of lists, changes, cells and boxes."""

from __future__ import annotations

import random
import zipfile

import openpyxl
import pytest
from november_report import MARKDOWN, given_by
from word_files import (
    SPACES,
    TRACKED,
    abstract,
    cell,
    deleted,
    level,
    num,
    paragraph,
    report_in_word,
    report_lists,
    run,
    table,
    text_box,
    write_word,
)  # fmt: skip

from sadec_analysis.errors import InputError
from sadec_analysis.reading.documents import items, word
from sadec_analysis.reading.documents.markdown import parse, read_markdown
from sadec_analysis.reading.documents.outline import Grid
from sadec_analysis.reading.documents.word import read_word


@pytest.fixture(scope="module")
def november_in_word(tmp_path_factory):
    blocks = parse(MARKDOWN.read_text(encoding="utf-8"))
    path = tmp_path_factory.mktemp("word") / "bao-cao.docx"
    return write_word(path, report_in_word(blocks), numbering=report_lists())


def test_november_kept_in_word_gives_the_figures_and_words_of_its_markdown(november_in_word, place, rulebook):
    figures, unread, passages = given_by(read_word(november_in_word), place, rulebook)
    assert (len(figures), unread, len(passages)) == (198, [], 14)
    assert (figures, [], passages) == given_by(read_markdown(MARKDOWN), place, rulebook)


def test_november_kept_in_word_has_the_sections_lines_and_bold_of_its_markdown(november_in_word):
    assert read_word(november_in_word).sections == read_markdown(MARKDOWN).sections


@pytest.fixture
def opened(tmp_path):
    def read(body, **parts):
        (section,) = read_word(write_word(tmp_path / "r.docx", body, **parts)).sections
        return section

    return read


@pytest.fixture
def lines(opened):
    return lambda body, **parts: [line.text for line in opened(body, **parts).lines]


@pytest.fixture
def grid(opened):
    def read(*rows):
        (found,) = opened(table(*rows)).tables
        return found.grid

    return read


GONE = f"<w:del {TRACKED}/>"
IN_LINE = [
    ("an inserted run", f"<w:ins {TRACKED}>{run('37,5')}</w:ins>", "37,5"),
    ("a deleted run", run("37,5") + deleted("51,2"), "37,5"),
    ("a deleted symbol", run("a") + f"<w:del {TRACKED}><w:r><w:sym w:char='F0E8'/></w:r></w:del>", "a"),
    ("a run moved here", f"<w:moveTo {TRACKED}>{run('37,5')}</w:moveTo>", "37,5"),
    ("a run moved away", run("37,5") + f"<w:moveFrom {TRACKED}>{run('51,2')}</w:moveFrom>", "37,5"),
    ("a hyperlink", f"<w:hyperlink>{run('Cổng')}</w:hyperlink>", "Cổng"),
    ("a content control", f"<w:sdt><w:sdtContent>{run('Tốt')}</w:sdtContent></w:sdt>", "Tốt"),
    ("a smart tag", f"<w:smartTag>{run('Sa Đéc')}</w:smartTag>", "Sa Đéc"),
    ("a formula", "<m:oMath><m:r><m:t>9,7/18</m:t></m:r></m:oMath>", "9,7/18"),
    ("a tab", "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>", "a b"),
    ("a run of one space", run("a") + run(" ") + run("b"), "a b"),
    ("spaces of other kinds", run(" a\u00a0 ") + run(" \u2003b "), "a b"),
    ("a line feed in the file", run("a\nb"), "a b"),
    ("a line feed before a dash", run("a") + run("\n") + run("- b"), "a - b"),
    ("a line break", "<w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r>", "a b"),
    ("a no-break hyphen", "<w:r><w:t>000</w:t><w:noBreakHyphen/><w:t>36</w:t></w:r>", "000-36"),
    ("a soft hyphen", "<w:r><w:t>hồ</w:t><w:softHyphen/><w:t>sơ</w:t></w:r>", "hồsơ"),
    ("a symbol", '<w:r><w:sym w:font="Wingdings" w:char="F0E8"/><w:t>a</w:t></w:r>', "\uf0e8a"),
    ("no symbol at all", '<w:r><w:sym w:char="D800"/><w:t>a</w:t></w:r>', "a"),
    ("a footnote", '<w:r><w:t>a</w:t><w:footnoteReference w:id="2"/></w:r>', "a"),
    ("hidden text", run("a") + run("51,2", "<w:vanish/>"), "a"),
    ("text shown after all", run("a", '<w:vanish w:val="0"/>'), "a"),
    ("letters and their marks apart", run("Sa Đe\u0301c"), "Sa Đéc"),
    ("a mark in a run of its own", run("Sa Đe") + run("\u0301c"), "Sa Đéc"),
]


@pytest.mark.parametrize(
    ("content", "expected"), [each[1:] for each in IN_LINE], ids=[each[0] for each in IN_LINE]
)
def test_a_line_reads_as_word_shows_it_with_all_changes_accepted(content, expected, lines):
    assert lines(paragraph(content)) == [expected]


def test_tab_stops_of_a_paragraph_are_no_tabs(lines):
    stops = f"<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>{run('b')}</w:p>"
    assert lines(paragraph("a", mark=GONE) + stops) == ["ab"]


def test_a_break_starts_a_paragraph_only_before_a_list_item_or_heading(lines):
    broken = "<w:br/>".join(
        f"<w:t>{text}</w:t>" for text in ("Gồm:", "hai tỷ lệ", "- Một;", "2.1. Hai", "ba")
    )
    assert lines(paragraph(f"<w:r>{broken}</w:r>")) == ["Gồm: hai tỷ lệ", "- Một;", "2.1. Hai ba"]


def begin(text):
    return f'<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>{text}</w:instrText></w:r>'


SEPARATE, END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("separate", "end"))
FIELDS = [
    (paragraph(run("a ") + begin("=SUM(ABOVE)") + SEPARATE + run("37,5") + END), ["a 37,5"]),
    (paragraph(f'<w:fldSimple w:instr="PAGE">{run("7")}</w:fldSimple>'), ["7"]),
    # The field inside the instruction shows nothing; the outer one shows its result.
    (
        paragraph(
            begin("IF") + begin("MERGEFIELD") + SEPARATE + run("51,2") + END + SEPARATE + run("b") + END
        ),
        ["b"],
    ),
    (paragraph(begin("TOC") + SEPARATE + run("a")) + paragraph(run("b") + END), ["a", "b"]),
    (paragraph(END + run("a")), ["a"]),
]


@pytest.mark.parametrize(("body", "expected"), FIELDS)
def test_a_field_shows_its_result_and_not_its_instruction(body, expected, lines):
    assert lines(body) == expected


def test_a_field_that_never_ends_is_refused_for_it_would_hide_what_follows(lines):
    with pytest.raises(InputError, match=r"r\.docx: has a field that never ends; open it in Word"):
        lines(paragraph(begin("REF") + run("37,5")))


ENDS = [
    (paragraph("a ", mark=GONE) + paragraph("b"), ["a b"]),
    (paragraph("a ", mark=GONE) + paragraph("b ", mark=GONE) + paragraph("c"), ["a b c"]),
    (paragraph("a", mark=f"<w:ins {TRACKED}/>") + paragraph("b"), ["a", "b"]),
    (paragraph(deleted("a"), mark=GONE) + paragraph("b"), ["b"]),
    (paragraph("a", mark=f"<w:moveFrom {TRACKED}/>") + paragraph("b"), ["ab"]),
    (paragraph("a", mark="<w:vanish/>") + paragraph("b"), ["ab"]),
    (paragraph("a", mark=GONE), ["a"]),
]


@pytest.mark.parametrize(("body", "expected"), ENDS)
def test_paragraphs_join_where_the_end_between_them_was_deleted(body, expected, lines):
    assert lines(body) == expected


def test_a_deleted_end_before_a_table_leaves_the_paragraph_before_it(opened):
    section = opened(paragraph("a", mark=GONE) + table(["b", "c"], ["d", "e"]) + paragraph("f"))
    assert [line.text for line in section.lines] == ["a", "f"]
    assert [found.grid.rows for found in section.tables] == [(("d", "e"),)]


STYLES = (
    '<w:style w:type="character" w:styleId="Dam"><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="DoanDam"><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Con"><w:basedOn w:val="DoanDam"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Vong"><w:basedOn w:val="Quanh"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Quanh"><w:basedOn w:val="Vong"/></w:style>'
    '<w:style w:type="character" w:styleId="An"><w:rPr><w:vanish/></w:rPr></w:style>'
)
BY_STYLE = '<w:rStyle w:val="Dam"/>'
BOLD = [
    (paragraph(run("đạt "), run("37,5", "<w:b/>"), run(" điểm")), ((4, 8),)),
    (paragraph(run("đạt "), run("37", "<w:b/>"), run(",5", "<w:b/>")), ((4, 8),)),
    (paragraph(run("a", '<w:b w:val="false"/>')), ()),
    (paragraph(run("a "), run("b", BY_STYLE)), ((2, 3),)),
    (paragraph("ab", style="Con"), ((0, 2),)),
    (paragraph(run("ab", '<w:b w:val="0"/>'), style="Con"), ()),
    (paragraph(run("ab", BY_STYLE), style="Con"), ()),
    (paragraph("ab", style="Vong"), ()),
    (paragraph(run("  ", "<w:b/>"), run("ab")), ()),
]


@pytest.mark.parametrize(("body", "expected"), BOLD)
def test_bold_is_known_from_the_run_or_its_styles(body, expected, opened):
    (line,) = opened(body, styles=STYLES).lines
    assert line.paragraph.bold == expected


def test_text_is_hidden_by_a_style_too(lines):
    assert lines(paragraph(run("a"), run("51,2", '<w:rStyle w:val="An"/>')), styles=STYLES) == ["a"]


SPAN, TOP, BELOW = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
MERGED = [
    ("across", [["A", "B", "C"], [cell("a", SPAN), "c"]], [("A", "B", "C"), ("a", "", "c")]),
    (
        "down, its text in each row",
        [["A", "B"], [cell("a", TOP), "1"], [cell("", BELOW), "2"], ["b", "3"]],
        [("A", "B"), ("a", "1"), ("a", "2"), ("b", "3")],
    ),
    (
        "across and down",
        [["A", "B", "C"], [cell("a", SPAN + TOP), "1"], [cell("", SPAN + BELOW), "2"]],
        [("A", "B", "C"), ("a", "", "1"), ("a", "", "2")],
    ),
    (
        "two below each other",
        [["A", "B"], [cell("a", TOP), "1"], [cell("b", TOP), "2"], [cell("", BELOW), "3"]],
        [("A", "B"), ("a", "1"), ("b", "2"), ("b", "3")],
    ),
    (
        "down into a wider cell, which no office program writes",
        [["A", "B", "C"], [cell("a", TOP), "1", "2"], [cell("b", SPAN + BELOW), "3"]],
        [("A", "B", "C"), ("a", "1", "2"), ("b", "", "3")],
    ),
    ("down from nowhere", [["A", "B"], [cell("a", BELOW), "1"]], [("A", "B"), ("a", "1")]),
    (
        "a header of two rows",
        [
            [cell("Đơn vị", TOP), cell("Kết quả", SPAN)],
            [cell("", BELOW), "Tỷ lệ đúng hạn", "Điểm đạt được"],
            ["Phường 1", "46,68", "9,5/20"],
        ],
        [("Đơn vị", "Tỷ lệ đúng hạn", "Điểm đạt được"), ("Phường 1", "46,68", "9,5/20")],
    ),
    (
        "a header whose second row is empty below one heading",
        [[cell("A", TOP), "B"], [cell("", BELOW), ""], ["a", "b"]],
        [("A", "B"), ("a", "b")],
    ),
    ("a row too short", [["A", "B"], ["a"]], [("A", "B"), ("a", "")]),
    (
        "a row set in",
        [
            ["A", "B"],
            f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("b")}</w:tr>',
        ],
        [("A", "B"), ("", "b")],
    ),
    (
        "a deleted row",
        [["A", "B"], f"<w:tr><w:trPr>{GONE}</w:trPr>{cell('51,2')}</w:tr>", ["a", "b"]],
        [("A", "B"), ("a", "b")],
    ),
    (
        "an inserted row",
        [["A", "B"], f"<w:tr><w:trPr><w:ins {TRACKED}/></w:trPr>{cell('a')}{cell('b')}</w:tr>"],
        [("A", "B"), ("a", "b")],
    ),
    (
        "a deleted cell",
        [["A", "B"], [cell("51,2", f"<w:cellDel {TRACKED}/>"), "a", "b"]],
        [("A", "B"), ("a", "b")],
    ),
    (
        "cells and rows in content controls",
        [
            ["A", "B"],
            "<w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent>"
            + cell("a")
            + "</w:sdtContent></w:sdt>"
            + cell("b")
            + "</w:tr></w:sdtContent></w:sdt>",
        ],
        [("A", "B"), ("a", "b")],
    ),
    (
        "several paragraphs, and a table, in a cell",
        [["A", "B"], ["a", cell(paragraph("b") + table(["c", "d"], ["e", "f"]) + paragraph("g"))]],
        [("A", "B"), ("a", "b c d e f g")],
    ),
    (
        "a text box in a cell",
        [["A", "B"], ["a", cell(paragraph("b", text_box(paragraph("c"))))]],
        [("A", "B"), ("a", "b c")],
    ),
]


@pytest.mark.parametrize(
    ("rows", "expected"), [each[1:] for each in MERGED], ids=[each[0] for each in MERGED]
)
def test_a_table_is_read_row_by_row_however_its_cells_are_merged(rows, expected, grid):
    assert grid(*rows) == Grid(expected[0], tuple(expected[1:]))


def test_a_tall_first_cell_is_no_header_of_many_rows(grid):
    below = [[cell("", BELOW), str(number)] for number in range(1, 5)]
    tall = tuple(("A", str(number)) for number in range(1, 5))
    assert grid([cell("A", TOP), "B"], *below, ["C", "5"]).rows == (*tall, ("C", "5"))


ARRANGED = [
    ([["UBND THÀNH PHỐ", "Độc lập"]], ["UBND THÀNH PHỐ", "Độc lập"]),
    (
        [
            ["UBND THÀNH PHỐ", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            ["Số: 12/BC-UBND", "Sa Đéc, tháng 12 năm 2022"],
        ],
        [
            "UBND THÀNH PHỐ",
            "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Số: 12/BC-UBND",
            "Sa Đéc, tháng 12 năm 2022",
        ],
    ),
    ([["Nơi nhận:", "CHỦ TỊCH"], ["- Lưu: VT", "Hon"]], ["Nơi nhận:", "CHỦ TỊCH", "- Lưu: VT", "Hon"]),
]


@pytest.mark.parametrize(("rows", "expected"), ARRANGED)
def test_a_table_that_only_arranges_text_is_read_as_that_text(rows, expected, opened):
    section = opened(table(*rows))
    assert ([line.text for line in section.lines], section.tables) == (expected, [])


def test_a_table_in_a_frame_of_one_cell_is_still_a_table(opened):
    section = opened(table([cell(table(["A", "B"], ["a", "b"]))]))
    assert [found.grid for found in section.tables] == [Grid(("A", "B"), (("a", "b"),))]


def test_a_text_box_stands_once_after_the_paragraph_it_is_anchored_in(lines):
    inner = paragraph("c") + paragraph(text_box(paragraph("d")))
    assert lines(paragraph("a", text_box(inner), "b") + paragraph("e")) == ["ab", "c", "d", "e"]


def test_a_text_box_of_an_old_word_is_read(lines):
    box = (
        f"<w:r><w:pict><v:textbox><w:txbxContent>{paragraph('b')}</w:txbxContent></v:textbox></w:pict></w:r>"
    )
    assert lines(paragraph("a", box)) == ["a", "b"]
    only = f"<w:r><mc:AlternateContent><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    assert lines(paragraph("a", only)) == ["a", "b"]


def test_a_hidden_text_box_is_left_out(lines):
    hidden = text_box(paragraph("b")).replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>", 1)
    assert lines(paragraph("a", hidden)) == ["a"]


def items_of(*levels):
    return "".join(paragraph("mục;", item=(1, at)) for at in levels)


def numbered(*levels, more=""):
    return abstract(0, *levels) + num(1, 0, more)


THREE = [level(0, "upperRoman", "%1."), level(1, "decimal", "%2."), level(2, "decimal", "%2.%3.")]


def restart(after):
    return f'<w:lvlRestart w:val="{after}"/>'


OVERRIDE = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{}"/></w:lvlOverride>'
OWN = '<w:lvlOverride w:ilvl="0">' + level(0, "lowerLetter", "%1)") + "</w:lvlOverride>"
COUNTED = [
    ("parts", numbered(*THREE), items_of(0, 0, 0, 0), ["I.", "II.", "III.", "IV."]),
    (
        "levels start again", numbered(*THREE), items_of(0, 1, 2, 2, 1, 2, 0, 1),
        ["I.", "1.", "1.1.", "1.2.", "2.", "2.1.", "II.", "1."],
    ),
    ("a level skipped", numbered(*THREE), items_of(0, 2, 2), ["I.", "1.1.", "1.2."]),
    (
        "letters", numbered(level(0, "lowerLetter", "%1)").replace('"1"/>', '"26"/>', 1)), items_of(0, 0, 0),
        ["z)", "aa)", "bb)"],
    ),
    ("a start", numbered(level(0, "decimal", "%1.").replace('"1"/>', '"5"/>', 1)), items_of(0, 0), ["5.", "6."]),
    ("a start of its own", numbered(*THREE, more=OVERRIDE.format(4)), items_of(0, 0), ["IV.", "V."]),
    ("a level of its own", numbered(*THREE, more=OWN), items_of(0, 0), ["a)", "b)"]),
    (
        "never starts again", numbered(THREE[0], level(1, "decimal", "%2.", restart(0))), items_of(0, 1, 0, 1),
        ["I.", "1.", "II.", "2."],
    ),
    (
        "starts again after parts only",
        numbered(THREE[0], THREE[1], level(2, "decimal", "%3)", restart(1))), items_of(0, 1, 2, 1, 2, 0, 1, 2),
        ["I.", "1.", "1)", "2.", "2)", "II.", "1.", "1)"],
    ),
    (
        "all in digits", numbered(THREE[0], level(1, "decimal", "%1.%2.", "<w:isLgl/>")), items_of(0, 1),
        ["I.", "1.1."],
    ),
    ("a text beyond Word's own longest", numbered(level(0, "decimal", "%1" + "x" * 999)), items_of(0), ["1" + "x" * 62]),
    ("a form without a number", numbered(level(0, "none", "Điều%1")), items_of(0), ["Điều"]),
    ("without a number", numbered(level(0, "none", "Điều")), items_of(0), ["Điều"]),
    ("a typed bullet", numbered(level(0, "bullet", "+")), items_of(0), ["+"]),
    ("a bullet of a symbol font", numbered(level(0, "bullet", "\uf0b7")), items_of(0), ["•"]),
    ("a form Word spells out", numbered(level(0, "cardinalText", "%1.")), items_of(0), ["1."]),
    ("a number of nothing", numbered(level(0, "decimal", "%7.")), items_of(0), ["."]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("numbering", "body", "expected"), [each[1:] for each in COUNTED], ids=[each[0] for each in COUNTED]
)
def test_automatic_numbers_are_written_as_word_shows_them(numbering, body, expected, lines):
    assert lines(body, numbering=numbering) == [f"{each} mục;" for each in expected]


@pytest.mark.parametrize(("list_id", "at"), [(0, 0), (9, 0), (1, 8), (1, "x")])
def test_a_paragraph_in_no_list_or_at_no_level_has_no_number(list_id, at, lines):
    body = paragraph("mục;", item=(list_id, at))
    without_first = numbered(level(1, "decimal", "%2."))
    assert lines(body, numbering=without_first) == ["mục;"]


def test_two_lists_of_one_definition_count_on_unless_one_starts_anew(lines):
    lists = abstract(0, *THREE) + num(1, 0) + num(2, 0) + num(3, 0, OVERRIDE.format(1))
    body = "".join(paragraph("mục;", item=(each, 0)) for each in (1, 2, 3, 3, 1))
    assert lines(body, numbering=lists) == [f"{each} mục;" for each in ("I.", "II.", "I.", "II.", "III.")]


def test_a_level_only_one_of_two_lists_has_starts_again_after_the_other(lines):
    own = '<w:lvlOverride w:ilvl="5">' + level(5, "decimal", "%6)") + "</w:lvlOverride>"
    body = "".join(paragraph("mục;", item=each) for each in ((2, 5), (1, 0), (2, 5)))
    lists = abstract(0, *THREE) + num(1, 0) + num(2, 0, own)
    assert lines(body, numbering=lists) == ["1) mục;", "I. mục;", "1) mục;"]


def list_style(name, properties, based=""):
    return f'<w:style w:type="paragraph" w:styleId="{name}">{based}<w:pPr>{properties}</w:pPr></w:style>'


LISTED = list_style("Muc", '<w:numPr><w:numId w:val="1"/></w:numPr>')
LISTED += list_style("Nho", "", '<w:basedOn w:val="Muc"/>')


def test_a_number_comes_from_the_style_at_the_level_linked_to_it(lines):
    linked = numbered(THREE[0], level(1, "decimal", "%2.", '<w:pStyle w:val="Muc"/>'))
    body = paragraph("mục;", style="Muc") + paragraph("mục;", style="Nho")
    assert lines(body, numbering=linked, styles=LISTED) == ["1. mục;", "2. mục;"]


def test_a_paragraph_can_leave_the_list_of_its_style(lines):
    assert lines(paragraph("mục;", style="Muc", item=(0, 0)), numbering=numbered(*THREE), styles=LISTED) == [
        "mục;"
    ]


def test_a_definition_can_be_that_of_a_list_style(lines):
    lists = (
        abstract(0, *THREE)
        + '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="Muc"/></w:abstractNum>'
    )
    assert lines(paragraph("mục;", item=(2, 0)), numbering=lists + num(1, 0) + num(2, 7), styles=LISTED) == [
        "I. mục;"
    ]


def test_an_empty_item_is_counted_and_not_shown(lines):
    body = paragraph("mục;", item=(1, 0)) + paragraph(item=(1, 0)) + paragraph("mục;", item=(1, 0))
    assert lines(body, numbering=numbered(*THREE)) == ["I. mục;", "III. mục;"]


def test_joined_paragraphs_have_the_number_of_the_last(lines):
    body = paragraph("a ", item=(1, 0), mark=GONE) + paragraph("b;", item=(1, 1))
    assert lines(body, numbering=numbered(*THREE)) == ["1. a b;"]


def test_a_number_is_not_bold_with_its_text(opened):
    (line,) = opened(paragraph(run("a;", "<w:b/>"), item=(1, 0)), numbering=numbered(*THREE)).lines
    assert (line.text, line.paragraph.bold) == ("I. a;", ((3, 5),))


def test_headers_and_footers_are_left_out(tmp_path):
    import docx

    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "51,2 trang"
    document.add_paragraph("a")
    document.save(str(tmp_path / "r.docx"))
    assert [line.text for line in read_word(tmp_path / "r.docx").sections[0].lines] == ["a"]


# -- what is refused -------------------------------------------------------


def sentence(path):
    with pytest.raises(InputError) as caught:
        read_word(path)
    text = str(caught.value)
    assert "\n" not in text
    return text.replace(f"{path.parent}/", "")


def written(path, data):
    path.write_bytes(data)
    return path


def sound(folder, body=None):
    return write_word(folder / "sound.docx", body or paragraph("Thành phố đạt 37,5/100 điểm"))


def with_parts(folder, changes):
    """A sound report with parts exchanged or added; None takes one out."""
    path = folder / "changed.docx"
    with zipfile.ZipFile(sound(folder)) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {name: old.read(name) for name in old.namelist()} | changes
        for name, data in parts.items():
            if data is not None:
                new.writestr(name, data)
    return path


PROTECTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le")
FILES = [
    (b"", "r.docx: is empty (expected a Word document); export or save it again"),
    (b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "r.docx: is another kind of file (got a PNG picture, expected a Word document); check the name"),
    (PROTECTED, "r.docx: is protected by a password (expected a Word document); save it without a password, in the present format"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "message"), FILES)
def test_what_is_no_word_file_is_refused_by_name(data, message, tmp_path):
    assert sentence(written(tmp_path / "r.docx", data)) == message


def test_a_file_cut_short_is_refused_wherever_it_was_cut(tmp_path):
    data = sound(tmp_path).read_bytes()
    for length in (10, 1000, len(data) // 2, len(data) - 10):
        assert "r.docx: is damaged or cut short" in sentence(written(tmp_path / "r.docx", data[:length]))


def test_a_workbook_under_a_word_name_is_refused(tmp_path):
    openpyxl.Workbook().save(tmp_path / "r.docx")
    assert "is another kind of file (got an Excel workbook, expected a Word document)" in sentence(
        tmp_path / "r.docx"
    )


def document_xml(body):
    return f"<w:document {SPACES}><w:body>{body}</w:body></w:document>".encode()


DEEP = 50_000
PARTS = [
    (
        {"word/document.xml": b'<!DOCTYPE d [<!ENTITY a "51,2">]>' + document_xml("<w:p/>")},
        "declares XML entities, which no office program writes",
    ),
    ({"word/document.xml": document_xml("<w:tbl><w:tr><w:tc>" * DEEP)}, "cannot be read as a Word document"),
    (
        {"word/document.xml": document_xml("<w:tbl><w:tr><w:tc>" * DEEP + "</w:tc></w:tr></w:tbl>" * DEEP)},
        "cannot be read as a Word document",
    ),
    (
        {"word/document.xml": document_xml("<w:ins>" * 210 + "<w:p/>" + "</w:ins>" * 210)},
        "is nested too deeply (expected at most 200 levels)",
    ),
    ({"word/document.xml": b"<w:document"}, "cannot be read as a Word document"),
    ({"word/document.xml": b"<a/>"}, "cannot be read as a Word document"),
    ({"word/document.xml": f"<w:document {SPACES}/>".encode()}, "cannot be read as a Word document"),
    ({"word/document.xml": document_xml("<w:p/><w:tbl/><w:sectPr/>")}, "holds no text"),
    ({"word/document.xml": document_xml(paragraph("a") + "<w:altChunk/>")}, "holds another document inside it"),
    ({"word/document.xml": document_xml(paragraph("Tæng sè hå s¬ qu¸ h¹n, tr¶ ®óng"))}, "is typed in TCVN3 (ABC)"),
    ({"[Content_Types].xml": b"<a/>"}, "cannot be read as a Word document"),
    ({"word/styles.xml": b"<a"}, "cannot be read as a Word document"),
    ({"word/styles.xml": None}, "cannot be read as a Word document"),
    ({"_rels/.rels": None}, "cannot be read as a Word document"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "message"), PARTS, ids=range(len(PARTS)))
def test_a_file_no_office_program_writes_is_refused_in_one_sentence(changes, message, tmp_path):
    assert f"changed.docx: {message}" in sentence(with_parts(tmp_path, changes))


def test_text_typed_in_a_legacy_font_is_noticed_in_cells_too(tmp_path):
    body = paragraph("a") + table(["A", "B"], ["Tæng sè hå s¬ qu¸ h¹n", "tr¶ ®óng"])
    assert "sound.docx: is typed in TCVN3 (ABC)" in sentence(sound(tmp_path, body))


def test_the_deepest_nesting_allowed_is_read(tmp_path):
    depth = 47
    body = (
        "<w:tbl><w:tr/><w:tr><w:tc><w:sdt>" * depth
        + paragraph("a")
        + "</w:sdt></w:tc></w:tr></w:tbl>" * depth
    )
    (section,) = read_word(with_parts(tmp_path, {"word/document.xml": document_xml(body)})).sections
    assert section.tables[0].grid.rows == (("a",),)
    body = "<w:smartTag>" * 190 + run("a") + "</w:smartTag>" * 190
    (section,) = read_word(
        with_parts(tmp_path, {"word/document.xml": document_xml(f"<w:p>{body}</w:p>")})
    ).sections
    assert [line.text for line in section.lines] == ["a"]


def test_a_relationship_to_elsewhere_is_never_followed(tmp_path):
    """The target would hang a reader that opened it: a named pipe nobody writes to."""
    import os

    os.mkfifo(tmp_path / "pipe")
    kinds = ("attachedTemplate", "image", "numbering", "subDocument")
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(sound(tmp_path)) as archive:
        relations = archive.read("word/_rels/document.xml.rels").decode()
    far = "".join(
        f'<Relationship Id="far{kind}" Type="{office}/{kind}" Target="{(tmp_path / "pipe").as_uri()}" TargetMode="External"/>'
        for kind in kinds
    )
    changed = relations.replace("<Relationship ", f"{far}<Relationship ", 1).encode()
    assert changed != relations.encode()
    document = read_word(with_parts(tmp_path, {"word/_rels/document.xml.rels": changed}))
    assert [line.text for line in document.sections[0].lines] == ["Thành phố đạt 37,5/100 điểm"]


def test_a_table_of_more_cells_than_any_report_has_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(items, "MOST_CELLS", 5)
    wide = table(["A"], [cell("a", '<w:gridSpan w:val="999999999"/>')])
    assert "has a table with too many cells (got 1000000000, expected at most 5)" in sentence(
        sound(tmp_path, wide)
    )
    assert "has a table with too many cells" in sentence(
        sound(tmp_path, table(["A"], [cell("a", SPAN)], ["c"]))
    )


@pytest.mark.parametrize(
    ("limit", "message"),
    [("LARGEST_MARKUP", "bytes of text"), ("LARGEST_UNPACKED", "bytes"), ("MOST_PARTS", "parts")],
)
def test_a_file_larger_than_any_report_is_refused(limit, message, tmp_path, monkeypatch):
    path = sound(tmp_path)
    read_word(path)
    monkeypatch.setattr(word, limit, 3)
    assert f" {message}, expected at most 3); take out its pictures" in sentence(path)


def test_damaged_bytes_anywhere_give_a_sentence_or_a_document(tmp_path):
    data = sound(tmp_path).read_bytes()
    chance = random.Random(766)  # noqa: S311 - the same damage every time
    for _ in range(60):
        damaged = bytearray(data)
        for _ in range(chance.randint(1, 20)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            read_word(written(tmp_path / "r.docx", bytes(damaged)))
        except InputError as error:
            assert "\n" not in str(error)  # noqa: PT017 - either outcome will do
