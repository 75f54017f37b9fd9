"""Two rates told apart: false alarms as rare as promised, large moves found, small counts exact."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sadec_analysis.analysis.noise import CHANCE, is_beyond_noise


@pytest.mark.parametrize(
    ("rate", "dues"), [(0.85, (3000, 2800)), (0.5, (400, 500)), (0.97, (300, 250)), (0.6, (12, 9))]
)
def test_one_rate_raises_false_alarms_as_seldom_as_promised(rate, dues):
    chance, trials = random.Random(766), 3000  # noqa: S311 - the same samples every time

    def drawn(due):
        if due < 600:
            return sum(chance.random() < rate for _ in range(due)), due
        return min(due, max(0, round(chance.gauss(due * rate, (due * rate * (1 - rate)) ** 0.5)))), due

    alarms = sum(is_beyond_noise(*drawn(dues[0]), *drawn(dues[1])) for _ in range(trials))
    assert alarms <= 3 * CHANCE * trials


@given(st.integers(1, 9), st.integers(1, 9), st.data())
def test_small_counts_follow_every_table_by_brute_force(due0, due1, data):
    done0, done1 = data.draw(st.integers(0, due0)), data.draw(st.integers(0, due1))
    done = done0 + done1
    chosen = [sum(each) for each in itertools.product((0, 1), repeat=due0)]
    ways = {
        k: chosen.count(k) * comb(due1, done - k) for k in range(done + 1) if k <= due0 and done - k <= due1
    }
    share = Fraction(sum(way for way in ways.values() if way <= ways[done0]), sum(ways.values()))
    assert is_beyond_noise(done0, due0, done1, due1) == (share < CHANCE)


@given(*[st.integers(0, 3000)] * 4, st.integers(1, 40))
def test_the_order_of_months_does_not_matter_and_more_comparisons_alarm_less(a, b, c, d, comparisons):
    first, second = (min(a, b), max(a, b)), (min(c, d), max(c, d))
    assert is_beyond_noise(*first, *second) == is_beyond_noise(*second, *first)
    assert is_beyond_noise(*first, *second, comparisons) <= is_beyond_noise(*first, *second)


@given(st.integers(0, 500), st.integers(1, 500), st.integers(1, 20))
def test_equal_rates_are_never_told_apart(done, due, times):
    done = min(done, due)
    assert not is_beyond_noise(done, due, times * done, times * due)


def test_nothing_due_is_nothing_to_compare():
    assert not is_beyond_noise(0, 0, 5, 5)
    assert not is_beyond_noise(5, 5, 0, 0)
