"""Changes as charts write them: with their sign, or as what they lie between."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from sadec_analysis.analysis.decomposition import Interval, Part
from sadec_analysis.monthly import MonthView
from sadec_analysis.numerals import half_up

Write = Callable[[Decimal, MonthView], str]


def name_of(part: Part, view: MonthView) -> str:
    """The criterion's name."""
    return view.rulebook.criteria[part.name].name(view.words.lang)


def plain(value: Decimal, view: MonthView) -> str:
    """A number without a sign of its own."""
    return view.words.number(value)


def signed(value: Decimal, view: MonthView) -> str:
    """A change with its sign: "+6,83", "−11,17", "0"."""
    bare = value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
    return ("+" if value > 0 else "") + view.words.number(bare or abs(bare))


def between(interval: Interval, view: MonthView) -> str:
    """An interval of changes in words: "−18 đến 0"; the number alone where it is known."""
    return spanned(interval.lower, interval.upper, view, signed)


def spanned(low: Decimal, high: Decimal, view: MonthView, write: Write = plain) -> str:
    """From one number to another; the number alone where they are the same."""
    if low == high:
        return write(low, view)
    return view.words.text("change.between", low=write(low, view), high=write(high, view))


def direction(change: Decimal, view: MonthView) -> str:
    """The word for a fall or a rise."""
    return view.words.text(f"change.{'fall' if change < 0 else 'rise'}")


def exactly(share: Fraction) -> Decimal:
    """A rate or percentage points worked out exactly, rounded half up to two decimals."""
    return half_up(Decimal(share.numerator) / Decimal(share.denominator))
