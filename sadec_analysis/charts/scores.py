"""Where the points are lost: six criteria against their maxima."""

from __future__ import annotations

from decimal import Decimal

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sadec_analysis.blocks import Chart
from sadec_analysis.charts import style
from sadec_analysis.charts.making import finish
from sadec_analysis.facts import Fact
from sadec_analysis.monthly import MonthView
from sadec_analysis.scoring import decimal
from sadec_analysis.words import uncapital

_ROW = 42


def criteria(view: MonthView) -> Chart:
    """Six bullet bars on a common scale of 0 to 100% of the maximum, most points lost first."""
    facts = lost_first(view)
    with style.drawing(f"criteria-{view.month}"):
        figure, axes = style.canvas(_ROW * len(facts) + 10, left=4, right=4, top=4, bottom=6)
        axes.set(xlim=(0, 100), ylim=(len(facts) - 0.5, -0.5), xticks=[], yticks=[])
        for at, fact in enumerate(facts):
            _bullet(axes, at, fact, view)
        return _chart(view, figure, facts)


def lost_first(view: MonthView) -> list[Fact]:
    """The city's six criteria, most points lost first; unknown ones last."""
    facts = [view.fact(view.place.city, name, "points") for name in view.rulebook.criteria]
    return sorted(facts, key=lambda fact: (not fact.is_known, -lost(fact, view) if fact.is_known else 0))


def lost(fact: Fact, view: MonthView) -> Decimal:
    """Points missing to the criterion's maximum."""
    return maximum(fact, view) - (fact.value or 0)


def maximum(fact: Fact, view: MonthView) -> Decimal:
    """The criterion's maximum."""
    return decimal(view.rulebook.criteria[fact.indicator].max_points)


def _bullet(axes: Axes, at: int, fact: Fact, view: MonthView) -> None:
    words, top = view.words, maximum(fact, view)
    axes.barh(at + 0.16, 100, height=0.3, color=style.LIGHT, zorder=1)
    name = view.rulebook.criteria[fact.indicator].name(words.lang)
    axes.text(0, at - 0.2, name, va="center", ha="left", fontweight=600 if at == 0 else 400)
    if not fact.is_known:
        style.unknown(axes, 0, at + 0.01, 100, 0.3)
        axes.text(100, at - 0.2, words.text("unknown"), va="center", ha="right", color=style.MUTED)
        return
    axes.barh(at + 0.16, float(100 * (fact.value or 0) / top), height=0.3, color=style.CITY, zorder=2)
    axes.plot([0, 0], [at + 0.01, at + 0.31], color=style.CITY, linewidth=2.4, zorder=3)
    missing = words.text("chart.criteria.lost", lost=words.number(lost(fact, view), 1))
    colour = style.ACCENT if at == 0 else style.MUTED
    axes.text(100, at - 0.2, missing, va="center", ha="right", color=colour, fontsize=style.SMALL)
    axes.text(78, at - 0.2, f"{fact.text()}/{words.number(top)}", va="center", ha="right", fontweight=600)
    style.badge(axes, 78, at - 0.2, fact.badges, offset=11)


def _chart(view: MonthView, figure: Figure, facts: list[Fact]) -> Chart:
    words = view.words
    names = [view.rulebook.criteria[fact.indicator].name(words.lang) for fact in facts]
    known = [fact for fact in facts if fact.is_known]
    rows = [
        (
            name,
            fact,
            words.number(maximum(fact, view)),
            words.number(lost(fact, view), 1) if fact.is_known else "",
        )
        for name, fact in zip(names, facts, strict=True)
    ]
    told = [
        words.text("chart.criteria.row", name=name, points=fact.text(), max=words.number(maximum(fact, view)))
        for name, fact in zip(names, facts, strict=True)
    ]
    header = [
        words.text(f"chart.criteria.column_{column}") for column in ("criterion", "points", "max", "lost")
    ]
    return finish(
        view, "criteria", figure, facts=facts, header=header, rows=rows, told=told, city=view.place_name,
        title=_title(view, known),
    )  # fmt: skip


def _title(view: MonthView, known: list[Fact]) -> str:
    total = view.fact(view.place.city, "total", "points")
    if len(known) < 2:  # noqa: PLR2004 - the sentence names two criteria
        return view.words.text("chart.criteria.title_unknown")
    if not lost(known[0], view):
        return view.words.text("chart.criteria.title_full")
    names = [view.rulebook.criteria[fact.indicator].name(view.words.lang) for fact in known[:2]]
    told = {
        "first": names[0],
        "second": uncapital(names[1]),
        "lost": view.words.number(lost(known[0], view) + lost(known[1], view), 1),
    }
    if total.value is None:
        return view.words.text("chart.criteria.title_no_total", **told)
    missing = view.words.number(decimal(view.rulebook.max_points) - total.value)
    return view.words.text("chart.criteria.title", missing=missing, **told)
