"""Why the points changed: what each criterion adds, what moved beyond noise, and what cannot be known."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from sadec_analysis import charts
from sadec_analysis.analysis.decomposition import Decomposition, Part
from sadec_analysis.blocks import Block, Chart, Grid, Note, Num, Spans, Text, spans
from sadec_analysis.brief.causes import causes_told
from sadec_analysis.brief.sentences import computed, joined, say
from sadec_analysis.charts.parts import named
from sadec_analysis.charts.signed import direction, name_of, signed, spanned
from sadec_analysis.facts import Fact
from sadec_analysis.monthly import MonthView
from sadec_analysis.words import uncapital


def explained(view: MonthView) -> list[Block]:
    """What explains the change of the city's total, in words and charts."""
    found = view.change
    if found is None:
        return []
    told = [Text(_sentences(view, found)), *_assumed(view, found), charts.change(view)]
    return [*told, *causes_told(view), *_wards(view)]


def _sentences(view: MonthView, found: Decomposition) -> Spans:
    if found.is_exact:
        return joined(_exact(view, found))
    change = computed(view, abs(found.change), 2, _totals(view))
    told = {"previous": view.previous_name, "direction": direction(found.change, view), "change": change}
    others = [_alone(view, found)] if 0 < len(found.alone) < len(found.parts) else []
    return joined([say(view, "change_unknown_parts", **told), limits(view, found), *others])


def _num(view: MonthView, value: Decimal, sources: list[Fact]) -> Num:
    """A change worked out from figures, with its sign and its sources."""
    told = computed(view, value, None, sources)
    return Num(signed(value, view), told.source, (), told.status, told.sections)


def _totals(view: MonthView) -> list[Fact]:
    return [view.fact(view.place.city, "total", measure) for measure in ("points", "change")]


def _exact(view: MonthView, found: Decomposition) -> Iterator[Spans]:
    sizes: list[object] = []
    for part in sorted(found.parts, key=lambda part: part.change.lower):
        facts = [
            view.fact(view.place.city, part.name, "points", month)
            for month in (view.month.previous(), view.month)
        ]
        sizes += [*("; " if sizes else "",), name_of(part, view), " ", _num(view, part.change.lower, facts)]
    change = _num(view, found.change, _totals(view))
    yield say(view, "change_exact", previous=view.previous_name, change=change, parts=spans(*sizes))
    if found.residual:
        yield say(view, "change_residual", residual=signed(found.residual, view))


def limits(view: MonthView, found: Decomposition) -> Spans:
    """What the criterion that may explain most adds, and what all others do."""
    part, points = found.widest, view.fact(view.place.city, found.widest.name, "points")
    ends = {
        "low": part.change.lower,
        "high": part.change.upper,
        "rest_low": part.rest.lower,
        "rest_high": part.rest.upper,
    }
    told = {name: _num(view, end, [points, *_totals(view)]) for name, end in ends.items()}
    most = view.words.number(view.rulebook.criteria[part.name].max_points)
    count = view.words.count(len(found.parts) - 1)
    return say(
        view, "change_limits", criterion=name_of(part, view), points=points, max=most, count=count, **told
    )


def _alone(view: MonthView, found: Decomposition) -> Spans:
    """Which criteria could alone explain the change, and how much each other one could at most."""
    names = [uncapital(name_of(part, view)) for part in found.alone]
    sizes = sorted(_most(part, found) for part in found.parts if part not in found.alone)
    least, most = (sizes[at].normalize() for at in (0, -1))
    listed = view.words.listed(names, "or")
    return say(
        view,
        "change_alone",
        names=listed,
        direction=direction(found.change, view),
        size=spanned(least, most, view),
    )


def _most(part: Part, found: Decomposition) -> Decimal:
    """The most a part could have added to the change, in its direction."""
    return max(Decimal(0), -part.change.lower if found.change < 0 else part.change.upper)


def _assumed(view: MonthView, found: Decomposition) -> Iterator[Block]:
    """What would follow if the month before had had the points of the whole year: an assumption, and named as one."""
    part = found.widest
    year = view.fact(view.place.city, f"{part.name}.year_to_date", "points")
    split = part.assuming(year.value, found.change) if year.value is not None else None
    if split is None or part.before.value is not None:
        return
    facts = [year, view.fact(view.place.city, part.name, "points"), *_totals(view)]
    own, rest = (_num(view, value, facts) for value in split)
    most = view.words.number(view.rulebook.criteria[part.name].max_points)
    told = {"criterion": uncapital(name_of(part, view)), "previous": view.previous_name, "points": year}
    sentence = say(view, "change_assumed", max=most, own=own, rest=rest, **told)
    yield Note("unknown", view.words.text("brief.assumption_label"), sentence)


def _wards(view: MonthView) -> list[Block]:
    """What each ward adds to a change of the city's rate, drawn where the counts of all are known."""
    drawn = charts.ward_effects(view) if view.place.wards else None
    if isinstance(drawn, Chart):
        told = view.causes.told if view.causes else ()
        return [drawn] if any(cause.effects for cause in told) else []
    return [drawn] if drawn else []


def within_criteria(view: MonthView) -> list[Block]:
    """What each sub-indicator adds to the change of its criterion, most first; nothing where none is known in both months."""
    words, city = view.words, view.place.city.code
    parts = [
        part
        for criterion in view.rulebook.criteria
        if (found := view.known.change_within(view.month, city, criterion, view.rulebook))
        for part in found.parts
        if part.change.value is not None
    ]
    rules = {rule.indicator: rule for rule in view.rulebook.rules.values()}
    ordered = sorted(parts, key=lambda part: -abs(part.change.lower))
    rows = tuple(
        (spans(named(rules[part.name], view)), *_points(part, view), spans(signed(part.change.lower, view)))
        for part in ordered
    )
    header = tuple(words.text(f"change.column_{name}") for name in ("part", "before", "after", "points"))
    return [Grid(words.text("change.parts"), header, rows, (1, 2, 3))] if rows else []


def _points(part: Part, view: MonthView) -> tuple[Spans, Spans]:
    before, after = (spans(view.words.number(each.lower, 2)) for each in (part.before, part.after))
    return before, after
