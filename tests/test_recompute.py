"""What follows from the figures of a month alone: points from counts, grades, ranks."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from clean_month import CITY

from sadec_analysis.analysis import recompute
from sadec_analysis.figures import Figure, settle, table
from sadec_analysis.months import Month
from sadec_analysis.rulebook import load_rulebook


def points(unit, indicator, printed, place="I.1, line 1"):
    value = Decimal(printed.partition("/")[0].replace(",", "."))
    return Figure("2022-11", unit, indicator, "points", value, printed, "r.md", place)


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
