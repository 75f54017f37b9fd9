"""No check speaks where everything agrees, however a month is drawn; and most single misprints are found."""

from __future__ import annotations

import random

import pytest
from consistent_months import corrupt, report_month, response_month
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sadec_analysis import checks
from sadec_analysis.words import load_words

SEEDS = st.integers(min_value=0, max_value=2**32)
# Compare only where something is out of order already.
NEVER_IN_ORDER = {
    "rank_row",  # needs one page of a longer table, and a table of peers that is not whole is itself told of
}


def told(evidence):
    return [each.message(load_words("en")) for each in checks.find_all(evidence).findings]


@pytest.mark.slow
@settings(
    max_examples=600, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
@given(SEEDS)
def test_no_check_fires_on_a_report_in_which_everything_agrees(seed):
    assert told(report_month(seed)) == []


@settings(
    max_examples=400, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
@given(SEEDS)
def test_no_check_fires_on_a_response_in_which_everything_agrees(seed):
    assert told(response_month(seed)) == []


def test_every_check_compares_something_in_months_that_agree():
    months = [make(seed) for make in (report_month, response_month) for seed in range(30)]
    compared = [checks.find_all(month).compared for month in months]
    assert {check for check in checks.CHECKS if not any(each[check] for each in compared)} == NEVER_IN_ORDER


def test_a_corruption_changes_one_printed_figure_and_nothing_else():
    month = report_month(1)
    changed, figure = corrupt(month, random.Random(1))  # noqa: S311 - the same misprint every time
    is_changed = (changed.figures != month.figures) & ~(changed.figures.isna() & month.figures.isna())
    assert list(is_changed.any(axis="index").loc[lambda each: each].index) == [
        "value",
        "lower",
        "upper",
        "printed",
    ]
    row = changed.figures[is_changed.any(axis="columns")]
    assert row["printed"].tolist() == [figure.printed]
    assert row["value"].tolist() == [float(figure.value)]


# Floors stand a little under what was measured over two hundred: 0.725 and 0.96. Rounding hides most misprints of a last decimal.
@pytest.mark.parametrize(("make", "floor"), [(report_month, 0.70), (response_month, 0.91)])
def test_most_single_misprints_are_found(make, floor):
    chance = random.Random(766)  # noqa: S311 - the same misprints every time
    months = [corrupt(make(seed), chance)[0] for seed in range(100)]
    found = sum(bool(checks.find_all(month).findings) for month in months)
    assert found / len(months) >= floor
