"""Month over month: October from November."""

from __future__ import annotations

import pandas as pd
import pytest

from sadec_analysis.analysis.change import moves
from sadec_analysis.charts.change import common_fall, extremes
from sadec_analysis.months import Month

PREVIOUS = {
    "Sa Đéc": 48.67, "Tân Khánh Đông": 61.30, "Phường 4": 58.78, "Tân Quy Tây": 55.82, "Phường 1": 56.90, "An Hoà": 57.01,
    "Tân Phú Đông": 52.81, "Phường 2": 55.64, "Tân Quy Đông": 53.65, "Phường 3": 50.09,
}  # fmt: skip


@pytest.mark.parametrize(("name", "total"), PREVIOUS.items())
def test_october_is_the_score_minus_its_change(name, total, november):
    unit = next(unit for unit in november.place.own if unit.label == name)
    fact = november.fact(unit, "total", "points", Month(2022, 10))
    assert (float(fact.value), fact.status) == (total, "computed")


def test_all_nine_wards_fell_from_average_to_weak(november):
    assert len(november.moves) == 9
    assert common_fall(november.moves) == (2, 1)


def test_the_order_changed_as_arithmetic_says(november):
    names = november.place.by_code
    ranks = {names[move.unit].label: (move.rank_before, move.rank_after) for move in november.moves}
    assert ranks == {
        "Tân Khánh Đông": (1, 1), "Phường 4": (2, 2), "Tân Quy Tây": (5, 3), "Phường 1": (4, 4), "An Hoà": (3, 5),
        "Tân Phú Đông": (8, 6), "Phường 2": (6, 7), "Tân Quy Đông": (7, 8), "Phường 3": (9, 9),
    }  # fmt: skip
    assert extremes(november) == (["Tân Quy Tây", "Tân Phú Đông"], 2, ["An Hoà"], 2)


def test_a_unit_without_a_change_has_no_previous_total(edit):
    from sadec_analysis.monthly import build_month, open_month

    root = edit("(*Giảm 11,17 điểm*)", "")
    build_month("2022-11", root=root)
    view = open_month("2022-11", root=root)
    assert not view.fact(view.place.city, "total", "points", Month(2022, 10)).is_known
    assert len(view.moves) == 9


def test_no_moves_where_only_one_month_is_known(november):
    only = november.settled[november.settled["period"] == "2022-11"]
    assert moves(only, november.month, [ward.code for ward in november.place.wards], november.rulebook) == []
    assert moves(pd.DataFrame(columns=only.columns), november.month, [], november.rulebook) == []


def test_wards_that_moved_differently_have_no_common_fall(november):
    first, *others = november.moves
    from dataclasses import replace

    assert common_fall([replace(first, grade_after=2), *others]) is None
    assert common_fall([]) is None
