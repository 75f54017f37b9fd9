"""Where dossiers are late: the rate on time of every ward."""

from __future__ import annotations

from decimal import Decimal

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sadec_analysis.blocks import Block, Chart
from sadec_analysis.charts import style
from sadec_analysis.charts.making import by_value, finish, name_of, no_wards
from sadec_analysis.facts import Fact
from sadec_analysis.monthly import MonthView

_ROW = 27
_POINTS_AT, _OVERDUE_AT = 42, 94  # units right of the plot
_HIGHEST_WITH_LABEL_RIGHT = 82  # percent: above it the label would reach the columns
_LOWEST_WITH_LABEL_LEFT = 30  # percent: below it the label would reach the unit's name


def on_time(view: MonthView) -> Block:
    """Dots of rates, the city's as a line; printed points and overdue counts as columns at the right."""
    if not view.place.wards:
        return no_wards(view)
    facts = by_value(view.facts("progress.on_time", "percent", view.place.wards))
    city = view.fact(view.place.city, "progress.on_time", "percent")
    with style.drawing(f"on_time-{view.month}"):
        figure, axes = style.canvas(_ROW * len(facts) + 52, left=106, right=98, top=24, bottom=24)
        axes.set(xlim=(0, 100), xticks=range(0, 101, 25))
        style.rows(axes, [name_of(fact) for fact in facts])
        axes.grid(axis="x", color=style.LIGHT, linewidth=0.8)
        axes.set_axisbelow(True)
        for at, fact in enumerate(facts):
            _dot(axes, at, fact, city, view)
            _columns(axes, at, fact, view)
        _city_line(axes, city, view)
        style.column_head(axes, _POINTS_AT, view.words.text("chart.on_time.points"))
        style.column_head(axes, _OVERDUE_AT, view.words.text("chart.on_time.overdue"))
        return _chart(view, figure, facts, city)


def _dot(axes: Axes, at: int, fact: Fact, city: Fact, view: MonthView) -> None:
    """One rate; its label stands on the side away from the city's line."""
    if fact.value is None:
        axes.text(2, at, view.words.text("unknown"), va="center", color=style.MUTED)
        return
    value = float(fact.value)
    axes.plot(value, at, "o", color=style.INK, markersize=8, zorder=5)
    is_below = city.value is not None and fact.value < city.value
    is_left = value > _HIGHEST_WITH_LABEL_RIGHT or (is_below and value > _LOWEST_WITH_LABEL_LEFT)
    axes.annotate(
        view.words.number(fact.value), (value, at), xytext=(-8 if is_left else 8, 0), textcoords="offset points",
        ha="right" if is_left else "left", va="center", fontweight=600, zorder=6,
    )  # fmt: skip


def _columns(axes: Axes, at: int, fact: Fact, view: MonthView) -> None:
    points, late = view.fact(fact.unit, "progress", "points"), overdue_of(fact, view)
    style.column(axes, _POINTS_AT, at, points.text() if points.is_known else "–")
    style.badge(axes, style.right_of(axes, _POINTS_AT + 11), at, points.badges, in_axes=True)
    style.column(axes, _OVERDUE_AT, at, late.text() if late.is_known else "–")


def overdue_of(fact: Fact, view: MonthView) -> Fact:
    """Overdue dossiers of the scope the rate has: for the city, the office together with the wards."""
    name = "progress.overdue_total" if fact.unit.level == "city" else "progress.overdue"
    return view.fact(fact.unit, name, "count")


def _city_line(axes: Axes, city: Fact, view: MonthView) -> None:
    if city.value is not None:
        axes.axvline(float(city.value), color=style.CITY, linewidth=1.6, zorder=3)
        text = view.words.text("chart.on_time.city_line", city=city.unit.label, rate=city.text())
        axes.text(
            min(max(float(city.value), 24), 76), 1.014, text, transform=axes.get_xaxis_transform(), ha="center",
            va="bottom", color=style.CITY, fontweight=600, fontsize=style.SMALL,
        )  # fmt: skip


def _chart(view: MonthView, figure: Figure, facts: list[Fact], city: Fact) -> Chart:
    words, shown = view.words, [city, *facts]
    columns = ("rate", "points", "overdue")
    header = [words.text("chart.unit"), *(words.text(f"chart.on_time.column_{name}") for name in columns)]
    rows = [
        (name_of(fact), fact, view.fact(fact.unit, "progress", "points"), overdue_of(fact, view))
        for fact in shown
    ]
    told = [words.text("chart.on_time.row", name=name_of(fact), rate=fact.text()) for fact in shown]
    sources = [cell for row in rows for cell in row if isinstance(cell, Fact)]
    title = _title(view, [fact for fact in facts if fact.value is not None])
    return finish(view, "on_time", figure, facts=sources, header=header, rows=rows, told=told, title=title)


def _title(view: MonthView, known: list[Fact]) -> str:
    if len(known) < 2:  # noqa: PLR2004 - the sentence compares two
        return view.words.text("chart.on_time.title_unknown")
    best, worst = known[0], known[-1]
    if best.value == worst.value:
        return view.words.text("chart.on_time.title_equal", rate=best.text())
    gap = view.words.number((best.value or Decimal(0)) - (worst.value or Decimal(0)))
    return view.words.text(
        "chart.on_time.title",
        low=worst.text(),
        worst=name_of(worst),
        high=best.text(),
        best=name_of(best),
        gap=gap,
    )
