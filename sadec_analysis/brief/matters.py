"""What matters most in a month, in three sentences."""

from __future__ import annotations

from sadec_analysis.blocks import Spans
from sadec_analysis.brief.sentences import computed, joined, late_units, overdue_total, say
from sadec_analysis.charts import parts
from sadec_analysis.charts.change import common_fall, moved
from sadec_analysis.charts.making import by_value
from sadec_analysis.charts.overdue import overdue_holder
from sadec_analysis.charts.scores import lost, lost_first, maximum
from sadec_analysis.charts.signed import direction, signed
from sadec_analysis.monthly import MonthView
from sadec_analysis.words import uncapital

_MOST = 3


def matters(view: MonthView) -> list[Spans]:
    """Three sentences at most: why the total changed, the wards, the points lost by criterion and by sub-indicator, the dossiers late."""
    told = (_why(view), _wards(view), _most_lost(view), _late(view), _parts_lost(view))
    return [sentence for sentence in told if sentence][:_MOST]


def _why(view: MonthView) -> Spans:
    """The sub-indicator that moved the total most beyond noise; nothing where it cannot be told."""
    change = view.fact(view.place.city, "total", "change")
    if not (view.causes and view.causes.told and change.value):
        return ()
    cause = view.causes.told[0]
    return say(
        view, "why", direction=direction(change.value, view), change=change.size(), name=parts.named(cause.rule, view),
        points=signed(cause.points, view),
    )  # fmt: skip


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
        losses = sorted(
            (view.fact(view.place.by_code[m.unit], "total", "change") for m in moves),
            key=lambda f: -(f.value or 0),
        )
        least, most = losses[0].size(), losses[-1].size()
        count = view.words.count(len(moves))
        return say(
            view,
            "wards_all_fell",
            count=count,
            before=grades[0],
            after=grades[1],
            least=least,
            most=most,
            **ends,
        )
    if not moves:
        return say(view, "wards_now", **ends)
    return say(view, "wards_moved", moved=moved(view), **ends)


def _most_lost(view: MonthView) -> Spans:
    known = [fact for fact in lost_first(view) if fact.is_known]
    if len(known) < 2:  # noqa: PLR2004 - the sentence names two criteria
        return ()
    first, second = known[:2]
    if not lost(second, view):
        return ()
    names = [view.rulebook.criteria[fact.indicator].name(view.words.lang) for fact in (first, second)]
    return say(
        view, "most_lost", criterion=names[0], points=first, max=view.words.number(maximum(first, view)),
        lost=computed(view, lost(first, view), 1, [first]), second=uncapital(names[1]),
        second_lost=computed(view, lost(second, view), 1, [second]),
    )  # fmt: skip


def _parts_lost(view: MonthView) -> Spans:
    """The two sub-indicators that lose most."""
    pairs = [pair for pair in parts.most_lost(view) if parts.points_lost(*pair)][:2]
    if len(pairs) < 2:  # noqa: PLR2004 - the sentence names two
        return ()
    names = [parts.named(rule, view) for rule, _ in pairs]
    first, second = (computed(view, parts.points_lost(rule, fact), 2, [fact]) for rule, fact in pairs)
    return say(view, "parts_lost", first=names[0], lost=first, second=names[1], second_lost=second)


def _late(view: MonthView) -> Spans:
    rate = view.fact(view.place.city, "progress.on_time", "percent")
    late = late_units(view)
    if not rate.is_known or late is None:
        return ()
    units, share = late
    names = view.words.listed([overdue_holder(fact, view) for fact in units])
    sentence = say(view, "late", rate=rate, names=names, share=share, total=overdue_total(view))
    in_month = view.fact(view.place.city, "progress.overdue_in_month", "count")
    return (
        joined([sentence, say(view, "late_in_month", in_month=in_month)]) if in_month.is_known else sentence
    )
