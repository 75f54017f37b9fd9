"""Why points changed: the sub-indicators that moved beyond noise, and the units they moved through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from sadec_analysis.analysis.known import Known
from sadec_analysis.analysis.mix import Counts, Effect, effects, summed
from sadec_analysis.analysis.noise import is_beyond_noise
from sadec_analysis.months import Month
from sadec_analysis.rulebook import Rule, Rulebook

OFFICE = ""  # what a city handles itself: its counts less those of its wards
Through = Literal["rate", "mix", "nothing_due"]


@dataclass(frozen=True)
class Cause:
    """A sub-indicator whose counts moved beyond noise, or with nothing due in one of the months.

    ``points`` are gained, a loss is negative. ``effects`` are by ward and OFFICE where the counts of all are known;
    ``units`` are those that moved it: their own rates, or their shares where it moved through the mix.
    """

    rule: Rule
    before: Counts
    after: Counts
    points: Decimal
    through: Through
    effects: tuple[Effect, ...] = ()
    units: tuple[str, ...] = ()


@dataclass(frozen=True)
class Causes:
    """What moved a unit's points between two months: causes by the points they moved, most first.

    ``noise`` are the points of sub-indicators that did not move beyond noise, all together; ``unknown``
    are those whose points or counts are not known in both months, ``compared`` how many are.
    """

    told: tuple[Cause, ...]
    noise: Decimal
    unknown: tuple[Rule, ...]
    compared: int


def causes(
    known: Known, month: Month, unit: str, members: Sequence[str], rulebook: Rulebook
) -> Causes | None:
    """Find what moved the points of a unit since the month before; ``members`` are the wards within it.

    A move is beyond noise where two samples of the same rate would differ so much in one month of 370 at most, over
    all sub-indicators together. None where the month before was scored under other rules, or has no figures.
    """
    if known.rulebook_id(month.previous()) != rulebook.id:
        return None
    rules = [rule for rule in rulebook.rules.values() if rule.is_scored]
    moved = {rule.id: _moved(known, month, unit, rule, rulebook) for rule in rules}
    unknown = tuple(rule for rule in rules if moved[rule.id] is None)
    compared = [(rule, move) for rule in rules if (move := moved[rule.id])]
    told, noise = [], Decimal(0)
    for rule, (before, after, points) in compared:
        if points and _is_told(before, after, len(compared)):
            split = [by_unit(known, each, unit, members, rule) for each in (month.previous(), month)]
            told.append(_cause(rule, before, after, points, split))
        else:
            noise += points
    return Causes(tuple(sorted(told, key=lambda cause: -abs(cause.points))), noise, unknown, len(compared))


def _moved(
    known: Known, month: Month, unit: str, rule: Rule, rulebook: Rulebook
) -> tuple[Counts, Counts, Decimal] | None:
    before, after = (known.counts(each, unit, rule) for each in (month.previous(), month))
    then, now = (known.points(each, unit, rule, rulebook).value for each in (month.previous(), month))
    if before is None or after is None or then is None or now is None:
        return None
    return before, after, now - then


def _is_told(before: Counts, after: Counts, comparisons: int) -> bool:
    """Whether rates differ beyond noise; that nothing was due in one of the months is no noise."""
    if not (before[1] and after[1]):
        return True
    return is_beyond_noise(*before, *after, comparisons)


def by_unit(
    known: Known, month: Month, unit: str, members: Sequence[str], rule: Rule
) -> dict[str, Counts] | None:
    """Counts of each member and of the office itself; None where one is not known or they do not add up."""
    whole = known.counts(month, unit, rule)
    found = {member: known.counts(month, member, rule) for member in members}
    parts = {member: counts for member, counts in found.items() if counts}
    if whole is None or not members or not rule.is_additive or len(parts) < len(members):
        return None
    rest = (
        whole[0] - sum(done for done, _ in parts.values()),
        whole[1] - sum(due for _, due in parts.values()),
    )
    return parts | {OFFICE: rest} if 0 <= rest[0] <= rest[1] else None


def _cause(
    rule: Rule, before: Counts, after: Counts, points: Decimal, split: list[dict[str, Counts] | None]
) -> Cause:
    if not (before[1] and after[1]):
        return Cause(rule, before, after, points, "nothing_due")
    then, now = split
    if then is None or now is None:
        return Cause(rule, before, after, points, "rate")
    found = effects(then, now)
    together = summed(found)
    is_mix = abs(together.mix) > abs(together.rate)
    units = _shifted(found) if is_mix else _changed(found, then, now)
    return Cause(rule, before, after, points, "mix" if is_mix else "rate", tuple(found), units)


def _changed(
    found: Sequence[Effect], then: Mapping[str, Counts], now: Mapping[str, Counts]
) -> tuple[str, ...]:
    """Units whose own rate moved beyond noise, the way the whole did; most effect first."""
    sign = _sign(summed(found).whole)
    moved = [
        each
        for each in found
        if each.rate * sign > 0 and is_beyond_noise(*then[each.unit], *now[each.unit], len(found))
    ]
    return tuple(each.unit for each in sorted(moved, key=lambda each: -each.rate * sign))


def _shifted(found: Sequence[Effect]) -> tuple[str, ...]:
    """Units whose share moved the whole most: those with at least half of the largest effect."""
    sign = _sign(summed(found).whole)
    most = max(each.mix * sign for each in found)
    moved = [each for each in found if 2 * each.mix * sign >= most > 0]
    return tuple(each.unit for each in sorted(moved, key=lambda each: -each.mix * sign))


def _sign(number: Fraction) -> int:
    return -1 if number < 0 else 1
