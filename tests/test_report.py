"""The report reader: the real November 2022, and months that differ from it."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from sadec_analysis.errors import InputError
from sadec_analysis.figures import table
from sadec_analysis.months import Month
from sadec_analysis.reading.documents.markdown import parse
from sadec_analysis.reading.documents.outline import Paragraph, outline
from sadec_analysis.reading.reports.reader import ReportReader
from sadec_analysis.reading.reports.sentences import is_elsewhere, scope_of

TYPED = Path(__file__).parent / "backtests" / "2022-11" / "figures.csv"


def typed_rows():
    with TYPED.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            numbers = tuple(float(row[name]) if row[name] else None for name in ("value", "lower", "upper"))
            yield (row["unit"], row["indicator"], row["measure"], *numbers, row["printed"], row["place"])


def read(text, place, rulebook):
    return ReportReader(outline("r.md", parse(text)), Month(2022, 11), place, rulebook).read()


def rows(reading, indicator):
    return [(row.unit, row.measure, row.value) for row in reading.figures if row.indicator == indicator]


def test_every_figure_of_november_is_found_none_wrong_none_extra(november):
    """The printed rows against the report typed by eye, places included."""
    printed = november.figures[november.figures["status"] == "printed"]
    columns = ["unit", "indicator", "measure", "value", "lower", "upper", "printed", "place"]
    found = {
        tuple(None if cell != cell else cell for cell in row)  # noqa: PLR0124 - nan is not itself
        for row in printed[columns].itertuples(index=False, name=None)
    }
    expected = set(typed_rows())
    assert len(expected) == 198
    assert found == expected
    assert len(printed) == 198


def test_november_leaves_nothing_unread_and_names_the_cell_with_a_decimal_dot(november):
    assert november.documents["unread"] == []
    assert [(row["place"], row["text"]) for row in november.documents["remarks"]] == [
        ("II.2.1, table 1, row 7", "51.53")
    ]


OPENING = "tháng 11 năm 2022\n\nI. KẾT QUẢ\n\n1. Đối với thành phố Sa Đéc\n\n"
PROGRESS = OPENING + "x đạt **50/100** điểm\n\nII. CHỈ SỐ\n\n3. Chỉ số Tiến độ giải quyết\n\n3.1 Kết quả\n\n"


def test_criteria_are_known_by_wording_wherever_they_stand(place, rulebook):
    text = OPENING + "+ Số hóa hồ sơ: **7,25/22** điểm;\n+ Mức độ hài lòng: **1/18** điểm."
    reading = read(text, place, rulebook)
    assert rows(reading, "digitisation") == [(place.city.code, "points", Decimal("7.25"))]
    assert rows(reading, "satisfaction") == [(place.city.code, "points", Decimal(1))]


@pytest.mark.parametrize("mark", ["+ ", "- ", "• ", "* ", "+", "– "])
def test_a_labelled_line_is_read_whatever_its_bullet(mark, place, rulebook):
    reading = ReportReader(
        outline("r.md", [*parse(OPENING), Paragraph(f"{mark}Số hóa hồ sơ: 7,25/22 điểm;")]),
        Month(2022, 11),
        place,
        rulebook,
    ).read()
    assert rows(reading, "digitisation") == [(place.city.code, "points", Decimal("7.25"))]


def test_a_rise_is_positive(place, rulebook):
    text = (
        OPENING
        + "thành phố Sa Đéc đạt **72,5/100 điểm** (*Tăng 3,2 điểm*), xếp loại **Khá**, xếp hạng **02/12** huyện"
    )
    reading = read(text, place, rulebook)
    assert [(row.measure, row.value) for row in reading.figures] == [
        ("points", Decimal("72.5")), ("change", Decimal("3.2")), ("grade", Decimal(3)), ("rank", Decimal(2)),
        ("rank_of", Decimal(12)),
    ]  # fmt: skip


def test_columns_are_known_by_their_headers_in_any_order(place, rulebook):
    text = (
        PROGRESS
        + "| Điểm đạt được | Tỷ lệ đúng hạn | Đơn vị |\n|---|---|---|\n| 18,2/20 | 91 | UBND xã Tân Quy Tây |"
    )
    reading = read(text, place, rulebook)
    assert rows(reading, "progress") == [("000.29.36.H20", "points", Decimal("18.2"))]
    assert rows(reading, "progress.on_time") == [("000.29.36.H20", "percent", Decimal(91))]


def test_a_month_without_some_tables_is_read_for_what_it_has(place, rulebook):
    assert rows(read(OPENING + "thành phố đạt **50/100 điểm**", place, rulebook), "total") == [
        (place.city.code, "points", Decimal(50))
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Tỷ lệ lạ lùng là **77,7%**.",
        "Có thêm 12 hồ sơ chưa rõ.",
        "UBND Phường 2 đạt tỷ lệ **50,1%** hồ sơ nộp trực tuyến.",
        "huyện Tam Nông đạt **12,3/20** điểm",
        "Đối với các xã, phường đạt tỷ lệ **61,54%** hồ sơ đúng hạn",
        "Tháng trước thành phố đạt **12,3/20** điểm",
        "Tháng 10 đạt tỷ lệ **71,0%** hồ sơ đúng hạn",
        "Tỉnh Đồng Tháp đạt **12,3/20** điểm",
        "Riêng đơn vị dẫn đầu đạt tỷ lệ **92,1%** hồ sơ đúng hạn",
        "Phấn đấu đạt tỷ lệ **90%** hồ sơ đúng hạn",
        "Thành phố đạt **7,1/12 điểm**",
        "Thành phố xử lý tổng số 35/50 hồ sơ",
    ],
)
def test_a_number_nobody_understood_is_listed_not_dropped_and_not_given_to_the_city(
    sentence, place, rulebook
):
    reading = read(PROGRESS + sentence, place, rulebook)
    assert [(each.place, each.text) for each in reading.unread] == [
        ("II.3.1, line 1", sentence.replace("**", ""))
    ]
    assert len(reading.figures) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "Theo Công văn số 47/UBND-KSTTHC ngày 01 tháng 12 năm 2022",
        "Hiện 10 trong 10 đơn vị",
        "Hình 1: Điểm",
        "10 v",
    ],
)
def test_dates_document_numbers_and_page_controls_are_no_figures(sentence, place, rulebook):
    assert read(PROGRESS + sentence, place, rulebook).unread == []


def test_an_unknown_table_and_an_unknown_column_are_listed(place, rulebook):
    text = (
        PROGRESS
        + "| Đơn vị | Tỷ lệ đúng hạn | Cột lạ |\n|---|---|---|\n| Phường 1 | 50 | 7 |\n\n| A | B |\n|---|---|\n| 1 | 2 |"
    )
    assert [(each.place, each.text) for each in read(text, place, rulebook).unread] == [
        ("II.3.1, table 1", "Cột lạ"), ("II.3.1, table 2", "A | B"),
    ]  # fmt: skip


def test_wards_named_below_the_target_and_the_others_are_bounded(place, rulebook):
    text = (
        PROGRESS.replace("Tiến độ giải quyết", "Dịch vụ công trực tuyến")
        + "- Đối với các xã, phường đã trên **60%** so với chỉ tiêu, chỉ còn lại 1 đơn vị chưa đạt yêu cầu là UBND Phường 4."
    )
    reading = read(text, place, rulebook)
    bounds = {
        row.unit: (row.lower, row.upper)
        for row in reading.figures
        if row.indicator.endswith("online_submission")
    }
    assert len(bounds) == 9
    assert bounds["000.24.36.H20"] == (0, 60)
    assert bounds["000.21.36.H20"] == (60, 100)


def test_no_ward_is_bounded_by_a_sentence_that_counts_and_names_differently(place, rulebook):
    text = (
        PROGRESS.replace("Tiến độ giải quyết", "Dịch vụ công trực tuyến")
        + "- Đối với các xã, phường đã trên **50%** so với chỉ tiêu, còn lại 2 đơn vị chưa đạt yêu cầu là UBND Phường 4."
    )
    assert not rows(read(text, place, rulebook), "online_service.online_submission")


def test_satisfaction_bands_close_at_the_next_printed_limit(november):
    city = november.place.city
    bands = {
        name: november.fact(city, f"satisfaction.wards_{name}", "percent")
        for name in ("excellent", "good", "fair")
    }
    assert {name: (band.value, band.lower, band.upper) for name, band in bands.items()} == {
        "excellent": (None, 90, 100), "good": (None, 80, 90), "fair": (None, 80, 90),
    }  # fmt: skip


def test_a_rank_beyond_the_number_ranked_is_left_unread(place, rulebook):
    reading = read(PROGRESS + "Thành phố đạt **12,3/20** điểm, xếp hạng **14/12** huyện", place, rulebook)
    assert [row.measure for row in reading.figures if row.indicator == "progress"] == ["points"]
    assert [each.place for each in reading.unread] == ["II.3.1, line 1"]


def test_the_year_so_far_is_no_figure_of_the_month(place, rulebook):
    reading = read(PROGRESS + "Lũy kế năm 2022 đạt **15,1/20** điểm.", place, rulebook)
    assert rows(reading, "progress.year_to_date") == [(place.city.code, "points", Decimal("15.1"))]
    assert rows(reading, "progress") == []


def test_a_cell_without_a_value_is_listed_and_not_zero(place, rulebook):
    text = (
        PROGRESS
        + "| Đơn vị | Tỷ lệ đúng hạn | Điểm đạt được |\n|---|---|---|\n| Phường 1 | - | 10/12 |\n| Tổng cộng | 50 | |"
    )
    reading = read(text, place, rulebook)
    assert len(reading.figures) == 1
    assert [each.text for each in reading.unread] == [
        "Tỷ lệ đúng hạn: -",
        "Điểm đạt được: 10/12",
        "Tổng cộng | 50 | ",
    ]


def test_no_change_in_words_is_zero_and_a_change_without_a_direction_is_refused(place, rulebook):
    table = "| Đơn vị | Điểm đánh giá | Tăng giảm |\n|---|---|---|\n| Phường 1 | 50,5 | {} |"
    reading = read(OPENING + table.format("Không đổi"), place, rulebook)
    assert [(row.measure, row.value) for row in reading.figures] == [
        ("points", Decimal("50.5")),
        ("change", 0),
    ]
    with pytest.raises(InputError, match="does not say whether it rose"):
        read(OPENING + table.format("0,50"), place, rulebook)


def test_figures_are_read_from_results_and_not_from_plans(place, rulebook):
    text = PROGRESS + "III. GIẢI PHÁP\n\n1. Tiến độ giải quyết\n\nđạt tỷ lệ **90%** hồ sơ đúng hạn"
    reading = read(text, place, rulebook)
    assert rows(reading, "progress.on_time") == []
    assert [each.place for each in reading.unread] == ["III.1, line 1"]


def test_payments_that_happened_are_read_and_none_only_of_the_whole_city(place, rulebook):
    section = PROGRESS.replace("Tiến độ giải quyết", "Thanh toán trực tuyến")
    some = read(
        section + "Trên địa bàn phát sinh **12** hồ sơ thanh toán trực tuyến, đạt **3,4/10 điểm**",
        place,
        rulebook,
    )
    none = read(
        section + "Một số đơn vị chưa có phát sinh hồ sơ TTHC thanh toán trực tuyến.", place, rulebook
    )
    assert rows(some, "online_payment.dossiers_paid_online") == [(place.city.code, "count", Decimal(12))]
    assert rows(none, "online_payment.dossiers_paid_online") == []


@pytest.mark.parametrize(
    "heading",
    ["3. Chỉ số Tiến độ giải quyết.", "3) Tiến độ giải quyết", "3/ Tiến độ giải quyết", "3 . Tiến độ"],
)
def test_headings_are_known_in_the_forms_offices_use(heading, place, rulebook):
    text = PROGRESS.replace(
        "3. Chỉ số Tiến độ giải quyết", heading.replace("3 . Tiến độ", "3 . Tiến độ giải quyết")
    )
    assert rows(read(text + "đạt **12,3/20** điểm", place, rulebook), "progress")


ERRORS = [
    (OPENING.replace("tháng 11 năm 2022", "BÁO CÁO") + "đạt **50/100 điểm**", "does not say its month"),
    (
        OPENING.replace("tháng 11", "tháng 10") + "đạt **50/100 điểm**",
        "about another month .got 2022-10, expected 2022-11",
    ),
    (OPENING + "không có số nào", "no figure of the index was recognised"),
    (
        PROGRESS + "| Đơn vị | Tỷ lệ đúng hạn |\n|---|---|\n| Phường 11 | 50 |",
        r"II.3.1, table 1, row 1: unknown unit",
    ),
    (
        PROGRESS + "| Đơn vị | Tỷ lệ đúng hạn |\n|---|---|\n| Phường 1 | 50.123 |",
        r'row 1: cannot read "50.123" as percent',
    ),
    (
        PROGRESS
        + "| Đơn vị | Mã định danh | Tỷ lệ đúng hạn |\n|---|---|---|\n| Phường 1 | 000.22.36.H20 | 5 |",
        "the code does not belong to Phường 1 .got 000.22.36.H20, expected 000.21.36.H20",
    ),
    (OPENING + "| Đơn vị | Xếp loại |\n|---|---|\n| Phường 1 | Kém |", "row 1: unknown grade .got Kém"),
]


@pytest.mark.parametrize(("text", "message"), ERRORS)
def test_what_is_wrong_is_refused_with_its_place(text, message, place, rulebook):
    with pytest.raises(InputError, match=message):
        read(text, place, rulebook)


@pytest.mark.parametrize(
    ("text", "indicator", "printed"),
    [
        (PROGRESS + "Thành phố đạt tỷ lệ **710%** hồ sơ đúng hạn", "progress.on_time", "710%"),
        (OPENING + "đạt **524/100 điểm**", "total", "524/100"),
        (OPENING + "- Tiến độ giải quyết: **25,0/20 điểm**", "progress", "25,0/20"),
    ],
)
def test_what_cannot_be_is_kept_as_printed_without_a_value(text, indicator, printed, place, rulebook):
    (figure,) = [row for row in read(text, place, rulebook).figures if row.indicator == indicator]
    assert (figure.printed, figure.value, figure.lower) == (printed, None, None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("(do trong tháng 11/2022 không có TTHC được công bố)", 0), ("Trong tháng có 5 TTHC được công bố.", 5),
        ("không có thủ tục hành chính nào được công bố", 0), ("có 5 TTHC được công bố đúng hạn", None),
    ],
)  # fmt: skip
def test_procedures_announced_in_the_month_are_read(text, value, place, rulebook):
    section = (
        OPENING
        + "x đạt **50/100** điểm\n\nII. CHỈ SỐ\n\n1. Chỉ số Công khai minh bạch\n\n1.2. Nguyên nhân\n\n"
    )
    given = [
        row.value
        for row in read(section + text, place, rulebook).figures
        if row.indicator == "transparency.announced"
    ]
    assert given == ([] if value is None else [value])


@pytest.mark.parametrize(
    ("text", "own", "is_other"),
    [
        ("Huyện Bến Tràm đạt 50/100 điểm", "huyện Bến Tràm", False), ("- UBND huyện Bến Tràm đạt 50/100 điểm", "huyện Bến Tràm", False),
        ("Huyện đạt 50/100 điểm", "huyện Bến Tràm", False), ("Toàn huyện có 3 hồ sơ", "huyện Bến Tràm", False),
        ("Các huyện đạt 50/100 điểm", "huyện Bến Tràm", True), ("Huyện Gò Mây đạt 50/100 điểm", "huyện Bến Tràm", True),
        ("Tỉnh đạt 50/100 điểm", "huyện Bến Tràm", True), ("Thị xã đạt 50/100 điểm", "huyện Bến Tràm", True),
        ("Huyện đạt 50/100 điểm", "thành phố Bến Tràm", True), ("Thị xã Gò Mây đạt 50/100 điểm", "thị xã Gò Mây", False),
    ],
)  # fmt: skip
def test_a_district_is_itself_and_no_other(text, own, is_other):
    assert is_elsewhere(text, Month(2022, 11), own) is is_other


@pytest.mark.parametrize(
    ("text", "title", "scope"),
    [
        ("Đối với các xã, thị trấn có 4/9 đơn vị", "", "wards"), ("Điểm cao nhất", "Đối với UBND phường, xã", "wards"),
        ("Điểm cao nhất", "Đối với UBND phường", "wards"), ("Có 9/9 phường xếp loại Yếu", "", "wards"),
        ("UBND xã Mây đạt 5/20 điểm", "", "city"), ("Đối với xã Mây", "", "city"),
    ],
)  # fmt: skip
def test_wards_communes_and_townships_are_told_from_one_of_them(text, title, scope):
    assert scope_of(text, title) == scope


def test_the_same_figures_come_from_rows_in_another_order(november, edit):
    first = "| 01 | UBND Phường An Hoà | 81,65 | 16,3/20 |\n| 02 | UBND Phường 2 | 72,58 | 14,5/20 |"
    other = "| 01 | UBND Phường 2 | 72,58 | 14,5/20 |\n| 02 | UBND Phường An Hoà | 81,65 | 16,3/20 |"
    from sadec_analysis.monthly import build_month, open_month

    root = edit(first, other)
    build_month("2022-11", root=root)
    again = open_month("2022-11", root=root)
    for indicator, measure in (("progress.on_time", "percent"), ("progress", "points")):
        for ward in november.place.wards:
            assert again.fact(ward, indicator, measure).value == november.fact(ward, indicator, measure).value


def test_a_table_of_figures_is_refused_when_it_breaks_its_contract(november):
    from sadec_analysis.errors import SadecError
    from sadec_analysis.figures import require_valid

    frame = november.figures.copy()
    frame.loc[0, "measure"] = "furlongs"
    with pytest.raises(SadecError, match=r"figures, total of 000.00.36.H20 at I.1, line 1: unknown measure"):
        require_valid(frame)
    assert table([]).empty
