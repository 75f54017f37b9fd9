"""The brief's content: the first page, the sections, and what is said where nothing is known."""

from __future__ import annotations

import json

import pytest

from sadec_analysis.blocks import MIME, Heading, Num, Text, spans
from sadec_analysis.blocks.html import page_fragment, plain_text, render
from sadec_analysis.brief import about, closing, sources
from sadec_analysis.brief.cover import cover
from sadec_analysis.brief.findings import contradictions
from sadec_analysis.brief.results import components, results
from sadec_analysis.monthly import build_month, open_month


def told(blocks):
    return " ".join(plain_text(block.as_json()) for block in blocks)


def numbers(content):
    """Every number of a block's JSON, however deep."""
    if isinstance(content, dict):
        if "badges" in content and "text" in content:
            yield content
        for value in content.values():
            yield from numbers(value)
    elif isinstance(content, (list, tuple)):
        for value in content:
            yield from numbers(value)


def whole(view):
    return [
        *cover(view), *results(view), *components(view), *closing.remedies(view), *closing.requests(view),
        *closing.findings(view), *sources.sources(view),
    ]  # fmt: skip


def view_of(root):
    build_month("2022-11", root=root)
    return open_month("2022-11", root=root)


def test_the_first_page_informs_a_leader(november):
    page = told(cover(november))
    for sentence in (
        "Sa Đéc còn 37,5 điểm, giảm 11,17: xếp loại Yếu",
        "Cả chín xã, phường rơi từ Trung bình xuống Yếu, mỗi nơi mất từ 11,84 đến 15,78 điểm",
        "Cao nhất là Tân Khánh Đông (47,34), thấp nhất là Phường 3 (34,75)",
        "Công khai, minh bạch được 0,0 5 10 /18 điểm, mất 18,0 điểm; tiếp theo là số hóa hồ sơ, mất 15,6 điểm",
        "chiếm 47% trong 1.064 4 hồ sơ quá hạn",
        "chưa thể nói tiêu chí nào gây ra mức giảm 11,17",
        "Còn 16 nội dung khác ở cuối bản tin đầy đủ",
    ):
        assert sentence in page
    assert [type(block).__name__ for block in cover(november)][-1] == "Break"


def test_every_number_of_the_brief_tells_where_it_comes_from(november):
    found = [number for block in whole(november) for number in numbers(block.as_json())]
    assert len(found) > 150
    without = [
        number["text"] for number in found if not number["source"] and number["text"] != "chưa có số liệu"
    ]
    assert without == []


def test_sections_follow_the_order_of_the_report(november):
    blocks = whole(november)
    headings = [block.as_json() for block in blocks if isinstance(block, Heading)]
    assert [(h["level"], h["number"]) for h in headings if h["level"] < 3] == [
        (1, ""), (2, "I."), (2, "II."), (2, "III."), (2, "IV."), (2, ""), (2, ""),
    ]  # fmt: skip
    assert sum(h["level"] == 3 for h in headings) == 3 + 6 + 7


def test_a_criterion_without_remedy_says_so_and_the_suggestion_is_marked_automatic(november):
    blocks = [block.as_json() for block in closing.remedies(november)]
    assert (blocks[1]["number"], blocks[2]["kind"], blocks[2]["role"]) == ("1.", "note", "missing")
    assert plain_text(blocks[2]).endswith("Báo cáo không nêu giải pháp cho chỉ số này.")
    assert (blocks[3]["role"], blocks[3]["label"]) == (
        "automatic",
        "Gợi ý tự động từ số liệu, không phải lời của cơ quan.",
    )
    assert sum(block["kind"] == "quote" for block in blocks) == 5


def test_the_offices_words_are_quoted_with_their_place(november):
    quote = about.causes(november, "progress").as_json()
    assert quote["paragraphs"][0].startswith("Số lượng hồ sơ TTHC thống kê trên Cổng")
    assert quote["source"] == "Nguyên văn, bao-cao-2022-11.md, mục II.2.2."


def test_the_payment_section_tells_of_no_payment(november):
    assert "Số hồ sơ thanh toán trực tuyến trong tháng: 0" in told(
        about.criterion(november, "online_payment")
    )


def test_findings_are_numbered_alike_everywhere(november):
    everything = contradictions(november).as_json()["items"]
    assert [item["number"] for item in everything] == list(range(1, 22))
    assert [item["number"] for item in about.findings(november, "digitisation").as_json()["items"]] == [
        3,
        11,
        12,
    ]
    assert [
        item["number"] for item in about.findings(november, "online_service").as_json().get("items", [])
    ] == []
    assert about.findings(november, "online_service").as_json()["kind"] == "note"
    assert "II.2.1, bảng 1, dòng 9" in everything[13]["place"]


def test_sources_list_every_figure(november):
    grid = sources.places(november)
    assert sum(int(str(row[2][0])) for row in grid.rows) == len(november.figures)
    assert "51.53 (mục II.2.1, bảng 1, dòng 7)" in told(sources.sources(november))
    assert "Đã đọc được mọi con số" in told(sources.sources(november))


def test_unread_numbers_are_shown_word_for_word(edit):
    view = view_of(edit("Công tác tuyên truyền nhằm", "Tỷ lệ lạ **77,7%**.\n\nCông tác tuyên truyền nhằm"))
    assert "Tỷ lệ lạ 77,7%." in told([sources.unread(view)])


def test_a_month_without_totals_has_a_first_page_that_says_so(edit):
    root = edit(
        "thành phố Sa Đéc đạt **37,5/100 điểm** (*Giảm 11,17 điểm*), xếp loại **Yếu**, xếp hạng **05/12** huyện",
        "thành phố có báo cáo, huyện",
    )
    page = told(cover(view_of(root)))
    assert "Sa Đéc: chưa có tổng điểm tháng 11 năm 2022" in page
    assert page.count("chưa có số liệu") >= 3


@pytest.mark.parametrize(
    ("change", "headline"),
    [
        ("Tăng 3,2", "Sa Đéc đạt 37,5 điểm, tăng 3,2: xếp loại Yếu"),
        ("Giảm 0,0", "Sa Đéc đạt 37,5 điểm, xếp loại Yếu"),
    ],
)
def test_the_headline_follows_the_change(change, headline, edit):
    assert headline in told(cover(view_of(edit("*Giảm 11,17 điểm*", f"*{change} điểm*"))))


def test_synthetic_data_is_labelled_on_the_first_page(tree):
    source = tree / "data" / "raw" / "2022-11" / "source.toml"
    source.write_text(source.read_text(encoding="utf-8").replace('"real"', '"synthetic"'), encoding="utf-8")
    assert "DỮ LIỆU MINH HỌA" in told(cover(view_of(tree)))


def test_a_clean_month_has_no_contradictions_to_show(november):
    from dataclasses import replace

    quiet = replace(november, findings=november.findings.head(0))
    assert plain_text(contradictions(quiet).as_json()) == "Không tìm thấy mâu thuẫn nào giữa các con số."


def test_markup_in_any_text_is_shown_as_text():
    evil = "<script>alert(1)</script>\"'&"
    block = Text(spans(evil, Num(evil, evil, (1,))))
    html = page_fragment(block.as_json())
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_block_displays_itself_as_data_html_and_text():
    bundle = Heading(2, spans("Một"), "I.")._repr_mimebundle_()
    assert json.loads(json.dumps(bundle[MIME])) == {
        "kind": "heading",
        "level": 2,
        "text": ["Một"],
        "number": "I.",
    }
    assert render(bundle[MIME]) in bundle["text/html"]
    assert bundle["text/plain"] == "I. Một"


def test_a_month_without_contradictions_fills_every_notebook_part(november):
    from dataclasses import replace

    quiet = replace(november, findings=november.findings.head(0))
    assert [about.findings(quiet, name).as_json()["kind"] for name in ("total", "progress")] == [
        "note",
        "note",
    ]
    assert told(whole(quiet))


def test_a_correction_is_told_with_its_place_and_its_state(november):
    digitisation = november.fact(november.place.city, "digitisation", "points")
    assert digitisation.num().source == "Đính chính, chờ xác nhận: dùng 6,4/22, in ở mục II.6.2, đoạn 1"
    assert "theo đính chính, chờ cơ quan xác nhận" in told(cover(november))


def test_a_repaired_quote_says_so(november):
    assert (
        about.causes(november, "online_payment")
        .as_json()["source"]
        .endswith("đã sửa lỗi quét: “Bru điện” → “Bưu điện”.")
    )


def test_letters_the_typeface_lacks_do_not_stop_the_pdf():
    import datetime as dt

    from nbformat.v4 import new_code_cell, new_notebook, new_output

    from sadec_analysis.brief.pdf import to_pdf

    block = Text(spans("Hạ tầng \u2756 \uf0b7 mạng")).as_json()
    notebook = new_notebook(cells=[new_code_cell(outputs=[new_output("display_data", data={MIME: block})])])
    assert to_pdf(notebook, "Thử", "vi", dt.date(2022, 11, 1)).startswith(b"%PDF")
