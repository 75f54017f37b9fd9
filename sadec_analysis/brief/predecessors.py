"""A unit followed back through those it was made of: what can be added, and what cannot be compared."""

from __future__ import annotations

from sadec_analysis.analysis.series import Series, followed, months_of
from sadec_analysis.blocks import Block, Grid, Note, Spans, spans
from sadec_analysis.brief.sentences import say
from sadec_analysis.monthly import MonthView
from sadec_analysis.months import Month
from sadec_analysis.places.crosswalk import Successor, load_crosswalk
from sadec_analysis.words import capital

_MONTHS = 24


def predecessors(view: MonthView) -> list[Block]:
    """Of what the place was made and when, and its dossiers before and after; nothing for a place that was made of no others."""
    entry = load_crosswalk().of(view.place.city.code)
    if entry is None:
        return []
    names = view.words.listed([each.name for each in entry.predecessor])
    month = view.month_name(entry.first_month)
    told = say(
        view,
        "predecessors",
        city=capital(view.place_name),
        month=month,
        names=names,
        source=load_crosswalk().source.text(view.words.lang),
    )
    return [Note("unknown", view.words.text("brief.predecessors_label"), told), *_dossiers(view, entry)]


def _dossiers(view: MonthView, entry: Successor) -> list[Block]:
    """Dossiers handled, on time, and the rate, month by month; nothing where none is known before the boundary."""
    rule = view.rulebook.rate_rule("progress")
    if rule is None:
        return []
    months = months_of(view.known, view.month, _MONTHS)
    wanted = (
        (rule.denominator_indicator, "count"),
        (rule.numerator_indicator, "count"),
        (rule.indicator, "percent"),
    )
    found = [
        followed(view.known, entry.unit, indicator, measure, months, load_crosswalk(), rule)
        for indicator, measure in wanted
    ]
    if not any(each.value is not None for each in found[0].observations if each.month < entry.first_month):
        return []
    rows = tuple(_row(view, month, entry, found) for month in months)
    header = tuple(
        view.words.text(f"brief.predecessors_{name}") for name in ("month", "who", "due", "done", "rate")
    )
    return [Grid(view.words.text("brief.predecessors_table"), header, rows, (2, 3, 4))]


def _row(view: MonthView, month: Month, entry: Successor, found: list[Series]) -> tuple[Spans, ...]:
    words = view.words
    is_before = month < entry.first_month
    who = words.text("brief.units", count=words.number(len(entry.predecessor))) if is_before else entry.name
    values = [own.value if (own := each.at(month)) else None for each in found]
    numbers = (
        "–" if value is None else words.number(value, 2 if each.measure == "percent" else None)
        for value, each in zip(values, found, strict=True)
    )
    return spans(month.in_digits), spans(who), *(spans(number) for number in numbers)
