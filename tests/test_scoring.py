"""Counts to points, totals, grades and ranks, against rows the portal published."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sadec_analysis.months import Month
from sadec_analysis.numerals import half_up
from sadec_analysis.rulebook import Rule, load_rulebook
from sadec_analysis.scoring import competition_ranks, grade_of, points, points_of_rate, total

BACKTESTS = Path(__file__).parent / "backtests"
RULES = load_rulebook(Month(2026, 8)).rules


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


@pytest.mark.parametrize(
    ("value", "rounded"), [("0.625", "0.63"), ("0.615", "0.62"), ("0.6249", "0.62"), ("2.675", "2.68")]
)
def test_halves_are_rounded_up(value, rounded):
    assert half_up(Decimal(value)) == Decimal(rounded)


@pytest.mark.parametrize(
    ("done", "due", "rule", "expected"),
    [
        (9, 36, Rule("x", max_points=2, full_at_percent=80), 0.63),
        (8, 10, Rule("x", max_points=2, full_at_percent=80), 2.0),
        (10, 10, Rule("x", max_points=2, full_at_percent=80), 2.0),
        (0, 10, Rule("x", max_points=6), 0.0),
        (0, 0, Rule("x", max_points=6, nothing_due="zero"), 0.0),
        (0, 0, Rule("x", max_points=6, nothing_due="full"), 6.0),
        (0, 0, Rule("x", max_points=6, nothing_due="null"), None),
        (0, 0, Rule("x", max_points=6), None),
        (5, 10, Rule("x", max_points=6, is_established=False), None),
    ],
)
def test_a_rule_gives_the_points_it_says(done, due, rule, expected):
    assert points(done, due, rule) == expected


def test_a_rate_gives_points_before_rounding():
    assert points_of_rate(61.54, RULES["2.1"]) == Decimal("12.308")
    assert points_of_rate(95, RULES["5.4"]) == 6
    assert points_of_rate(95, RULES["3.3"]) is None


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.sampled_from(sorted(RULES)))
def test_points_stay_between_zero_and_the_maximum(done, due, name):
    rule = RULES[name]
    earned = points(min(done, due), due, rule)
    assert earned is None or 0 <= earned <= rule.max_points


def test_an_unknown_part_leaves_the_total_unknown():
    assert total([1, None, 2]) is None
    assert total([]) == 0


@pytest.mark.parametrize(
    ("points_", "grade"),
    [(0, 1), (49.99, 1), (50, 2), (69.63, 2), (70, 3), (79.99, 3), (80, 4), (90, 5), (100, 5)],
)
def test_a_grade_begins_at_its_cut(points_, grade, rulebook):
    assert grade_of(points_, rulebook).value == grade


def test_ties_share_a_rank_and_unknown_totals_have_none():
    ranks = competition_ranks(pd.Series([50.0, 60.0, 50.0, None, 40.0]))
    assert ranks.tolist()[:3] == [2, 1, 2]
    assert ranks[4] == 4
    assert pd.isna(ranks[3])
