"""Series over months: gaps stay gaps, breaks are not compared across, limits tell signals from chance."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sadec_analysis import history
from sadec_analysis.analysis.control import p_chart
from sadec_analysis.analysis.known import Known
from sadec_analysis.analysis.series import Break, Observation, Series, followed, months_of, series
from sadec_analysis.figures import Figure, table
from sadec_analysis.months import Month
from sadec_analysis.places.crosswalk import load_crosswalk
from sadec_analysis.rulebook import load_rulebook

START = Month(2024, 1)
RULE = load_rulebook(Month(2026, 8)).rules["2.1"]


def known_of(*rows):
    """A history of rows (month, unit, indicator, measure, value, kind, rulebook)."""
    frames = [
        history.dated(
            table([Figure(str(month), unit, indicator, measure, Decimal(str(value)), str(value), "s", "p")]),
            month, {"s": kind}, book,
        )
        for month, unit, indicator, measure, value, kind, book in rows
    ]  # fmt: skip
    return Known(history.joined(frames))


def totals(values, kinds=None, books=None):
    months = [START.plus(at) for at in range(len(values))]
    rows = [
        (month, "u", "total", "points", value, (kinds or {}).get(at, "report"), (books or {}).get(at, "old"))
        for at, (month, value) in enumerate(zip(months, values, strict=True)) if value is not None
    ]  # fmt: skip
    return series(known_of(*rows), "u", "total", "points", months)


def test_a_month_without_a_figure_is_a_gap_that_nothing_is_compared_over():
    found = totals([40, None, 42.5, 43])
    assert [each.is_gap for each in found.observations] == [False, True, False, False]
    assert found.change(START.plus(1)) is None
    assert found.change(START.plus(2)) is None
    assert found.change(START.plus(3)) == Decimal("0.5")
    assert found.breaks == ()
    assert len(found.segments) == 1


def test_the_same_month_of_the_year_before_is_compared_where_no_break_lies_between():
    values = [40 + at for at in range(14)]
    assert totals(values).change_on_year(START.plus(12)) == 12
    broken = totals(values, books=dict.fromkeys(range(6, 14), "new"))
    assert broken.breaks == (Break(START.plus(6), "rulebook"),)
    assert broken.change_on_year(START.plus(12)) is None
    assert totals(values).change_on_year(START.plus(3)) is None


@pytest.mark.parametrize(
    ("changes", "reason"),
    [({"kinds": {2: "portal", 3: "portal"}}, "source"), ({"books": {2: "new", 3: "new"}}, "rulebook")],
)
def test_points_break_where_rules_or_kind_of_source_change(changes, reason):
    found = totals([40, 41, 42, 43], **changes)
    assert found.breaks == (Break(START.plus(2), reason),)
    assert [len(each) for each in found.segments] == [2, 2]
    assert found.change(START.plus(2)) is None
    assert found.change(START.plus(3)) == 1


def test_counts_and_rates_go_on_when_only_the_rules_change():
    rows = [
        (START.plus(at), "u", "progress.on_time", "percent", 80 + at, "portal", str(at)) for at in range(3)
    ]
    found = series(known_of(*rows), "u", "progress.on_time", "percent", [START.plus(at) for at in range(3)])
    assert found.breaks == ()
    assert found.change(START.plus(2)) == 1


def test_what_the_next_month_implies_is_no_other_source():
    frame = totals  # a report whose change implies the month before
    rows = [(START.plus(1), "u", "total", "points", 40, "report", "old")]
    implied = history.dated(
        table([Figure(str(START), "u", "total", "points", Decimal(45), "45", "s", "p", "computed")]),
        START.plus(1), {"s": "report"}, "old",
    )  # fmt: skip
    known = Known(history.joined([known_of(*rows).history, implied]))
    found = series(known, "u", "total", "points", [START, START.plus(1)])
    assert found.observations[0].kind == "implied"
    assert found.change(START.plus(1)) == -5
    assert frame([1]).breaks == ()


def test_months_run_from_the_first_with_figures_and_no_further_than_asked():
    known = known_of((START, "u", "total", "points", 40, "report", "old"))
    assert months_of(known, START.plus(2), 24) == [START, START.plus(1), START.plus(2)]
    assert months_of(known, START.plus(30), 13)[0] == START.plus(18)


def judged(found):
    return [each for part in p_chart(found) for each in part]


def of_counts(counts, breaks=()):
    found = [Observation(START.plus(at), Decimal(1), counts=each) for at, each in enumerate(counts)]
    return Series("u", "progress.on_time", "percent", tuple(found), tuple(breaks))


def test_limits_are_three_deviations_about_the_months_before():
    (*_, last) = judged(of_counts([(80, 100)] * 3 + [(60, 100)]))
    assert (last.centre, round(last.lower, 2), round(last.upper, 2)) == (80, 68, 92)
    assert last.signal == "low"


def test_the_first_three_months_are_not_judged_nor_any_across_a_break():
    counts = [(80, 100)] * 4 + [(20, 100)]
    assert [each.centre is None for each in judged(of_counts(counts))] == [True, True, True, False, False]
    broken = judged(of_counts(counts, [Break(START.plus(4), "rulebook")]))
    assert broken[-1].centre is None
    assert broken[-1].signal == ""


def test_one_bad_month_is_a_signal_and_the_months_after_it_are_not():
    counts = [(850, 1000), (846, 1000), (855, 1000), (851, 1000), (600, 1000), (852, 1000), (848, 1000)]
    assert [each.signal for each in judged(of_counts(counts))] == ["", "", "", "", "low", "", ""]


def test_a_lasting_shift_becomes_the_new_baseline_in_its_second_month():
    counts = [(850, 1000)] * 4 + [(700, 1000), (705, 1000), (698, 1000), (702, 1000)]
    found = judged(of_counts(counts))
    assert [each.signal for each in found] == ["", "", "", "", "low", "low", "", ""]
    assert [each.is_new_level for each in found] == [False] * 5 + [True, False, False]


def test_months_that_always_differ_more_than_chance_widen_the_limits():
    wild = [(808 + 44 * (at % 2), 1000) for at in range(9)]
    calm = [(830 + at % 2, 1000) for at in range(9)]
    widths = [judged(of_counts([*each, (830, 1000)]))[-1] for each in (wild, calm)]
    assert widths[0].upper - widths[0].lower > 2 * (widths[1].upper - widths[1].lower)


def test_stable_months_raise_few_false_alarms():
    chance = random.Random(766)  # noqa: S311 - the same months every time
    seen = alarms = 0
    for _ in range(60):
        counts = [(sum(chance.random() < 0.8 for _ in range(200)), 200) for _ in range(14)]
        found = [each for each in judged(of_counts(counts)) if each.centre is not None]
        seen += len(found)
        alarms += sum(bool(each.signal) for each in found)
    assert seen > 500
    assert alarms / seen < 0.02


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)).map(sorted).map(tuple), max_size=16))
def test_limits_hold_their_centre_and_stay_within_nothing_and_all(counts):
    for each in judged(of_counts(counts)):
        if each.centre is not None:
            assert 0 <= each.lower <= each.centre + 1e-9
            assert each.centre - 1e-9 <= each.upper <= 100


ENTRY = load_crosswalk().of("H20/phuong-sa-dec")
OLD = [each.unit for each in ENTRY.predecessor]
JUNE, JULY = Month(2025, 6), Month(2025, 7)


def crossing(*, without=""):
    """June of the eight, July of their successor: counts of dossiers, and totals."""
    rows = []
    for at, unit in enumerate(OLD):
        if unit != without:
            done, due = RULE.counts
            rows += [
                (JUNE, unit, done, "count", 80 + at, "portal", "a"),
                (JUNE, unit, due, "count", 100, "portal", "a"),
            ]
        rows.append((JUNE, unit, "total", "points", 50 + at, "portal", "a"))
        rows.append((JUNE, unit, "progress.on_time", "percent", 80 + at, "portal", "a"))
    for name, value in zip(RULE.counts, (700, 900), strict=True):
        rows.append((JULY, ENTRY.unit, name, "count", value, "portal", "a"))
    rows += [(JULY, ENTRY.unit, "total", "points", 61, "portal", "a"), (JULY, ENTRY.unit, "progress.on_time", "percent", 77.78, "portal", "a")]  # fmt: skip
    return known_of(*rows)


def follow(known, indicator, measure, rule=RULE):
    return followed(known, ENTRY.unit, indicator, measure, [JUNE, JULY], load_crosswalk(), rule)


def test_counts_of_the_eight_are_added_and_compared_across_the_boundary():
    found = follow(crossing(), RULE.denominator_indicator, "count")
    assert [each.value for each in found.observations] == [800, 900]
    assert found.breaks == ()
    assert found.change(JULY) == 100


def test_a_rate_is_worked_out_from_added_counts_and_not_compared_across():
    found = follow(crossing(), "progress.on_time", "percent")
    assert found.observations[0].counts == (668, 800)
    assert found.observations[0].value == Decimal("83.5")
    assert found.breaks == (Break(JULY, "boundary"),)
    assert found.change(JULY) is None


def test_scores_of_the_eight_are_those_of_none():
    found = follow(crossing(), "total", "points", None)
    assert found.observations[0].is_gap
    assert found.observations[1].value == 61
    assert found.breaks == (Break(JULY, "boundary"),)


def test_counts_are_unknown_where_one_of_the_eight_is():
    assert follow(crossing(without=OLD[3]), RULE.denominator_indicator, "count").observations[0].is_gap


def test_a_successor_made_of_more_than_is_known_adds_nothing():
    known = known_of((JUNE, "000.28.36.H20", RULE.denominator_indicator, "count", 100, "portal", "a"))
    found = followed(
        known, "H20/xa-tan-duong", RULE.denominator_indicator, "count", [JUNE, JULY], load_crosswalk(), RULE
    )
    assert found.observations[0].is_gap
