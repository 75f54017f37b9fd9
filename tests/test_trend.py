"""The small trends: one point per known month, gaps left open, flat noise not made a fall."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sadec_analysis.blocks.trend import HEIGHT, WIDTH, trend


def dots(drawn):
    return [(float(x), float(y)) for x, y in re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', drawn.svg)]


@given(st.lists(st.none() | st.floats(0, 100), min_size=2, max_size=24))
def test_every_known_month_is_one_point_inside_the_picture(values):
    drawn, known = trend(values, "a"), [value for value in values if value is not None]
    if len(known) < 2:
        assert drawn is None
        return
    points = dots(drawn)
    assert len(points) == len(known)
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points)
    assert [x for x, _ in points] == sorted(x for x, _ in points)
    for (_, low), (_, high), first, second in zip(points, points[1:], known, known[1:], strict=False):
        assert (second <= first) or (high <= low)  # higher values stand higher


def test_a_month_not_known_is_a_gap():
    assert trend([1, 2, None, 3, 4], "").svg.count("<polyline") == 2
    assert trend([1, 2, 3, 4], "").svg.count("<polyline") == 1


def test_first_ranks_stand_at_the_top_and_small_differences_stay_small():
    (_, worse), (_, better) = dots(trend([5, 1], "", is_turned=True))
    assert better < worse
    (_, first), (_, second) = dots(trend([48.6, 48.5], "", least_span=5))
    assert abs(first - second) == pytest.approx(0.1 / 5 * (HEIGHT - 8), abs=0.11)


def test_the_cover_shows_the_months_up_to_this_one(november, demo):
    from sadec_analysis.brief.cover import cover

    def told(view):
        cards = next(block for block in cover(view) if type(block).__name__ == "Cards").cards
        return [card.trend.alt if card.trend else "" for card in cards]

    assert told(november)[0] == "Diễn biến theo tháng. tháng 10/2022: 48,67; tháng 11/2022: 37,5."
    assert told(november)[1:] == ["", "", ""]
    assert told(demo.view("2024-05"))[0].count(";") == 5
