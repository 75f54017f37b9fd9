"""What it takes: the least work that brings a unit to the next grade.

The month is taken again with more done and the same due; it is no forecast. What is not known stays out of
every gain, and is named with the most it could still add.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from sadec_analysis.analysis.cheapest import cheapest
from sadec_analysis.analysis.levers import Lever, Reach
from sadec_analysis.analysis.standing import OVERDUE, Rows, States, Why, known, states
from sadec_analysis.rulebook import Criterion, Grade, Rule, Rulebook
from sadec_analysis.scoring import decimal, grade_of, score


@dataclass(frozen=True)
class Closed:
    """What cannot be moved, or not be told: a sub-indicator, or a criterion whose rules are not known.

    ``most`` points are all that it could still add; 0 where nothing is due or all points are earned.
    """

    part: Rule | Criterion
    why: Why
    most: Decimal

    @property
    def is_unknown(self) -> bool:
        """Whether it may add points that nobody can work out from what is known."""
        return self.most > 0


@dataclass(frozen=True)
class Outlook:
    """What a unit needs for the next grade, and what brings it there.

    ``reaches`` holds the least change of each lever alone, in the order of the rulebook; ``cheapest`` the fewest
    dossiers over all levers with counts, none where these are not enough. ``upper_unknown`` is the most that all
    closed parts could add together: a limit, not an expectation.
    """

    unit: str
    total: Decimal
    grade: Grade
    next_grade: Grade
    need: Decimal
    levers: tuple[Lever, ...]
    reaches: tuple[Reach, ...]
    cheapest: tuple[Reach, ...]
    closed: tuple[Closed, ...]
    upper_unknown: Decimal

    @cached_property
    def together(self) -> Decimal:
        """Points gained when every lever is moved all the way."""
        return sum((lever.most for lever in self.levers), Decimal(0))

    @property
    def missing(self) -> Decimal:
        """Points that all levers together fall short by."""
        return max(Decimal(0), self.need - self.together)

    @property
    def smallest(self) -> Reach | None:
        """The least change of one lever that is enough: the fewest dossiers, else the smallest rise of a rate."""
        enough = [each for each in self.reaches if each.reaches]
        by_count = [each for each in enough if each.dossiers is not None]
        by_rate = [each for each in enough if each.rise is not None]
        first = min(by_count, key=lambda each: each.dossiers or 0, default=None)
        return first or min(by_rate, key=lambda each: each.rise or 0, default=None)

    @property
    def dossiers(self) -> int:
        """Dossiers of the cheapest set in all."""
        return sum(each.dossiers or 0 for each in self.cheapest)


def outlook(rows: Rows, unit: str, rulebook: Rulebook, overdue: str = OVERDUE) -> Outlook | None:
    """What a unit needs for the next grade; None where its total is not known, or there is no higher grade.

    ``rows`` and ``overdue`` are as in ``states``. The printed total is taken as it is.
    """
    total = known(rows, unit, "total", "points")
    if total is None or not (higher := _higher(total, rulebook)):
        return None
    found = states(rows, unit, rulebook, overdue)
    need = decimal(higher.from_points) - total
    levers = tuple(each for each in found.values() if isinstance(each, Lever) and each.most > 0)
    closed = tuple(_closed(rows, unit, rulebook, found))
    return Outlook(
        unit, total, grade_of(total, rulebook), higher, need, levers, tuple(each.smallest(need) for each in levers),
        cheapest(levers, need), closed, _upper(rows, total, rulebook, unit, found, closed),
    )  # fmt: skip


def _higher(total: Decimal, rulebook: Rulebook) -> Grade | None:
    value = grade_of(total, rulebook).value
    return next((each for each in rulebook.grades.values() if each.value > value), None)


def _closed(rows: Rows, unit: str, rulebook: Rulebook, found: States) -> Iterator[Closed]:
    for criterion in rulebook.criterion:
        if not criterion.rule:
            yield Closed(criterion, "not_established", _open(rows, unit, criterion))
        for rule in criterion.rule:
            state = found.get(rule.id)
            if isinstance(state, Lever):
                yield from [] if state.most > 0 else [Closed(rule, "full", Decimal(0))]
            elif state is not None:
                is_open = state in ("not_established", "figures_missing")
                yield Closed(rule, state, _open(rows, unit, rule) if is_open else Decimal(0))


def _open(rows: Rows, unit: str, part: Rule | Criterion) -> Decimal:
    """Points a part has not earned yet: all it can where its points are not known."""
    indicator = part.indicator if isinstance(part, Rule) else part.id
    return decimal(part.max_points) - (known(rows, unit, indicator, "points") or 0)


def _upper(
    rows: Rows, total: Decimal, rulebook: Rulebook, unit: str, found: States, closed: tuple[Closed, ...]
) -> Decimal:  # fmt: skip
    """The most all closed parts could add: what is open in each criterion, as far as it and the total leave room for it."""
    most = {each.part.id: each.most for each in closed}
    rules, by_criterion = rulebook.rules, Decimal(0)
    for criterion in rulebook.criterion:
        parts = [rule.id for rule in criterion.rule] or [criterion.id]
        own = sum((most.get(part, Decimal(0)) for part in parts), Decimal(0))
        room = _open(rows, unit, criterion) - sum(_apart(found.get(part), rules.get(part)) for part in parts)
        by_criterion += max(Decimal(0), min(own, room))
    left = (
        decimal(rulebook.max_points)
        - total
        - sum(_apart(state, rules[each]) for each, state in found.items())
    )
    return max(Decimal(0), min(by_criterion, left))


def _apart(state: Lever | Why | None, rule: Rule | None) -> Decimal:
    """Points known to be missing to a rule's maximum, which what is not known cannot add: to be moved, or lost as nothing was due."""
    if isinstance(state, Lever):
        return state.most
    if state != "nothing_due" or rule is None or (earned := score(0, 0, rule)).is_open:
        return Decimal(0)
    return decimal(rule.max_points) - (earned.value or 0)
