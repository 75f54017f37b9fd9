"""What the checks find in the real month and in published rows, and how findings are told and ordered."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from clean_month import CITY, changed, evidence, figure, report_rows

from sadec_analysis import checks
from sadec_analysis.checks.finding import half_step, known, places
from sadec_analysis.errors import SadecError
from sadec_analysis.figures import Figure, table
from sadec_analysis.months import Month
from sadec_analysis.places import Unit, load_place
from sadec_analysis.rulebook import load_rulebook
from sadec_analysis.words import load_words

BACKTESTS = Path(__file__).parent / "backtests"
NOVEMBER = [
    ("parts_total", "error", "00", "37,5/100", "36,8", "0,35"),
    ("printed_twice", "error", "00", "12,3/20 | 10,6/20", "12,3", "0,05"),
    ("printed_twice", "error", "00", "5,8/22 | 6,4/22", "6,4", "0,05"),
    ("overdue_scope", "error", "00", "1.064 | 44", "", ""),
    ("points_void", "warning", "00", "0,0/18", "0 – 8", ""),
    ("points_allowed", "warning", "00", "2,3/10", "≤ 2", "0,05"),
    ("rate_is_points", "warning", "00", "53,9%", "", "0,05"),
    ("rate_whole", "warning", "00", "61,54%", "", "0,005"),
    ("rates_whole", "warning", "21", "213 | 46,68 | 117 | 72,58 | 26 | 66,3 | 57 | 53,17", "", "0,005"),
    ("no_remedy", "warning", "00", "0,0/18", "", ""),
    ("rank_row", "warning", "00", "06", "", ""),
    ("units_missing", "warning", "00", "", "12", ""),
    ("grade_label", "warning", "00", "80% trở lên", "Tốt", ""),
    ("points_rate", "warning", "26", "7,9/20", "8,292", "0,056"),
    ("points_rate", "warning", "28", "13,8/20", "13,984", "0,056"),
    ("points_rate", "warning", "21", "9,5/20", "9,336", "0,056"),
    ("points_rate", "warning", "23", "10,4/20", "10,306", "0,056"),
    ("points_rate", "warning", "29", "10,7/20", "10,634", "0,056"),
    ("previous_unsaid", "note", "00", "37,5/100 | 42,36 | 40,17 | 34,75 | 46,94 | 41,23 | 39,56 | 47,34 | 40,51 | 43,44", "", ""),
    ("level_shift", "note", "00", "Giảm 11,17 | Giảm 14,54 | Giảm 15,47 | Giảm 15,34 | Giảm 11,84 | Giảm 15,78 | Giảm 14,09 | Giảm 13,96 | Giảm 12,30 | Giảm 12,38", "", ""),
    ("decimal_marks", "note", "23", "51.53", "", ""),
]  # fmt: skip


def told(view, check, at=0):
    return view.findings[view.findings["check"] == check]["message"].iloc[at]


# -- the real November ------------------------------------------------------


def test_november_gives_exactly_its_known_contradictions(november):
    found = november.findings.assign(unit=november.findings["unit"].str[4:6])
    columns = ["check", "severity", "unit", "printed", "expected", "slack"]
    assert list(found[columns].itertuples(index=False, name=None)) == NOVEMBER


@pytest.mark.parametrize(
    ("check", "figures"),
    [
        ("parts_total", ["cộng lại là 36,8 (0,0 + 12,3 + 6,7 + 2,3 + 9,7 + 5,8)", "37,5: lệch 0,7, vượt mức làm tròn 0,35", "chỉ khi dùng 6,4/22 (II.6.2) thì tổng mới khớp (37,4)"]),
        ("printed_twice", ["12,3/20 (I.1), 10,6/20 (II.2.1)", "61,54% × 20 = 12,308, phù hợp với 12,3"]),
        ("overdue_scope", ["1.064 và 44", "cộng dồn từ các tháng trước"]),
        ("points_void", ["0,0/18", "chỉ làm mất 10 điểm (chỉ số 1.1 và 1.2)", "8 điểm còn lại (1.3 và 1.4)", "Cả năm đạt 14,1 điểm", "quy tắc thấy năm 2026"]),
        ("points_allowed", ["in là 2,3", "nhiều nhất 2 điểm", "quy tắc thấy năm 2026 (chưa xác định quy tắc của tháng này)"]),
        ("rate_is_points", ["53,9% đúng bằng 9,7/18"]),
        ("rate_whole", ["44, 157 và 1.064 hồ sơ quá hạn", "61,54%"]),
        ("rates_whole", ["Phường 3 (127 trên 262)", "An Hoà (49 trên 267)", "Tân Quy Đông (120 trên 205)", "Tân Khánh Đông (90 trên 225)", "Tân Phú Đông (108 trên 359)", "5 trong 9", "giống số của riêng tháng này"]),
        ("no_remedy", ["công khai, minh bạch chỉ được 0,0/18", "5 tiêu chí khác"]),
        ("rank_row", ["in là 06", "bảng 10 dòng (xếp hạng 12 đơn vị)"]),
        ("units_missing", ["10 trong 12 đơn vị", "một trang màn hình"]),
        ("grade_label", ["từ 80% được gọi là “Khá”", "80 là mức Tốt"]),
        ("previous_unsaid", ["Sa Đéc 48,67", "Tân Khánh Đông 61,30", "Phường 4 58,78", "Tân Quy Tây 55,82", "Phường 1 56,90", "An Hoà 57,01", "Tân Phú Đông 52,81", "Phường 2 55,64", "Tân Quy Đông 53,65", "Phường 3 50,09", "9 đơn vị từ Trung bình thành Yếu", "Thứ tự các xã, phường cũng thay đổi."]),
        ("level_shift", ["Cả 10 đơn vị", "từ −11,17 đến −15,78", "tháng trước không có trong bộ dữ liệu"]),
        ("decimal_marks", ["51.53 (II.2.1) dùng dấu chấm"]),
    ],
)  # fmt: skip
def test_november_findings_tell_their_figures(check, figures, november):
    message = told(november, check)
    assert [each for each in figures if each not in message] == []


@pytest.mark.parametrize(
    ("indicator", "why"),
    [
        ("online_service", "62,5% gives 6,7 of 12 if the target gives 6"),
        (
            "progress.overdue_total",
            "213 + 157 + ... + 26 = 1.064, but it is about the month, see overdue_scope",
        ),
        ("digitisation.certified_copies", "1 + 1 + 21 + 1 = 24 of 35"),
        ("digitisation.certifying_units", "4 wards and the office are 5 of 10"),
        ("total.ward_highest", "both tables agree with the text"),
        ("satisfaction.wards_excellent", "2 + 6 + 1 = 9"),
    ],
)
def test_november_is_quiet_about_what_is_right(indicator, why, november):
    quiet = {
        "parts_total",
        "printed_twice",
        "sources_differ",
        "table_sum",
        "part_whole",
        "statement_table",
        "bands_wards",
        "rank_order",
    }
    assert indicator not in set(november.findings[november.findings["check"].isin(quiet)]["indicator"]), why


def test_the_tables_of_november_were_compared_and_agree(november):
    compared = november.documents["compared"]
    for check in (
        "table_sum",
        "statement_table",
        "bands_wards",
        "rank_order",
        "grade_total",
        "units_twice",
        "part_whole",
    ):
        assert compared[check] > 0
        assert check not in set(november.findings["check"])


def test_marks_stand_beside_both_figures_of_a_contradiction(november):
    ward = november.place.find("Phường 1")
    number = (
        november.findings.index[november.findings["id"] == "points_rate/000.21.36.H20/progress/points"][0] + 1
    )
    for indicator, measure in (("progress", "points"), ("progress.on_time", "percent")):
        assert number in november.fact(ward, indicator, measure).badges
    assert november.fact(november.place.city, "online_service", "points").badges == ()


# -- published rows ---------------------------------------------------------------


def province_month(rows):
    """34 provinces as the units of one place, with what the portal published of them."""
    columns = {"CKMB": "transparency", "TDGQ": "progress", "CLGQ": "online_service", "TTTT": "online_payment", "MDHL": "satisfaction", "MDSH": "digitisation"}  # fmt: skip
    units = tuple(Unit(f"T/{at}", row.name, "ward") for at, row in enumerate(rows.itertuples(index=False)))
    given = []
    for at, row in enumerate(rows.itertuples()):
        place = f"I.1, table 1, row {at + 1}"
        numbers = {"total": row.total} | {name: getattr(row, code) for code, name in columns.items()}
        given += [
            Figure("2026-08", f"T/{at}", name, "points", Decimal(str(value)).quantize(Decimal("0.01")), f"{value:.2f}".replace(".", ","), "p.csv", place)
            for name, value in numbers.items()
        ]  # fmt: skip
        given.append(
            Figure("2026-08", f"T/{at}", "total", "rank", Decimal(row.rank), str(row.rank), "p.csv", place)
        )
    whole = load_place("sa_dec")
    where = replace(whole, unit=(whole.city, *units))
    return checks.Evidence(table(given), load_rulebook(Month(2026, 8)), where)


def test_34_provinces_give_no_finding():
    rows = pd.read_csv(BACKTESTS / "provinces-2026-year-to-2026-10-10.csv")
    checked = checks.find_all(province_month(rows))
    assert checked.findings == []
    assert (checked.compared["parts_total"], checked.compared["rank_order"]) == (34, 1)


# -- telling --------------------------------------------------------------------


def test_messages_are_told_in_both_languages(november):
    seen = checks.Evidence(november.figures, november.rulebook, november.place)
    given = checks.to_table(checks.find_all(seen).findings, [load_words("vi"), load_words("en")])
    assert (
        given["message_en"].iloc[0].startswith("The six criteria of Sa Đéc city add up to 36.8 (0.0 + 12.3 +")
    )
    assert not given["message_vi"].str.contains("{", regex=False).any()
    assert not given["message_en"].str.contains(r"\d,\d\d? ?(?:points|%)").any()


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([], "Không giá trị nào in ở nơi khác"),
        ([("digitisation", "12,0/22")], "chỉ khi dùng 12,0/22 (II.6)"),
        ([("digitisation", "12,0/22"), ("satisfaction", "15,4/18")], "Nhiều cách chọn"),
    ],
)
def test_the_search_among_printed_values_says_what_it_found(others, expected):
    rows = changed(report_rows(), "city", "total", "points", "67,3/100")
    rows += [figure("city", name, "points", printed, "II.6, line 1") for name, printed in others]
    finding = next(each for each in checks.find_all(evidence(rows)).findings if each.check == "parts_total")
    assert expected in finding.message(load_words("vi"))


def test_too_many_combinations_are_not_searched():
    rows = changed(report_rows(), "city", "total", "points", "99,0/100")
    for name, top in (("transparency", 18), ("progress", 20), ("satisfaction", 18), ("digitisation", 22)):
        rows += [
            figure("city", name, "points", f"{at / 10:.1f}".replace(".", ","), "II.6") for at in range(top)
        ]
    finding = checks.find_all(evidence(rows)).findings[0]
    assert (finding.check, "Không giá trị nào" in finding.message(load_words("vi"))) == ("parts_total", True)


def test_the_value_that_alone_fits_the_total_is_named():
    rows = [*report_rows(), figure("city", "digitisation", "points", "13,9/22", "II.6.2, line 1")]
    (finding,) = checks.find_all(evidence(rows)).findings
    assert (finding.check, finding.expected) == ("printed_twice", "11,2")
    assert "Chỉ 11,2 làm cho sáu tiêu chí khớp với tổng điểm" in finding.message(load_words("vi"))


def test_errors_come_before_warnings_before_notes_and_larger_gaps_first():
    rows = changed(report_rows(), "P2", "progress.on_time", "percent", "75.00")
    rows = changed(
        changed(rows, "P1", "progress", "points", "17,2/20"), "P3", "progress", "points", "14,9/20"
    )
    rows = changed(rows, "city", "total.wards", "count", "6")
    found = checks.find_all(evidence(rows)).findings
    assert [(each.severity, each.about.unit[4:6]) for each in found] == [
        ("error", "00"), ("warning", "23"), ("warning", "21"), ("note", "22"),
    ]  # fmt: skip


def test_corrected_and_computed_rows_are_not_evidence():
    corrected = replace(figure("city", "progress", "points", "9,9/20", "I.1"), status="corrected")
    computed = replace(figure("city", "total", "points", "99/100", "I.1"), status="computed")
    assert checks.find_all(evidence([*report_rows(), corrected, computed])).findings == []


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("vi", "12,4/20 (trang Tiến độ giải quyết)"), ("en", "12,4/20 (sheet Tiến độ giải quyết)")],
)
def test_the_part_of_a_workbook_is_named_in_the_language_of_the_message(lang, expected):
    rows = [
        figure("city", "progress", "points", "12,3/20", "sheet Tổng điểm, row 7, column C"),
        figure("city", "progress", "points", "12,4/20", "sheet Tiến độ giải quyết, row 7, column C"),
    ]
    (finding,) = checks.find_all(evidence(rows)).findings
    assert expected in finding.message(load_words(lang))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["I.1, line 3", "I.1, line 4", "I.1, line 5"], "I.1, line 3 – line 5"),
        (["I.1, line 3", "II.1, line 4"], "I.1, line 3; II.1, line 4"),
        (["sheet A, row 7, column C", "sheet A, row 7, column D"], "sheet A, row 7, column C – column D"),
        (["I.1, line 3", "I.1, line 3", ""], "I.1, line 3"),
        (["I.1, line 4", "I.1, line 3"], "I.1, line 4; I.1, line 3"),
        (["response, 2.1 score"], "response, 2.1 score"),
    ],
)
def test_places_are_said_once_and_neighbours_as_a_span(given, expected):
    row = figure("city", "total", "points", "1,0", "")
    assert places([replace(row, place=place) for place in given]) == expected


@pytest.mark.parametrize(
    ("measure", "printed", "expected"),
    [
        ("points", "12,3/20", "0.05"),
        ("percent", "61,54%", "0.005"),
        ("count", "1.064", "0.5"),
        ("grade", "Yếu", "0"),
        ("change", "không đổi", "0"),
        ("rank", "05", "0.5"),
    ],
)
def test_half_a_printed_step(measure, printed, expected):
    row = Figure("2022-11", CITY, "total", measure, Decimal(1), printed, "r.md", "I.1")
    assert half_step(row) == Decimal(expected)


def test_a_row_without_a_value_cannot_be_checked():
    with pytest.raises(SadecError, match=r"r.md, I.1: total has no value to check"):
        known(Figure("2022-11", CITY, "total", "points", None, "", "r.md", "I.1"))
