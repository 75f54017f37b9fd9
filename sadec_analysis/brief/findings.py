"""The contradictions as readers see them, and what the sources do not tell."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from sadec_analysis.blocks import Block, Contradiction, Contradictions, Note, Spans
from sadec_analysis.brief.change import limits
from sadec_analysis.brief.sentences import joined, say
from sadec_analysis.checks import SEVERITIES
from sadec_analysis.facts import places_text
from sadec_analysis.monthly import MonthView
from sadec_analysis.words import uncapital


def contradictions(view: MonthView, most: int | None = None) -> Block:
    """The findings, at most ``most`` of them; a remark where there is none."""
    words, table = view.words, view.findings
    if table.empty:
        return Note("missing", "", say(view, "contradictions_none"))
    shown = table if most is None else table.head(most)
    items = tuple(_told(row, view, is_full=most is None) for row in shown.to_dict("records"))
    left = len(table) - len(shown)
    more = words.text("brief.contradictions_more", count=words.count(left)) if left else ""
    label = "" if most is None else words.text("brief.contradictions")
    back = words.text("brief.contradictions_back") if most is None else ""
    return Contradictions(label, items, more, is_full=most is None, back=back)


def _told(row: dict[Hashable, Any], view: MonthView, *, is_full: bool) -> Contradiction:
    """One finding; the full list also names the comparison that found it."""
    severity = view.words.text(f"severity.{row['severity']}")
    check = uncapital(view.words.text(f"check.{row['check']}"))
    lead = f"{severity}: {check}" if is_full else severity
    return Contradiction(
        row["number"], row["severity"], lead, row["message"], places_text(row["place"], view.words)
    )


def counted(view: MonthView) -> Spans:
    """How many findings of each severity, and how many comparisons were made."""
    compared, severities = view.documents["compared"], list(view.findings["severity"])
    counts = {severity: str(severities.count(severity)) for severity in SEVERITIES}
    return say(view, "findings_counted", comparisons=view.words.number(sum(compared.values())), **counts)


def not_compared(view: MonthView) -> list[Block]:
    """The checks that found nothing to compare: their silence says nothing."""
    names = [
        view.words.text(f"check.{name}") for name, count in view.documents["compared"].items() if not count
    ]
    if not names:
        return []
    label = view.words.text("brief.not_compared_label")
    return [Note("unknown", label, say(view, "not_compared", checks="; ".join(map(uncapital, names))))]


def unknown(view: MonthView) -> list[Block]:
    """What the month's sources do not tell, in one line."""
    sentences: list[Spans] = []
    change = view.fact(view.place.city, "total", "change")
    parts = [
        view.fact(view.place.city, name, "points", view.month.previous()) for name in view.rulebook.criteria
    ]
    if change.value and not all(fact.is_known for fact in parts):
        key = "unknown_parts_fall" if change.value < 0 else "unknown_parts_rise"
        sentences.append(say(view, key, previous=view.previous_name, change=change.size()))
        sentences += [limits(view, view.change)] if view.change else []
    rates = [
        fact for name in ("online_service.online_submission", "satisfaction.reported")
        for fact in view.facts(name, "percent", view.place.wards)
    ]  # fmt: skip
    if any(fact.is_bounded for fact in rates):
        sentences.append(say(view, "unknown_wards"))
    used = [
        view.fact(view.place.by_code[row["unit"]], row["indicator"], row["measure"])
        for row in _corrected(view)
    ]
    if used:
        values = [
            piece
            for fact in used
            for piece in (view.indicator(fact.indicator, fact.measure), " ", fact.num(), ", ")
        ][:-1]
        sentences.append(say(view, "corrected_used", values=values))
    label = view.words.text("brief.unknown_label")
    return [Note("unknown", label, joined(sentences))] if sentences else []


def _corrected(view: MonthView) -> list[dict[Hashable, Any]]:
    return view.settled[view.settled["status"] == "corrected"].to_dict("records")
