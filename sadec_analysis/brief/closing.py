"""Sections III and IV, and the findings."""

from __future__ import annotations

from sadec_analysis.blocks import Block, Heading, Note, Text, spans
from sadec_analysis.brief.findings import contradictions, counted, not_compared
from sadec_analysis.brief.outlook import next_grade
from sadec_analysis.brief.sentences import has_words, joined, quote, quotes, say
from sadec_analysis.brief.suggestions import suggestion
from sadec_analysis.monthly import MonthView


def remedies(view: MonthView) -> list[Block]:
    """Section III: the office's remedies for each criterion, what the figures suggest, and what the next grade takes."""
    blocks: list[Block] = [Heading(2, spans(view.words.text("brief.section_remedies")), "III.")]
    for number, criterion in enumerate(view.rulebook.criterion, 1):
        heading = Heading(3, spans(criterion.name(view.words.lang)), f"{number}.")
        blocks.append(heading)
        blocks += [*quotes(view, "remedies", criterion.id), *suggestion(view, criterion.id)]
        if blocks[-1] == heading:
            blocks.pop()
    blocks += next_grade(view)
    return blocks if has_words(view) else [blocks[0], missing_words(view), *blocks[1:]]


def missing_words(view: MonthView) -> Note:
    """Say once that nobody wrote about this month."""
    return Note("missing", view.words.text("brief.missing_label"), say(view, "missing_words"))


def requests(view: MonthView) -> list[Block]:
    """Section IV: what the office asks of others."""
    if not has_words(view):
        return []
    return [Heading(2, spans(view.words.text("brief.section_requests")), "IV."), quote(view, "requests")]


def findings(view: MonthView) -> list[Block]:
    """All contradictions, with how rounding was allowed for, how much was compared, and what could not be."""
    heading = Heading(2, spans(view.words.text("brief.section_findings")))
    told = joined([say(view, "findings_text"), counted(view)])
    return [heading, Text(told), contradictions(view), *not_compared(view)]
