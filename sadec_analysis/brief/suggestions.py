"""What the figures themselves suggest, always marked as automatic and never as the office's words."""

from __future__ import annotations

from collections.abc import Callable

from sadec_analysis.blocks import Block, Note, Spans
from sadec_analysis.brief.sentences import computed, has_words, labels, late_units, say
from sadec_analysis.charts.digitisation import certifying_wards
from sadec_analysis.charts.online import below_target, target
from sadec_analysis.charts.overdue import overdue_holder
from sadec_analysis.charts.scores import lost
from sadec_analysis.monthly import MonthView
from sadec_analysis.scoring import decimal


def suggestion(view: MonthView, criterion: str) -> list[Block]:
    """Return a note marked as automatic, or nothing where the figures suggest nothing."""
    sentence = _SUGGESTIONS[criterion](view) if criterion in _SUGGESTIONS else None
    return [Note("automatic", view.words.text("brief.automatic_label"), sentence)] if sentence else []


def _suggest_transparency(view: MonthView) -> Spans | None:
    """Only where the office gives no remedy: the loss itself is told elsewhere."""
    if not has_words(view) or any(
        p["topic"] == "remedies" and p["criterion"] == "transparency" for p in view.documents["passages"]
    ):
        return None
    fact, total = (view.fact(view.place.city, name, "points") for name in ("transparency", "total"))
    if fact.value is None or total.value is None or not lost(fact, view):
        return None
    missing = computed(view, decimal(view.rulebook.max_points) - total.value, None, [total])
    return say(
        view, "suggest_transparency", lost=computed(view, lost(fact, view), 1, [fact]), missing=missing
    )


def _suggest_progress(view: MonthView) -> Spans | None:
    late = late_units(view)
    if late is None:
        return None
    names = view.words.listed([overdue_holder(fact, view) for fact in late[0]])
    return say(view, "suggest_progress", names=names, count=view.words.count(len(late[0])), share=late[1])


def _suggest_online_service(view: MonthView) -> Spans | None:
    below, goal = below_target(view), target(view)
    if not below or goal is None:
        return None
    names = view.words.listed(labels(fact.unit for fact in below))
    return say(view, "suggest_online_service", names=names, target=f"{view.words.number(goal)}%")


def _suggest_digitisation(view: MonthView) -> Spans | None:
    _, left = certifying_wards(view)
    if not left:
        return None
    return say(view, "suggest_digitisation", count=view.words.count(len(left)), names=view.words.listed(left))


_SUGGESTIONS: dict[str, Callable[[MonthView], Spans | None]] = {
    "transparency": _suggest_transparency,
    "progress": _suggest_progress,
    "online_service": _suggest_online_service,
    "digitisation": _suggest_digitisation,
}
