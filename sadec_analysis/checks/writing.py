"""The writing itself: decimal marks that vary in a column, and criteria nobody proposes to mend."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sadec_analysis.checks.evidence import Evidence, Table
from sadec_analysis.checks.finding import Examined, Finding, known
from sadec_analysis.checks.telling import Fact, Phrase, Printings, named
from sadec_analysis.figures import Figure
from sadec_analysis.scoring import decimal

_DOT, _COMMA = re.compile(r"\d\.\d{1,2}(?!\d)"), re.compile(r"\d,\d")
_HALF = 2


def decimal_marks(evidence: Evidence) -> Iterator[Examined]:
    """Whether a column writes decimals with one mark."""
    for table in evidence.tables:
        for column in _columns(table):
            dots, commas = ([row for row in column if form.search(row.printed)] for form in (_DOT, _COMMA))
            if dots or commas:
                yield Examined(tuple(column), _mixed(dots, commas, evidence) if dots and commas else None)


def _columns(table: Table) -> Iterator[list[Figure]]:
    """Yield the figures of each column of decimals."""
    found: dict[tuple[str, str], list[Figure]] = {}
    for row in table.figures:
        if row.measure not in ("count", "rank", "rank_of", "grade"):
            found.setdefault((row.indicator, row.measure), []).append(row)
    yield from found.values()


def _mixed(dots: list[Figure], commas: list[Figure], evidence: Evidence) -> Finding:
    rare = tuple(dots if len(dots) <= len(commas) else commas)
    facts: dict[str, Fact] = {
        "figure": named(rare[0].indicator, rare[0].measure, evidence.rulebook), "values": Printings(rare),
        "mark": Phrase("finding.mark_dot" if rare[0] in dots else "finding.mark_comma"), "count": len(dots) + len(commas),
    }  # fmt: skip
    return Finding("decimal_marks", "note", rare, facts, marked=0, shown=len(rare))


def no_remedy(evidence: Evidence) -> Iterator[Examined]:
    """Whether every criterion that earned less than half of its points has a remedy, where the source proposes any.

    Nothing is said where a remedy stands under no criterion: it may be meant for any of them.
    """
    remedied = [passage.criterion for passage in evidence.passages if passage.topic == "remedies"]
    if not remedied or "" in remedied:
        return
    for criterion in evidence.rulebook.criterion:
        score = evidence.first(evidence.city, criterion.id, "points")
        if score is not None:
            top = decimal(criterion.max_points)
            is_left = _HALF * known(score) < top and criterion.id not in remedied
            facts: dict[str, Fact] = {
                "figure": named(criterion.id, "points", evidence.rulebook), "points": known(score), "max": top,
                "count": len(set(remedied)),
            }  # fmt: skip
            yield Examined((score,), Finding("no_remedy", "warning", (score,), facts) if is_left else None)
