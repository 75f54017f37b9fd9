"""Web pages: the same figures as from Markdown, and what a browser shows of lists, cells and hidden text."""

from __future__ import annotations

import pytest
from november_report import MARKDOWN, given_by
from word_files import report_in_html

from sadec_analysis.errors import InputError
from sadec_analysis.reading.documents import items, web
from sadec_analysis.reading.documents.markdown import parse, read_markdown
from sadec_analysis.reading.documents.outline import Grid
from sadec_analysis.reading.documents.web import read_web


def november_page():
    return report_in_html(parse(MARKDOWN.read_text(encoding="utf-8")))


def test_november_saved_as_a_page_gives_the_figures_and_words_of_its_markdown(tmp_path, place, rulebook):
    path = tmp_path / "bao-cao.html"
    path.write_text(november_page(), encoding="utf-8")
    figures, unread, passages = given_by(read_web(path), place, rulebook)
    assert (len(figures), unread, len(passages)) == (198, [], 14)
    assert (figures, [], passages) == given_by(read_markdown(MARKDOWN), place, rulebook)
    assert read_web(path).sections == read_markdown(MARKDOWN).sections


@pytest.fixture
def opened(tmp_path):
    def read(body):
        path = tmp_path / "r.html"
        path.write_bytes(body if isinstance(body, bytes) else body.encode())
        (section,) = read_web(path).sections
        return section

    return read


@pytest.fixture
def lines(opened):
    return lambda body: [line.text for line in opened(body).lines]


SHOWN = [
    ("paragraphs", "<p>a</p><div>b<p>c</p>d</div><h1>e</h1>f", ["a", "b", "c", "d", "e", "f"]),
    ("inline marks", "<p>a<i>b</i><u>c</u><st1:City w:st=on>d</st1:City></p>", ["abcd"]),
    ("a link", '<p><a href="http://example.invalid/">Cổng</a></p>', ["Cổng"]),
    ("line feeds", "<p>a\nb\n\nc</p>", ["a b c"]),
    ("a line feed of its own", "<p>a<i></i>\n<i>- b</i></p>", ["a - b"]),
    ("a drawing", "<p>a<svg><text>b</text></svg></p>", ["a"]),
    ("line breaks", "<p>Gồm:<br>hai<br>- Một;</p>", ["Gồm: hai", "- Một;"]),
    ("references", "<p>a&nbsp;&nbsp; S&#7889; h&#xF3;a &lt;5</p>", ["a Số hóa <5"]),
    ("marks after letters", "<p>Sa Đe&#769;c</p>", ["Sa Đéc"]),
    ("a script and a style", "<style>b</style><p>a</p><script>c</script>", ["a"]),
    ("the head", "<html><head><title>b</title></head><body>a</body></html>", ["a"]),
    ("a comment", "<p>a<!-- b --></p>", ["a"]),
    ("a comment for Word", "<p>a<!--[if gte mso 9]><xml>b</xml><![endif]--></p>", ["a"]),
    ("what Word shows to browsers", "<p><![if !supportLists]><span>1.&nbsp; </span><![endif]>a</p>", ["1. a"]),
    ("the same, by a converter", "<p><!--[if !supportLists]-->1. <!--[endif]-->a</p>", ["1. a"]),
    ("data of Word", "<p>a<o:p></o:p></p><xml><w:x>b</w:x></xml>", ["a"]),
    ("not displayed", '<p>a<span style="color:red; display: none">b</span>c</p>', ["ac"]),
    ("invisible", '<p>a<span style="VISIBILITY:hidden">b</span></p>', ["a"]),
    ("hidden by Word", "<p>a<span style='mso-hide:all'>b</span></p>", ["a"]),
    ("hidden", "<p>a</p><p hidden>b</p>", ["a"]),
    ("a tracked deletion", "<p>a<del>b</del><ins>c</ins></p>", ["ac"]),
    ("a footnote of Word", '<p>a<a href="#_ftn1">[1]</a></p><div id="ftn1">b</div>', ["a"]),
    (
        "a footnote of LibreOffice",
        '<p>a<a href="#sdfootnote1sym">1</a></p><div id="sdfootnote1">b</div>', ["a"],
    ),
    ("margins of LibreOffice", '<div title="header">b</div><p>a</p><div title="footer">c</div>', ["a"]),
    ("a page of XML", '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html><body>a</body></html>', ["a"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), [each[1:] for each in SHOWN], ids=[each[0] for each in SHOWN])
def test_a_page_reads_as_a_browser_shows_it(body, expected, lines):
    assert lines(body) == expected


BOLD = [
    ("<p>đạt <b>37,5</b> điểm</p>", ((4, 8),)),
    ("<p>đạt <strong>37</strong><b>,5</b></p>", ((4, 8),)),
    ("<p>a <span style='font-weight: 700'>b</span></p>", ((2, 3),)),
    ("<p style='font-weight:bold'>ab</p>", ((0, 2),)),
    ("<p><b>a <span style='font-weight:normal'>b</span></b></p>", ((0, 2),)),
    ("<p><b>a <i>b</i></b></p>", ((0, 3),)),
    ("<p>ab</p>", ()),
]


@pytest.mark.parametrize(("body", "expected"), BOLD)
def test_bold_is_known_from_the_element_or_its_weight(body, expected, opened):
    (line,) = opened(body).lines
    assert line.paragraph.bold == expected


LISTS = [
    ("<ol><li>a;<li>b;</ol>", ["1. a;", "2. b;"]),
    ("<ol start=5><li>a;<li value=9>b;<li>c;</ol>", ["5. a;", "9. b;", "10. c;"]),
    ("<ol type=I><li>a;<li>b;</ol>", ["I. a;", "II. b;"]),
    ("<ol type=a><li>a;</ol>", ["a. a;"]),
    ("<ol style='list-style-type: upper-alpha'><li>a;</ol>", ["A. a;"]),
    ("<ol style='list-style:none'><li>1) a;</ol>", ["1) a;"]),
    ("<ul><li>a;</ul>", ["• a;"]),
    ("<ul style='list-style-type:none'><li>- a;</ul>", ["- a;"]),
    ("<ol><li><p>a;</p><p>b;</p></li><li>c;</li></ol>", ["1. a;", "b;", "2. c;"]),
    ("<ol><li>a;<ul><li>b;</ul>c;</li><li>d;</ol>", ["1. a;", "• b;", "c;", "2. d;"]),
    ("<ol><li><ol><li>b;</ol></ol>c;", ["1. b;", "c;"]),
    ("<ol><li></li><li>b;</ol>", ["2. b;"]),
    ("<ol><li></ol>c;", ["c;"]),
    ("<ol>x;<li>a;</li>y;</ol>z;", ["x;", "1. a;", "y;", "z;"]),
]


@pytest.mark.parametrize(("body", "expected"), LISTS)
def test_numbers_and_bullets_of_lists_are_written_out(body, expected, lines):
    assert lines(body) == expected


def row(*cells):
    return "<tr>" + "".join(each if each.startswith("<t") else f"<td>{each}</td>" for each in cells) + "</tr>"


HEAD = row("A", "B", "C")
MERGED = [
    ("across", HEAD + row("<td colspan=2>a</td>", "c"), [("A", "B", "C"), ("a", "", "c")]),
    (
        "down, its text in each row", HEAD + row("a", "<td rowspan=2>b</td>", "c") + row("d", "e"),
        [("A", "B", "C"), ("a", "b", "c"), ("d", "b", "e")],
    ),
    (
        "across and down", HEAD + row("<td rowspan=2 colspan=2>a</td>", "b") + row("c"),
        [("A", "B", "C"), ("a", "", "b"), ("a", "", "c")],
    ),
    (
        "down to the end", HEAD + row("<td rowspan=0>a</td>", "b", "c") + row("d", "e"),
        [("A", "B", "C"), ("a", "b", "c"), ("a", "d", "e")],
    ),
    (
        "beyond the end", HEAD + row("<td rowspan=9>a</td>", "b", "c"), [("A", "B", "C"), ("a", "b", "c")],
    ),
    (
        "a header of two rows",
        "<thead>" + row("<th rowspan=2>A</th>", "<th colspan=2>x</th>") + row("<th>B</th>", "<th>C</th>") + "</thead>"
        + row("a", "b", "c"),
        [("A", "B", "C"), ("a", "b", "c")],
    ),
    ("a row too short", HEAD + row("a"), [("A", "B", "C"), ("a", "", "")]),
    ("a hidden row", HEAD + row("a", "b", "c") + "<tr hidden><td>d</tr>", [("A", "B", "C"), ("a", "b", "c")]),
    (
        "several paragraphs and a table in a cell",
        HEAD + row("<td><p>a</p><p>b<br>c</p></td>", f"<td><table>{row('d') + row('e')}</table></td>", "f"),
        [("A", "B", "C"), ("a b c", "d e", "f")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "expected"), [each[1:] for each in MERGED], ids=[each[0] for each in MERGED]
)
def test_a_table_is_read_row_by_row_however_its_cells_are_merged(rows, expected, opened):
    (found,) = opened(f"<table><colgroup><col></colgroup>{rows}</table>").tables
    assert found.grid == Grid(expected[0], tuple(expected[1:]))


def test_text_of_a_table_outside_its_cells_stands_before_it(opened):
    section = opened(f"a<table>b<caption>c</caption>{HEAD}<div>d</div>{row('1', '2', '3')}</table>e")
    assert [line.text for line in section.lines] == ["a", "b", "c", "d", "e"]
    assert len(section.tables) == 1


def test_a_table_that_only_arranges_text_is_read_as_that_text(opened):
    section = opened(f"<table>{row('UBND', f'<td><table>{HEAD + HEAD}</table></td>')}</table>")
    assert [line.text for line in section.lines] == ["UBND"]
    assert [found.grid for found in section.tables] == [Grid(("A", "B", "C"), (("A", "B", "C"),))]


# -- encodings -------------------------------------------------------------

META = "<meta http-equiv=Content-Type content='text/html; charset={}'>"


def test_a_page_in_the_code_page_of_vietnamese_windows_is_read_and_composed(lines):
    page = META.format("windows-1258").encode() + "<p>Sa Đe\u0301c đa\u0323t</p>".encode("cp1258")
    assert lines(page) == ["Sa Đéc đạt"]


def test_a_page_in_the_code_page_of_western_windows_is_read(lines):
    page = META.format("Windows-1252").encode() + "<p>Quý khách &#273;&#7841;t</p>".encode("cp1252")
    assert lines(page) == ["Quý khách đạt"]


def test_a_page_in_utf_8_is_read_as_such_whatever_it_declares(lines):
    assert lines(META.format("windows-1252") + "<p>Sa Đéc</p>") == ["Sa Đéc"]


def sentence(path):
    with pytest.raises(InputError) as caught:
        read_web(path)
    text = str(caught.value)
    assert "\n" not in text
    return text.replace(f"{path.parent}/", "")


LAUGHS = '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><html><body><p>&b;</p></body></html>'
REFUSED = [
    (b"", "r.html: holds no text; put the file there as received"),
    (b"<html><body><p> </p><!-- 37,5 --></body></html>", "r.html: holds no text"),
    (b"<!-- 37,5 -->", "r.html: holds no text"),
    (LAUGHS.encode(), "r.html: declares entities, which no office program writes"),
    (LAUGHS.replace("<!E", "<!e").encode(), "r.html: declares entities"),
    (b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "r.html: is a PNG picture, not a text; export it again as .html"),
    (b"\x89PNG\r\n\x1a\n" + META.format("windows-1258").encode(), "r.html: is a PNG picture, not a text"),
    (bytes(range(256)) * 4, "r.html: is no text but bytes, not a text"),
    (b"PK\x03\x04" + b"a" * 64, "r.html: is a zip archive, not a text"),
    ("<p>Sa Đéc</p>".encode("utf-16"), "r.html: not UTF-8 (got UTF-16)"),
    ("<p>đạt</p>".encode("cp1258", "replace"), "r.html: not UTF-8 at byte 3 (got Windows-1258)"),
    (b"<meta charset=shift_jis><p>\xff</p>", "r.html: not UTF-8 at byte 27"),
    (META.format("windows-1258").encode() + b"<p>\xf0\x8a</p>", "r.html: not the cp1258 it declares, at byte"),
    (
        META.format("windows-1252").encode() + "Tæng sè hå s¬ qu¸ h¹n, tr¶ ®óng".encode("latin-1"),
        "r.html: is typed in TCVN3 (ABC)",
    ),
    ("<p>T&#230;ng s&#232; h&#229; s&#172; qu&#184; h&#185;n, tr&#182; &#174;óng</p>".encode(), "r.html: is typed in TCVN3"),
    (b"<div>" * 100_000 + b"37,5" + b"</div>" * 100_000, "r.html: is nested too deeply (expected at most 200 levels)"),
    (b"<div>" * 200 + b"37,5", "r.html: is nested too deeply"),
    (b"<table><tr><td>" * 50_000, "r.html: is nested too deeply"),
    (b"<p>a<img src='data:" + b"x" * 11_000_000 + b"'>", "r.html: cannot be read to its end"),
    (
        b"<p " + b" ".join(b"a%d=1" % number for number in range(100_000)) + b">37,5</p>",
        "r.html: has an element with too many attributes (got 100000, expected at most 1000)",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("data", "message"), REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_read_surely_is_refused_in_one_sentence(data, message, tmp_path):
    path = tmp_path / "r.html"
    path.write_bytes(data)
    assert sentence(path).startswith(message)


def test_the_deepest_nesting_allowed_is_read_with_what_follows(lines):
    assert lines("<div>" * 198 + "a" + "</div>" * 198 + "b") == ["a", "b"]
    # Breaks and unclosed paragraphs stand beside each other, not inside.
    assert len(lines("<p>a<br>" * 1000)) == 1000


def test_nested_lists_and_tables_at_the_deepest_are_read(lines):
    assert lines("<ul><li>" * 99 + "a") == ["• a"]
    assert lines("<table><tr><td>" * 66 + "a") == ["a"]


def test_a_table_of_more_cells_than_any_report_has_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(items, "MOST_CELLS", 7)
    path = tmp_path / "r.html"
    path.write_text(f"<table>{HEAD}{row('<td colspan=999999999>a</td>')}</table>", encoding="utf-8")
    assert "has a table with too many cells (got 1000000002, expected at most 7)" in sentence(path)


def test_a_page_larger_than_any_report_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(web, "LARGEST_MARKUP", 3)
    path = tmp_path / "r.html"
    path.write_text("<p>a</p>", encoding="utf-8")
    assert "is too large for a report (got 8 bytes, expected at most 3)" in sentence(path)


def test_a_page_that_is_not_there_is_refused(tmp_path):
    assert "r.html: cannot be read" in sentence(tmp_path / "r.html")
