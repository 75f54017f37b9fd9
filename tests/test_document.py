"""Reports as sections of lines and tables."""

from __future__ import annotations

import pytest

from sadec_analysis.errors import InputError
from sadec_analysis.reading.documents.markdown import parse, read_markdown
from sadec_analysis.reading.documents.outline import Grid, Paragraph, outline


def texts(markdown):
    return [item.text for item in parse(markdown) if isinstance(item, Paragraph)]


def places(*lines):
    document = outline("r.md", [Paragraph(line) for line in lines])
    return [(section.place, [line.text for line in section.lines]) for section in document.sections]


def test_bold_is_kept_as_ranges_of_the_text():
    [paragraph] = parse("đạt **37,5/100 điểm** (*Giảm*), hạng **05/12**")
    assert [paragraph.text[a:b] for a, b in paragraph.bold] == ["37,5/100 điểm", "05/12"]
    assert "*" not in paragraph.text


def test_numbered_lines_stay_as_printed_and_are_not_renumbered_as_lists():
    assert texts("2. Đối với xã\n\n2.1 Kết quả\n\n- một;\n- hai") == [
        "2. Đối với xã",
        "2.1 Kết quả",
        "- một;",
        "- hai",
    ]


def test_a_sentence_broken_over_lines_is_joined():
    assert texts("đạt **37,5\nđiểm** và\nhết") == ["đạt 37,5 điểm và hết"]


def test_a_table_gives_its_cells_as_printed():
    [grid] = parse("| STT | Đơn vị |\n|---|---|\n| 01 | UBND  Phường 1 |\n| 02 | **1.064** |")
    assert grid == Grid(("STT", "Đơn vị"), (("01", "UBND Phường 1"), ("02", "1.064")))


def test_html_in_a_report_is_text():
    assert texts("<script>alert(1)</script> & <b>đậm</b>") == ["<script>alert(1)</script> & <b>đậm</b>"]


def test_sections_follow_their_numbers():
    found = places(
        "mở đầu", "I. KẾT QUẢ", "1. Thành phố", "một", "II. CHỈ SỐ", "2. Tiến độ gồm:", "2.1 Kết quả", "hai"
    )
    assert found == [
        ("0", ["mở đầu"]), ("I", []), ("I.1", ["một"]), ("II", []), ("II.2", []), ("II.2.1", ["hai"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "10 v",
        "1. Đây là một câu có dấu chấm ở cuối.",
        "3.1 Mục con của mục chưa mở",
        "IV. không phải phần kế tiếp",
        "1.064 hồ sơ",
    ],
)
def test_a_line_that_only_looks_numbered_is_no_heading(line):
    assert places("I. KẾT QUẢ", "2. Mục hai", line)[-1] == ("I.2", [line])


def test_a_part_is_known_by_capitals_or_by_its_order():
    found = places("I. Kết quả", "II. Các chỉ số", "1. Mục", "III. GIẢI PHÁP")
    assert [place for place, _ in found] == ["0", "I", "II", "II.1", "III"]


def test_a_table_takes_the_capital_line_before_it_as_caption():
    items = [Paragraph("I. A"), Paragraph("XẾP HẠNG TỈNH"), Grid(("a",), ()), Grid(("b",), ())]
    section = outline("r.md", items).sections[1]
    assert [(table.number, table.caption) for table in section.tables] == [
        (1, "XẾP HẠNG TỈNH"),
        (2, "XẾP HẠNG TỈNH"),
    ]


def test_a_file_that_is_not_utf8_is_refused(tmp_path):
    path = tmp_path / "r.md"
    path.write_bytes("đạt".encode("cp1258", errors="replace") + b"\xff")
    with pytest.raises(InputError, match="not UTF-8 at byte"):
        read_markdown(path)


def test_an_empty_file_is_refused(tmp_path):
    path = tmp_path / "r.md"
    path.write_text(" \n\n", encoding="utf-8")
    with pytest.raises(InputError, match="holds no text"):
        read_markdown(path)
