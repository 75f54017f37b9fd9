"""The first page: a leader who reads only this is well informed."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Literal

from sadec_analysis import charts
from sadec_analysis.blocks import Block, Break, Card, Cards, Heading, Masthead, Num, Points, Spans, spans
from sadec_analysis.blocks.trend import Trend, trend
from sadec_analysis.brief.findings import contradictions, unknown
from sadec_analysis.brief.matters import matters
from sadec_analysis.brief.sentences import city_name, say
from sadec_analysis.charts.parts import most_lost
from sadec_analysis.facts import Fact
from sadec_analysis.monthly import MonthView
from sadec_analysis.words import capital

MOST_ON_COVER = 5
MONTHS_ON_COVER = 12


def cover(view: MonthView) -> list[Block]:
    """Headline, four numbers, three things that matter, the wards, contradictions, what is not known."""
    return [
        masthead(view),
        Heading(1, _headline(view)),
        Cards(tuple(_cards(view))),
        *_points(view),
        *_main_chart(view),
        contradictions(view, MOST_ON_COVER),
        *unknown(view),
        Break(),
    ]


def _main_chart(view: MonthView) -> list[Block]:
    """The wards; for a place without wards, the sub-indicators that lose most, or else the criteria; nothing of nothing known."""
    if view.place.wards:
        known = any(fact.is_known for fact in view.facts("total", "points"))
        return [charts.ward_totals(view)] if known else []
    if most_lost(view):
        return [charts.sub_indicators(view)]
    return [charts.criteria(view)] if any_criterion(view) else []


def any_criterion(view: MonthView) -> bool:
    """Whether the points of any criterion are known for the place."""
    return any(view.fact(view.place.city, name, "points").is_known for name in view.rulebook.criteria)


def _points(view: MonthView) -> list[Block]:
    sentences = tuple(matters(view))
    count = capital(view.words.count(len(sentences)))
    return [Points(view.words.text("brief.matters", count=count), sentences)] if sentences else []


def masthead(view: MonthView) -> Masthead:
    """Who, what, when."""
    words = view.words
    warning = words.text("brief.synthetic") if view.is_synthetic else ""
    title = f"{capital(view.place_name)}, {view.place.province}"
    return Masthead(words.text("brief.kicker"), title, capital(view.month_name()), warning)


def _headline(view: MonthView) -> Spans:
    total, change, grade = (
        view.fact(view.place.city, "total", measure) for measure in ("points", "change", "grade")
    )
    if total.value is None:
        return say(view, "headline_unknown", city=city_name(view), month=view.month_name())
    key = "flat" if not change.value else "fall" if change.value < 0 else "rise"
    size = change.size()
    headline = say(
        view, f"headline_{key}", city=city_name(view), total=total, change=size, grade=grade_num(view, grade)
    )
    return tuple(replace(span, badges=()) if isinstance(span, Num) else span for span in headline)


def grade_num(view: MonthView, fact: Fact) -> Num:
    """A grade by its name, with its source."""
    known = fact.value is not None
    return fact.num(
        text=view.rulebook.grades[int(fact.value)].name(view.words.lang) if known and fact.value else None
    )


def _cards(view: MonthView) -> list[Card]:
    city, words = view.place.city, view.words
    total, change, grade, rank, rank_of = (
        view.fact(city, "total", measure) for measure in ("points", "change", "grade", "rank", "rank_of")
    )
    previous, was = (
        view.fact(city, "total", measure, view.month.previous()) for measure in ("points", "grade")
    )
    tone: Literal["plain", "fall", "rise"] = (
        "plain" if not change.value else "fall" if change.value < 0 else "rise"
    )
    place = say(view, "card_rank_value", rank=rank, of=rank_of) if rank.is_known else spans(rank.num())
    return [
        Card(words.text("brief.card_total", max=words.number(view.rulebook.max_points)), spans(total.num()),
             say(view, "card_total_note", change=change) if change.is_known else (), tone, _trend(view, "points", 5)),
        Card(words.text("brief.card_grade"), spans(grade_num(view, grade)), _grade_range(view, grade)),
        Card(words.text("brief.card_rank"), place, spans(view.place.peers.text(words.lang)) if rank.is_known else (), trend=_trend(view, "rank", 4)),
        Card(words.text("brief.card_previous"), spans(previous.num(2)),
             say(view, "card_previous_note", grade=grade_num(view, was)) if previous.is_known else ()),
    ]  # fmt: skip


def _trend(view: MonthView, measure: str, least_span: float) -> Trend | None:
    """The place's total or rank over the months up to this one, from the first one known."""
    words = view.words
    months = [view.month.plus(-back) for back in reversed(range(MONTHS_ON_COVER))]
    facts = [view.fact(view.place.city, "total", measure, month) for month in months]
    told = list(zip(months, facts, strict=True))
    told = list(itertools.dropwhile(lambda pair: pair[1].value is None, told))
    alt = "; ".join(
        f"{words.month_short(month.number, month.year)}: {fact.num().text}" for month, fact in told
    )
    values = [None if fact.value is None else float(fact.value) for _, fact in told]
    return trend(
        values, words.text("brief.trend", values=alt), least_span=least_span, is_turned=measure == "rank"
    )


def _grade_range(view: MonthView, fact: Fact) -> Spans:
    """What the grade means: "dưới 50 điểm"."""
    if not fact.value:
        return ()
    higher = view.rulebook.grades.get(int(fact.value) + 1)
    low = view.rulebook.grades[int(fact.value)].from_points
    key = "card_grade_lowest" if low == 0 else "card_grade_range" if higher else "card_grade_highest"
    return say(
        view, key, low=view.words.number(low), high=view.words.number(higher.from_points if higher else 100)
    )
