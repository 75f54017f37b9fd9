"""What each ward adds to a change of the city's rate: its own rate, and its share of the dossiers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sadec_analysis.analysis.causes import OFFICE, by_unit
from sadec_analysis.analysis.mix import Effect, effects, summed
from sadec_analysis.blocks import Block, Chart, Note, spans
from sadec_analysis.charts import style
from sadec_analysis.charts.making import finish
from sadec_analysis.charts.parts import named
from sadec_analysis.charts.signed import exactly, signed
from sadec_analysis.facts import Fact
from sadec_analysis.monthly import MonthView
from sadec_analysis.rulebook import Rule

_ROW = 27
_SUM_AT = 54


def ward_effects(view: MonthView) -> Block:
    """Bars of what each ward and the office add, in percentage points, to the sub-indicator that moved the city most.

    Where nothing moved beyond noise it is the rate of dossiers on time. A remark where counts of wards are not known.
    """
    told = [cause for cause in view.causes.told if cause.effects] if view.causes else []
    if told:
        return _chart(view, told[0].rule, told[0].effects)
    rule = view.rulebook.rate_rule("progress")
    found = _on_time(view, rule) if rule and view.causes else []
    if rule is None or not found:
        text = spans(view.words.text("change.wards_unknown"))
        return Note("unknown", view.words.text("brief.unknown_label"), text)
    return _chart(view, rule, found)


def _on_time(view: MonthView, rule: Rule) -> list[Effect]:
    """Effects under a rule that did not move beyond noise; none where counts of wards are not known."""
    members = [ward.code for ward in view.place.wards]
    months = (view.month.previous(), view.month)
    then, now = (by_unit(view.known, month, view.place.city.code, members, rule) for month in months)
    return effects(then, now) if then and now else []


def label_of(unit: str, view: MonthView) -> str:
    """Short name of a ward, or of the city's own office."""
    return view.place.by_code[unit].label if unit != OFFICE else view.words.text("chart.overdue.office")


def _chart(view: MonthView, rule: Rule, found: Sequence[Effect]) -> Chart:
    words, ordered = view.words, sorted(found, key=lambda each: -abs(each.whole))
    together = summed(found)
    first, whole, rate, mix = (
        _size(each, view) for each in (ordered[0].whole, together.whole, together.rate, together.mix)
    )
    rows = [
        (label_of(each.unit, view), *(_size(part, view) for part in (each.rate, each.mix, each.whole)))
        for each in ordered
    ]
    columns = (f"chart.ward_effects.column_{name}" for name in ("rate", "mix", "whole"))
    told = [words.text("chart.ward_effects.row", name=row[0], rate=row[1], mix=row[2]) for row in rows]
    with style.drawing(f"ward_effects-{view.month}"):
        return finish(
            view, "ward_effects", _draw(view, ordered), facts=_facts(view, rule, ordered), rows=rows, told=told,
            header=[words.text("chart.unit"), *map(words.text, columns)], rule=named(rule, view), rate=rate, mix=mix, is_over_months=True,
            title=words.text("chart.ward_effects.title", unit=rows[0][0], size=first, whole=whole),
        )  # fmt: skip


def _size(share: Fraction, view: MonthView) -> str:
    """Percentage points with their sign, to two decimals."""
    return signed(exactly(share), view)


def _facts(view: MonthView, rule: Rule, found: Sequence[Effect]) -> list[Fact]:
    units = [view.place.by_code[each.unit] for each in found if each.unit != OFFICE]
    return [view.fact(unit, name, "count") for unit in units for name in rule.counts]


def _draw(view: MonthView, found: Sequence[Effect]) -> Figure:
    figure, axes = style.canvas(_ROW * len(found) + 30, left=118, right=60, top=22, bottom=8)
    ends = [float(end) for each in found for end in (each.rate, each.mix, each.whole, 0)]
    room = max(max(ends) - min(ends), 0.5) * 0.06
    axes.set(xlim=(min(ends) - room, max(ends) + room), xticks=[])
    style.rows(axes, [label_of(each.unit, view) for each in found])
    axes.axvline(0, color=style.GREY, linewidth=0.8, zorder=1)
    for at, each in enumerate(found):
        _bars(axes, at, each)
        style.column(axes, _SUM_AT, at, _size(each.whole, view))
    style.column_head(axes, _SUM_AT, view.words.text("chart.ward_effects.sum"))
    return figure


def _bars(axes: Axes, at: int, effect: Effect) -> None:
    """The unit's own rate as a solid bar, its share below as a hatched one."""
    for size, y, hatch in ((effect.rate, at - 0.17, ""), (effect.mix, at + 0.17, "////")):
        colour = style.ACCENT if size < 0 else style.CITY
        axes.barh(y, float(size), height=0.3, color=style.PAPER if hatch else colour, edgecolor=colour, hatch=hatch, linewidth=0.8, zorder=3)  # fmt: skip
