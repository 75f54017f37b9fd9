"""What if: the points that a change of a unit's counts or rates gains, and what clearing its backlog does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sadec_analysis.analysis.levers import Lever
from sadec_analysis.analysis.standing import ON_TIME, OVERDUE, Rows, Why, known, states
from sadec_analysis.errors import InputError
from sadec_analysis.rulebook import Grade, Rulebook
from sadec_analysis.scoring import Number, decimal, grade_of


@dataclass(frozen=True)
class WhatIf:
    """What changes of counts and rates do together; ``total`` and ``grade`` are None where the total is not known."""

    gain: Decimal
    total: Decimal | None
    grade: Grade | None


def what_if(
    rows: Rows, unit: str, rulebook: Rulebook, changes: Mapping[str, Number], overdue: str = OVERDUE
) -> WhatIf:
    """Work out what changes of sub-indicators gain together, and the total that makes; see ``states`` for ``rows``.

    ``changes`` gives by rule id how many more are done, or the new rate in percent where only the rate is known;
    fewer done and lower rates lose. Raises InputError for a sub-indicator that cannot be worked out, or a change that
    its counts do not allow.
    """
    found = states(rows, unit, rulebook, overdue)
    gain = sum((_moved(unit, each, found.get(each), change) for each, change in changes.items()), Decimal(0))
    total = known(rows, unit, "total", "points")
    if total is None:
        return WhatIf(gain, None, None)
    return WhatIf(gain, total + gain, grade_of(total + gain, rulebook))


def _moved(unit: str, rule: str, state: Lever | Why | None, change: Number) -> Decimal:
    if not isinstance(state, Lever):
        raise InputError(
            f"what if, rule {rule} of {unit}",
            "what it would score is not known",
            got=state or "no such rule",
            expected="a rule with known counts or a known rate",
            remedy="leave it out",
        )
    if state.left is None:
        return state.gain_at(change)
    return state.gain(change if isinstance(change, int) else _whole(state, change))


def _whole(lever: Lever, change: Number) -> int:
    if decimal(change) % 1:
        raise InputError(
            f"what if, rule {lever.rule.id} of {lever.unit}",
            "not a whole number",
            got=change,
            remedy="round it",
        )
    return int(change)


def backlog(rows: Rows, unit: str, rulebook: Rulebook, overdue: str = OVERDUE) -> Lever | None:
    """The lever of dossiers on time, where any is late: its ``most`` is what clearing all of them gains, ``gain`` some.

    Only the points of being on time are counted. Sub-indicators that also look at late dossiers, such as 5.4 of 2026, may
    gain too; by how much is not known, as a late dossier may fail them for another reason as well.
    """
    found = states(rows, unit, rulebook, overdue)
    on_time = (found[rule.id] for rule in rulebook.rules.values() if rule.indicator == ON_TIME)
    state = next(on_time, None)
    return state if isinstance(state, Lever) and state.most > 0 else None
