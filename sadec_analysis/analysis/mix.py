"""A change of a rate taken apart by unit: how the units' own rates changed, and how their shares did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

Counts = tuple[int, int]  # done, due


@dataclass(frozen=True)
class Effect:
    """What one unit adds to the change of the whole's rate, in percentage points.

    ``rate`` is from the change of its own rate at its mean share; ``mix`` from the change of its share,
    by how far its mean rate is from the whole's.
    """

    unit: str
    rate: Fraction
    mix: Fraction

    @property
    def whole(self) -> Fraction:
        """Both together."""
        return self.rate + self.mix


def rate(counts: Counts) -> Fraction:
    """The rate in percent; raises ZeroDivisionError where nothing was due.

    >>> rate((3, 4))
    Fraction(75, 1)
    """
    return 100 * Fraction(*counts)


def whole(units: Mapping[str, Counts]) -> Counts:
    """Counts of all units together."""
    return sum(done for done, _ in units.values()), sum(due for _, due in units.values())


def effects(before: Mapping[str, Counts], after: Mapping[str, Counts]) -> list[Effect]:
    """Take the change of the rate of all units together apart, unit by unit in the order of ``after``.

    Both months count the same units. The effects of all units add up to the change exactly (the symmetric
    form of Marshall and Edgeworth, with no term left over). A unit with nothing due in one month has no rate
    then: its other rate stands for it, and all it does is mix. Raises ZeroDivisionError where nothing was due at all.

    >>> told = effects({"a": (9, 10), "b": (5, 10)}, {"a": (9, 10), "b": (10, 20)})
    >>> [str(each.whole) for each in told], str(rate((19, 30)) - rate((14, 20)))
    (['-35/9', '-25/9'], '-20/3')
    """
    wholes = [whole(before), whole(after)]
    mean = (rate(wholes[0]) + rate(wholes[1])) / 2
    return [_effect(unit, (before[unit], after[unit]), wholes, mean) for unit in after]


def summed(found: Iterable[Effect]) -> Effect:
    """What all units add together: the change of the whole's rate, by rates and by mix."""
    told = list(found)
    return Effect(
        "", sum((each.rate for each in told), Fraction(0)), sum((each.mix for each in told), Fraction(0))
    )


def _effect(unit: str, own: tuple[Counts, Counts], wholes: list[Counts], mean: Fraction) -> Effect:
    first, second = _rates(*own)
    shares = [Fraction(due, whole_due) for (_, due), (_, whole_due) in zip(own, wholes, strict=True)]
    mix = ((first + second) / 2 - mean) * (shares[1] - shares[0])
    return Effect(unit, (shares[0] + shares[1]) / 2 * (second - first), mix)


def _rates(before: Counts, after: Counts) -> tuple[Fraction, Fraction]:
    """Rates of a unit in both months; the one known stands for one that is not, and 0 for both."""
    known = [rate(counts) for counts in (before, after) if counts[1]]
    return (known[0], known[-1]) if known else (Fraction(0), Fraction(0))
