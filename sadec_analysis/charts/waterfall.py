"""A waterfall: from one total to the next, step by step."""

from __future__ import annotations

from decimal import Decimal
from itertools import accumulate, pairwise

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sadec_analysis.analysis.decomposition import Decomposition
from sadec_analysis.charts import style
from sadec_analysis.charts.seen import short
from sadec_analysis.charts.signed import name_of
from sadec_analysis.monthly import MonthView

_ROW = 30
_NAMES, _SIZES = 152, 66  # units left and right of the plot
_ROOM = 0.16
Step = tuple[str, Decimal]


def steps(found: Decomposition, view: MonthView) -> list[Step]:
    """Name and size of each step: losses from the largest, then gains to the largest, then what no part explains."""
    parts = sorted(found.parts, key=lambda part: part.change.lower)
    told = [(name_of(part, view), part.change.lower) for part in parts]
    return [*told, (view.words.text("change.residual"), found.residual)] if found.residual else told


def draw(found: Decomposition, view: MonthView) -> Figure:
    """Draw the steps between two dots, the totals; the scale shows where totals move, not nothing."""
    rows = steps(found, view)
    levels = [float(level) for level in accumulate((size for _, size in rows), initial=found.before)]
    last = len(rows) + 1
    figure, axes = style.canvas(_ROW * (last + 1) + 8, left=_NAMES, right=_SIZES, top=4, bottom=4)
    room = max(max(levels) - min(levels), 1) * _ROOM
    axes.set(xlim=(min(levels) - room, max(levels) + room), xticks=[])
    names = [name for name, _ in rows]
    style.rows(axes, [short(view, view.month.previous()), *names, short(view, view.month)], {0, last})
    for at, ((_, size), ends) in enumerate(zip(rows, pairwise(levels), strict=True), 1):
        _step(axes, at, size, ends, view)
    for at, level in ((0, found.before), (last, found.after)):
        axes.plot(float(level), at, "o", color=style.CITY, markersize=9, zorder=5)
        style.column(axes, _SIZES - 4, at, view.words.number(level, 2), style.CITY)
    return figure


def _step(axes: Axes, at: int, size: Decimal, ends: tuple[float, float], view: MonthView) -> None:
    start, stop = ends
    colour = style.ACCENT if size < 0 else style.CITY
    for x, top in ((start, at - 1), (stop, at)):
        axes.plot([x, x], [top, top + 1], color=style.GREY, linewidth=0.8, zorder=1)
    axes.barh(at, stop - start, left=start, height=0.5, color=colour, zorder=3)
    style.column(axes, _SIZES - 4, at, view.words.change(size, 2), colour if size else style.MUTED)
