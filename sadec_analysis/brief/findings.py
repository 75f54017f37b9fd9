"""The contradictions as readers see them, and what the sources do not tell."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from sadec_analysis.blocks import Block, Contradiction, Contradictions, Note, Spans
from sadec_analysis.brief.sentences import joined, say
from sadec_analysis.facts import place_text
from sadec_analysis.monthly import MonthView


def contradictions(view: MonthView, most: int | None = None) -> Block:
    """The findings, at most ``most`` of them; a remark where there is none."""
    words, table = view.words, view.findings
    if table.empty:
        return Note("missing", "", say(view, "contradictions_none"))
    shown = table if most is None else table.head(most)
    items = tuple(_told(row, view) for row in shown.to_dict("records"))
    left = len(table) - len(shown)
    more = words.text("brief.contradictions_more", count=words.count(left)) if left else ""
    label = "" if most is None else words.text("brief.contradictions")
    return Contradictions(label, items, more, is_full=most is None)


def _told(row: dict[Hashable, Any], view: MonthView) -> Contradiction:
    severity = view.words.text(f"severity.{row['severity']}")
    return Contradiction(
        row["number"], row["severity"], severity, row["message"], _places(row["place"], view)
    )


def _places(place: str, view: MonthView) -> str:
    return "; ".join(place_text(part, view.words) for part in place.split("; "))


def unknown(view: MonthView) -> list[Block]:
    """What the month's sources do not tell, in one line."""
    sentences: list[Spans] = []
    change = view.fact(view.place.city, "total", "change")
    parts = [
        view.fact(view.place.city, name, "points", view.month.previous()) for name in view.rulebook.criteria
    ]
    if change.value and not all(fact.is_known for fact in parts):
        key = "unknown_parts_fall" if change.value < 0 else "unknown_parts_rise"
        sentences.append(
            say(view, key, previous=view.month_name(view.month.previous()), change=change.size())
        )
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
