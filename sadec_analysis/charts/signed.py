"""Changes as charts write them: with their sign, or as what they lie between."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from sadec_analysis.analysis.decomposition import Interval, Part
from sadec_analysis.monthly import MonthView
from sadec_analysis.numerals import half_up


def name_of(part: Part, view: MonthView) -> str:
    """The criterion's name."""
    return view.rulebook.criteria[part.name].name(view.words.lang)


def signed(value: Decimal, view: MonthView) -> str:
    """A change with its sign: "+6,83", "−11,17", "0"."""
    bare = value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
    return ("+" if value > 0 else "") + view.words.number(bare or abs(bare))


def between(interval: Interval, view: MonthView) -> str:
    """An interval of changes in words: "−18 đến 0"; the number alone where it is known."""
    low, high = (signed(end, view) for end in (interval.lower, interval.upper))
    return low if interval.value is not None else view.words.text("change.between", low=low, high=high)


def exactly(share: Fraction) -> Decimal:
    """A rate or percentage points worked out exactly, rounded half up to two decimals."""
    return half_up(Decimal(share.numerator) / Decimal(share.denominator))
