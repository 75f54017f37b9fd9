"""Who holds the overdue dossiers."""

from __future__ import annotations

from decimal import Decimal

from matplotlib.figure import Figure

from sadec_analysis.blocks import Chart
from sadec_analysis.charts import style
from sadec_analysis.charts.making import by_value, finish, name_of
from sadec_analysis.facts import Fact
from sadec_analysis.monthly import MonthView
from sadec_analysis.words import capital

_ROW = 27
_SHARE_AT = 66  # units right of the plot
TOP = 3


def overdue(view: MonthView) -> Chart:
    """Bars of overdue dossiers, most first, with the running share at the right."""
    facts = [fact for fact in by_value(view.facts("progress.overdue", "count")) if fact.is_known]
    names = [overdue_holder(fact, view) for fact in facts]
    values = [float(fact.value or 0) for fact in facts]
    with style.drawing(f"overdue-{view.month}"):
        figure, axes = style.canvas(_ROW * max(len(facts), 1) + 34, left=112, right=72, top=24, bottom=8)
        colours = [style.ACCENT if at < TOP else style.GREY for at in range(len(facts))]
        axes.barh(range(len(facts)), values, height=0.66, color=colours)
        axes.set(xlim=(0, max([*values, 1]) * 1.16), xticks=[], xlabel="", ylabel="")
        style.rows(axes, names or [""])
        for at, (fact, share) in enumerate(zip(facts, running_shares(facts), strict=True)):
            axes.annotate(
                fact.text(),
                (values[at], at),
                xytext=(5, 0),
                textcoords="offset points",
                va="center",
                fontweight=600,
            )
            style.column(axes, _SHARE_AT, at, f"{view.words.number(share, 0)}%", style.MUTED)
        style.column_head(axes, _SHARE_AT, view.words.text("chart.overdue.running"))
        return _chart(view, figure, facts, names)


def overdue_holder(fact: Fact, view: MonthView) -> str:
    """The city's own office in this table, not the city with its wards."""
    return view.words.text("chart.overdue.office") if fact.unit.level == "city" else name_of(fact)


def running_shares(facts: list[Fact]) -> list[Decimal]:
    """Share of the total held by each unit and those before it, in percent."""
    values = [fact.value or Decimal(0) for fact in facts]
    whole = sum(values) or Decimal(1)
    return [100 * sum(values[: at + 1], Decimal(0)) / whole for at in range(len(values))]


def _chart(view: MonthView, figure: Figure, facts: list[Fact], names: list[str]) -> Chart:
    words, shares = view.words, running_shares(facts)
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
    title = _title(view, facts, shares)
    return finish(view, "overdue", figure, facts=facts, header=header, rows=rows, told=told, title=title)


def _title(view: MonthView, facts: list[Fact], shares: list[Decimal]) -> str:
    words, whole = view.words, sum((fact.value or Decimal(0) for fact in facts), Decimal(0))
    if len(facts) <= TOP or not whole:
        return words.text("chart.overdue.title_unknown")
    share = f"{words.number(shares[TOP - 1], 0)}%"
    title = words.text("chart.overdue.title", count=words.count(TOP), share=share, total=words.number(whole))
    return capital(title)
