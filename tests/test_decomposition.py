"""A change taken apart: exact where all is known; limits that every possible history, and no other, reaches."""

from __future__ import annotations

import itertools
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from sadec_analysis.analysis.decomposition import Interval, Points, decompose
from sadec_analysis.analysis.known import Known
from sadec_analysis.analysis.mix import effects, rate, whole

HUNDREDTHS = st.integers(0, 2000).map(lambda steps: Decimal(steps) / 100)
UNITS = st.dictionaries(
    st.sampled_from("abcdefgh"),
    st.tuples(*[st.tuples(st.integers(0, 60), st.integers(0, 60))] * 2),
    min_size=1,
).map(lambda units: {name: [(min(pair), max(pair)) for pair in both] for name, both in units.items()})


def exactly(values):
    return {name: Interval.exactly(value) for name, value in zip("abcdef", values, strict=True)}


@given(
    st.lists(HUNDREDTHS, min_size=6, max_size=6),
    st.lists(HUNDREDTHS, min_size=6, max_size=6),
    HUNDREDTHS,
    HUNDREDTHS,
)
def test_known_parts_and_the_residual_add_up_to_the_change_to_the_last_decimal(then, now, before, after):
    found = decompose(Points(before, exactly(then)), Points(after, exactly(now)))
    assert found.is_exact
    assert sum(part.change.value for part in found.parts) + found.residual == found.change == after - before
    assert [part.change.value for part in found.parts] == [b - a for a, b in zip(then, now, strict=True)]
    assert all(part.change.value + part.rest.value == found.change for part in found.parts)


@st.composite
def months(draw):
    """Two months of three parts on whole points, some parts known, some only within limits."""
    most = draw(st.lists(st.integers(1, 5), min_size=3, max_size=3))
    slack = draw(st.integers(0, 1))
    found = []
    for _ in range(2):
        true = [draw(st.integers(0, top)) for top in most]
        parts = {}
        for name, value, top in zip("abc", true, most, strict=True):
            low, high = draw(st.integers(0, value)), draw(st.integers(value, top))
            parts[name] = draw(st.sampled_from([(value, value), (0, top), (low, high)]))
        total = sum(true) + draw(st.integers(-slack, slack))
        found.append((total, parts, slack))
    return found


def histories(total, parts, slack):
    """Every month that agrees with what is known, by brute force."""
    for values in itertools.product(*(range(low, high + 1) for low, high in parts.values())):
        if abs(sum(values) - total) <= slack:
            yield dict(zip(parts, values, strict=True))


def points(total, parts, slack):
    limits = {name: Interval(Decimal(low), Decimal(high)) for name, (low, high) in parts.items()}
    return Points(Decimal(total), limits, Decimal(slack))


@given(months())
def test_limits_are_what_all_histories_that_agree_reach_and_no_more(both):
    found = decompose(*(points(*month) for month in both))
    befores, afters = (list(histories(*month)) for month in both)
    assert befores
    assert afters
    for part in found.parts:
        changes = {now[part.name] - then[part.name] for then in befores for now in afters}
        rests = {both[1][0] - both[0][0] - change for change in changes}
        assert (part.change.lower, part.change.upper) == (min(changes), max(changes))
        assert (part.rest.lower, part.rest.upper) == (min(rests), max(rests))


def test_parts_that_contradict_their_total_are_left_as_they_are():
    now = Points(Decimal(37), {"a": Interval.exactly(Decimal(9)), "b": Interval(Decimal(0), Decimal(20))})
    assert now.limits == now.parts


def test_november_says_what_can_be_known_of_the_fall_and_no_more(november):
    known, city = Known(november.history), november.place.city.code
    found = decompose(
        known.criteria(november.month.previous(), city, november.rulebook),
        known.criteria(november.month, city, november.rulebook),
    )
    assert found.change == Decimal("-11.17")
    assert found.residual is None
    first = found.widest
    assert (first.name, first.change) == ("transparency", Interval(Decimal(-18), Decimal(0)))
    assert first.rest == Interval(Decimal("-11.17"), Decimal("6.83"))
    assert first.assuming(Decimal("14.1"), found.change) == (Decimal("-14.1"), Decimal("2.93"))
    alone = [part.name for part in found.parts if part.change.lower <= found.change]
    assert alone == ["transparency", "digitisation"]


def split(units):
    return [{name: both[at] for name, both in units.items()} for at in (0, 1)]


@given(UNITS)
def test_rate_and_mix_add_up_to_the_change_of_the_rate_exactly(units):
    before, after = split(units)
    if whole(before)[1] and whole(after)[1]:
        found = effects(before, after)
        assert sum(each.whole for each in found) == rate(whole(after)) - rate(whole(before))


@given(UNITS, st.integers(2, 9))
def test_months_with_the_same_rates_differ_by_mix_alone_and_with_the_same_shares_by_rate_alone(units, times):
    before, _ = split(units)
    if whole(before)[1]:
        first, *others = before
        grown = {first: tuple(times * each for each in before[first])} | {
            name: before[name] for name in others
        }
        assert all(each.rate == 0 for each in effects(before, grown))
        better = {name: (due, due) for name, (_, due) in before.items()}
        assert all(each.mix == 0 for each in effects(before, better))


def test_the_way_back_undoes_the_way_there():
    before, after = {"a": (9, 10), "b": (5, 10)}, {"a": (6, 12), "b": (30, 40)}
    there, back = effects(before, after), effects(after, before)
    assert [(-each.rate, -each.mix) for each in there] == [(each.rate, each.mix) for each in back]


def test_a_unit_with_nothing_due_in_one_month_only_changes_the_mix():
    found = effects({"a": (0, 0), "b": (5, 10)}, {"a": (10, 10), "b": (5, 10)})
    assert [each.rate for each in found] == [0, 0]
    assert sum(each.mix for each in found) == Fraction(25)
