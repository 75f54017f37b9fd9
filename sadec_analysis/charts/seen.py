"""Figures of units in several months, and what their drawings share: names, ends and ticks of an axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from sadec_analysis.charts import style
from sadec_analysis.facts import Fact
from sadec_analysis.monthly import MonthView
from sadec_analysis.months import Month

RANKS = ("rank",)


@dataclass(frozen=True)
class Seen:
    """A figure of one unit in one month, and the kind of source it was read from; empty where it is computed."""

    month: Month
    fact: Fact
    kind: str = ""


def written(view: MonthView, fact: Fact) -> str:
    """A figure as readers know it: a grade by its name, anything else as it is written in the brief."""
    if fact.measure == "grade" and fact.value is not None:
        return view.rulebook.grades[int(fact.value)].name(view.words.lang)
    return fact.text()


def short(view: MonthView, month: Month) -> str:
    """Name a month in digits: "tháng 11/2022"."""
    return view.words.month_short(month.number, month.year)


def span(view: MonthView, facts: Sequence[Fact], *, is_zero_based: bool) -> tuple[float, float]:
    """Ends of the axis: all that is known with some air, from zero where asked, and never beyond a maximum."""
    ends = [float(end) for fact in facts for end in (fact.lower, fact.value, fact.upper) if end is not None]
    air = 0.08 * (max(ends) - min(ends)) or 0.5
    low, high = min(ends) - air, max(ends) + air
    if is_zero_based and facts[0].measure not in RANKS:
        low, high = min(0.0, low if min(ends) < 0 else 0.0), max(0.0, high)
    most = 100.0 if facts[0].measure == "percent" else view.rulebook.maximum(facts[0].indicator)
    if most and facts[0].measure in ("points", "percent"):
        high = max(min(high, most), *ends)
    return low, high


def ticks(axes: Axes, view: MonthView, *, along: Literal["x", "y"] = "x") -> None:
    """At most five round numbers, written the reader's way."""
    axis = axes.xaxis if along == "x" else axes.yaxis
    axes.tick_params(axis=along, labelsize=style.SMALL, labelcolor=style.MUTED)
    axis.set_major_locator(MaxNLocator(5))
    axis.set_major_formatter(FuncFormatter(lambda value, _: view.words.number(round(value, 6))))
