"""Each check fires on one number changed in a month that agrees, and keeps quiet on the month itself."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import clean_month
import pytest
from clean_month import (
    CITY,
    P1,
    PASSAGES,
    band,
    changed,
    evidence,
    figure,
    passage,
    report_rows,
    response_rows,
)

from sadec_analysis import checks
from sadec_analysis.checks.whole import whole_totals
from sadec_analysis.words import load_words


def found(rows, **given):
    """Findings as they stand in the table: check, severity, unit, printed, expected, slack."""
    table = checks.to_table(checks.find_all(evidence(rows, **given)).findings, [load_words("vi")])
    return list(
        table[["check", "severity", "unit", "printed", "expected", "slack"]].itertuples(
            index=False, name=None
        )
    )


def names(rows, **given):
    return [each.check for each in checks.find_all(evidence(rows, **given)).findings]


def message(rows, lang="vi", at=0, **given):
    return checks.find_all(evidence(rows, **given)).findings[at].message(load_words(lang))


# -- quiet ------------------------------------------------------------------

# Need something that a clean month does not hold; each has a quiet case of its own below.
ONLY_ELSEWHERE = {"sources_differ", "rank_row", "points_void", "points_allowed"}


def test_months_that_agree_give_no_finding_though_every_check_compares():
    report = checks.find_all(evidence(report_rows()))
    response = checks.find_all(evidence(response_rows(), previous=None))
    assert report.findings == response.findings == []
    idle = {name for name in checks.CHECKS if not report.compared[name] and not response.compared[name]}
    assert idle == ONLY_ELSEWHERE


def test_a_month_of_nothing_gives_no_finding_and_no_comparison():
    checked = checks.find_all(
        replace(evidence(report_rows()), figures=evidence(report_rows()).figures.head(0), passages=())
    )
    assert checked.findings == []
    assert set(checked.compared.values()) == {0}


# -- one number changed -----------------------------------------------------

C, W1, W2, W3, W4, W5 = (f"000.{number}.36.H20" for number in ("00", "21", "22", "23", "24", "25"))
ONE_NUMBER = [
    # the total, and a criterion, beyond the slack of 7 x 0,05; the stored month before also disagrees with the total
    (("city", "total", "points", "67,2/100"), [
        ("parts_total", "error", C, "67,2/100", "66,5", "0,35"),
        ("change_previous", "error", C, "Tăng 2,10", "2,8", "0,105"),
    ]),
    (("city", "digitisation", "points", "11,9/22"), [("parts_total", "error", C, "66,5/100", "67,2", "0,35")]),
    (("city", "digitisation", "points", "11,5/22"), []),
    # a total that the one criterion printed with it cannot reach
    (("P4", "total", "points", "5,00", "I.2, table 1, row 5"), [
        ("parts_bounds", "error", W4, "5,00", "11,0 – 91,0", "0,055"),
        ("printed_twice", "error", W4, "5,00 | 48,90", "", "0,005"),
        ("statement_table", "error", C, "48,90/100", "5,00", "0,010"),
    ]),
    (("P4", "total", "points", "91,10", "I.2, table 2, row 5"), [
        ("printed_twice", "error", W4, "48,90 | 91,10", "", "0,005"),
        ("rank_order", "error", W1, "1 | 2 | 3 | 4 | 5", "2 | 3 | 4 | 5 | 1", ""),
    ]),
    # one figure printed twice; the rate decides for timeliness, nothing for transparency
    (("city", "transparency", "points", "14,3/18", "II.1.1, line 1"), [("printed_twice", "error", C, "14,1/18 | 14,3/18", "", "0,05")]),
    (("city", "progress", "points", "15,2/20", "II.2.1, line 1"), [("printed_twice", "error", C, "15,0/20 | 15,2/20", "15,0", "0,05")]),
    (("city", "digitisation.certifying_units", "count", "5", "II.6.2, table 1, row 2"), [("printed_twice", "error", C, "4 | 5", "", "0,5")]),
    # points against the rate: 17,1 is 0,1 from 85% x 20, 17,05 is not beyond 0,056
    (("P1", "progress", "points", "17,1/20"), [("points_rate", "warning", W1, "17,1/20", "17", "0,056")]),
    (("P1", "progress", "points", "16,9/20"), [("points_rate", "warning", W1, "16,9/20", "17", "0,056")]),
    (("P1", "progress", "points", "17,01/20"), [("points_rate", "warning", W1, "17,01/20", "17", "0,006")]),
    # the table of late dossiers
    (("city", "progress.overdue_total", "count", "201"), [("table_sum", "error", C, "201", "200", "0")]),
    (("city", "progress.overdue_total", "count", "199"), [("table_sum", "error", C, "199", "200", "0")]),
    (("city", "digitisation.certified_copies", "count", "23"), [("table_sum", "error", C, "23", "≥ 24", "0")]),
    (("city", "digitisation.certified_copies", "count", "24"), []),
    (("P3", "progress.overdue", "count", "46"), [
        ("table_sum", "error", C, "200", "201", "0"), ("rates_whole", "warning", W3, "46 | 70,00", "", "0,005"),
    ]),
    (("P3", "progress.on_time", "percent", "70,01"), [("rates_whole", "warning", W3, "45 | 70,01", "", "0,005")]),
    (("city", "progress.on_time", "percent", "75,01%"), [("rate_whole", "warning", C, "75,01%", "", "0,005")]),
    # a part greater than its whole
    (("city", "progress.overdue_in_month", "count", "201"), [("part_whole", "error", C, "201 | 200", "≤ 200", "")]),
    (("city", "progress.overdue_in_month", "count", "200"), []),
    (("city", "digitisation.certifying_units_due", "count", "3"), [("part_whole", "error", C, "4 | 3", "≤ 3", "")]),
    (("city", "digitisation.certifying_units_due", "count", "4"), []),
    (("TN", "digitisation.certifying_units", "count", "14"), [("part_whole", "error", "H20/tam-nong", "14 | 13", "≤ 13", "")]),
    (("city", "digitisation", "rank", "05"), [("part_whole", "error", C, "05 | 4", "≤ 4", "")]),
    (("city", "digitisation", "rank", "00"), [("part_whole", "error", C, "00 | 4", "≤ 4", "")]),
    # 14,6/18 is 81,11%
    (("city", "satisfaction.reported", "percent", "81,1%"), [("rate_is_points", "warning", C, "81,1%", "", "0,05")]),
    (("city", "satisfaction.reported", "percent", "81,2%"), []),
    # grades: 70,00 is Khá, and so is 70 by its cut
    (("P5", "total", "grade", "Tốt"), [("grade_total", "warning", W5, "Tốt", "Khá", "0")]),
    (("P5", "total", "grade", "Trung bình"), [
        ("statement_table", "error", C, "2", "3", "0"), ("grade_total", "warning", W5, "Trung bình", "Khá", "0"),
    ]),
    (("P1", "total", "grade", "Trung bình"), [
        ("statement_table", "error", C, "2", "3", "0"), ("grade_total", "warning", W1, "Trung bình", "Khá", "0"),
    ]),
    # changes: 66,5 - 2,30 is not the 64,4 stored, the slack is 0,05 + 0,005 + 0,05
    (("city", "total", "change", "Tăng 2,30"), [("change_previous", "error", C, "Tăng 2,30", "2,1", "0,105")]),
    (("city", "total", "change", "Tăng 2,20"), []),
    (("P4", "total", "change", "Giảm 3,60"), [("previous_unsaid", "note", C, "66,5/100 | 72,50 | 65,20 | 60,40 | 48,90 | 70,00", "", "")]),
    # what the text says of the wards
    (("city", "total.ward_highest", "points", "72,60/100"), [("statement_table", "error", C, "72,60/100", "72,50", "0,010")]),
    (("city", "total.ward_highest", "points", "72,5/100"), []),
    (("city", "total.ward_lowest", "points", "48,80/100"), [("statement_table", "error", C, "48,80/100", "48,90", "0,010")]),
    (("city", "total.wards_average", "count", "3"), [("statement_table", "error", C, "3", "2", "0")]),
    (("city", "total.wards", "count", "6"), [("statement_table", "error", C, "6", "5", "0")]),
    (("city", "total.wards", "count", "4"), [("statement_table", "error", C, "4", "5", "0")]),
    (("city", "digitisation.certifying_wards", "count", "4"), [("statement_table", "error", C, "4", "3", "0")]),
    (("city", "digitisation.wards", "count", "9"), [("statement_table", "error", C, "9", "5", "0")]),
    (("city", "online_service.wards_named", "count", "3"), [("statement_table", "error", C, "2", "3", "0")]),
    (("P1", "online_service.online_submission", "percent", "49,9"), [("statement_table", "error", C, "2", "3", "0")]),
    (("city", "satisfaction.wards_good", "count", "4"), [("bands_wards", "error", C, "1 | 4 | 1", "5", "0")]),
    (("city", "satisfaction.wards_good", "count", "2"), [("bands_wards", "warning", C, "1 | 2 | 1", "5", "0")]),
    # ranks
    (("P2", "total", "rank", "4", "I.2, table 2, row 3"), [("rank_order", "error", W2, "4", "3", "")]),
    (("P5", "total", "points", "72,50", "I.2, table 2, row 2"), [
        ("printed_twice", "error", W5, "70,00 | 72,50", "", "0,005"), ("rank_ties", "note", W5, "2", "1", ""),
    ]),
    # writing
    (("P2", "progress.on_time", "percent", "75.00"), [("decimal_marks", "note", W2, "75.00", "", "")]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), ONE_NUMBER, ids=lambda value: str(value)[:60])
def test_one_number_changed_in_a_report_is_found_with_its_figures(change, expected):
    assert found(changed(report_rows(), *change)) == expected


IN_A_RESPONSE = [
    (("city", "progress.on_time", "points", "18,02"), [
        ("parts_criterion", "error", C, "18,00", "18,02", "0,010"), ("points_counts", "error", C, "18,02", "18,0", "0,005"),
    ]),
    (("city", "progress.on_time", "points", "18,01"), [("points_counts", "error", C, "18,01", "18,0", "0,005")]),
    (("city", "progress.on_time", "points", "18,0"), []),
    (("city", "progress.on_time", "percent", "90,01%"), [
        ("rate_counts", "error", C, "90,01%", "90,00", "0,005"),
    ]),
    (("city", "progress.on_time.numerator", "count", "719"), [
        ("points_counts", "error", C, "18,00", "17,98", "0,005"), ("rate_counts", "error", C, "90,00%", "89,88", "0,005"),
    ]),
    (("city", "progress.on_time.denominator", "count", "719"), [
        ("part_whole", "error", C, "720 | 719", "≤ 719", ""), ("points_counts", "error", C, "18,00", "20,0", "0,005"),
        ("rate_counts", "error", C, "90,00%", "100,14", "0,005"),
    ]),
    (("city", "online_payment", "points", "3,36"), [("parts_criterion", "error", C, "3,36", "3,33", "0,020")]),
    (("city", "online_payment", "points", "3,35"), []),
    (("city", "online_payment.procedures_paid_online", "points", "1,51"), [("points_rate", "error", C, "1,51", "1,5", "0,005125")]),
    (("city", "total", "growth", "▲ 3,33"), [("growth_change", "error", C, "▲ 3,33", "3,31", "0,005")]),
    (("city", "total", "growth", "▲ 3,32"), []),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), IN_A_RESPONSE, ids=lambda value: str(value)[:60])
def test_one_number_changed_in_a_response_is_found_with_its_figures(change, expected):
    assert found(changed(response_rows(), *change), previous=None) == expected


# -- more than one number, or words ---------------------------------------------


def test_a_value_above_its_maximum_is_told_and_never_used():
    over = replace(
        figure("city", "progress", "points", "12,0/20", "I.1, line 3"), value=None, printed="25,0/20"
    )
    rows = [row for row in report_rows() if (row.unit, row.indicator) != (CITY, "progress")]
    assert ("beyond_maximum", "error", C, "25,0/20", "≤ 20", "") in found([*rows, over])
    assert "điểm tiến độ giải quyết in là 25,0, vượt mức tối đa 20" in message([*rows, over])


def test_two_sources_fire_only_when_rounding_cannot_reconcile_them():
    other = figure("city", "online_service", "points", "8,21", "row 1", source="s.json")
    assert names([*report_rows(), other]) == []
    other = replace(other, value=Decimal("8.3"), printed="8,3")
    assert found([*report_rows(), other]) == [("sources_differ", "error", C, "8,2/12 | 8,3", "", "0,05")]
    assert "8,2/12 (r.md), 8,3 (s.json). Bản này dùng 8,2/12 của r.md" in message([*report_rows(), other])


def test_a_value_outside_what_another_source_says_in_words_is_found():
    limits = replace(
        figure("P1", "online_service.online_submission", "percent", "60,0", "II.3.1, line 2", source="s.md"),
        value=None, lower=Decimal(0), upper=Decimal(50), printed="chưa đạt yêu cầu",
    )  # fmt: skip
    assert found([*report_rows(), limits]) == [
        ("sources_differ", "error", W1, "60,0 | chưa đạt yêu cầu", "", "0,05")
    ]
    assert names([*report_rows(), replace(limits, upper=Decimal(60))]) == []


def test_late_dossiers_called_cumulative_cannot_also_be_the_months():
    told = (*PASSAGES, passage("causes", "progress", "Số liệu được thống kê cộng dồn từ năm 2021 đến nay."))
    assert found(report_rows(), passages=told) == [("overdue_scope", "error", C, "200 | 44", "", "")]
    same = changed(report_rows(), "city", "progress.overdue_in_month", "count", "200")
    assert names(same, passages=told) == []
    elsewhere = (*PASSAGES, passage("remedies", "progress", "Không để cộng dồn."))
    assert names(report_rows(), passages=elsewhere) == []


def test_points_without_payments_are_compared_with_what_a_later_rule_allows():
    rows = changed(report_rows(), "city", "online_payment.dossiers_paid_online", "count", "0")
    assert found(rows) == [("points_allowed", "warning", C, "3,4/10", "≤ 2", "0,05")]
    told = message(rows)
    assert (
        "theo quy tắc thấy năm 2026 (chưa xác định quy tắc của tháng này), còn được nhiều nhất 2 điểm (chỉ số 3.5b và 3.6 không có điểm)"
        in told
    )
    allowed = changed(
        changed(rows, "city", "online_payment", "points", "2,0/10"), "city", "total", "points", "65,1/100"
    )
    assert "points_allowed" not in names(allowed)


def test_points_without_payments_contradict_the_months_own_rules():
    nothing = figure(
        "city", "online_payment.dossiers_paid_online", "count", "0", "rows", "2026-08", "response.json"
    )
    assert found([*response_rows(), nothing], previous=None) == [
        ("points_allowed", "error", C, "3,33", "≤ 2", "0,005")
    ]


def test_nothing_announced_does_not_explain_that_every_point_is_lost():
    rows = changed(report_rows(), "city", "transparency.announced", "count", "0")
    assert names(rows) == []
    for place in (None, "II.1.1, line 1"):
        rows = changed(rows, "city", "transparency", "points", "0,0/18", place)
    rows = changed(rows, "city", "total", "points", "52,4/100")
    tell = [each for each in found(rows) if each[0] == "points_void"]
    assert tell == [("points_void", "warning", C, "0,0/18", "0 – 8", "")]
    year = figure("city", "transparency.year_to_date", "points", "14,1/18", "II.1.2, line 1")
    told = message([*rows, year], at=1)
    assert (
        "lý do này chỉ làm mất 10 điểm (chỉ số 1.1 và 1.2); 8 điểm còn lại (1.3 và 1.4) cần lý do khác. Cả năm đạt 14,1 điểm."
        in told
    )


def test_a_low_criterion_without_a_remedy_is_told():
    assert found(report_rows(), passages=PASSAGES[:2]) == [("no_remedy", "warning", C, "3,4/10", "", "")]
    assert names(report_rows(), passages=()) == []
    assert names(report_rows(), passages=(*PASSAGES[:2], passage("remedies", "", "Chung."))) == []


def test_a_criterion_of_just_half_its_points_is_not_low():
    rows = changed(report_rows(), "city", "online_payment", "points", "5,0/10")
    assert "no_remedy" not in names(rows, passages=PASSAGES[:2])


def paged(rows, rank):
    """The table of those the place is ranked with, one row of it left out, and the rank printed."""
    rows = [row for row in rows if row.place != "II.6.2, table 1, row 4"]
    return changed(rows, "city", "digitisation", "rank", rank)


def test_a_rank_equal_to_the_row_of_a_paged_table_is_told():
    assert found(paged(report_rows(), "02")) == [
        ("rank_row", "warning", C, "02", "", ""), ("units_missing", "warning", "H20/tam-nong", "", "4", ""),
    ] or found(paged(report_rows(), "02")) == [
        ("rank_row", "warning", C, "02", "", ""), ("units_missing", "warning", C, "", "4", ""),
    ]  # fmt: skip
    assert "đúng bằng số dòng của nơi này trong bảng 3 dòng (xếp hạng 4 đơn vị)" in message(
        paged(report_rows(), "02")
    )
    assert names(paged(report_rows(), "03")) == ["units_missing"]


def test_a_ward_left_out_of_its_table_is_named():
    rows = [row for row in report_rows() if row.place != "II.2.1, table 1, row 2"]
    assert names(rows) == ["units_missing"]
    assert "Bảng chỉ ghi 4 trong 5 đơn vị. Thiếu: Phường 2." in message(rows)


def test_what_a_typist_rounded_away_is_no_contradiction():
    """A city of 66,54 typed as 66,5 stands before one of 66,52; 49,96% typed as 50,0 is below 50%."""
    peers = [
        figure(unit, "total", "points", printed, "II.7, line 1")
        for unit, printed in (("HN", "66,52"), ("TN", "40,00"), ("CL", "30,00"))
    ]
    first = changed(report_rows(), "city", "total", "rank", "01")
    assert names([*first, *peers]) == []
    last = changed(first, "city", "total", "rank", "03")
    assert names([*last, *peers]) == ["rank_order"]
    assert names(changed(report_rows(), "city", "online_service.wards_below_target", "count", "3")) == [
        "statement_table"
    ]
    three = changed(
        changed(report_rows(), "city", "online_service.wards_below_target", "count", "3"),
        "city",
        "online_service.wards_named",
        "count",
        "3",
    )
    assert names(three) == []
    low = changed(
        changed(report_rows(), "P5", "total", "points", "70,0", "I.2, table 1, row 2"),
        "P5",
        "total",
        "change",
        "Tăng 0,05",
    )
    assert names(low) == []


def test_a_table_of_a_few_wards_is_a_choice_of_them():
    rows = [
        row for row in report_rows() if row.place not in [f"II.3.1, table 1, row {at}" for at in (1, 2, 3)]
    ]
    assert "units_missing" not in names(rows)


def test_a_unit_in_two_rows_is_found():
    again = figure("P2", "progress.overdue", "count", "60", "II.2.1, table 2, row 7")
    assert found([*report_rows(), again]) == [("units_twice", "error", W2, "60 | 60", "", "")]


def test_a_unit_of_another_level_in_a_table_of_wards_is_found():
    stranger = figure("TN", "total", "points", "50,00", "I.2, table 1, row 6")
    assert found([*report_rows(), stranger]) == [("units_extra", "warning", "H20/tam-nong", "50,00", "", "")]


def test_a_band_called_by_another_grade_than_its_limit_is_found():
    rows = [
        row for row in report_rows() if row.indicator != "satisfaction.wards_fair" or row.value is not None
    ]
    assert found([*rows, band("fair", "80", "90")]) == [
        ("grade_label", "warning", C, "80% trở lên", "Tốt", "")
    ]


def test_a_part_worked_out_backwards_is_told():
    """12,5 points at 75% x 20 = 15: wrong by its rate, and to the last digit what the others leave of 64,0."""
    rows = report_rows()
    for place in (None, "II.2.1, line 1"):
        rows = changed(rows, "city", "progress", "points", "12,5/20", place)
    rows = changed(
        changed(rows, "city", "total", "points", "64,0/100"), "city", "total", "change", "Giảm 0,40"
    )
    assert [each[:4] for each in found(rows)] == [
        ("residual_part", "warning", C, "12,5/20"), ("points_rate", "warning", C, "12,5/20"),
    ]  # fmt: skip
    assert "chỉ vừa đủ để khớp tổng điểm 64,0; tỷ lệ 75,00% cho 15" in message(rows)
    assert names(changed(rows, "city", "total", "points", "64,1/100")) == ["points_rate"]


def falls(least):
    """Every unit falls: by ``least`` the city, the others by up to a point more."""
    rows = report_rows()
    for at, unit in enumerate(("city", "P1", "P2", "P3", "P4", "P5")):
        rows = changed(rows, unit, "total", "change", f"Giảm {least + at / 5:.2f}".replace(".", ","))
    return rows


def test_a_level_that_moves_for_everyone_is_told():
    assert "level_shift" in names(falls(5), previous=None)
    assert "level_shift" not in names(falls(4.9), previous=None)
    told = checks.find_all(evidence(falls(6), previous=None)).findings[-1]
    assert (
        "Cả 6 đơn vị cùng đổi tổng điểm theo một chiều, từ −6,00 đến −7,00, chênh nhau chỉ 1,00"
        in told.message(load_words("vi"))
    )
    assert "from −" not in told.message(load_words("en"))
    one_up = changed(falls(6), "P3", "total", "change", "Tăng 0,10")
    assert "level_shift" not in names(one_up, previous=None)


@pytest.mark.parametrize(
    ("rulebook", "told"),
    [
        ("qd766-2022", "Hai tháng dùng cùng bộ quy tắc"),
        ("qd766-2026", "Bộ quy tắc đã ghi của hai tháng khác nhau"),
    ],
)
def test_a_level_shift_says_whether_the_rules_changed(rulebook, told):
    before = checks.Previous((), rulebook)
    shifts = [
        each
        for each in checks.find_all(evidence(falls(6), previous=before)).findings
        if each.check == "level_shift"
    ]
    assert told in shifts[0].message(load_words("vi"))


def test_a_level_shift_of_a_criterion_is_seen_against_the_month_before():
    codes = {"P1": 17, "P2": 15, "P3": 14, "P4": 11, "P5": 20, "city": 15}
    stored = [
        figure(unit, "progress", "points", f"{points - 2},0/20", "I.1", "2022-10")
        for unit, points in codes.items()
    ]
    shifts = found(report_rows(), previous=checks.Previous(tuple(stored), "qd766-2022"))
    assert [each[0] for each in shifts] == ["level_shift"]


# -- pieces -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("late", "rate", "totals"),
    [
        (127, "51.53", [262]), (120, "41.46", [205]), (108, "69.92", [359]), (49, "81.65", [267]),
        (44, "61.54", []), (157, "61.54", []), (1064, "61.54", []), (213, "46.68", []), (0, "100", [1]), (0, "99.99", []), (0, "99.995", [1]), (1, "100", [20000]), (3, "99.995", [30000]), (5, "0", [5]),
        (1, "50.00", [2]), (2, "50.00", [4]),
    ],
)  # fmt: skip
def test_whole_numbers_of_dossiers_behind_a_rate(late, rate, totals):
    assert list(whole_totals(late, Decimal(rate), Decimal("0.005"))) == totals


def test_a_rate_of_all_on_time_to_its_rounding_has_room_for_one_late_of_many():
    totals = whole_totals(1, Decimal("100.00"), Decimal("0.005"))
    assert 20_000 in totals
    assert 19_999 not in totals


def test_one_finding_for_a_figure_and_a_check():
    rows = changed(
        changed(report_rows(), "city", "online_service.wards_named", "count", "3"),
        "P1",
        "online_service.online_submission",
        "percent",
        "49,9",
    )
    ids = [each.id for each in checks.find_all(evidence(rows)).findings]
    assert len(ids) == len(set(ids)) == 1


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_check_is_named_and_told_in_both_languages(lang):
    words = load_words(lang)
    for name in checks.CHECKS:
        assert words.knows(f"check.{name}")
        assert words.knows(f"finding.{name}")


def test_place_of_the_clean_month_is_the_citys(place):
    assert clean_month.place().city == place.city
    assert P1 in clean_month.place().by_code
