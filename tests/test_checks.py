"""The checks: what they find in the real month, when they fire, and when they keep quiet."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sadec_analysis import checks
from sadec_analysis.analysis import recompute
from sadec_analysis.errors import SadecError
from sadec_analysis.figures import Figure, settle, table
from sadec_analysis.months import Month
from sadec_analysis.numerals import show
from sadec_analysis.rulebook import load_rulebook
from sadec_analysis.words import load_words

CITY, WARD = "000.00.36.H20", "000.21.36.H20"
NAMES = {CITY: "thành phố Sa Đéc", WARD: "Phường 1"}
MAXIMA = {
    "transparency": 18, "progress": 20, "online_service": 12, "online_payment": 10, "satisfaction": 18, "digitisation": 22,
}  # fmt: skip


def points(unit, indicator, printed, place="I.1, line 1"):
    value = Decimal(printed.partition("/")[0].replace(",", "."))
    return Figure("2022-11", unit, indicator, "points", value, printed, "r.md", place)


def rate(unit, printed, place="II.2.1, line 2"):
    return Figure(
        "2022-11",
        unit,
        "progress.on_time",
        "percent",
        Decimal(printed.replace(",", ".")),
        printed,
        "r.md",
        place,
    )


def clean_month(unit=CITY):
    """A month in which everything agrees: 61,54% x 20 = 12,3; the parts make 36,8."""
    parts = ["0,0", "12,3", "6,7", "2,3", "9,7", "5,8"]
    rows = [points(unit, name, f"{part}/{MAXIMA[name]}") for name, part in zip(MAXIMA, parts, strict=True)]
    return [points(unit, "total", "36,8/100"), *rows, rate(unit, "61,54")]


def find(rows, rulebook):
    return checks.find_all(table(rows), rulebook, NAMES)


def kinds(rows, rulebook):
    return [(finding.check, finding.unit, finding.indicator) for finding in find(rows, rulebook)]


# -- the real November ------------------------------------------------------


def test_november_gives_exactly_its_known_contradictions(november):
    found = november.findings[["id", "severity", "printed", "expected", "slack"]].itertuples(
        index=False, name=None
    )
    assert list(found) == [
        ("parts_total/000.00.36.H20/total/points", "error", "37,5/100", "36,8", "0,35"),
        ("printed_twice/000.00.36.H20/progress/points", "error", "12,3/20 | 10,6/20", "12,3", "0,05"),
        ("printed_twice/000.00.36.H20/digitisation/points", "error", "5,8/22 | 6,4/22", "6,4", "0,05"),
        ("points_rate/000.26.36.H20/progress/points", "warning", "7,9/20", "8,292", "0,051"),
        ("points_rate/000.28.36.H20/progress/points", "warning", "13,8/20", "13,984", "0,051"),
        ("points_rate/000.21.36.H20/progress/points", "warning", "9,5/20", "9,336", "0,051"),
        ("points_rate/000.23.36.H20/progress/points", "warning", "10,4/20", "10,306", "0,051"),
        ("points_rate/000.29.36.H20/progress/points", "warning", "10,7/20", "10,634", "0,051"),
    ]


def test_november_names_the_only_combination_that_fits(november):
    message = november.findings.iloc[0]["message"]
    assert "cộng lại là 36,8 (0,0 + 12,3 + 6,7 + 2,3 + 9,7 + 5,8)" in message
    assert "lệch 0,7, vượt mức làm tròn 0,35" in message
    assert "chỉ khi dùng 6,4/22 (II.6.2) thì tổng mới khớp (37,4)" in message


@pytest.mark.parametrize(
    "indicator", ["online_service", "satisfaction", "progress.overdue", "digitisation.certified_copies"]
)
def test_november_is_quiet_about_what_is_right(indicator, november):
    assert indicator not in set(november.findings["indicator"])


def test_messages_are_told_in_both_languages(november, rulebook):
    names = {unit.code: unit.name for unit in november.place.own}
    found = checks.find_all(november.figures, rulebook, names)
    told = checks.to_table(found, [load_words("vi"), load_words("en")])
    assert len(told) == 8
    assert told["message_vi"].str.contains("làm tròn|phù hợp|khớp").all()
    assert told["message_en"].str.contains("rounding|agree").all()
    assert (
        told["message_en"]
        .iloc[0]
        .startswith("The six criteria of thành phố Sa Đéc add up to 36.8 (0.0 + 12.3 +")
    )


# -- each check fires, and keeps quiet --------------------------------------


def test_a_clean_month_gives_no_finding(rulebook):
    assert find(clean_month(), rulebook) == []


def test_parts_against_total_fires_beyond_the_slack_and_not_within_it(rulebook):
    rows = clean_month()
    assert kinds([points(CITY, "total", "37,1/100"), *rows[1:]], rulebook) == []
    assert kinds([points(CITY, "total", "37,15/100"), *rows[1:]], rulebook) == [
        ("parts_total", CITY, "total")
    ]
    assert kinds([points(CITY, "total", "37,2/100"), *rows[1:]], rulebook) == [("parts_total", CITY, "total")]


def test_parts_are_not_compared_when_one_is_unknown(rulebook):
    assert kinds([points(CITY, "total", "90/100"), *clean_month()[2:]], rulebook) == []


@pytest.mark.parametrize(
    ("others", "told"),
    [
        ([], "Không giá trị nào in ở nơi khác"),
        ([("digitisation", "8,4/22")], "chỉ khi dùng 8,4/22 (II.6)"),
        ([("digitisation", "8,4/22"), ("satisfaction", "12,3/18")], "Nhiều cách chọn"),
    ],
)
def test_the_search_among_printed_values_says_what_it_found(others, told, rulebook):
    rows = [points(CITY, "total", "39,4/100"), *clean_month()[1:]]
    rows += [points(CITY, name, printed, "II.6, line 1") for name, printed in others]
    [finding] = [each for each in find(rows, rulebook) if each.check == "parts_total"]
    assert told in finding.message(load_words("vi"))


def test_two_printings_fire_only_when_rounding_cannot_reconcile_them(rulebook):
    rows = clean_month()
    assert kinds([*rows, points(CITY, "progress", "12,3/20", "II.2.1")], rulebook) == []
    assert kinds([*rows, points(CITY, "progress", "12,31/20", "II.2.1")], rulebook) == []
    assert kinds([*rows, points(CITY, "progress", "12,4/20", "II.2.1")], rulebook) == [
        ("printed_twice", CITY, "progress")
    ]


def test_a_grade_and_a_count_printed_twice_are_compared_exactly(rulebook):
    grade = Figure("2022-11", CITY, "total", "grade", Decimal(1), "Yếu", "r.md", "I.1")
    count = Figure(
        "2022-11", CITY, "digitisation.certified_copies", "count", Decimal(35), "35", "r.md", "II.6.2"
    )
    other = [
        replace(grade, value=Decimal(2), printed="Trung bình"),
        replace(count, value=Decimal(36), printed="36"),
    ]
    same = [replace(grade, place="I.2"), replace(count, printed="035")]
    assert kinds([*clean_month(), grade, count, *same], rulebook) == []
    assert {indicator for _, _, indicator in kinds([*clean_month(), grade, count, *other], rulebook)} == {
        "total", "digitisation.certified_copies",
    }  # fmt: skip


def test_the_value_the_rest_supports_is_named(rulebook):
    words = load_words("vi")
    by_rate = find([*clean_month(), points(CITY, "progress", "10,6/20", "II.2.1")], rulebook)
    by_total = find([*clean_month(), points(CITY, "digitisation", "9,9/22", "II.6.2")], rulebook)
    by_none = find(
        [points(CITY, "digitisation", "5,8/22"), points(CITY, "digitisation", "9,9/22", "II.6.2")], rulebook
    )
    assert [(each.check, each.expected) for each in by_rate] == [("printed_twice", "12,3")]
    assert "61,54% × 20 = 12,308, phù hợp với 12,3" in by_rate[0].message(words)
    assert [(each.check, each.expected) for each in by_total] == [("printed_twice", "5,8")]
    assert [(each.check, each.expected) for each in by_none] == [("printed_twice", "")]
    assert "không cho biết giá trị nào đúng" in by_none[0].message(words)


@pytest.mark.parametrize(
    ("printed", "rate_printed", "fires"),
    [
        ("13,3/20", "66,3", False),  # 13,26 rounds to 13,3
        ("12/20", "60", False),
        ("14,5/20", "72,58", False),
        ("10,7/20", "53,17", True),  # 10,634 rounds to 10,6
        ("9,5/20", "46,68", True),
        ("20/20", "100", False),
    ],
)
def test_points_against_rate_fires_beyond_the_rounding(printed, rate_printed, fires, rulebook):
    found = kinds([points(WARD, "progress", printed), rate(WARD, rate_printed)], rulebook)
    assert found == ([("points_rate", WARD, "progress")] if fires else [])


def test_points_against_rate_says_nothing_where_no_rule_is_established(rulebook):
    row = Figure(
        "2022-11",
        CITY,
        "online_service.online_submission",
        "percent",
        Decimal("62.5"),
        "62,5%",
        "r.md",
        "II.3.1",
    )
    assert find([points(CITY, "online_service", "6,7/12"), row], rulebook) == []


def test_corrected_and_computed_rows_are_not_evidence(rulebook):
    corrected = replace(points(CITY, "progress", "9,9/20"), status="corrected")
    computed = replace(points(CITY, "total", "99/100"), status="computed")
    assert find([*clean_month(), corrected, computed], rulebook) == []


def test_findings_about_units_elsewhere_are_not_told(rulebook):
    rows = [points("H20/tam-nong", "total", "50/100"), points("H20/tam-nong", "total", "51/100")]
    assert find(rows, rulebook) == []


def test_errors_come_before_warnings_and_heavier_ones_first(rulebook):
    wards = [
        points(WARD, "progress", "9,5/20"),
        rate(WARD, "46,68"),
        points(CITY, "progress", "7,9/20"),
        rate(CITY, "41,46"),
    ]
    found = find([*wards, points(WARD, "total", "1/100"), points(WARD, "total", "2/100")], rulebook)
    assert [(each.severity, each.unit) for each in found] == [
        ("error", WARD),
        ("warning", CITY),
        ("warning", WARD),
    ]


def test_a_row_without_a_value_cannot_be_checked():
    from sadec_analysis.checks.finding import known

    with pytest.raises(SadecError, match=r"r.md, I.1: total has no value to check"):
        known(Figure("2022-11", CITY, "total", "points", None, "", "r.md", "I.1"))


@st.composite
def consistent_months(draw):
    """Months rounded as a report rounds: exact parts of two decimals, printed with one; total and rate with two."""
    exact = {name: Decimal(draw(st.integers(0, top * 100))) / 100 for name, top in MAXIMA.items()}
    percent = Decimal(draw(st.integers(0, 10000))) / 100
    exact["progress"] = percent / 5
    rows = [points(CITY, name, f"{show(value, 1)}/{MAXIMA[name]}") for name, value in exact.items()]
    return [points(CITY, "total", f"{show(sum(exact.values()), 2)}/100"), *rows, rate(CITY, show(percent, 2))]


@settings(max_examples=300, deadline=None)
@given(consistent_months())
def test_no_check_fires_on_a_consistent_month(rows):
    from sadec_analysis.months import Month
    from sadec_analysis.rulebook import load_rulebook

    assert find(rows, load_rulebook(Month(2022, 11))) == []


# -- points against counts, and what follows from counts --------------------------


def counted(done, due, printed, indicator="progress.on_time"):
    rows = [
        Figure(
            "2026-08",
            CITY,
            f"{indicator}.{part}",
            "count",
            Decimal(value),
            str(value),
            "r.json",
            f"2.1 {part}",
        )
        for part, value in (("numerator", done), ("denominator", due))
    ]
    value = None if printed is None else Decimal(printed.replace(",", "."))
    return [
        *rows,
        Figure("2026-08", CITY, indicator, "points", value, printed or "null", "r.json", "2.1 score"),
    ]


@pytest.mark.parametrize(
    ("done", "due", "printed", "fires"),
    [
        (815, 959, "17,00", False), (815, 959, "17,0", False), (815, 959, "17", False), (815, 959, "17,01", True),
        (815, 959, "16,9", True), (815, 959, None, False), (0, 0, "0", False), (0, 0, "5,00", True),
    ],
)  # fmt: skip
def test_points_against_counts_fires_where_the_rule_gives_other_points(done, due, printed, fires):
    found = find(counted(done, due, printed), load_rulebook(Month(2026, 8)))
    assert [finding.check for finding in found] == (["points_counts"] if fires else [])


def test_points_against_counts_names_counts_and_expected_points():
    finding = find(counted(815, 959, "16,90"), load_rulebook(Month(2026, 8)))[0]
    assert (finding.printed, finding.expected, finding.slack) == ("16,90", "17,0", "0,005")
    told = finding.message(load_words("vi"))
    assert "điểm 2.1 (Hồ sơ đã và đang xử lý đúng hạn) in là 16,90, trong khi 815 trên 959 cho 17,0" in told


def test_points_against_counts_says_nothing_where_the_rule_is_not_established():
    rows = counted(100, 300, "1,00", "online_service.online_submission")
    assert find(rows, load_rulebook(Month(2026, 8))) == []


def test_points_and_rate_are_computed_from_counts_only_where_they_are_not_given():
    book = load_rulebook(Month(2026, 8))
    computed = recompute.points_from_counts(
        settle(table(counted(9, 36, None, "online_payment.fees_synchronised"))), book
    )
    assert [(each.measure, str(each.value), each.status) for each in computed] == [
        ("points", "0.63", "computed"), ("percent", "25.00", "computed"),
    ]  # fmt: skip
    given_points = settle(table(counted(9, 36, "0,63", "online_payment.fees_synchronised")))
    assert [each.measure for each in recompute.points_from_counts(given_points, book)] == ["percent"]


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [
        ("satisfaction.feedback_on_time", "6.0"),
        ("online_payment.paid_online", "0.0"),
        ("transparency.announced_on_time", None),
    ],
)
def test_nothing_due_gives_what_its_rule_says(indicator, expected):
    computed = recompute.points_from_counts(
        settle(table(counted(0, 0, None, indicator))), load_rulebook(Month(2026, 8))
    )
    assert [str(each.value) for each in computed] == ([expected] if expected else [])


def test_a_grade_is_computed_only_where_none_is_printed(rulebook):
    total = points(CITY, "total", "66,13")
    graded = replace(total, measure="grade", value=Decimal(1), printed="Yếu")
    assert [each.value for each in recompute.grades(settle(table([total])), [CITY], rulebook)] == [2]
    assert recompute.grades(settle(table([total, graded])), [CITY], rulebook) == []


def test_ranks_are_computed_among_peers_with_ties_sharing_one(rulebook):
    rows = [
        points(unit, "total", printed)
        for unit, printed in ((CITY, "50,0"), ("a", "60,0"), ("b", "50,0"), ("c", "40,0"))
    ]
    computed = recompute.ranks(settle(table(rows)), CITY, ["a", "b", "c"], rulebook)
    assert [(each.measure, each.value) for each in computed] == [("rank", 2), ("rank_of", 4)]
    printed_rank = replace(rows[0], measure="rank", value=Decimal(5), printed="5/12")
    assert recompute.ranks(settle(table([*rows, printed_rank])), CITY, ["a", "b", "c"], rulebook) == []
    assert recompute.ranks(settle(table(rows[:1])), CITY, ["a"], rulebook) == []


@pytest.mark.parametrize(
    ("lang", "told"),
    [("vi", "12,4/20 (trang Tiến độ giải quyết)"), ("en", "12,4/20 (sheet Tiến độ giải quyết)")],
)
def test_the_part_of_a_workbook_is_named_in_the_language_of_the_message(lang, told, rulebook):
    first = points(CITY, "progress", "12,3/20", "sheet Tổng điểm, row 7, column C")
    second = points(CITY, "progress", "12,4/20", "sheet Tiến độ giải quyết, row 7, column C")
    (finding,) = find([first, second], rulebook)
    assert told in finding.message(load_words(lang))
