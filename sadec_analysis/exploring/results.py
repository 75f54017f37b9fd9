"""A choice as blocks: table, chart, findings, sources."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import Any

from sadec_analysis.blocks import Block, Grid, Heading, Note, Num, Spans, spans
from sadec_analysis.brief.findings import contradictions
from sadec_analysis.charts.explore import explore
from sadec_analysis.charts.seen import Seen, short, written
from sadec_analysis.exploring.choice import Choice, Look, look
from sadec_analysis.facts import Fact, fact_of, place_text
from sadec_analysis.monthly import MonthView
from sadec_analysis.months import Month
from sadec_analysis.words import capital

_SHORT = 12  # characters of a printed number; longer ones are words that imply it


def view_of(choice: Choice) -> list[Block]:
    """What a choice shows: a table, a chart, the findings about it, and where each figure stands.

    A month that cannot be read, or a choice of nothing, gives a remark instead; no InputError leaves here.
    """
    return view_in(choice, look(choice))


def view_in(choice: Choice, seen: Look) -> list[Block]:
    """The same for a month already opened."""
    lacking = [name for name in ("months", "units") if not getattr(choice, name)]
    if lacking:
        return [Note("missing", "", spans(choice.words.text(f"explore.choose_{lacking[0]}")))]
    if seen.view is None:
        return list(seen.remarks)
    view, facts = seen.view, facts_of(choice, seen.view)
    return [
        *seen.remarks, table(view, facts), explore(view, facts), *findings(view, choice), *sources(view, facts)
    ]  # fmt: skip


def facts_of(choice: Choice, view: MonthView) -> list[Seen]:
    """The figure in every chosen month and unit, oldest month first, units in the order of the place."""
    history = view.history
    is_asked = (history["indicator"] == choice.indicator) & (history["measure"] == choice.measure)
    rows = {(row["period"], row["unit"]): row for row in history[is_asked].to_dict("records")}
    units = [unit for unit in view.place.own if unit.code in choice.units]
    return [
        Seen(month, fact, _kind(rows.get((str(month), unit.code)), view))
        for month in sorted(choice.months)
        for unit in units
        for fact in [_fact(view, month, rows.get((str(month), unit.code)), choice, unit.code)]
    ]


def _fact(view: MonthView, month: Month, row: dict[Hashable, Any] | None, choice: Choice, code: str) -> Fact:
    """The figure as readers see it; findings are known of the view's own month only."""
    unit = view.place.by_code[code]
    if month == view.month:
        return view.fact(unit, choice.indicator, choice.measure)
    return fact_of(row, unit, choice.indicator, choice.measure, (), view.words)


def _kind(row: dict[Hashable, Any] | None, view: MonthView) -> str:
    return str(row["kind"]) if row and row["kind"] in view.place.source_order else ""


def table(view: MonthView, facts: Sequence[Seen]) -> Grid:
    """Units by months, each figure as printed; of one month also the place it stands at."""
    words, months = view.words, list(dict.fromkeys(seen.month for seen in facts))
    by_unit: dict[str, list[Fact]] = {}
    for seen in facts:
        by_unit.setdefault(seen.fact.unit.label, []).append(seen.fact)
    has_places = len(months) == 1
    rows = tuple(
        (
            spans(name),
            *(spans(as_printed(view, each)) for each in row),
            *([_place(row[0])] if has_places else []),
        )
        for name, row in by_unit.items()
    )
    places = [words.text("brief.column_place")] if has_places else []
    header = (words.text("chart.unit"), *(_month(view, each) for each in months), *places)
    first = facts[0].fact
    caption = words.text("explore.table", figure=capital(view.indicator(first.indicator, first.measure)))
    return Grid(caption, header, rows, tuple(range(1, len(months) + 1)))


def as_printed(view: MonthView, fact: Fact) -> Num:
    """The characters in the source, where they are a number; a computed figure as it is written elsewhere."""
    is_printed = fact.is_known and fact.status != "computed" and 0 < len(fact.printed) <= _SHORT
    return fact.num(text=fact.printed if is_printed else written(view, fact))


def _place(fact: Fact) -> Spans:
    return spans(place_text(fact.place, fact.words) if fact.place else "–")


def _month(view: MonthView, month: Month) -> str:
    return capital(short(view, month))


def findings(view: MonthView, choice: Choice) -> list[Block]:
    """The findings of the view's month about a chosen unit and the chosen criterion; they keep their numbers."""
    words = view.words
    rows = view.findings.to_dict("records")
    kept = view.findings[[_concerns(row, choice) for row in rows]] if rows else view.findings
    heading = Heading(3, spans(words.text("explore.findings", month=view.month_name())))
    if kept.empty:
        return [heading, Note("missing", "", spans(words.text("explore.findings_none")))]
    return [heading, contradictions(replace(view, findings=kept))]


def _concerns(row: dict[Hashable, Any], choice: Choice) -> bool:
    """Whether a finding, or a figure it marks, is about a chosen unit under the chosen criterion."""
    marked = [mark.split(" ")[:2] for mark in row["marks"].split("\n") if mark]
    pairs = [(row["unit"], row["indicator"]), *marked]
    return any(
        unit in choice.units and indicator.partition(".")[0] == choice.criterion for unit, indicator in pairs
    )


def sources(view: MonthView, facts: Sequence[Seen]) -> list[Block]:
    """File, place and status of each figure shown; nothing where none is known."""
    words = view.words
    rows = tuple(_source(view, seen) for seen in facts if seen.fact.place)
    names = ("chart.unit", "explore.month", "brief.column_printed", "explore.file", "brief.column_place")
    header = (*map(words.text, names), words.text("brief.column_status"))
    heading = Heading(3, spans(words.text("explore.sources")))
    return [heading, Grid("", header, rows)] if rows else []


def _source(view: MonthView, seen: Seen) -> tuple[Spans, ...]:
    fact, words = seen.fact, view.words
    status = words.text(f"brief.status_{fact.status}")
    cells = (fact.unit.label, _month(view, seen.month), fact.printed, fact.source)
    return (*map(spans, cells), _place(fact), spans(status))
