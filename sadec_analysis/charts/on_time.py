"""Where dossiers are late: rates on time, and who holds the overdue ones."""

from __future__ import annotations

from decimal import Decimal

import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sadec_analysis.blocks import Chart
from sadec_analysis.charts import style
from sadec_analysis.charts.making import by_value, finish, name_of
from sadec_analysis.facts import Fact
from sadec_analysis.monthly import MonthView

_ROW = 27
TOP = 3


def on_time(view: MonthView) -> Chart:
    """Dots of rates, the city's as a line, overdue counts as a column at the right."""
    facts = by_value(view.facts("progress.on_time", "percent", view.place.wards))
    city = view.fact(view.place.city, "progress.on_time", "percent")
    with style.drawing(f"on_time-{view.month}"):
        figure, axes = style.canvas(_ROW * len(facts) + 52, left=112, right=66, top=24, bottom=24)
        axes.set(xlim=(0, 100), xticks=range(0, 101, 25))
        style.rows(axes, [name_of(fact) for fact in facts])
        axes.grid(axis="x", color=style.LIGHT, linewidth=0.8)
        axes.set_axisbelow(True)
        for at, fact in enumerate(facts):
            _dot(axes, at, fact, view)
        _city_line(axes, city, view)
        axes.text(
            1.0, 1.014, view.words.text("chart.on_time.overdue"), transform=axes.transAxes, ha="left", va="bottom",
            fontsize=style.SMALL, color=style.MUTED,
        )  # fmt: skip
        return _on_time_chart(view, figure, facts, city)


def _dot(axes: Axes, at: int, fact: Fact, view: MonthView) -> None:
    overdue = view.fact(fact.unit, "progress.overdue", "count")
    axes.text(
        1.11,
        at,
        overdue.text() if overdue.is_known else "–",
        transform=axes.get_yaxis_transform(),
        ha="right",
        va="center",
    )
    if fact.value is None:
        axes.text(2, at, view.words.text("unknown"), va="center", color=style.MUTED)
        return
    value = float(fact.value)
    axes.plot([0, value], [at, at], color=style.LIGHT, linewidth=5, solid_capstyle="butt", zorder=2)
    axes.plot(value, at, "o", color=style.INK, markersize=8, zorder=5)
    axes.annotate(
        view.words.number(fact.value), (value, at), xytext=(9, 0), textcoords="offset points", va="center",
        fontweight=600, zorder=6, bbox={"boxstyle": "square,pad=0.1", "facecolor": style.PAPER, "edgecolor": "none"},
    )  # fmt: skip
    style.badge(axes, value, at, view.fact(fact.unit, "progress", "points").badges, offset=54)


def _city_line(axes: Axes, city: Fact, view: MonthView) -> None:
    if city.value is not None:
        axes.axvline(float(city.value), color=style.CITY, linewidth=1.6, zorder=3)
        text = view.words.text("chart.on_time.city_line", city=city.unit.label, rate=city.text())
        axes.text(
            float(city.value), 1.014, text, transform=axes.get_xaxis_transform(), ha="center", va="bottom",
            color=style.CITY, fontweight=600, fontsize=style.SMALL,
        )  # fmt: skip


def _on_time_chart(view: MonthView, figure: Figure, facts: list[Fact], city: Fact) -> Chart:
    words, known = view.words, [fact for fact in facts if fact.value is not None]
    title = words.text("chart.on_time.title_unknown")
    if len(known) > 1:
        best, worst = known[0], known[-1]
        gap = words.number((best.value or Decimal(0)) - (worst.value or Decimal(0)))
        title = words.text(
            "chart.on_time.title",
            low=worst.text(),
            worst=name_of(worst),
            high=best.text(),
            best=name_of(best),
            gap=gap,
        )
    shown = [city, *facts]
    header = [
        words.text("chart.unit"),
        *(words.text(f"chart.on_time.column_{c}") for c in ("rate", "points", "overdue")),
    ]
    rows = [
        (
            name_of(fact),
            fact,
            view.fact(fact.unit, "progress", "points"),
            view.fact(fact.unit, "progress.overdue", "count"),
        )
        for fact in shown
    ]
    told = [words.text("chart.on_time.row", name=name_of(fact), rate=fact.text()) for fact in shown]
    sources = [cell for row in rows for cell in row if isinstance(cell, Fact)]
    return finish(view, "on_time", figure, facts=sources, header=header, rows=rows, told=told, title=title)


def overdue(view: MonthView) -> Chart:
    """Bars of overdue dossiers, most first, with the running share at the right."""
    facts = [fact for fact in by_value(view.facts("progress.overdue", "count")) if fact.is_known]
    with style.drawing(f"overdue-{view.month}"):
        figure, axes = style.canvas(_ROW * max(len(facts), 1) + 34, left=112, right=78, top=24, bottom=8)
        colours = [style.ACCENT if at < TOP else style.GREY for at in range(len(facts))]
        values = [float(fact.value or 0) for fact in facts]
        names = [overdue_holder(fact, view) for fact in facts]
        sns.barplot(
            x=values,
            y=names,
            hue=names,
            palette=colours,
            legend=False,
            errorbar=None,
            ax=axes,
            width=0.66,
            saturation=1,
        )
        axes.set(xlim=(0, max(values, default=1) * 1.16), xticks=[], xlabel="", ylabel="")
        style.rows(axes, names)
        for at, (fact, share) in enumerate(zip(facts, running_shares(facts), strict=True)):
            axes.annotate(
                fact.text(),
                (values[at], at),
                xytext=(5, 0),
                textcoords="offset points",
                va="center",
                fontweight=600,
            )
            axes.text(
                1.2,
                at,
                f"{view.words.number(share, 0)}%",
                transform=axes.get_yaxis_transform(),
                ha="right",
                va="center",
                color=style.MUTED,
            )
        axes.text(
            1.2,
            1.01,
            view.words.text("chart.overdue.running"),
            transform=axes.transAxes,
            ha="right",
            va="bottom",
            color=style.MUTED,
            fontsize=style.SMALL,
        )
        return _overdue_chart(view, figure, facts, names)


def overdue_holder(fact: Fact, view: MonthView) -> str:
    """The city's own office in this table, not the city with its wards."""
    return view.words.text("chart.overdue.office") if fact.unit.level == "city" else name_of(fact)


def running_shares(facts: list[Fact]) -> list[Decimal]:
    """Share of the total held by each unit and those before it, in percent."""
    values = [fact.value or Decimal(0) for fact in facts]
    whole = sum(values) or Decimal(1)
    return [100 * sum(values[: at + 1], Decimal(0)) / whole for at in range(len(values))]


def _overdue_chart(view: MonthView, figure: Figure, facts: list[Fact], names: list[str]) -> Chart:
    words, shares = view.words, running_shares(facts)
    title = words.text("chart.overdue.title_unknown")
    if len(facts) > TOP:
        title = words.text(
            "chart.overdue.title", count=words.count(TOP), share=f"{words.number(shares[TOP - 1], 0)}%",
            total=words.number(sum((fact.value or Decimal(0) for fact in facts), Decimal(0))),
        )  # fmt: skip
        title = title[:1].upper() + title[1:]
    header = [
        words.text("chart.unit"),
        words.text("chart.overdue.column_count"),
        words.text("chart.overdue.column_share"),
    ]
    rows = [
        (name, fact, f"{words.number(share, 1)}%")
        for name, fact, share in zip(names, facts, shares, strict=True)
    ]
    told = [
        words.text("chart.overdue.row", name=name, count=fact.text())
        for name, fact in zip(names, facts, strict=True)
    ]
    return finish(view, "overdue", figure, facts=facts, header=header, rows=rows, told=told, title=title)
