"""Parts against their whole: criteria against the total, sub-indicators against their criterion."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from decimal import Decimal

from sadec_analysis.checks.evidence import Evidence
from sadec_analysis.checks.finding import Examined, Finding, known, slack_of, total_of
from sadec_analysis.checks.telling import Added, Fact, Phrase, Printings, named
from sadec_analysis.figures import Figure
from sadec_analysis.numerals import show
from sadec_analysis.rulebook import Rule
from sadec_analysis.scoring import decimal

Choice = tuple[Figure, ...]
_MOST_CHOICES = 10_000  # combinations tried; beyond, no single one could be called the only one


def parts_total(evidence: Evidence) -> Iterator[Examined]:
    """Whether the criteria printed first give the total printed with them.

    The slack is half a printed step for every term. Where a criterion is printed
    with several values, the only combination of them that fits is named.
    """
    for unit in evidence.place.by_code:
        total, options = evidence.first(unit, "total", "points"), _options(unit, evidence)
        if total is not None and all(options):
            printed = tuple(rows[0] for rows in options)
            yield Examined(
                (total, *printed), None if fits(total, printed) else _total_off(total, printed, evidence)
            )


def parts_bounds(evidence: Evidence) -> Iterator[Examined]:
    """Whether a total can be reached by the criteria printed and the most the others can earn."""
    for unit in evidence.place.by_code:
        total, options = evidence.first(unit, "total", "points"), _options(unit, evidence)
        printed = tuple(rows[0] for rows in options if rows)
        if total is None or not printed or all(options):
            continue
        left = [each for each, rows in zip(evidence.rulebook.criterion, options, strict=True) if not rows]
        most = total_of(printed) + sum(decimal(each.max_points) for each in left)
        yield Examined((total, *printed), _out_of_reach(total, printed, most, evidence))


def _options(unit: str, evidence: Evidence) -> list[list[Figure]]:
    """Printed values of each criterion, each value once, the first printing first."""
    return [_distinct(evidence.printings(unit, name, "points")) for name in evidence.rulebook.criteria]


def _distinct(rows: Sequence[Figure]) -> list[Figure]:
    first: dict[Decimal | None, Figure] = {}
    for row in rows:
        first.setdefault(row.value, row)
    return list(first.values())


def fitting(unit: str, evidence: Evidence) -> list[Choice]:
    """Combinations of printed values, one per criterion, that give the total; none where one is missing or they are too many."""
    total, options = evidence.first(unit, "total", "points"), _options(unit, evidence)
    if total is None or math.prod(map(len, options)) > _MOST_CHOICES:
        return []
    return [choice for choice in itertools.product(*options) if fits(total, choice)]


def fits(total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether parts give the total within what rounding can explain: half a printed step of every term."""
    return abs(total_of(parts) - known(total)) <= slack_of((total, *parts))


def _total_off(total: Figure, printed: Choice, evidence: Evidence) -> Finding:
    support = _support(fitting(total.unit, evidence), printed)
    return _unequal("parts_total", total, printed, {"support": support}, evidence)


def _unequal(check: str, whole: Figure, parts: Choice, facts: dict[str, Fact], evidence: Evidence) -> Finding:
    gap, slack = abs(total_of(parts) - known(whole)), slack_of((whole, *parts))
    given: dict[str, Fact] = {
        "unit": evidence.name(whole.unit), "parts": Added(tuple(known(row) for row in parts)), "sum": total_of(parts),
        "total": known(whole), "gap": gap, "slack": slack,
    }  # fmt: skip
    return Finding(
        check, "error", (whole, *parts), given | facts, expected=show(total_of(parts)), slack=show(slack),
        weight=gap / slack,
    )  # fmt: skip


def _support(others: list[Choice], printed: Choice) -> Phrase:
    if len(others) != 1:
        return Phrase("finding.parts_many" if others else "finding.parts_none")
    changed = tuple(row for row in others[0] if row not in printed)
    return Phrase("finding.parts_one", {"values": Printings(changed), "fitting_sum": total_of(others[0])})


def _out_of_reach(total: Figure, printed: Choice, most: Decimal, evidence: Evidence) -> Finding | None:
    least, slack = total_of(printed), slack_of((total, *printed))
    if least - slack <= known(total) <= most + slack:
        return None
    return Finding(
        "parts_bounds", "error", (total, *printed), expected=f"{show(least)} – {show(most)}", slack=show(slack),
        facts={
            "unit": evidence.name(total.unit), "parts": Added(tuple(known(row) for row in printed)), "total": known(total),
            "least": least, "most": most, "slack": slack,
        },
    )  # fmt: skip


def parts_criterion(evidence: Evidence) -> Iterator[Examined]:
    """Whether the sub-indicators of a criterion, all of them given, add up to it.

    One with nothing due, which the rulebook says adds nothing, counts as none.
    """
    for unit in evidence.place.by_code:
        for criterion, parts in sub_indicators(unit, evidence).items():
            whole = evidence.first(unit, criterion, "points")
            if whole is not None:
                facts: dict[str, Fact] = {"figure": named(criterion, "points", evidence.rulebook)}
                is_right = fits(whole, parts)
                finding = None if is_right else _unequal("parts_criterion", whole, parts, facts, evidence)
                yield Examined((whole, *parts), finding)


def sub_indicators(unit: str, evidence: Evidence) -> dict[str, Choice]:
    """Points of the scored sub-indicators of each criterion whose every one is known, or adds nothing."""
    found: dict[str, Choice] = {}
    for criterion in evidence.rulebook.criterion:
        rules = [rule for rule in criterion.rule if rule.max_points]
        rows = [evidence.first(unit, rule.indicator, "points") for rule in rules]
        voids = [_adds_nothing(unit, rule, evidence) for rule in rules]
        given = tuple(row for row in rows if row is not None)
        if given and all(row or void for row, void in zip(rows, voids, strict=True)):
            found[criterion.id] = given
    return found


def _adds_nothing(unit: str, rule: Rule, evidence: Evidence) -> bool:
    due = evidence.first(unit, rule.denominator_indicator, "count")
    return rule.nothing_due == "null" and due is not None and due.value == 0
