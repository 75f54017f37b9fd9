"""A change of points taken apart into its parts: exactly where both months are known, within limits where not.

What is not known of a month is still limited: no part is below nothing or above its maximum, and
parts add up to their total. Nothing is ever split by guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property


@dataclass(frozen=True)
class Interval:
    """What a number lies between, both ends included; one value where it is known."""

    lower: Decimal
    upper: Decimal

    @classmethod
    def exactly(cls, value: Decimal) -> Interval:
        """A known number."""
        return cls(value, value)

    @property
    def value(self) -> Decimal | None:
        """The number, where it is known."""
        return self.lower if self.lower == self.upper else None

    def __sub__(self, other: Interval) -> Interval:
        """The interval of all differences.

        >>> Interval.exactly(Decimal(0)) - Interval(Decimal(0), Decimal(18))
        Interval(lower=Decimal('-18'), upper=Decimal('0'))
        """
        return Interval(self.lower - other.upper, self.upper - other.lower)


@dataclass(frozen=True)
class Points:
    """Points of one month: a total and its parts.

    ``slack`` is how far the sum of the parts may be from the total because figures are printed rounded.
    """

    total: Decimal
    parts: Mapping[str, Interval]
    slack: Decimal = Decimal(0)

    @cached_property
    def limits(self) -> dict[str, Interval]:
        """The parts within the limits that their sum sets; as they are where they contradict their total.

        A part is at least what the total leaves when the others are at their most, and at most
        what it leaves when they are at their least.

        >>> of = {"a": Interval(Decimal(0), Decimal(6)), "b": Interval(Decimal(0), Decimal(4))}
        >>> Points(Decimal(9), of).limits["b"]
        Interval(lower=Decimal('3'), upper=Decimal('4'))
        """
        least = sum((part.lower for part in self.parts.values()), Decimal(0))
        most = sum((part.upper for part in self.parts.values()), Decimal(0))
        low, high = self.total - self.slack, self.total + self.slack
        if least > high or most < low:
            return dict(self.parts)
        return {
            name: Interval(
                max(part.lower, low - (most - part.upper)), min(part.upper, high - (least - part.lower))
            )
            for name, part in self.parts.items()
        }


@dataclass(frozen=True)
class Part:
    """One part of a change: its points in both months, what it explains, and what all the rest explains."""

    name: str
    before: Interval
    after: Interval
    change: Interval
    rest: Interval

    def assuming(self, before: Decimal, change: Decimal) -> tuple[Decimal, Decimal] | None:
        """What it and the rest would explain of ``change`` if it had had so many points; None where this month is unknown."""
        if self.after.value is None:
            return None
        own = self.after.value - before
        return own, change - own


@dataclass(frozen=True)
class Decomposition:
    """The change of a total and its parts, in the order given.

    Where every part is known, the parts and ``residual`` add up to the change to the last decimal;
    ``residual`` is what the printed parts leave of their totals, and is None where any part is not known.
    """

    before: Decimal
    after: Decimal
    parts: tuple[Part, ...]

    @property
    def change(self) -> Decimal:
        """Points gained; a loss is negative."""
        return self.after - self.before

    @property
    def residual(self) -> Decimal | None:
        """Points of the change that no part explains."""
        values = [part.change.value for part in self.parts]
        known = [value for value in values if value is not None]
        return self.change - sum(known, Decimal(0)) if len(known) == len(values) else None

    @property
    def is_exact(self) -> bool:
        """Whether every part is known in both months."""
        return self.residual is not None

    @property
    def alone(self) -> tuple[Part, ...]:
        """The parts that could explain the whole change by themselves."""
        if self.change < 0:
            return tuple(part for part in self.parts if part.change.lower <= self.change)
        return tuple(part for part in self.parts if part.change.upper >= self.change)

    @property
    def widest(self) -> Part:
        """The part that can explain most of the change, in its direction."""
        sign = -1 if self.change < 0 else 1
        return max(self.parts, key=lambda part: max(sign * part.change.lower, sign * part.change.upper))


def decompose(before: Points, after: Points) -> Decomposition:
    """Take the change between two months apart, part by part in the order of ``after``.

    Both must have the same parts. The limits are the tightest that follow: every value within
    them stands in some pair of months that agrees with all that is known.
    """
    change = after.total - before.total
    parts = []
    for name, now in after.limits.items():
        then = before.limits[name]
        own = now - then
        parts.append(Part(name, then, now, own, Interval.exactly(change) - own))
    return Decomposition(before.total, after.total, tuple(parts))
