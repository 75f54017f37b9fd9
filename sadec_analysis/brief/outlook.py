"""What it takes: how far each unit is from the next grade, what brings it there, and what late dossiers cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from sadec_analysis.analysis.levers import Lever
from sadec_analysis.analysis.outlook import Closed, Outlook, outlook
from sadec_analysis.blocks import Block, Grid, Heading, Note, Num, Spans, Text, spans
from sadec_analysis.brief.backlog import backlog
from sadec_analysis.brief.levers import change_told, figures_of, overdue_of, rows_of, say, worked_out
from sadec_analysis.brief.sentences import computed, joined
from sadec_analysis.charts.parts import named
from sadec_analysis.facts import Fact
from sadec_analysis.monthly import MonthView
from sadec_analysis.places import Unit
from sadec_analysis.rulebook import Rule
from sadec_analysis.words import capital

__all__ = ["backlog", "next_grade", "outlooks"]


def outlooks(view: MonthView) -> list[Outlook]:
    """What the city and each ward need for the next grade; those left out whose total is unknown or grade the highest."""
    rows = rows_of(view)
    found = (outlook(rows, unit.code, view.rulebook, overdue_of(view, unit)) for unit in view.place.own)
    return [each for each in found if each is not None]


def next_grade(view: MonthView) -> list[Block]:
    """How far each unit is from the next grade and the least that brings it there, nearest first; nothing where no total is known."""
    found = sorted(outlooks(view), key=lambda each: each.need)
    if not found:
        return []
    nearest = found[0]
    told = {
        "unit": capital(_unit(view, nearest).label),
        "need": worked_out(view, nearest.need, _sources(view, nearest)),
    }
    blocks: list[Block] = [
        Heading(
            3,
            say(
                view,
                "title_nearest" if len(found) > 1 else "title",
                grade=nearest.next_grade.name(view.words.lang),
                **told,
            ),
        ),
        Text(joined(_sentences(view, found))),
        _table(view, found),
        *[grid for each in found if each.unit == view.place.city.code for grid in _set_table(view, each)],
    ]
    return [
        *blocks,
        *_unknown(view, found),
        *_basis(view, [lever for each in found for lever in each.levers]),
    ]


def _unit(view: MonthView, found: Outlook) -> Unit:
    return view.place.by_code[found.unit]


def _sources(view: MonthView, found: Outlook) -> list[Fact]:
    return [view.fact(_unit(view, found), "total", "points")]


def _sentences(view: MonthView, found: list[Outlook]) -> Iterator[Spans]:
    """Who gets there by one sub-indicator, where several units are looked at, and how the city does."""
    words = view.words
    if len(found) > 1:
        able = [_unit(view, each).label for each in found if each.smallest]
        key = "one_enough" if able else "none_enough"
        told = {"count": capital(words.count(len(able))), "names": words.listed(able)} if able else {}
        yield say(view, key, all=words.count(len(found)), **told)
    for each in found:
        if each.unit == view.place.city.code:
            yield _city(view, each)


def _city(view: MonthView, found: Outlook) -> Spans:
    told = {"unit": capital(_unit(view, found).label), "grade": found.next_grade.name(view.words.lang)}
    need = worked_out(view, found.need, _sources(view, found))
    if not found.levers:
        return say(view, "city_unknown", need=need, **told)
    if found.missing:
        sources = [fact for lever in found.levers for fact in figures_of(view, lever)]
        gain, missing = worked_out(view, found.together, sources), worked_out(view, found.missing, sources)
        return say(view, "city_short", gain=gain, need=need, missing=missing, **told)
    if found.cheapest:
        return say(
            view, "city_set", count=_items(view, found), parts=view.words.count(len(found.cheapest)), **told
        )
    return say(view, "city_one" if found.smallest else "city_several", need=need, **told)


def _table(view: MonthView, found: list[Outlook]) -> Grid:
    """All units; of several, the cheapest set in a column of its own where any takes more than one sub-indicator."""
    words, rules = view.words, {lever.rule.id: lever.rule for each in found for lever in each.levers}
    has_sets = len(found) > 1 and any(len(each.cheapest) > 1 for each in found)
    columns = ["unit", "total", "grade", "need", "one", *(["set"] if has_sets else [])]
    header = [words.text(f"outlook.column_{name}") for name in columns]
    if len(rules) == 1:
        header[4] = words.text("outlook.column_one_rule", name=named(next(iter(rules.values())), view))
    rows = tuple(_row(view, each, is_named=len(rules) > 1)[: len(columns)] for each in found)
    return Grid(words.text("outlook.table"), tuple(header), rows, (1, 3))


def _row(view: MonthView, found: Outlook, *, is_named: bool) -> tuple[Spans, ...]:
    total = _sources(view, found)[0]
    return (
        spans(_unit(view, found).label),
        spans(total.num()),
        spans(found.next_grade.name(view.words.lang)),
        spans(worked_out(view, found.need, [total])),
        _one(view, found, is_named=is_named),
        _set(view, found),
    )


def _one(view: MonthView, found: Outlook, *, is_named: bool) -> Spans:
    """The least change of one sub-indicator, or how far the one that adds most leads."""
    if found.smallest:
        return change_told(view, found.smallest, is_named=is_named)
    if not found.levers:
        return say(view, "no_lever")
    best = max(found.reaches, key=lambda each: each.gain)
    sources = figures_of(view, best.lever)
    gain, missing = (worked_out(view, points, sources) for points in (best.gain, best.missing))
    name = spans(f"{named(best.lever.rule, view)}: ") if is_named else ()
    return name + say(view, "short", gain=gain, missing=missing)


def _set(view: MonthView, found: Outlook) -> Spans:
    """The cheapest set by the numbers of its sub-indicators."""
    parts: list[object] = []
    for each in found.cheapest:
        more = computed(view, Decimal(each.dossiers or 0), 0, figures_of(view, each.lever))
        parts += ["; "] * bool(parts) + [*say(view, "part", rule=each.lever.rule.id, more=more)]
    return say(view, "set", count=_items(view, found), parts=parts) if parts else spans("–")


def _items(view: MonthView, found: Outlook) -> Num:
    """Dossiers, procedures and answers of the cheapest set in all."""
    sources = [fact for each in found.cheapest for fact in figures_of(view, each.lever)]
    return computed(view, Decimal(found.dossiers), 0, sources)


def _set_table(view: MonthView, found: Outlook) -> list[Grid]:
    """The cheapest set of the city, one row for each sub-indicator."""
    rows = tuple(
        (change_told(view, each), spans(worked_out(view, each.gain, figures_of(view, each.lever))))
        for each in found.cheapest
    )
    header = tuple(view.words.text(f"outlook.column_{name}") for name in ("work", "gain"))
    caption = view.words.text("outlook.set_table", unit=capital(_unit(view, found).label))
    return [Grid(caption, header, rows, (1,))] if rows else []


def _unknown(view: MonthView, found: list[Outlook]) -> list[Block]:
    """What cannot be worked out, and for the city the most it could still add; nothing where all is known."""
    open_parts = {each.part.id: each for one in found for each in one.closed if each.is_unknown}
    if not open_parts:
        return []
    sentences = [
        _why(view, why, open_parts.values())
        for why in dict.fromkeys(each.why for each in open_parts.values())
    ]
    for each in found:
        if each.unit == view.place.city.code and each.upper_unknown:
            most = worked_out(view, each.upper_unknown, _sources(view, each))
            sentences.append(say(view, "upper", unit=capital(_unit(view, each).label), most=most))
    return [Note("unknown", view.words.text("brief.unknown_label"), joined(sentences))]


def _why(view: MonthView, why: str, closed: Iterable[Closed]) -> Spans:
    names = [_part(view, each) for each in closed if each.why == why]
    return say(view, why, names=view.words.listed(names))


def _part(view: MonthView, closed: Closed) -> str:
    """A rule with what is not known of it, or a criterion."""
    part, lang = closed.part, view.words.lang
    if not isinstance(part, Rule):
        return part.name(lang)
    reason = part.why_unknown.text(lang) if closed.why == "not_established" else ""
    return f"{named(part, view)} ({reason})" if reason else named(part, view)


def _basis(view: MonthView, levers: list[Lever]) -> list[Block]:
    """What the figures above take for granted."""
    sentences = [say(view, "basis")] if levers else []
    sentences += [say(view, "basis_derived")] if any(each.is_derived for each in levers) else []
    sentences += [say(view, "basis_one_each")] if len({each.rule.id for each in levers}) > 1 else []
    return [Text(joined(sentences), "small")] if sentences else []
