"""Lines over months, each named at its end."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sadec_analysis.charts import style
from sadec_analysis.charts.making import name_of
from sadec_analysis.charts.seen import RANKS, Seen, span, ticks, written
from sadec_analysis.monthly import MonthView
from sadec_analysis.months import Month

_LABEL = 15  # units of height a line's label needs
_MONTHS_SHOWN = 6


def lines(view: MonthView, seen: Sequence[Seen], months: Sequence[Month]) -> Figure:
    """Draw one line per unit over the calendar; a month without a figure is a gap."""
    by_unit: dict[str, list[Seen]] = {}
    for each in seen:
        by_unit.setdefault(each.fact.unit.code, []).append(each)
    height = max(220, (_LABEL + 3) * len(by_unit) + 60)
    figure, axes = style.canvas(height, left=40, right=150, top=10, bottom=32)
    low, high = span(view, [each.fact for each in seen], is_zero_based=False)
    is_rank = seen[0].fact.measure in RANKS
    last = _steps(months)[-1]
    axes.set(xlim=(-0.04 * last, last), ylim=(high, low) if is_rank else (low, high))
    axes.grid(axis="y", color=style.LIGHT, linewidth=0.8)
    ticks(axes, view, along="y")
    axes.tick_params(axis="x", pad=9)
    _month_ticks(axes, months)
    for rows in by_unit.values():
        _line(axes, rows, months)
    _names(axes, view, [rows for rows in by_unit.values() if any(each.fact.is_known for each in rows)])
    return figure


def _steps(months: Sequence[Month]) -> list[int]:
    """Calendar months since the first one."""
    return [month.since(months[0]) for month in months]


def _month_ticks(axes: Axes, months: Sequence[Month]) -> None:
    every = 1 + (len(months) - 1) // _MONTHS_SHOWN
    shown = list(zip(_steps(months), months, strict=True))[::-1][::every]
    axes.set_xticks([step for step, _ in shown], [month.in_digits for _, month in shown])


def _line(axes: Axes, rows: Sequence[Seen], months: Sequence[Month]) -> None:
    """Dots, joined only between two months that follow each other."""
    is_city = rows[0].fact.unit.level == "city"
    colour, order = (style.CITY, 5) if is_city else (style.GREY, 3)
    points = [(step, each.fact) for step, each in zip(_steps(months), rows, strict=True)]
    for (start, before), (stop, after) in itertools.pairwise(points):
        if before.value is not None and after.value is not None and stop - start == 1:
            ends = [float(before.value), float(after.value)]
            axes.plot([start, stop], ends, color=colour, linewidth=2.6 if is_city else 1.5, zorder=order)
    for step, fact in points:
        if fact.value is not None:
            axes.plot(step, float(fact.value), "o", color=colour, markersize=6, zorder=order, clip_on=False)


def _names(axes: Axes, view: MonthView, units: Sequence[Sequence[Seen]]) -> None:
    """Name each line at the right, beside its last value, moved apart where values are close."""
    last = [next(each.fact for each in rows[::-1] if each.fact.is_known) for rows in units]
    last.sort(key=lambda fact: float(fact.value or 0), reverse=not axes.yaxis_inverted())
    wanted = [axes.transData.transform((0, float(fact.value or 0)))[1] for fact in last]
    box = axes.get_window_extent()
    for fact, want, place in zip(last, wanted, _apart(wanted, box.y0, box.y1), strict=True):
        is_city = fact.unit.level == "city"
        axes.annotate(
            f"{name_of(fact)}: {written(view, fact)}", (1, want), xycoords=("axes fraction", "figure pixels"),
            xytext=(16, place - want), textcoords="offset points", va="center", fontsize=style.SMALL,
            color=style.CITY if is_city else style.INK, fontweight=600 if is_city else 400,
            arrowprops={"arrowstyle": "-", "color": style.LIGHT, "shrinkA": 1, "shrinkB": 5},
        )  # fmt: skip


def _apart(wanted: Sequence[float], low: float, high: float) -> list[float]:
    """Heights at least a label apart, in the order given from the top down, each group of labels centred on its values.

    >>> _apart([100, 98, 40], 0, 200)
    [106.5, 91.5, 40.0]
    >>> _apart([30, 3, 2], 0, 200)
    [30.0, 15.0, 0.0]
    """
    groups: list[list[float]] = []
    tops: list[float] = []
    for want in wanted:
        groups.append([want])
        tops.append(_top([want], low, high))
        while len(groups) > 1 and tops[-2] - _LABEL * len(groups[-2]) < tops[-1]:
            groups[-2:] = [groups[-2] + groups[-1]]
            tops[-2:] = [_top(groups[-1], low, high)]
    return [top - _LABEL * at for group, top in zip(groups, tops, strict=True) for at in range(len(group))]


def _top(group: Sequence[float], low: float, high: float) -> float:
    """Height of the highest label of a group centred on its values and kept between two heights."""
    size = _LABEL * (len(group) - 1)
    return float(max(low + size, min(high, sum(group) / len(group) + size / 2)))
