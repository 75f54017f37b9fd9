"""Whether two rates differ more than chance makes two samples of one rate differ."""

from __future__ import annotations

from fractions import Fraction
from math import comb
from statistics import NormalDist

CHANCE = 0.0027  # of a false alarm, both sides together: that of three standard deviations, one month in 370
_FEWEST_EXPECTED = 5  # below it the normal distribution is no good approximation


def is_beyond_noise(done0: int, due0: int, done1: int, due1: int, comparisons: int = 1) -> bool:
    """Whether ``done0`` of ``due0`` and ``done1`` of ``due1`` are more unlike than CHANCE allows one rate.

    CHANCE is shared by so many ``comparisons`` (Bonferroni), so that all of them together raise no more
    false alarms than one would. Pooled two-proportion test; Fisher's exact test where counts are small.
    Nothing due in either month is nothing to compare.

    >>> is_beyond_noise(900, 1000, 850, 1000), is_beyond_noise(90, 100, 85, 100), is_beyond_noise(4, 4, 0, 5)
    (True, False, False)
    """
    if not (due0 and due1):
        return False
    allowed = CHANCE / comparisons
    done, due = done0 + done1, due0 + due1
    if min(done, due - done) * min(due0, due1) < _FEWEST_EXPECTED * due:
        return _chance_of_tables(done0, due0, done, due) < allowed
    spread = (
        Fraction(done, due) * Fraction(due - done, due) * (Fraction(1, due0) + Fraction(1, due1))
    ) ** 0.5
    gap = abs(done0 / due0 - done1 / due1)
    return bool(gap > spread * NormalDist().inv_cdf(1 - allowed / 2))


def _chance_of_tables(done0: int, due0: int, done: int, due: int) -> float:
    """Fisher's exact test, two-sided: the chance of a table no likelier than the one seen, all sums given."""
    possible = range(max(0, done - (due - due0)), min(done, due0) + 1)
    ways = {each: comb(due0, each) * comb(due - due0, done - each) for each in possible}
    unlikely = sum(way for way in ways.values() if way <= ways[done0])
    return float(Fraction(unlikely, comb(due, done)))
