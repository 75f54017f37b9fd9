"""Changes of counts and rates as the brief tells them, with the figures they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sadec_analysis.analysis.levers import Lever, Reach
from sadec_analysis.analysis.standing import OVERDUE, Rows
from sadec_analysis.blocks import Num, Spans, spans
from sadec_analysis.brief.sentences import computed
from sadec_analysis.charts.parts import named
from sadec_analysis.facts import Fact
from sadec_analysis.figures import value_of
from sadec_analysis.monthly import MonthView
from sadec_analysis.numerals import half_up
from sadec_analysis.places import Unit


def say(view: MonthView, key: str, **values: Any) -> Spans:
    """Fill the sentence ``outlook.<key>``."""
    return spans(*view.words.parts(f"outlook.{key}", **values))


def rows_of(view: MonthView) -> Rows:
    """The figures of the month in use, by unit, indicator and measure."""
    own = view.settled[view.settled["period"] == str(view.month)]
    return {(row["unit"], row["indicator"], row["measure"]): value_of(row) for row in own.to_dict("records")}


def overdue_of(view: MonthView, unit: Unit) -> str:
    """The count of late dossiers of a whole unit: the city's own row counts its office alone."""
    return "progress.overdue_total" if view.place.wards and unit == view.place.city else OVERDUE


def figures_of(view: MonthView, lever: Lever) -> list[Fact]:
    """What a lever's points rest on, as far as it is printed."""
    unit = view.place.by_code[lever.unit]
    done, due = (view.fact(unit, name, "count") for name in lever.rule.counts)
    if due.is_known:
        return [done, due]
    late = [view.fact(unit, overdue_of(view, unit), "count")] if lever.is_derived else []
    return [view.fact(unit, lever.rule.indicator, "percent"), *late]


def worked_out(view: MonthView, value: Decimal, sources: Sequence[Fact]) -> Num:
    """Points or percentage points worked out, with two decimals at most."""
    return computed(view, half_up(value).normalize(), None, sources)


def change_told(view: MonthView, reach: Reach, *, is_named: bool = True) -> Spans:
    """A change of one sub-indicator: how many more, or how much the rate rises; with its name, unless a header gives it."""
    lever, sources = reach.lever, figures_of(view, reach.lever)
    name = spans(f"{named(lever.rule, view)}: ") if is_named else ()
    if reach.rate is not None and reach.rise is not None:
        rise, rate = (computed(view, each.normalize(), None, sources) for each in (reach.rise, reach.rate))
        return name + say(view, "rise", rise=rise, rate=rate)
    counts = (reach.dossiers or 0, lever.done or 0, (lever.done or 0) + (reach.dossiers or 0), lever.due or 0)
    told = {
        key: computed(view, Decimal(count), 0, sources)
        for key, count in zip(("more", "done", "after", "due"), counts, strict=True)
    }
    return name + say(view, "more_derived" if lever.is_derived else "more", **told)
