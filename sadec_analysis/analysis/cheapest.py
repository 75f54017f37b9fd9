"""The fewest dossiers, over several sub-indicators together, that gain the points needed: an exact optimum.

Points are rounded by sub-indicator, so the next dossier may gain a hundredth more or less than the one before
it and taking the steepest first can miss the optimum. All ways are weighed instead, by dynamic programming over
hundredths of points.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from sadec_analysis.analysis.levers import Lever, Reach
from sadec_analysis.scoring.points import most_steps, steps

_NEVER = 2**60  # more than any number of dossiers; twice it still fits
Costs = npt.NDArray[np.int64]
Option = tuple[int, int]  # dossiers, hundredths of points they gain


def cheapest(levers: Sequence[Lever], need: Decimal) -> tuple[Reach, ...]:
    """Choose the fewest dossiers that gain ``need`` points, over levers whose counts are known; nothing where all do not.

    Dossiers, procedures and answers count one each. The levers of a unit are taken as independent work, also those
    that count over the same dossiers received. Of equal numbers the set of fewer levers is chosen, then the one that
    does most of the first lever in the order given, then of the second, and so on.
    """
    counted = [lever for lever in levers if lever.left]
    if not counted or sum(lever.most for lever in counted) < need:
        return ()
    steps_needed = math.ceil(need.scaleb(counted[0].decimals))
    options = [_options(lever, need) for lever in counted]
    tables = _tables(options, steps_needed)
    chosen = _chosen(options, tables, steps_needed)
    return tuple(
        Reach.of(lever, need, lever.gain(dossiers), dossiers=dossiers)
        for lever, dossiers in zip(counted, chosen, strict=True)
        if dossiers
    )


def _options(lever: Lever, need: Decimal) -> list[Option]:
    """Numbers of dossiers that gain more than one fewer does, up to the first that gains all that is needed or possible."""
    done, due, most = lever.done or 0, lever.due or 0, lever.smallest(need).dossiers or 0
    tried = np.arange(done, done + most + 1, dtype="int64").astype("int64" if due < 2**31 else "object")
    earned = steps(tried, np.full_like(tried, due), lever.rule, lever.decimals)
    gained = np.minimum(earned, most_steps(lever.rule, lever.decimals)).astype("int64")
    gains, dossiers = np.unique(gained - gained[0], return_index=True)
    return list(zip(dossiers.tolist(), gains.tolist(), strict=True))


def _cost(dossiers: int, levers: int) -> int:
    """Dossiers first, then one for the lever used: no number of levers outweighs a dossier."""
    return dossiers * (levers + 1) + bool(dossiers)


def _tables(options: list[list[Option]], needed: int) -> list[Costs]:
    """Least cost of gaining at least so many hundredths with the levers from each one on; last, with none."""
    table = np.full(needed + 1, _NEVER, dtype="int64")
    table[0] = 0
    tables = [table]
    for own in reversed(options):
        best = table.copy()
        for dossiers, gain in own[1:]:
            cost, at = _cost(dossiers, len(options)), min(gain, needed)
            np.minimum(best[at:], table[: needed + 1 - at] + cost, out=best[at:])
            np.minimum(best[1:at], cost, out=best[1:at])
        table = best
        tables.append(table)
    return tables[::-1]


def _chosen(options: list[list[Option]], tables: list[Costs], needed: int) -> list[int]:
    """Dossiers of each lever in a set of least cost, as many as possible of the first levers."""
    chosen: list[int] = []
    for at, own in enumerate(options):
        for dossiers, gain in reversed(own):
            left = max(0, needed - gain)
            if _cost(dossiers, len(options)) + tables[at + 1][left] == tables[at][needed]:
                chosen.append(dossiers)
                needed = left
                break
    return chosen
