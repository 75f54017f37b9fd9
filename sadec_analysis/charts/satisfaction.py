"""How satisfied people are: the city's rate, and the bands the report gives for the wards."""

from __future__ import annotations

import math
from decimal import Decimal

from matplotlib.figure import Figure

from sadec_analysis.blocks import Chart
from sadec_analysis.charts import style
from sadec_analysis.charts.intervals import ROW, rate_row
from sadec_analysis.charts.making import finish, name_of
from sadec_analysis.charts.scores import maximum
from sadec_analysis.facts import Fact
from sadec_analysis.monthly import MonthView


def satisfaction(view: MonthView) -> Chart:
    """The city's rate and one open box per group of wards, over the grades."""
    city = view.fact(view.place.city, "satisfaction.reported", "percent")
    bands = groups(view)
    labels = [name_of(city), *(_label(count, limits, view) for count, limits in bands)]
    facts = [city, *(limits for _, limits in bands)]
    with style.drawing(f"satisfaction-{view.month}"):
        figure, axes = style.canvas(ROW * len(facts) + 56, left=148, right=12, top=24, bottom=24)
        low = _left_end(facts)
        axes.set(xlim=(low, 100), xticks=range(low, 101, 10))
        style.rows(axes, labels, {0})
        style.grade_bands(axes, view.rulebook, view.words.lang, low, 100)
        for at, fact in enumerate(facts):
            rate_row(axes, at, fact, is_city=at == 0)
        return _chart(view, figure, facts, labels)


def _left_end(facts: list[Fact]) -> int:
    """Where the axis begins: at 30 percent, or at the ten below the lowest value."""
    known = [float(fact.lower) for fact in facts if fact.lower is not None]
    return min(30, 10 * math.floor(min(known, default=30) / 10))


def groups(view: MonthView) -> list[tuple[Fact, Fact]]:
    """Number of wards and limits of their rate, for each group the report names, highest first."""
    names = [f"satisfaction.wards_{grade.name_en.lower()}" for grade in view.rulebook.grade]
    city = view.place.city
    pairs = [(view.fact(city, name, "count"), view.fact(city, name, "percent")) for name in names]
    known = [pair for pair in pairs if pair[0].is_known and pair[1].is_bounded]
    return sorted(known, key=lambda pair: (-(pair[1].lower or 0), -(pair[0].value or 0)))


def grade_label(fact: Fact, view: MonthView) -> str:
    """The grade the report gives a group, in the reader's language."""
    grade = next(each for each in view.rulebook.grade if fact.indicator.endswith(each.name_en.lower()))
    return grade.name(view.words.lang).lower()


def _label(count: Fact, limits: Fact, view: MonthView) -> str:
    return view.words.text("chart.satisfaction.group", count=count.text(), grade=grade_label(limits, view))


def _chart(view: MonthView, figure: Figure, facts: list[Fact], labels: list[str]) -> Chart:
    words = view.words
    wards = view.facts("satisfaction.reported", "percent", view.place.wards)
    lowest = min((fact.lower for fact in wards if fact.lower is not None), default=None)
    title = _title(view, facts[0], lowest if all(fact.lower is not None for fact in wards) else None)
    header = [words.text("chart.satisfaction.column_group"), words.text("chart.satisfaction.column_rate")]
    told = [
        words.text("chart.satisfaction.row", name=name, rate=fact.text())
        for name, fact in zip(labels, facts, strict=True)
    ]
    rows = list(zip(labels, facts, strict=True))
    return finish(view, "satisfaction", figure, facts=facts, header=header, rows=rows, told=told, title=title)


def _title(view: MonthView, city: Fact, lowest: Decimal | None) -> str:
    words = view.words
    if lowest is None:
        return words.text("chart.satisfaction.title_city", city=view.place.city.label, city_rate=city.text())
    told = {"lower": f"{words.number(lowest)}%", "city_rate": city.text(), "city": view.place.city.label}
    points = view.fact(view.place.city, "satisfaction", "points")
    if not is_points_over_maximum(view):
        return words.text("chart.satisfaction.title", **told)
    top = words.number(maximum(points, view))
    return words.text("chart.satisfaction.title_ratio", points=points.text(), max=top, **told)


def is_points_over_maximum(view: MonthView) -> bool:
    """Whether the city's rate is exactly its points over the maximum, to the decimals printed."""
    rate = view.fact(view.place.city, "satisfaction.reported", "percent")
    points = view.fact(view.place.city, "satisfaction", "points")
    if rate.value is None or points.value is None:
        return False
    ratio = 100 * points.value / maximum(points, view)
    return abs(ratio - rate.value) <= Decimal(1).scaleb(-rate.decimals) / 2
