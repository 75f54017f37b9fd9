"""Totals over the months: one small panel for the city and each ward, on one scale."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby, pairwise

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sadec_analysis.analysis.series import Observation, Series, months_of, series
from sadec_analysis.blocks import Block, Chart, Note, spans
from sadec_analysis.charts import style
from sadec_analysis.charts.making import finish
from sadec_analysis.monthly import MonthView
from sadec_analysis.places import Unit

MOST_MONTHS = 13  # a year and the same month of the year before
_COLUMNS, _HEIGHT, _TOP, _GAP = 2, 58, 26, 14
_ENOUGH = 2


def small_multiples(view: MonthView) -> Block:
    """Totals of the city and each ward over the months, highest now first; a remark where fewer than two months are known."""
    found = totals(view)
    if not is_enough(found):
        return too_few(view, _ENOUGH)
    ordered = sorted(found, key=lambda each: -(each[1].observations[-1].value or Decimal(-1)))
    with style.drawing(f"small_multiples-{view.month}"):
        return _chart(view, _draw(view, ordered), ordered)


def totals(view: MonthView, most: int = MOST_MONTHS) -> list[tuple[Unit, Series]]:
    """The totals of the city and each ward, over at most so many months up to the view's."""
    months = months_of(view.known, view.month, most)
    return [(unit, series(view.known, unit.code, "total", "points", months)) for unit in view.place.own]


def is_enough(found: Sequence[tuple[Unit, Series]], months: int = _ENOUGH) -> bool:
    """Whether any unit is known in so many months."""
    return any(sum(each.value is not None for each in own.observations) >= months for _, own in found)


def too_few(view: MonthView, months: int) -> Note:
    """Say that a chart over months needs more of them."""
    text = view.words.text("chart.series.too_few", count=view.words.count(months))
    return Note("missing", view.words.text("brief.missing_label"), spans(text))


def _draw(view: MonthView, found: Sequence[tuple[Unit, Series]]) -> Figure:
    rows = math.ceil(len(found) / _COLUMNS)
    height = rows * (_HEIGHT + _TOP) + 22
    figure, whole = style.canvas(height, left=0, right=0, top=0, bottom=0)
    whole.set_axis_off()
    known = [float(each.value) for _, own in found for each in own.observations if each.value is not None]
    low, high = 5 * math.floor((min(known) - 2) / 5), 5 * math.ceil((max(known) + 2) / 5)
    width = (style.WIDTH - _GAP * (_COLUMNS + 1)) / _COLUMNS
    for at, (unit, own) in enumerate(found):
        row, column = divmod(at, _COLUMNS)
        left, bottom = _GAP + column * (width + _GAP), height - (row + 1) * (_HEIGHT + _TOP)
        axes = figure.add_axes((left / style.WIDTH, bottom / height, width / style.WIDTH, _HEIGHT / height))
        axes.set(
            ylim=(max(low, 0), min(high, 100)), xlim=(-0.5, len(own.observations) - 0.5), xticks=[], yticks=[]
        )
        _panel(axes, unit, own, view)
        if at >= len(found) - _COLUMNS:
            _months(axes, own)
    return figure


def _panel(axes: Axes, unit: Unit, own: Series, view: MonthView) -> None:
    """Grades behind, the line broken at gaps and breaks, the last value in words above."""
    low, high = axes.get_ylim()
    ends = [grade.from_points for grade in view.rulebook.grade] + [view.rulebook.max_points]
    for grade, (start, stop) in zip(view.rulebook.grades.values(), pairwise(sorted(ends)), strict=True):
        if max(start, low) < min(stop, high):
            axes.axhspan(
                max(start, low), min(stop, high), color=style.BAND[grade.value], linewidth=0, zorder=0
            )
    is_city = unit.level == "city"
    colour = style.CITY if is_city else style.INK
    for stretch in stretches(own):
        steps = [own.observations.index(each) for each in stretch]
        axes.plot(steps, [float(each.value or 0) for each in stretch], "-o", color=colour, markersize=3.5, linewidth=1.6, zorder=4)  # fmt: skip
    for each in own.breaks:
        at = next(at for at, one in enumerate(own.observations) if one.month == each.month)
        axes.axvline(at - 0.5, color=style.ACCENT, linewidth=1, linestyle=(0, (3, 2)), zorder=3)
    _marks(axes, own, colour)
    last = own.observations[-1]
    told = view.words.text("unknown") if last.value is None else view.words.number(last.value)
    axes.text(0, 1.06, unit.label, transform=axes.transAxes, va="bottom", fontsize=style.SMALL, color=colour, fontweight=600 if is_city else 400)  # fmt: skip
    axes.text(1, 1.06, told, transform=axes.transAxes, va="bottom", ha="right", fontsize=style.SMALL, color=colour, fontweight=600)  # fmt: skip


def stretches(own: Series) -> list[list[Observation]]:
    """Runs of known months with neither gap nor break within."""
    runs = [list(run) for part in own.segments for is_gap, run in groupby(part, lambda each: each.value is None) if not is_gap]  # fmt: skip
    return [run for run in runs if run]


def _marks(axes: Axes, own: Series, colour: str) -> None:
    """The last month filled; what the next month implies, and the same month of the year before, as open dots."""
    first = own.observations[-1].month.plus(-12)
    for at, each in enumerate(own.observations):
        if each.value is not None and (each.kind == "implied" or each.month == first):
            axes.plot(
                at, float(each.value), "o", color=style.PAPER, markeredgecolor=colour, markersize=5, zorder=5
            )
    last = own.observations[-1]
    if last.value is not None:
        axes.plot(len(own.observations) - 1, float(last.value), "o", color=colour, markersize=5.5, zorder=6)


def _months(axes: Axes, own: Series) -> None:
    """First and last month, at the ends of the panel."""
    for at, x, side in ((0, 0, "left"), (-1, 1, "right")):
        axes.text(
            x, -0.08, own.observations[at].month.in_digits, transform=axes.transAxes, ha=side, va="top", fontsize=style.SMALL,
            color=style.MUTED,
        )  # fmt: skip


def _chart(view: MonthView, figure: Figure, found: Sequence[tuple[Unit, Series]]) -> Chart:
    words = view.words
    rows = [(unit.label, *(_cell(view, each) for each in own.observations)) for unit, own in found]
    months = [each.month for each in found[0][1].observations]
    told = [words.text("chart.series.row", name=row[0], values=", ".join(row[1:])) for row in rows]
    facts = view.facts("total", "points")
    return finish(
        view, "small_multiples", figure, facts=facts, header=[words.text("chart.unit"), *(month.in_digits for month in months)], rows=rows,
        told=told, title=_title(view, found), is_over_months=True, first=view.month_short(months[0]), last=view.month_short(months[-1]),
        breaks=words.text(f"chart.series.{'broken' if any(own.breaks for _, own in found) else 'unbroken'}"),
    )  # fmt: skip


def _cell(view: MonthView, each: Observation) -> str:
    return "–" if each.value is None else view.words.number(each.value)


def _title(view: MonthView, found: Sequence[tuple[Unit, Series]]) -> str:
    """Where the city comes from and where it is; the lowest and the highest month where there are more than two."""
    own = next(own for unit, own in found if unit.level == "city")
    known = [each for each in own.observations if each.value is not None]
    if len(known) < _ENOUGH:
        return view.words.text("chart.series.title_wards")
    told = {"city": view.place.city.label, "value": view.words.number(known[-1].value or 0)}
    values = sorted(known, key=lambda each: each.value or Decimal(0))
    if len(known) > _ENOUGH and known[-1] in (values[0], values[-1]):
        key = "title_lowest" if known[-1] == values[0] else "title_highest"
        return view.words.text(f"chart.series.{key}", count=view.words.count(len(known)), **told)
    first = known[0]
    return view.words.text(
        "chart.series.title",
        first=view.words.number(first.value or 0),
        month=view.month_short(first.month),
        **told,
    )
