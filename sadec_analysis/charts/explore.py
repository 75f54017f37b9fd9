"""One figure of chosen units: sorted dots in one month, lines over several with gaps left open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sadec_analysis.blocks import Block, Note, spans
from sadec_analysis.charts import style
from sadec_analysis.charts.lines import lines
from sadec_analysis.charts.making import by_value, finish, name_of
from sadec_analysis.charts.seen import RANKS, Seen, short, span, ticks, written
from sadec_analysis.facts import Fact
from sadec_analysis.monthly import MonthView
from sadec_analysis.months import Month
from sadec_analysis.words import capital

_ROW = 27
_NAMED = 3  # units a title names; of more it tells how many


def explore(view: MonthView, seen: Sequence[Seen]) -> Block:
    """Draw one figure of some units: dots for one month, lines for several; a remark where nothing is known."""
    if not any(each.fact.is_known or each.fact.is_bounded for each in seen):
        label = view.words.text("brief.missing_label")
        return Note("missing", label, spans(view.words.text("explore.nothing", figure=_figure(view, seen))))
    months = sorted({each.month for each in seen})
    with style.drawing(f"explore-{view.month}"):
        drawn = _dots(view, [each.fact for each in seen]) if len(months) == 1 else lines(view, seen, months)
        return _chart(view, drawn, seen, months)


def _figure(view: MonthView, seen: Sequence[Seen]) -> str:
    return capital(view.indicator(seen[0].fact.indicator, seen[0].fact.measure))


def _sorted(facts: Sequence[Fact]) -> list[Fact]:
    """Highest first; first ranks first."""
    found = by_value(facts)
    known = [fact for fact in found if fact.is_known]
    is_rank = facts[0].measure in RANKS
    return [*(known[::-1] if is_rank else known), *(fact for fact in found if not fact.is_known)]


def _dots(view: MonthView, facts: Sequence[Fact]) -> Figure:
    ordered = _sorted(facts)
    figure, axes = style.canvas(_ROW * len(ordered) + 34, left=118, right=56, top=6, bottom=26)
    low, high = span(view, facts, is_zero_based=True)
    axes.set(xlim=(low, high))
    style.rows(axes, [name_of(fact) for fact in ordered], _city(ordered))
    ticks(axes, view)
    axes.grid(axis="x", color=style.LIGHT, linewidth=0.8)
    for at, fact in enumerate(ordered):
        _dot(axes, at, fact, view)
    return figure


def _city(facts: Sequence[Fact]) -> set[int]:
    return {at for at, fact in enumerate(facts) if fact.unit.level == "city"}


def _dot(axes: Axes, at: int, fact: Fact, view: MonthView) -> None:
    """A value, an open bar between limits, or words where nothing is known."""
    colour = style.CITY if fact.unit.level == "city" else style.MUTED
    low, high = axes.get_xlim()
    if fact.value is not None:
        axes.plot(float(fact.value), at, "o", color=colour, markersize=8, zorder=4, clip_on=False)
        style.column(axes, 52, at, written(view, fact), style.INK)
        style.badge(axes, float(fact.value), at, fact.badges, offset=14)
    elif fact.is_bounded:
        start, stop = max(low, float(fact.lower or 0)), min(high, float(fact.upper or high))
        style.unknown(axes, start, at - 0.22, stop - start, 0.44)
        style.column(axes, 52, at, fact.limits_short(), style.MUTED)
    else:
        axes.text(
            low, at, f" {view.words.text('unknown')}", va="center", color=style.MUTED, fontsize=style.SMALL
        )


def _chart(view: MonthView, figure: Figure, seen: Sequence[Seen], months: Sequence[Month]) -> Block:
    words, facts = view.words, [each.fact for each in seen]
    told = [
        words.text(
            "chart.explore.row",
            name=name_of(each.fact),
            month=short(view, each.month),
            value=each.fact.text(),
        )
        for each in seen
    ]
    by_unit: dict[str, list[Fact | str]] = {}
    for each in seen:
        by_unit.setdefault(name_of(each.fact), []).append(each.fact)
    between = words.text("chart.explore.span", first=short(view, months[0]), last=short(view, months[-1]))
    when = between if len(months) > 1 else short(view, months[0])
    title = words.text(
        "chart.explore.title", figure=_figure(view, seen), units=_units(view, facts), months=when
    )
    chart = finish(
        view, "explore", figure, facts=facts, told=told, title=title,
        header=[words.text("chart.unit"), *(capital(short(view, month)) for month in months)],
        rows=[(name, *row) for name, row in by_unit.items()],
        scale=words.text(f"explore.measure.{facts[0].measure}"), more=_more(view, seen),
    )  # fmt: skip
    return chart if len(months) == 1 else replace(chart, source=_source(view, seen))


def _units(view: MonthView, facts: Sequence[Fact]) -> str:
    names = list(dict.fromkeys(name_of(fact) for fact in facts))
    if len(names) <= _NAMED:
        return view.words.listed(names)
    return view.words.text("brief.units", count=view.words.count(len(names)))


def _more(view: MonthView, seen: Sequence[Seen]) -> str:
    """How lines are to be read, and the units no line or dot shows."""
    words, known = view.words, {each.fact.unit.code for each in seen if each.fact.is_known}
    is_lines = len({each.month for each in seen}) > 1
    bounded = [each.fact for each in seen if each.fact.is_bounded and each.fact.unit.code not in known]
    shown = known | {fact.unit.code for fact in bounded}
    without = [each.fact for each in seen if each.fact.unit.code not in shown]
    joined = [words.text("chart.explore.joined")] if is_lines else []
    only = [words.text("chart.explore.limits", units=_units(view, bounded))] if is_lines and bounded else []
    none = [words.text("chart.explore.lacking", units=_units(view, without))] if without else []
    return "".join(joined + only + none)


def _source(view: MonthView, seen: Sequence[Seen]) -> str:
    """Name the sources of each month shown; say where data are made up."""
    words = view.words
    used = dict.fromkeys((each.month, each.kind) for each in seen if each.kind)
    named = [words.text(f"chart.{kind}", month=words.month(month.number, month.year)) for month, kind in used]
    marks = (
        [words.text("brief.sources_synthetic")]
        if any(each.fact.status == "synthetic" for each in seen)
        else []
    )
    return " ".join([words.text("chart.source", report="; ".join(named) or words.text("unknown")), *marks])
