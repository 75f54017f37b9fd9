"""One subject at a time, for the notebooks: what is told, why, and what contradicts."""

from __future__ import annotations

from dataclasses import replace

from sadec_analysis.blocks import Block, Grid, spans
from sadec_analysis.brief.findings import contradictions, unknown
from sadec_analysis.brief.results import result
from sadec_analysis.brief.sentences import quote
from sadec_analysis.monthly import MonthView

__all__ = ["causes", "criterion", "findings", "moves", "unknown"]


def criterion(view: MonthView, name: str) -> list[Block]:
    """What the month's figures tell about one criterion."""
    return result(view, name)


def causes(view: MonthView, name: str) -> Block:
    """The office's own words on the causes, or a remark that it gives none."""
    return quote(view, "causes", name)


def findings(view: MonthView, *criteria: str) -> Block:
    """The contradictions about some criteria; they keep their numbers."""
    roots = view.findings["indicator"].str.split(".").str[0]
    return contradictions(replace(view, findings=view.findings[roots.isin(criteria)]))


def moves(view: MonthView) -> Grid:
    """Totals, grades and ranks of the wards, the month before and this month."""
    words, grades = view.words, view.rulebook.grades
    columns = (
        "unit",
        "before",
        "after",
        "change",
        "grade_before",
        "grade_after",
        "rank_before",
        "rank_after",
    )
    rows = tuple(
        tuple(
            spans(cell)
            for cell in (
                view.place.by_code[move.unit].label, words.number(move.before, 2), words.number(move.after, 2),
                words.change(move.after - move.before, 2), grades[move.grade_before].name(words.lang),
                grades[move.grade_after].name(words.lang), str(move.rank_before), str(move.rank_after),
            )
        )
        for move in view.moves
    )  # fmt: skip
    return Grid("", tuple(words.text(f"moves.{name}") for name in columns), rows, (1, 2, 3, 6, 7))
