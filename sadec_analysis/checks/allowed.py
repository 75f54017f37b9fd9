"""Points against what the rules allow for what happened, under the month's rules or those seen later."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from sadec_analysis.checks.evidence import Evidence
from sadec_analysis.checks.finding import Examined, Finding, Severity, half_step, known
from sadec_analysis.checks.telling import Fact, Listed, Phrase, named
from sadec_analysis.figures import Figure
from sadec_analysis.numerals import show
from sadec_analysis.rulebook import Criterion, Rule, Rulebook
from sadec_analysis.scoring import decimal


def points_allowed(evidence: Evidence) -> Iterator[Examined]:
    """Whether a criterion has more points than its rules leave when a count they need is nothing.

    Without dossiers paid online the sub-indicators that count them earn nothing. Where the
    month's own rules are not established, those of a later rulebook only warn.
    """
    for book, criterion, score in _scores(evidence):
        nothing = {rule: row for rule in criterion.rule if (row := _zero(rule.none_done_when, evidence))}
        if nothing:
            most = sum(
                (decimal(rule.max_points) for rule in criterion.rule if rule not in nothing), Decimal(0)
            )
            rows = (score, *dict.fromkeys(nothing.values()))
            is_right = known(score) <= most + half_step(score)
            yield Examined(rows, None if is_right else _beyond(rows, most, list(nothing), book, evidence))


def points_void(evidence: Evidence) -> Iterator[Examined]:
    """Whether "nothing was due" explains a score of nothing: it voids only the sub-indicators that count what was due."""
    for book, criterion, score in _scores(evidence):
        void = {rule: row for rule in criterion.rule if (row := _zero(rule.none_due_when, evidence))}
        if void:
            lost = sum((decimal(rule.max_points) for rule in void), Decimal(0))
            rows = (score, *dict.fromkeys(void.values()))
            is_right = known(score) > 0 or lost == decimal(criterion.max_points)
            yield Examined(
                rows, None if is_right else _unexplained(rows, lost, criterion, list(void), book, evidence)
            )


def _scores(evidence: Evidence) -> Iterator[tuple[Rulebook, Criterion, Figure]]:
    """Yield each criterion of the place with its points and the rulebook that knows its sub-indicators."""
    for own in evidence.rulebook.criterion:
        score = evidence.first(evidence.city, own.id, "points")
        book = evidence.rulebook if own.rule or evidence.reference is None else evidence.reference
        if score is not None:
            yield book, book.criteria[own.id], score


def _zero(indicator: str, evidence: Evidence) -> Figure | None:
    """The count, where the source says it is nothing."""
    row = evidence.first(evidence.city, indicator, "count") if indicator else None
    return row if row is not None and row.value == 0 else None


def _severity(book: Rulebook, evidence: Evidence) -> Severity:
    return "error" if book is evidence.rulebook else "warning"


def _named(rules: list[Rule]) -> Listed:
    return Listed(tuple(rule.id for rule in rules))


def _under(book: Rulebook, evidence: Evidence) -> Phrase:
    """Which rules are meant, with their date where they are not the month's own."""
    if book is evidence.rulebook:
        return Phrase("finding.rules_own")
    return Phrase("finding.rules_later", {"year": str(book.valid_from.year)})


def _beyond(
    rows: tuple[Figure, ...], most: Decimal, rules: list[Rule], book: Rulebook, evidence: Evidence
) -> Finding:
    score, why = rows[0], rows[1]
    facts: dict[str, Fact] = {
        "unit": evidence.name(score.unit), "figure": named(score.indicator, "points", evidence.rulebook),
        "points": known(score), "most": most, "reason": named(why.indicator, "count", evidence.rulebook),
        "rules": _named(rules), "under": _under(book, evidence),
    }  # fmt: skip
    return Finding(
        "points_allowed", _severity(book, evidence), rows, facts, expected=f"≤ {show(most)}",
        slack=show(half_step(score)), marked=2,
    )  # fmt: skip


def _unexplained(
    rows: tuple[Figure, ...],
    lost: Decimal,
    criterion: Criterion,
    rules: list[Rule],
    book: Rulebook,
    evidence: Evidence,
) -> Finding:
    score, why = rows[0], rows[1]
    year = evidence.first(score.unit, f"{score.indicator}.year_to_date", "points")
    told = {"points": known(year)} if year else {}
    facts: dict[str, Fact] = {
        "unit": evidence.name(score.unit), "figure": named(score.indicator, "points", evidence.rulebook),
        "points": known(score), "max": decimal(criterion.max_points), "lost": lost,
        "left": decimal(criterion.max_points) - lost, "reason": named(why.indicator, "count", evidence.rulebook),
        "rules": _named(rules), "others": _named([rule for rule in criterion.rule if rule not in rules]),
        "under": _under(book, evidence), "year": Phrase("finding.void_year", told) if year else "",
    }  # fmt: skip
    return Finding(
        "points_void", "warning", (*rows, *((year,) if year else ())), facts,
        expected=f"0 – {show(decimal(criterion.max_points) - lost)}", marked=1,
    )  # fmt: skip
