"""Who overtook whom, month after month: ranks of the wards."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sadec_analysis.blocks import Block, Chart
from sadec_analysis.charts import style
from sadec_analysis.charts.making import finish, no_wards
from sadec_analysis.charts.series import MOST_MONTHS, too_few, totals
from sadec_analysis.monthly import MonthView
from sadec_analysis.months import Month
from sadec_analysis.scoring import competition_ranks

_ROW, _ENOUGH = 26, 3


def bump(view: MonthView) -> Block:
    """Lines of the wards' ranks over the months; a remark where fewer than three months are known of every ward."""
    if not view.place.wards:
        return no_wards(view)
    ranks = _ranks(view)
    if len(ranks.columns) < _ENOUGH:
        return too_few(view, _ENOUGH)
    with style.drawing(f"bump-{view.month}"):
        return _chart(view, _draw(view, ranks), ranks)


def _ranks(view: MonthView) -> pd.DataFrame:
    """Competition ranks, wards by months; only months in which the total of every ward is known."""
    found = {
        unit.code: {str(each.month): float(each.value) for each in own.observations if each.value is not None}
        for unit, own in totals(view, MOST_MONTHS) if unit.level == "ward"
    }  # fmt: skip
    values = pd.DataFrame(found).T.dropna(axis="columns")
    return values[sorted(values.columns)].apply(competition_ranks).astype(int)


def _months(ranks: pd.DataFrame) -> list[Month]:
    return [Month.parse(str(each)) for each in ranks.columns]


def _draw(view: MonthView, ranks: pd.DataFrame) -> Figure:
    figure, axes = style.canvas(_ROW * len(ranks) + 34, left=26, right=134, top=10, bottom=24)
    ends = [_months(ranks)[at] for at in (0, -1)]
    last = ends[1].since(ends[0])
    axes.set(xlim=(0, last), ylim=(len(ranks) + 0.5, 0.5), yticks=[])
    axes.set_xticks([0, last], [month.in_digits for month in ends])
    ordered = ranks.sort_values([ranks.columns[-1], *ranks.columns[::-1][1:]])
    starts, colours = ranks.sort_values(list(ranks.columns)).index.tolist(), _colours(ranks)
    for at, code in enumerate(map(str, ordered.index), 1):
        _line(
            axes, ranks.T[code], (starts.index(code) + 1, at), view.place.by_code[code].label, colours[code]
        )
    return figure


def _line(axes: Axes, own: pd.Series, rows: tuple[int, int], name: str, colour: str) -> None:
    """One ward over the calendar; a month that is missing breaks its line."""
    months = [Month.parse(str(each)) for each in own.index]
    steps, ranks = [month.since(months[0]) for month in months], own.tolist()
    for (at, before), (to, now) in pairwise(zip(steps, ranks, strict=True)):
        if to - at == 1:
            axes.plot([at, to], [before, now], color=colour, linewidth=2, zorder=3, clip_on=False)
    axes.plot(steps, ranks, "o", color=colour, markersize=5, zorder=4, clip_on=False)
    is_grey = colour == style.GREY
    text, weight = (style.MUTED, 400) if is_grey else (colour, 600)
    ends = ((0, rows[0], -1, str(ranks[0])), (steps[-1], rows[1], 1, f"{ranks[-1]}\u00a0\u00a0{name}"))
    for x, y, side, label in ends:
        axes.annotate(
            label, (x, y), xytext=(9 * side, 0), textcoords="offset points", ha="left" if side > 0 else "right", va="center",
            color=text, fontweight=weight,
        )  # fmt: skip


def _colours(ranks: pd.DataFrame) -> dict[str, str]:
    """Those that rose and fell most from the first month to the last stand out."""
    steps = ranks.iloc[:, 0] - ranks.iloc[:, -1]
    most, least = max(steps.max(), 1), min(steps.min(), -1)
    return {
        str(code): style.CITY if step == most else style.ACCENT if step == least else style.GREY
        for code, step in steps.items()
    }


def _chart(view: MonthView, figure: Figure, ranks: pd.DataFrame) -> Chart:
    words, months = view.words, _months(ranks)
    names = [view.place.by_code[str(code)] for code in ranks.index]
    rows = [(unit.label, *map(str, ranks.loc[unit.code])) for unit in names]
    told = [words.text("chart.series.row", name=row[0], values=", ".join(row[1:])) for row in rows]
    facts = [view.fact(unit, "total", "points") for unit in names]
    return finish(
        view, "bump", figure, facts=facts, header=[words.text("chart.unit"), *(month.in_digits for month in months)], rows=rows, told=told,
        title=_title(view, ranks), is_over_months=True, first=view.month_short(months[0]), last=view.month_short(months[-1]),
    )  # fmt: skip


def _title(view: MonthView, ranks: pd.DataFrame) -> str:
    """Who led most often, and how often."""
    led = (ranks == 1).sum(axis="columns").sort_values(ascending=False, kind="stable")
    best = [view.place.by_code[str(code)].label for code in led[led == led.iloc[0]].index]
    return view.words.text("chart.bump.title", names=view.words.listed(best), count=view.words.count(int(led.iloc[0])), all=view.words.count(len(ranks.columns)))  # fmt: skip
