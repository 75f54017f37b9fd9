"""Tables for what has no chart of its own."""

from __future__ import annotations

from collections.abc import Hashable
from decimal import Decimal
from typing import Any, Literal

import pandas as pd

from sadec_analysis.blocks import Block, Grid, Spans, spans
from sadec_analysis.brief.cover import grade_num
from sadec_analysis.brief.sentences import own_words
from sadec_analysis.charts.making import by_value
from sadec_analysis.charts.parts import most_lost, named, points_lost
from sadec_analysis.facts import Fact, place_text
from sadec_analysis.monthly import MonthView
from sadec_analysis.numerals import half_up
from sadec_analysis.rulebook import Rule
from sadec_analysis.words import capital

_MOST_MEMBERS = 10


def key_figures(view: MonthView, criterion: str) -> list[Block]:
    """The city's figures under one criterion, with their places; nothing where there are none."""
    city, words = view.place.city, view.words
    rows = view.settled[(view.settled["unit"] == city.code) & (view.settled["period"] == str(view.month))]
    own = rows[rows["indicator"].str.split(".").str[0] == criterion]
    own = own[own["indicator"].map(view.rulebook.part_named).isna()]
    if (own["indicator"] == criterion).all():  # points and rank stand in the text above
        return []
    facts = [view.fact(city, row["indicator"], row["measure"]) for row in own.to_dict("records")]
    cells = tuple(
        (
            spans(capital(view.indicator(fact.indicator, fact.measure))),
            spans(fact.num()),
            spans(place_text(fact.place, words)),
        )
        for fact in facts
    )
    header = tuple(words.text(f"brief.column_{name}") for name in ("figure", "value", "place"))
    return [Grid(words.text("brief.key_figures", city=view.place_name), header, cells, (1,))] if cells else []


_WARD_COLUMNS = (
    ("total", "points"), ("total", "change"), ("total", "grade"), ("progress.on_time", "percent"), ("progress.overdue", "count"),
    ("online_service.online_submission", "percent"), ("satisfaction.reported", "percent"),
)  # fmt: skip


def wards(view: MonthView) -> list[Block]:
    """The wards side by side, best total first, in the figures any of them has; nothing where none has a total."""
    words, known = view.words, by_value(view.facts("total", "points", view.place.wards))
    if not any(fact.is_known for fact in known):
        return []
    columns = {
        key: {fact.unit.code: fact for fact in view.facts(*key, view.place.wards)} for key in _WARD_COLUMNS
    }
    shown = {
        key: facts
        for key, facts in columns.items()
        if any(fact.is_known or fact.is_bounded for fact in facts.values())
    }
    rows = tuple(
        (spans(each.unit.label), *(_of_ward(view, facts[each.unit.code]) for facts in shown.values()))
        for each in known
    )
    header = (
        words.text("chart.unit"),
        *(words.text(f"brief.ward.{'_'.join(key).replace('.', '_')}") for key in shown),
    )
    return [Grid(words.text("brief.ward.caption"), header, rows, tuple(range(1, len(header))))]


def _of_ward(view: MonthView, fact: Fact) -> Spans:
    return spans(grade_num(view, fact) if fact.measure == "grade" and fact.is_known else fact.num())


def ward_copies(view: MonthView) -> list[Block]:
    """Certified copies of each ward; nothing where no ward's count is known."""
    words, names = view.words, ("certifying_units", "certifying_units_due", "certified_copies")
    wards = [
        [view.fact(ward, f"digitisation.{name}", "count") for name in names] for ward in view.place.wards
    ]
    known = sorted(
        (facts for facts in wards if facts[-1].is_known), key=lambda facts: -(facts[-1].value or 0)
    )
    cells = tuple((spans(facts[0].unit.label), *(spans(fact.num()) for fact in facts)) for facts in known)
    columns = ("units", "due", "copies")
    header = (
        words.text("chart.unit"),
        *(words.text(f"chart.certified_copies.column_{name}") for name in columns),
    )
    return [Grid(words.text("brief.ward_copies"), header, cells, (1, 2, 3))] if cells else []


def sub_indicators(view: MonthView) -> list[Block]:
    """Points lost by sub-indicator with the rate and the counts behind them, most lost first; nothing where none is known."""
    words, scored = view.words, most_lost(view)
    header = tuple(
        words.text(f"chart.sub_indicators.column_{name}") for name in ("part", "rate", "earned", "lost")
    )
    rows = tuple(_scored(rule, fact, view) for rule, fact in scored)
    return [Grid(words.text("chart.sub_indicators.table"), header, rows, (1, 2, 3))] if rows else []


def _scored(rule: Rule, fact: Fact, view: MonthView) -> tuple[Spans, ...]:
    words, city = view.words, view.place.city
    done, due = (view.fact(city, name, "count") for name in rule.counts)
    rate = view.fact(city, rule.indicator, rule.measure)
    key = "chart.sub_indicators.rate_of" if due.is_known else "chart.sub_indicators.rate"
    told = {"rate": rate.num(), **({"done": done.num(), "due": due.num()} if due.is_known else {})}
    return (
        spans(named(rule, view)),
        spans(*words.parts(key, **told)) if rate.is_known else spans("–"),
        spans(*words.parts("chart.sub_indicators.earned", points=fact.num(), max=words.number(rule.max_points))),
        spans(words.number(points_lost(rule, fact), 2)),
    )  # fmt: skip


def procedures(view: MonthView) -> list[Block]:
    """The ten procedures with most overdue dossiers in the month's list; nothing without a list."""
    return _counted(view, "procedure")


def fields(view: MonthView) -> list[Block]:
    """The ten fields with most overdue dossiers in the month's list; nothing without a list."""
    return _counted(view, "field")


def _counted(view: MonthView, by: Literal["procedure", "field"]) -> list[Block]:
    words, table = view.words, view.tallies
    own = table[(table["unit"] == view.place.city.code) & (table["by"] == by) & (table["overdue"] > 0)]
    most = own.sort_values(["overdue", "member"], ascending=[False, True]).head(_MOST_MEMBERS)
    rows = tuple(
        (
            spans(own_words(view, row["member"]) or words.text("brief.others")), spans(words.number(row["handled"])),
            spans(_share(row, view)), spans(words.number(row["overdue"])),
            spans("–" if pd.isna(row["mean_days"]) else words.number(row["mean_days"], 1)),
        )
        for row in most.to_dict("records")
    )  # fmt: skip
    columns = (by, "handled", "on_time", "late", "days")
    header = tuple(words.text(f"brief.column_{name}") for name in columns)
    return [Grid(words.text(f"brief.most_{by}"), header, rows, (1, 2, 3, 4))] if rows else []


def _share(row: dict[Hashable, Any], view: MonthView) -> str:
    """Rate on time of the dossiers handled, to one decimal."""
    if not row["handled"]:
        return "–"
    return view.words.number(half_up(Decimal(100) * row["on_time"] / row["handled"], 1)) + "%"
