"""What moved beyond noise, told: for the city sentence by sentence, for the wards in a table."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from sadec_analysis.analysis.causes import Cause, causes
from sadec_analysis.analysis.mix import rate, summed
from sadec_analysis.blocks import Block, Grid, Note, Points, Spans, Text, spans
from sadec_analysis.brief.sentences import joined, say
from sadec_analysis.charts.effects import label_of
from sadec_analysis.charts.parts import named
from sadec_analysis.charts.signed import exactly, signed
from sadec_analysis.monthly import MonthView
from sadec_analysis.places import Unit


def causes_told(view: MonthView) -> list[Block]:
    """The sub-indicators that moved beyond noise, one sentence each; what is left, and what cannot be said."""
    found, words = view.causes, view.words
    if found is None:
        return []
    blocks: list[Block] = []
    if found.told:
        label = words.text("brief.change_causes")
        blocks.append(Points(label, tuple(_cause(view, cause) for cause in found.told)))
    if found.compared:
        key = "change_noise" if found.told else "change_no_cause"
        blocks.append(Text(say(view, key, points=signed(found.noise, view))))
    if found.unknown and blocks:
        names = words.listed([rule.id for rule in found.unknown])
        blocks.append(
            Note("unknown", words.text("brief.unknown_label"), say(view, "change_no_counts", names=names))
        )
    return blocks


def _cause(view: MonthView, cause: Cause) -> Spans:
    words = view.words
    name, points = named(cause.rule, view), signed(cause.points, view)
    if cause.through == "nothing_due":
        is_now = not cause.after[1]
        month = view.month_name() if is_now else view.previous_name
        due = cause.rule.denominator.text(words.lang)
        return say(view, "cause_nothing_due", name=name, month=month, due=due, points=points)
    rates = [exactly(rate(counts)) for counts in (cause.before, cause.after)]
    told = {"before": words.number(rates[0], 2), "after": words.number(rates[1], 2)}
    key = "fall" if rates[1] < rates[0] else "rise"
    counts = {"done": words.number(cause.after[0]), "due": words.number(cause.after[1])}
    sentence = say(view, f"cause_{key}", name=name, points=points, **told, **counts)
    return joined([sentence, *_through(view, cause, words.text(f"change.{key}"))])


def _through(view: MonthView, cause: Cause, direction: str) -> Iterator[Spans]:
    """Through which units it moved, and how much by their rates and their shares; where their counts are known."""
    if not cause.effects:
        return
    names = view.words.listed([label_of(unit, view) for unit in cause.units])
    if cause.through == "mix":
        yield say(view, "cause_mix", names=names)
    elif len(cause.units) == len(cause.effects):
        yield say(view, "cause_all_units", direction=direction)
    elif cause.units:
        yield say(view, "cause_units", direction=direction, names=names)
    else:
        yield say(view, "cause_no_unit", direction=direction)
    together = summed(cause.effects)
    rate, mix = (signed(exactly(size), view) for size in (together.rate, together.mix))
    yield say(view, "cause_split", rate=rate, mix=mix)


def ward_causes(view: MonthView) -> list[Block]:
    """What moved each ward most, where its counts of both months are known; nothing where no ward moved two months."""
    words = view.words
    rows = tuple(_ward(view, view.place.by_code[move.unit], move.after - move.before) for move in view.moves)
    header = tuple(words.text(f"change.column_{name}") for name in ("unit", "change", "cause", "points"))
    return [Grid(words.text("change.wards"), header, rows, (1, 3))] if rows else []


def _ward(view: MonthView, ward: Unit, change: Decimal) -> tuple[Spans, ...]:
    words, found = view.words, causes(view.known, view.month, ward.code, (), view.rulebook)
    total = (spans(ward.label), spans(words.change(change, 2)))
    if not (found and found.compared):
        return *total, spans(words.text("unknown")), spans("–")
    if not found.told:
        return *total, spans(words.text("change.noise")), spans(signed(found.noise, view))
    first = found.told[0]
    return *total, spans(named(first.rule, view)), spans(signed(first.points, view))
