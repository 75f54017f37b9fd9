"""The whole month at a glance: units by indicators."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sadec_analysis.blocks import Block, Chart
from sadec_analysis.charts import style
from sadec_analysis.charts.making import by_value, finish, name_of, no_wards
from sadec_analysis.facts import Fact
from sadec_analysis.monthly import MonthView
from sadec_analysis.places import Unit

_ROW = 30
_UNITS = "digitisation.certifying_units"
_SCALE = LinearSegmentedColormap.from_list("grades", ["#dd9a66", "#f3d3ba", "#f4f4ef", "#bfd8ec", "#78abd4"])


def heat_map(view: MonthView) -> Block:
    """Units x indicators, each column scaled to its maximum; limits and unknown values hatched."""
    if not view.place.wards:
        return no_wards(view)
    units = [fact.unit for fact in by_value(view.facts("total", "points"))]
    columns = _columns(view)
    cells = [[view.fact(unit, indicator, measure) for _, indicator, measure, _ in columns] for unit in units]
    tops = [
        [top or float(_due(fact, view).value or 0) for fact, (*_, top) in zip(row, columns, strict=True)]
        for row in cells
    ]
    shares = np.array([list(map(_share, *pair)) for pair in zip(cells, tops, strict=True)])
    with style.drawing(f"heat_map-{view.month}"):
        figure, axes = style.canvas(_ROW * len(units) + 46, left=104, right=4, top=42, bottom=4)
        _colour(axes, shares)
        axes.set_xticks(
            np.arange(len(columns)) + 0.5, [label for label, *_ in columns], rotation=0, fontsize=style.SMALL
        )
        axes.xaxis.tick_top()
        axes.set_yticks(np.arange(len(units)) + 0.5, [unit.label for unit in units], va="center")
        axes.tick_params(length=0)
        _emphasise_city(axes, units)
        for y, row in enumerate(cells):
            for x, fact in enumerate(row):
                _cell(axes, x, y, fact, view)
        return _chart(view, figure, cells, [label.replace("\n", " ") for label, *_ in columns])


def _colour(axes: Axes, shares: NDArray[np.float64]) -> None:
    """Colour the cells whose values are known; ticks come later, for seaborn draws those it is given once more."""
    import seaborn as sns  # slow to import, and needed here only

    sns.heatmap(
        shares, vmin=0, vmax=1, cmap=_SCALE, cbar=False, ax=axes, linewidths=2, linecolor=style.PAPER,
        mask=np.isnan(shares), xticklabels=False, yticklabels=False,
    )  # fmt: skip


def _columns(view: MonthView) -> list[tuple[str, str, str, float]]:
    words, criteria = view.words, view.rulebook.criteria
    return [
        (words.text("chart.heat_map.total"), "total", "points", view.rulebook.max_points),
        (words.text("chart.heat_map.on_time"), "progress.on_time", "percent", 100),
        (words.text("chart.heat_map.progress"), "progress", "points", criteria["progress"].max_points),
        (words.text("chart.heat_map.online"), "online_service.online_submission", "percent", 100),
        (words.text("chart.heat_map.satisfaction"), "satisfaction.reported", "percent", 100),
        (words.text("chart.heat_map.copies"), _UNITS, "count", 0),
    ]


def _share(fact: Fact, top: float) -> float:
    return float("nan") if fact.value is None or not top else float(fact.value) / top


def _emphasise_city(axes: Axes, units: list[Unit]) -> None:
    for label, unit in zip(axes.get_yticklabels(), units, strict=True):
        if unit.level == "city":
            label.set(color=style.CITY, fontweight=600)


def _due(fact: Fact, view: MonthView) -> Fact:
    """How many units should certify copies: the maximum of a count of units."""
    return view.fact(fact.unit, f"{_UNITS}_due", "count")


def _cell(axes: Axes, x: int, y: int, fact: Fact, view: MonthView) -> None:
    is_open = fact.value is None
    if is_open:
        style.unknown(axes, x + 0.03, y + 0.04, 0.94, 0.92)
    text = fact.limits_short() if fact.value is None else fact.words.number(fact.value)
    style.badge(axes, x + 0.87, y + 0.22, fact.badges[:1])  # a cell has room for one
    due = _due(fact, view)
    text += f"/{due.text()}" if fact.indicator == _UNITS and fact.is_known and due.is_known else ""
    axes.text(
        x + (0.4 if fact.badges else 0.5), y + 0.5, text, ha="center", va="center", fontsize=style.SMALL, color=style.INK,
        bbox={"boxstyle": "round,pad=0.14", "facecolor": style.PAPER, "edgecolor": "none"} if is_open else None, zorder=6,
    )  # fmt: skip


def _chart(view: MonthView, figure: Figure, cells: list[list[Fact]], labels: list[str]) -> Chart:
    words = view.words
    wards = [fact for row in cells for fact in row if fact.unit.level == "ward"]
    known = sum(fact.is_known for fact in wards)
    bounded = sum(fact.is_bounded for fact in wards)
    unknown = len(wards) - known - bounded
    key = "chart.heat_map.title_gaps" if unknown else "chart.heat_map.title"
    gaps = {"unknown": unknown} if unknown else {}
    title = words.text(key, known=known, cells=len(wards), bounded=bounded, **gaps)
    told = [
        words.text("chart.heat_map.row", name=name_of(row[0]), cells=", ".join(fact.text() for fact in row))
        for row in cells
    ]
    rows: list[list[Fact | str]] = [[name_of(row[0]), *row] for row in cells]
    facts = [fact for row in cells for fact in row]
    header = [words.text("chart.unit"), *labels]
    return finish(view, "heat_map", figure, facts=facts, header=header, rows=rows, told=told, title=title)
