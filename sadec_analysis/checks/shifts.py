"""What all changes together say: grades crossed without a word, and a level that moved for everyone."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from sadec_analysis.checks.evidence import Evidence
from sadec_analysis.checks.finding import Examined, Finding, known, retyped, tables_of
from sadec_analysis.checks.moves import changed
from sadec_analysis.checks.telling import Fact, Listed, Phrase, named
from sadec_analysis.figures import Figure
from sadec_analysis.rulebook import Grade
from sadec_analysis.scoring import decimal, grade_of
from sadec_analysis.words import Bilingual

_FEWEST = 5  # units that must move together before their move says something of all
_SHARE = 20  # a move that changes a level is at least a twentieth of the maximum


def previous_unsaid(evidence: Evidence) -> Iterator[Examined]:
    """Whether units crossed a grade without the source saying so: it prints scores and changes, not where they started."""
    pairs = [
        (score, change) for score, change in changed(evidence)
        if score.indicator == "total" and score.unit in evidence.own
    ]  # fmt: skip
    crossed = [pair for pair in pairs if _has_crossed(*pair, evidence)]
    if pairs:
        compared = tuple(row for pair in pairs for row in pair)
        yield Examined(compared, _crossings(pairs, crossed, evidence) if crossed else None)


def _has_crossed(score: Figure, change: Figure, evidence: Evidence) -> bool:
    """Whether no rounding by a typist leaves both months in one grade."""
    now, moved = retyped(score), retyped(score) + retyped(change)
    after = {grade_of(known(score) + each, evidence.rulebook).value for each in (-now, now)}
    start = known(score) - known(change)
    return after.isdisjoint(grade_of(start + each, evidence.rulebook).value for each in (-moved, moved))


def _grade_before(score: Figure, change: Figure, evidence: Evidence) -> Grade:
    return grade_of(known(score) - known(change), evidence.rulebook)


def _crossings(
    pairs: list[tuple[Figure, Figure]], crossed: list[tuple[Figure, Figure]], evidence: Evidence
) -> Finding:
    totals = Listed(tuple(
        Phrase("finding.previous_total", {"unit": evidence.label(score.unit), "total": known(score) - known(change)})
        for score, change in pairs
    ))  # fmt: skip
    facts: dict[str, Fact] = {
        "totals": totals, "crossed": Listed(tuple(_group(crossed, evidence))), "order": _reordered(pairs, evidence),
    }  # fmt: skip
    rows = tuple(score for score, _ in pairs)
    return Finding("previous_unsaid", "note", rows, facts, marked=0, shown=len(rows), place=tables_of(rows))


def _reordered(pairs: list[tuple[Figure, Figure]], evidence: Evidence) -> Phrase | str:
    """Says so where the wards stand in another order than the month before."""
    wards = [pair for pair in pairs if pair[0].unit in evidence.wards]
    now = sorted(wards, key=lambda pair: -known(pair[0]))
    then = sorted(wards, key=lambda pair: known(pair[1]) - known(pair[0]))
    return "" if now == then else Phrase("finding.previous_order")


def _group(crossed: list[tuple[Figure, Figure]], evidence: Evidence) -> Iterator[Phrase]:
    """Yield a phrase for each pair of grades: who went from one to the other."""
    groups: dict[tuple[Grade, Grade], list[str]] = {}
    for score, change in crossed:
        key = (_grade_before(score, change, evidence), grade_of(known(score), evidence.rulebook))
        groups.setdefault(key, []).append(evidence.label(score.unit))
    for (before, after), units in groups.items():
        names = [Bilingual(grade.name_vi, grade.name_en) for grade in (before, after)]
        facts: dict[str, Fact] = {
            "count": len(units),
            "units": Listed(tuple(units)),
            "before": names[0],
            "after": names[1],
        }
        yield Phrase("finding.previous_crossed", facts)


def level_shift(evidence: Evidence) -> Iterator[Examined]:
    """Whether all units moved together, by more than what sets their moves apart: a sign of one cause outside them.

    A change of rules or of source does that; so does a cause common to all. Changes are the printed ones,
    or those against the month before as stored.
    """
    for indicator in ("total", *evidence.rulebook.criteria):
        moves = list(_moves(indicator, evidence))
        if len(moves) >= _FEWEST:
            finding = _shift(indicator, moves, evidence) if _is_common(indicator, moves, evidence) else None
            yield Examined(tuple(row for row, _ in moves), finding)


def _moves(indicator: str, evidence: Evidence) -> Iterator[tuple[Figure, Decimal]]:
    for unit in evidence.own:
        score, change = (evidence.first(unit, indicator, measure) for measure in ("points", "change"))
        before = evidence.previous.find(score) if evidence.previous and score else None
        if change is not None:
            yield change, known(change)
        elif score is not None and before is not None and before.value is not None:
            yield score, known(score) - known(before)


def _is_common(indicator: str, moves: list[tuple[Figure, Decimal]], evidence: Evidence) -> bool:
    values = [move for _, move in moves]
    least = min(abs(move) for move in values)
    is_one_way = all(move > 0 for move in values) or all(move < 0 for move in values)
    top = decimal(evidence.rulebook.maximum(indicator) or 0)
    return is_one_way and least > max(values) - min(values) and least >= top / _SHARE


def _shift(indicator: str, moves: list[tuple[Figure, Decimal]], evidence: Evidence) -> Finding:
    values = sorted((move for _, move in moves), key=abs)
    facts: dict[str, Fact] = {
        "count": len(moves), "figure": named(indicator, "points", evidence.rulebook), "least": values[0],
        "most": values[-1], "spread": abs(values[-1] - values[0]), "why": _why(evidence),
    }  # fmt: skip
    rows = tuple(row for row, _ in moves)
    return Finding("level_shift", "note", rows, facts, marked=0, shown=len(rows), place=tables_of(rows))


def _why(evidence: Evidence) -> Phrase:
    """What is known of the two months' rules."""
    if evidence.previous is None:
        return Phrase("finding.shift_unknown")
    same = evidence.previous.rulebook_id == evidence.rulebook.id
    return Phrase("finding.shift_same_rules" if same else "finding.shift_other_rules")
