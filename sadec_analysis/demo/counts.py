"""The counts of a made-up month: what each unit did and what was due, by rule."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

from sadec_analysis.analysis.mix import Counts
from sadec_analysis.demo.planted import CITY, EVERYWHERE, OFFICE, at_work
from sadec_analysis.rulebook import Rulebook

# Dossiers a month of each unit, and its rate on time: the slow one is where dossiers pile up later.
_VOLUMES = dict(zip(EVERYWHERE, (310, 260, 280, 220, 250, 300, 270, 190, 230, 480), strict=True))
_ON_TIME = dict(zip(EVERYWHERE, (0.86, 0.9, 0.84, 0.91, 0.88, 0.85, 0.89, 0.5, 0.87, 0.9), strict=True))
# Common rates of all other rules over dossiers, and over a fixed number of procedures.
_LEVELS = {"3.3": 0.62, "3.6": 0.45, "5.2": 0.97, "5.3": 0.97, "5.4": 0.86, "1.4": 0.93, "4.1": 0.72, "4.2": 0.7, "4.3": 0.3, "4.4": 0.12, "4.5b": 0.4}  # fmt: skip
_PROCEDURES = {"1.3": (0.97, 180), "3.1": (0.85, 180), "3.2": (0.42, 150), "3.5a": (0.6, 60), "3.5b": (0.5, 60), "4.5a": (0.7, 90)}  # fmt: skip
_ANNOUNCED, _FEEDBACK, _FEEDBACK_CITY = 12, 4, 60
_PAID_SHARE = 0.55  # of dossiers, those with a fee
_BOUND = 0.8  # deviations at most by which chance moves a made-up rate

Unit = dict[str, Counts]


@dataclass(frozen=True)
class Drawn:
    """One made-up month: counts by unit and rule; the city's are those of all units, or its own of procedures."""

    month: int
    units: Mapping[str, Unit]


def draw(month: int, rulebook: Rulebook, seed: int) -> Drawn:
    """Draw month 1 to 12 of the year, or the December before as month 0; the same seed draws the same counts."""
    chance = random.Random(1000 * seed + month)  # noqa: S311 - made-up figures, the same every time
    units = {unit: _unit(unit, month, chance) for unit in EVERYWHERE}
    own = _unit(CITY, month, chance)
    whole = {rule: _summed([unit[rule] for unit in units.values()]) for rule in own}
    additive = {rule for rule in own if rulebook.rules[rule].is_additive}
    units[CITY] = {rule: whole[rule] if rule in additive else own[rule] for rule in own}
    return Drawn(month, units)


def _summed(counts: list[Counts]) -> Counts:
    return sum(done for done, _ in counts), sum(due for _, due in counts)


def _unit(unit: str, month: int, chance: random.Random) -> Unit:
    causes = [
        each
        for each in at_work(month)
        if unit in each.units or (unit == CITY and len(each.units) == len(EVERYWHERE))
    ]
    levels = (
        _LEVELS
        | {"2.1": _ON_TIME.get(unit, 0.85)}
        | {name: level for name, (level, _) in _PROCEDURES.items()}
    )
    volume = _VOLUMES.get(unit, 3000) * _season(month)
    for each in causes:
        levels |= each.levels
        volume *= each.volume
    dues = _dues(unit, round(volume * chance.uniform(0.99, 1.01)))
    announced = _ANNOUNCED if all(each.announces for each in causes) else 0
    found = {rule: _counted(levels[rule], due, chance) for rule, due in dues.items()}
    shown = {"2.2": (0, 0), "5.1": (0, 0)}  # not scored, and not told
    return found | shown | {"1.1": (announced, announced), "1.2": (announced, announced), "cert": (1, 1)}


def _season(month: int) -> float:
    """More dossiers in spring than in autumn."""
    return 1 + 0.06 * ((month + 3) % 12 < 6)  # noqa: PLR2004 - half a year


def _dues(unit: str, volume: int) -> dict[str, int]:
    feedback = _FEEDBACK_CITY if unit == OFFICE else _FEEDBACK
    fees = round(_PAID_SHARE * volume)
    dossiers = dict.fromkeys(("1.4", "2.1", "3.3", "5.4", "4.1", "4.2", "4.3", "4.4", "4.5b"), volume)
    return (
        dossiers
        | {"3.6": fees, "5.2": feedback, "5.3": feedback}
        | {name: due for name, (_, due) in _PROCEDURES.items()}
    )


def _counted(level: float, due: int, chance: random.Random) -> Counts:
    """A count near its level, moved by less than one deviation, so that only what is planted stands out."""
    spread = (due * level * (1 - level)) ** 0.5
    return max(0, min(due, round(due * level + chance.uniform(-_BOUND, _BOUND) * spread))), due
