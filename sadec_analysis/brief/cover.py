"""The first page: a leader who reads only this is well informed."""

from __future__ import annotations

from dataclasses import replace

from sadec_analysis import charts
from sadec_analysis.blocks import (
    Block, Break, Card, Cards, Contradiction, Contradictions, Heading, Masthead, Note, Num, Points, Spans, spans,
)  # fmt: skip
from sadec_analysis.brief.sentences import capital, city_name, computed, late_units, say
from sadec_analysis.charts.change import common_fall
from sadec_analysis.charts.making import by_value
from sadec_analysis.charts.on_time import overdue_holder
from sadec_analysis.charts.scores import lost, lost_first, maximum
from sadec_analysis.facts import Fact, place_text
from sadec_analysis.monthly import MonthView

MOST_ON_COVER = 5


def cover(view: MonthView) -> list[Block]:
    """Headline, four numbers, three things that matter, the wards, contradictions, what is not known."""
    return [
        masthead(view),
        Heading(1, _headline(view)),
        Cards(tuple(_cards(view))),
        Points(view.words.text("brief.matters"), tuple(_matters(view))),
        charts.ward_totals(view),
        contradictions(view, MOST_ON_COVER),
        *unknown(view),
        Break(),
    ]


def masthead(view: MonthView) -> Masthead:
    """Who, what, when."""
    words = view.words
    warning = words.text("brief.synthetic") if view.is_synthetic else ""
    title = f"{capital(view.place.name)}, {view.place.province}"
    sources = "; ".join(file["title"] for file in view.documents["files"])
    return Masthead(words.text("brief.kicker"), title, capital(view.month_name()), sources, words.lang, warning)


def _headline(view: MonthView) -> Spans:
    total, change, grade = (view.fact(view.place.city, "total", measure) for measure in ("points", "change", "grade"))
    if total.value is None:
        return say(view, "headline_unknown", city=city_name(view), month=view.month_name())
    key = "flat" if not change.value else "fall" if change.value < 0 else "rise"
    size = change.num(text=view.words.number(abs(change.value or 0)))
    headline = say(view, f"headline_{key}", city=city_name(view), total=total, change=size, grade=grade_num(view, grade))
    return tuple(replace(span, badges=()) if isinstance(span, Num) else span for span in headline)


def grade_num(view: MonthView, fact: Fact) -> Num:
    """A grade by its name, with its source."""
    known = fact.value is not None
    return fact.num(text=view.rulebook.grades[int(fact.value)].name(view.words.lang) if known and fact.value else None)


def _cards(view: MonthView) -> list[Card]:
    city, words = view.place.city, view.words
    total, change, grade, rank, rank_of = (
        view.fact(city, "total", measure) for measure in ("points", "change", "grade", "rank", "rank_of")
    )
    previous, was = (view.fact(city, "total", measure, view.month.previous()) for measure in ("points", "grade"))
    tone = "plain" if not change.value else "fall" if change.value < 0 else "rise"
    place = say(view, "card_rank_value", rank=rank, of=rank_of) if rank.is_known else spans(rank.num())
    return [
        Card(words.text("brief.card_total", max=words.number(view.rulebook.max_points)), spans(total.num()),
             say(view, "card_total_note", change=change), tone),
        Card(words.text("brief.card_grade"), spans(grade_num(view, grade)), _grade_range(view, grade)),
        Card(words.text("brief.card_rank"), place, say(view, "card_rank_note")),
        Card(words.text("brief.card_previous"), spans(previous.num(2)),
             say(view, "card_previous_note", grade=grade_num(view, was)) if previous.is_known else ()),
    ]  # fmt: skip


def _grade_range(view: MonthView, fact: Fact) -> Spans:
    """What the grade means: "dưới 50 điểm"."""
    if not fact.value:
        return ()
    higher = view.rulebook.grades.get(int(fact.value) + 1)
    low = view.rulebook.grades[int(fact.value)].from_points
    key = "card_grade_lowest" if low == 0 else "card_grade_range" if higher else "card_grade_highest"
    return say(view, key, low=view.words.number(low), high=view.words.number(higher.from_points if higher else 100))


def _matters(view: MonthView) -> list[Spans]:
    return [sentence for sentence in (_wards(view), _most_lost(view), _late(view)) if sentence]


def _wards(view: MonthView) -> Spans:
    totals = [fact for fact in by_value(view.facts("total", "points", view.place.wards)) if fact.is_known]
    moves = view.moves
    if not totals:
        return ()
    ends = {
        "best": totals[0].unit.label, "best_total": totals[0], "worst": totals[-1].unit.label, "worst_total": totals[-1],
    }  # fmt: skip
    fall = common_fall(moves)
    if fall and len(moves) == len(view.place.wards):
        grades = [view.rulebook.grades[value].name(view.words.lang) for value in fall]
        losses = sorted((view.fact(view.place.by_code[m.unit], "total", "change") for m in moves), key=lambda f: -(f.value or 0))
        least, most = (fact.num(text=view.words.number(abs(fact.value or 0))) for fact in (losses[0], losses[-1]))
        count = view.words.count(len(moves))
        return say(view, "wards_all_fell", count=count, before=grades[0], after=grades[1], least=least, most=most, **ends)
    if not moves:
        return say(view, "wards_now", **ends)
    down, up = sum(m.after < m.before for m in moves), sum(m.after > m.before for m in moves)
    return say(view, "wards_mixed", down=capital(view.words.count(down)), up=view.words.count(up), **ends)


def _most_lost(view: MonthView) -> Spans:
    known = [fact for fact in lost_first(view) if fact.is_known]
    if len(known) < 2:  # noqa: PLR2004 - the sentence names two criteria
        return ()
    first, second = known[:2]
    names = [view.rulebook.criteria[fact.indicator].name(view.words.lang) for fact in (first, second)]
    return say(
        view, "most_lost", criterion=names[0], points=first, max=view.words.number(maximum(first, view)),
        lost=computed(view, lost(first, view), 1, [first]), second=names[1][:1].lower() + names[1][1:],
        second_lost=computed(view, lost(second, view), 1, [second]),
    )  # fmt: skip


def _late(view: MonthView) -> Spans:
    rate = view.fact(view.place.city, "progress.on_time", "percent")
    late = late_units(view)
    if not rate.is_known or late is None:
        return ()
    units, share = late
    names = view.words.listed([overdue_holder(fact, view) for fact in units])
    facts = [fact for fact in view.facts("progress.overdue", "count") if fact.value is not None]
    total = computed(view, sum((fact.value for fact in facts if fact.value), start=facts[0].value * 0), 0, facts)
    return say(view, "late", rate=rate, names=names, share=share, total=total)


def contradictions(view: MonthView, most: int | None = None) -> Block:
    """The findings, at most ``most`` of them; a remark where there is none."""
    words, table = view.words, view.findings
    if table.empty:
        return Note("missing", "", say(view, "contradictions_none"))
    shown = table if most is None else table.head(most)
    items = tuple(
        Contradiction(row.number, row.severity, words.text(f"severity.{row.severity}"), row.message, _places(row.place, view))
        for row in shown.itertuples()
    )
    left = len(table) - len(shown)
    more = words.text("brief.contradictions_more", count=words.count(left)) if left else ""
    label = "" if most is None else words.text("brief.contradictions")
    return Contradictions(label, items, more, is_full=most is None)


def _places(place: str, view: MonthView) -> str:
    return "; ".join(place_text(part, view.words) for part in place.split("; "))


def unknown(view: MonthView) -> list[Block]:
    """What the month's sources do not tell, in one line."""
    sentences: list[Spans] = []
    change = view.fact(view.place.city, "total", "change")
    parts = [view.fact(view.place.city, name, "points", view.month.previous()) for name in view.rulebook.criteria]
    if change.value and not all(fact.is_known for fact in parts):
        size = change.num(text=view.words.number(abs(change.value)))
        key = "unknown_parts_fall" if change.value < 0 else "unknown_parts_rise"
        sentences.append(say(view, key, previous=view.month_name(view.month.previous()), change=size))
    rates = [
        fact for name in ("online_service.online_submission", "satisfaction.reported")
        for fact in view.facts(name, "percent", view.place.wards)
    ]  # fmt: skip
    if any(fact.is_bounded for fact in rates):
        sentences.append((" ", *say(view, "unknown_wards")))
    joined = tuple(span for sentence in sentences for span in sentence)
    return [Note("unknown", view.words.text("brief.unknown_label"), joined)] if joined else []
