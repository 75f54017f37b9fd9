"""Counts to points, totals, grades and ranks, against rows the portal published."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sadec_analysis.errors import InputError
from sadec_analysis.months import Month
from sadec_analysis.numerals import half_up
from sadec_analysis.rulebook import Rule, load_rulebook
from sadec_analysis.scoring import (
    Score,
    competition_ranks,
    grade_of,
    grades_column,
    points,
    points_column,
    points_of_rate,
    score,
    total,
    totals,
    unit_score,
)  # fmt: skip

BACKTESTS = Path(__file__).parent / "backtests"
BOOK = load_rulebook(Month(2026, 8))
RULES = BOOK.rules
CRITERIA = ["CKMB", "TDGQ", "CLGQ", "TTTT", "MDHL", "MDSH"]


def known(column):
    """A column as a list, None for what is not known."""
    return [None if pd.isna(each) else each for each in column]


def published(name):
    return list(pd.read_csv(BACKTESTS / name).itertuples())


@pytest.mark.parametrize("row", published("phu-tho-2026-08-progress.csv"), ids=lambda row: row.code)
def test_points_for_timeliness_follow_from_the_counts(row):
    assert points(row.totalOnTime, row.totalReceived, RULES["2.1"]) == row.score


@pytest.mark.parametrize("row", published("phu-tho-2026-08-payment.csv"), ids=lambda row: row.code)
def test_points_for_payment_follow_from_the_counts(row):
    parts = [
        points(row.totalFeeDossierFormality, row.totalFeeFormality, RULES["3.5a"]),
        points(
            row.totalDossierOnlineFormalityPaymentSuccess, row.totalFeeDossierFormalityDistinct, RULES["3.5b"]
        ),
        points(row.totalDossierOnlinePaymentSuccess, row.totalDossierFinancialObligation, RULES["3.6"]),
    ]
    assert abs(total(parts) - Decimal(str(row.totalScore))) <= Decimal("0.015")


@pytest.mark.parametrize("row", published("phu-tho-2026-08-satisfaction.csv"), ids=lambda row: row.code)
def test_points_for_satisfaction_follow_from_the_counts_nothing_due_included(row):
    assert points(row.sat_num, row.sat_den, RULES["5.4"]) == row.sat_score
    assert points(row.pakn_ontime_num, row.pakn_ontime_den, RULES["5.2"]) == row.pakn_ontime_score
    assert points(row.pakn_sat_num, row.pakn_sat_den, RULES["5.3"]) == row.pakn_sat_score


def test_totals_of_34_provinces_are_the_sums_of_their_criteria():
    rows = published("provinces-2026-year-to-2026-10-10.csv")
    assert len(rows) == 34
    for row in rows:
        assert total([row.CKMB, row.TDGQ, row.CLGQ, row.TTTT, row.MDHL, row.MDSH]) == Decimal(str(row.total))


def test_ranks_of_34_provinces_are_competition_ranks():
    rows = pd.read_csv(BACKTESTS / "provinces-2026-year-to-2026-10-10.csv")
    assert competition_ranks(rows["total"]).astype(int).tolist() == rows["rank"].tolist()


# -- one sub-indicator ----------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "rounded"), [("0.625", "0.63"), ("0.615", "0.62"), ("0.6249", "0.62"), ("2.675", "2.68")]
)
def test_halves_are_rounded_up(value, rounded):
    assert half_up(Decimal(value)) == Decimal(rounded)


THRESHOLD = Rule("x", 2, "threshold", threshold_percent=80)


@pytest.mark.parametrize(
    ("done", "due", "rule", "expected"),
    [
        (9, 36, THRESHOLD, 0.63),  # 0,625
        (7, 48, Rule("x", 6), 0.88),  # 0,875: 7/48 has no last decimal, its points have
        (21, 160, Rule("x", 6, "threshold", threshold_percent=90), 0.88),
        (5, 16, THRESHOLD, 0.78),  # 0,78125
        (8, 10, THRESHOLD, 2.0),
        (799_999, 1_000_000, THRESHOLD, 2.0),
        (797_999, 1_000_000, THRESHOLD, 1.99),  # 1,9949975
        (10, 10, THRESHOLD, 2.0),
        (11, 10, THRESHOLD, 2.0),
        (0, 10, Rule("x", 6), 0.0),
        (11, 10, Rule("x", 6), 6.0),
        (1, 3, Rule("x", 2.5, "threshold", threshold_percent=62.5), 1.33),
        (1, 140, Rule("x", 0.7), 0.01),  # 0,005, and less with the binary 0,7
        (
            551,
            400_000,
            Rule("x", 2, "threshold", threshold_percent=55.1),
            0.01,
        ),  # 0,005, and less with the binary 55,1
        (551, 1000, Rule("x", 2, "unknown", full_from_percent=55.1), 2.0),
        (5509, 10_000, Rule("x", 2, "unknown", full_from_percent=55.1), None),
        (0, 0, Rule("x", 6, nothing_due="zero"), 0.0),
        (0, 0, Rule("x", 6, nothing_due="full"), 6.0),
        (0, 0, Rule("x", 6, nothing_due="null"), None),
        (0, 0, Rule("x", 6), None),
        (5, 10, Rule("x", 6, "unknown"), None),
        (10, 10, Rule("x", 6, "unknown"), None),
        (4999, 10_000, Rule("x", 6, "unknown", full_from_percent=50), None),
        (50, 100, Rule("x", 6, "unknown", full_from_percent=50), 6.0),
        (3, 8, Rule("x", 6, "unknown", full_from_percent=37.5), 6.0),
        (2, 8, Rule("x", 6, "unknown", full_from_percent=37.5), None),
        (29, 100, Rule("x", 6, "unknown", full_from_percent=29), 6.0),
        (5, 10, Rule("x", 0, "shown"), None),
        (0, 0, Rule("x", 0, "shown", nothing_due="full"), None),
    ],
)
def test_a_rule_gives_the_points_it_says_alone_and_in_a_column(done, due, rule, expected):
    assert points(done, due, rule) == expected
    assert known(points_column(pd.Series([done]), pd.Series([due]), rule)) == [expected]


@pytest.mark.parametrize(
    ("decimals", "value"), [(0, "1"), (1, "0.6"), (2, "0.63"), (3, "0.625")]
)  # fmt: skip
def test_points_have_the_decimals_asked_for(decimals, value):
    assert str(score(9, 36, THRESHOLD, decimals).value) == value
    assert points(9, 36, THRESHOLD, decimals) == float(value)
    assert points_column(pd.Series([9]), pd.Series([36]), THRESHOLD, decimals).tolist() == [float(value)]


def test_points_are_rounded_to_two_decimals_unless_asked_otherwise():
    assert str(score(9, 36, THRESHOLD).value) == "0.63"


def test_no_more_than_all_points_are_earned_where_they_are_rounded_too():
    rule = Rule("x", 0.625)
    assert points(1, 1, rule) == points(2, 1, rule) == 0.63
    assert points_column(pd.Series([1, 2]), pd.Series([1, 1]), rule).tolist() == [0.63, 0.63]


@pytest.mark.parametrize(("done", "due"), [(-1, 10), (1, -10), (-1, 0)])
def test_a_count_below_0_is_refused(done, due):
    message = rf"rule 2\.1: not a count \(got {done} / {due}, expected a whole number, 0 or more\); mend it in its source"
    with pytest.raises(InputError, match=message):
        points(done, due, RULES["2.1"])


def test_a_time_taken_is_no_count_and_not_scored():
    assert score(-3, 10, RULES["2.2"]) == Score(None, "not_scored")


@pytest.mark.parametrize(
    ("rule", "done", "due", "value", "reason"),
    [
        ("2.1", 815, 959, "17.00", ""), ("2.1", 0, 0, "0", ""), ("5.2", 0, 0, "6", ""), ("1.1", 0, 0, None, "not_counted"),
        ("4.1", 0, 0, None, "nothing_due_unknown"), ("3.3", 0, 0, None, "nothing_due_unknown"),
        ("3.3", 49, 100, None, "not_established"), ("3.3", 50, 100, "6", ""), ("3.3", 120, 100, "6", ""),
        ("cert", 9, 10, None, "not_established"), ("cert", 10, 10, "2", ""), ("2.2", 30, 10, None, "not_scored"),
        ("2.2", 0, 0, None, "not_scored"), ("2.1", 12, 10, "20.00", ""), ("2.1", 0, 10, "0.00", ""),
    ],
)  # fmt: skip
def test_a_score_that_needs_what_is_unknown_says_why(rule, done, due, value, reason):
    found = score(done, due, RULES[rule])
    assert (None if found.value is None else str(found.value), found.reason) == (value, reason)


@pytest.mark.parametrize(
    ("reason", "is_open"),
    [
        ("", False), ("not_counted", False), ("not_scored", False), ("not_established", True), ("nothing_due_unknown", True),
        ("counts_unknown", True),
    ],
)  # fmt: skip
def test_points_may_be_hidden_only_where_they_are_not_known(reason, is_open):
    assert Score(None, reason).is_open is is_open


@pytest.mark.parametrize(
    ("percent", "rule", "expected"),
    [
        (61.54, "2.1", "12.308"), (100, "2.1", "2E+1"), (100.01, "2.1", "2E+1"), (89.99, "5.4", "5.999333333333333333333333333"),
        (90, "5.4", "6"), (95, "5.4", "6"), (0, "5.4", "0"), (10, "4.3", "0.25"), (95, "3.3", None), (95, "2.2", None),
    ],
)  # fmt: skip
def test_a_rate_gives_points_before_rounding(percent, rule, expected):
    found = points_of_rate(percent, RULES[rule])
    assert (None if found is None else str(found)) == expected


def exact(done, due, rule):
    """Points of an established rule by the letter: 2, 4 or 6 times a fraction, then half up."""
    share = min(Fraction(100 * done, due) / Fraction(str(rule.full_at_percent)), Fraction(1))
    hundredths = 100 * Fraction(str(rule.max_points)) * share
    below = hundredths.numerator // hundredths.denominator
    return (below + (hundredths - below >= Fraction(1, 2))) / 100


ESTABLISHED = [rule for rule in RULES.values() if rule.is_established]


@given(st.sampled_from(ESTABLISHED), st.integers(1, 5000), st.data())
def test_points_are_the_exact_fraction_rounded_half_up(rule, due, data):
    done = data.draw(st.integers(0, 2 * due))
    assert points(done, due, rule) == exact(done, due, rule)


@pytest.mark.parametrize("rule", ESTABLISHED, ids=lambda rule: rule.id)
def test_every_half_is_rounded_up_for_every_rule(rule):
    """A count and what was due that earn exactly half a hundredth more, for every odd number of halves."""
    step = Fraction(str(rule.full_at_percent)) / (200 * 100 * Fraction(str(rule.max_points)))
    for halves in range(1, int(2 * 100 * rule.max_points), 2):
        share = halves * step
        above = (halves + 1) / 200
        assert points(share.numerator, share.denominator, rule) == above
        assert points(7 * share.numerator, 7 * share.denominator, rule) == above


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.sampled_from(sorted(RULES)))
def test_points_stay_between_zero_and_the_maximum(done, due, name):
    rule = RULES[name]
    earned = points(done, due, rule)
    assert earned is None or 0 <= earned <= rule.max_points


# -- totals, grades, ranks --------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([12.3, 6.7], "19.0"), ([0.1, 0.2], "0.3"), ([Decimal("1.50"), 2], "3.50"), ([], "0"), ([1, None, 2], None),
        ([1, float("nan"), 2], None), ([None], None),
    ],
)  # fmt: skip
def test_an_unknown_part_leaves_the_total_unknown(parts, expected):
    found = total(iter(parts))
    assert (None if found is None else str(found)) == expected


@pytest.mark.parametrize(
    ("points_", "grade"),
    [
        (-1, 1), (0, 1), (49.99, 1), (50, 2), (69.63, 2), (69.99, 2), (70, 3), (79.99, 3), (80, 4), (89.99, 4), (90, 5), (100, 5),
    ],
)  # fmt: skip
def test_a_grade_begins_at_its_cut_alone_and_in_a_column(points_, grade, rulebook):
    assert grade_of(points_, rulebook).value == grade
    assert known(grades_column(pd.Series([points_, None]), rulebook)) == [grade, None]


def test_ties_share_a_rank_and_unknown_totals_have_none():
    assert known(competition_ranks(pd.Series([50.0, 60.0, 50.0, None, 40.0]))) == [2, 1, 2, None, 4]


@pytest.mark.parametrize(
    ("given_totals", "decimals", "ranks"),
    [
        ([50.004, 50.001, 49.99], 2, [1, 1, 3]),
        ([50.004, 50.001, 49.99], 3, [1, 2, 3]),
        ([50.005, 50.01, 50.0], 2, [1, 1, 3]),  # half up; binary fractions would tie 50,005 with 50,0
        ([2.675, 2.68, 2.67], 2, [1, 1, 3]),
        ([0.125, 0.13, 0.12], 2, [1, 1, 3]),
        ([47.34, 47.3], 1, [1, 1]),
    ],
)
def test_totals_are_tied_at_the_published_precision(given_totals, decimals, ranks):
    assert competition_ranks(pd.Series(given_totals), decimals).tolist() == ranks


def test_two_decimals_are_published_unless_said_otherwise():
    assert competition_ranks(pd.Series([50.004, 50.001, 50.01])).tolist() == [2, 2, 1]


def test_ranks_and_grades_keep_the_names_of_their_rows(rulebook):
    given_totals = pd.Series([40.0, 90.0], index=["a", "b"])
    assert competition_ranks(given_totals).to_dict() == {"a": 2, "b": 1}
    assert grades_column(given_totals, rulebook).to_dict() == {"a": 1, "b": 5}
    assert totals(given_totals.to_frame()).to_dict() == {"a": 40, "b": 90}


# -- whole columns ----------------------------------------------------------------

EVERY_RULE = [*RULES.values(), *load_rulebook(Month(2022, 11)).rules.values()]
COUNTS = st.one_of(st.integers(0, 10**9), st.integers(0, 100))


@given(st.sampled_from(EVERY_RULE), st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=20))
def test_a_column_of_counts_is_scored_as_its_rows_are(rule, counts):
    column = points_column(*(pd.Series(each) for each in zip(*counts, strict=True)), rule)
    assert known(column) == [points(done, due, rule) for done, due in counts]


@pytest.mark.parametrize("rule", [*EVERY_RULE, Rule("x", 99.99, "threshold", threshold_percent=33.33)])
def test_the_greatest_counts_do_not_overflow_in_a_column(rule):
    most = 10**15
    column = points_column(pd.Series([most, most - 1]), pd.Series([most, most]), rule)
    assert known(column) == [points(most, most, rule), points(most - 1, most, rule)]


@pytest.mark.parametrize("kind", ["float64", "Int64", "object"])
def test_an_unknown_count_leaves_its_points_unknown(kind):
    done, due = pd.Series([1, None, 3, 4], dtype=kind), pd.Series([2, 2, None, 0], dtype=kind)
    assert known(points_column(done, due, RULES["2.1"])) == [10.0, None, None, 0]
    assert known(points_column(done, due, RULES["5.2"])) == [3.0, None, None, 6]


@pytest.mark.parametrize(("bad", "got"), [(-1, "-1"), (1.5, "1.5"), (float("inf"), "inf")])
def test_what_is_no_count_is_refused_with_its_row(bad, got):
    good = pd.Series([3, 3, 3], index=["a", "b", "b"])
    expected = rf"rule 2\.1, row b: not a count \(got {got}(\.0)?, expected a whole number, 0 or more\); mend"
    for given_counts in (
        (good.where([True, True, False], bad), good),
        (good, good.where([True, True, False], bad)),
    ):
        with pytest.raises(InputError, match=expected):
            points_column(*given_counts, RULES["2.1"])


@pytest.mark.parametrize("rule", ["2.1", "2.2", "3.3", "4.1"])
def test_the_counts_given_are_unchanged_and_their_rows_keep_their_names(rule):
    done, due = pd.Series([1.0, None], index=["a", "b"]), pd.Series([2, 0], index=["a", "b"])
    column = points_column(done, due, RULES[rule])
    assert (column.index.tolist(), column.dtype) == (["a", "b"], "float64")
    assert (known(done), due.tolist()) == ([1.0, None], [2, 0])


def test_the_published_columns_are_scored_at_once():
    progress = pd.read_csv(BACKTESTS / "phu-tho-2026-08-progress.csv")
    assert len(progress) == 21
    earned = points_column(progress["totalOnTime"], progress["totalReceived"], RULES["2.1"])
    assert earned.tolist() == progress["score"].tolist()
    satisfaction = pd.read_csv(BACKTESTS / "phu-tho-2026-08-satisfaction.csv")
    assert len(satisfaction) == 12
    for rule, name in (("5.4", "sat"), ("5.2", "pakn_ontime"), ("5.3", "pakn_sat")):
        column = points_column(satisfaction[f"{name}_num"], satisfaction[f"{name}_den"], RULES[rule])
        assert column.tolist() == satisfaction[f"{name}_score"].tolist()


def test_the_published_totals_of_payment_and_satisfaction_at_once():
    """A group total of the portal may differ from the sum of rounded parts by 0,015."""
    payment = pd.read_csv(BACKTESTS / "phu-tho-2026-08-payment.csv")
    counts = {
        "3.5a": ("totalFeeDossierFormality", "totalFeeFormality"),
        "3.5b": ("totalDossierOnlineFormalityPaymentSuccess", "totalFeeDossierFormalityDistinct"),
        "3.6": ("totalDossierOnlinePaymentSuccess", "totalDossierFinancialObligation"),
    }
    parts = {
        rule: points_column(payment[done], payment[due], RULES[rule]) for rule, (done, due) in counts.items()
    }
    gaps = (totals(pd.DataFrame(parts)) - payment["totalScore"]).abs().round(9)
    assert len(gaps) == 15
    assert gaps.max() <= 0.015
    satisfaction = pd.read_csv(BACKTESTS / "phu-tho-2026-08-satisfaction.csv")
    sums = totals(satisfaction[["sat_score", "pakn_ontime_score", "pakn_sat_score"]])
    assert (sums - satisfaction["totalScore"]).abs().round(9).max() <= 0.015


def test_totals_and_ranks_of_34_provinces_at_once():
    rows = pd.read_csv(BACKTESTS / "provinces-2026-year-to-2026-10-10.csv")
    sums = totals(rows[CRITERIA])
    assert sums.tolist() == rows["total"].tolist()
    assert competition_ranks(sums).tolist() == rows["rank"].tolist()


def test_grades_of_34_provinces_at_once_are_those_of_each():
    rows = pd.read_csv(BACKTESTS / "provinces-2026-year-to-2026-10-10.csv")
    column = grades_column(rows["total"], BOOK)
    assert column.tolist() == [grade_of(each, BOOK).value for each in rows["total"]]


@given(
    st.lists(st.tuples(*[st.one_of(st.none(), st.integers(0, 2200).map(lambda n: n / 100))] * 6), min_size=1)
)
def test_totals_of_rows_are_their_sums(rows):
    sums = [total(row) for row in rows]
    assert known(totals(pd.DataFrame(rows, dtype="float64"))) == [
        each if each is None else float(each) for each in sums
    ]


@pytest.mark.parametrize("unknown", [[], [None, None]])
def test_a_column_in_which_nothing_is_known_stays_so(unknown):
    column = pd.Series(unknown)
    found = [
        points_column(column, column, RULES["2.1"]), points_column(column, column, RULES["3.3"]),
        totals(column.to_frame()), grades_column(column, BOOK), competition_ranks(column),
    ]  # fmt: skip
    assert [known(each) for each in found] == [unknown] * 5


# -- a unit -----------------------------------------------------------------------

NOTHING = dict.fromkeys(RULES, (0, 0))


def test_a_unit_with_no_dossier_is_known_to_earn_16_points():
    """2 for complete content, 2 for certified copies, 6 and 6 for feedback; nothing announced adds nothing.

    What no row shows for nothing due may add 36: 3.1 to 3.3 are 12, 3.5a and b 4, 4.1 to 4.5b 20.
    """
    unit = unit_score(NOTHING | {"1.3": (7, 7), "cert": (1, 1)}, BOOK)
    assert {name: str(each.value) for name, each in unit.scores.items() if each.value} == {
        "1.3": "2.00", "cert": "2", "5.2": "6", "5.3": "6",
    }  # fmt: skip
    assert {name for name, each in unit.scores.items() if each.reason == "nothing_due_unknown"} == {
        "3.1", "3.2", "3.3", "3.5a", "3.5b", "4.1", "4.2", "4.3", "4.4", "4.5a", "4.5b",
    }  # fmt: skip
    assert (unit.lower, unit.upper, unit.total) == (16, 52, None)


def test_a_criterion_has_its_points_or_the_first_reason_why_not():
    counts = NOTHING | {"1.3": (7, 7), "3.1": (8, 8), "3.2": (1, 2), "3.3": (1, 4)}
    unit = unit_score(counts, BOOK)
    assert {name: (each.value, each.reason) for name, each in unit.criteria.items()} == {
        "transparency": (2, ""), "progress": (0, ""), "online_service": (None, "not_established"),
        "online_payment": (None, "nothing_due_unknown"), "satisfaction": (12, ""),
        "digitisation": (None, "nothing_due_unknown"),
    }  # fmt: skip


def test_a_unit_of_known_counts_has_its_total():
    unit = unit_score(dict.fromkeys(RULES, (10, 10)), BOOK)
    assert unit.total == unit.lower == unit.upper == 100


def test_a_unit_halfway_everywhere_has_what_each_rule_gives_for_half():
    """9 + 10 + (1,25 + 2 + 6) + (1,25 + 1,25 + 3) + (3 + 3 + 3,33) + (3 + 2 + 1,25 + 2 + 1 + 1 + 2)."""
    half = unit_score(dict.fromkeys(RULES, (1, 2)) | {"cert": (1, 1)}, BOOK)
    assert half.total == half.lower == half.upper
    assert str(half.total) == "55.33"


def test_without_counts_a_unit_may_earn_all_or_nothing():
    unit = unit_score({}, BOOK)
    assert (unit.lower, unit.upper, unit.total) == (0, 100, None)
    assert {each.reason for each in unit.scores.values()} == {"counts_unknown"}


def test_a_criterion_without_known_rules_is_open_in_all_its_points(rulebook):
    unit = unit_score({"2.1": (615, 1000)}, rulebook)
    assert unit.criteria["progress"] == Score(Decimal("12.30"))
    assert unit.criteria["digitisation"] == Score(None, "not_established")
    assert (unit.lower, unit.upper, unit.total) == (Decimal("12.30"), Decimal("92.30"), None)


def test_a_unit_is_scored_to_the_decimals_of_the_rulebook():
    whole = replace(BOOK, rounding=replace(BOOK.rounding, decimals=0))
    assert unit_score({"2.1": (1, 3)}, whole).scores["2.1"] == Score(Decimal(7))


def test_counts_of_a_rule_that_is_not_there_are_refused(rulebook):
    with pytest.raises(
        InputError, match=r"qd766-2022: no such rule \(got 3\.6, 9, expected 2\.1\); mend the id"
    ):
        unit_score({"9": (1, 1), "2.1": (1, 1), "3.6": (1, 1)}, rulebook)
