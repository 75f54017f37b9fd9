"""Control limits: which months of a series are signals, and which are what chance does.

Month by month, each against the months before it that were no signals themselves: no month judges itself,
and one bad month does not widen the limits of the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean
from typing import Literal

from sadec_analysis.analysis.mix import Counts
from sadec_analysis.analysis.noise import is_beyond_noise
from sadec_analysis.analysis.series import Observation, Series
from sadec_analysis.months import Month

MIN_BASELINE = 3  # months before one can be judged
_LANEY_FROM = 8  # months from which the spread between months can be told from that within them
_DEVIATIONS = 3
_MOVING_RANGE = 1.128  # mean range of two draws from a normal distribution, in its deviations

Signal = Literal["", "high", "low"]


@dataclass(frozen=True)
class Limits:
    """A month's rate between its limits, all in percent; ``centre`` is None where too few months went before.

    ``is_new_level`` marks the second month in a row at a new level: from then on it is the baseline.
    """

    month: Month
    rate: float
    centre: float | None = None
    lower: float | None = None
    upper: float | None = None
    signal: Signal = ""
    is_new_level: bool = False


def p_chart(found: Series) -> list[list[Limits]]:
    """Limits of a rate with its counts (Shewhart's p-chart), one list for each stretch; months without counts are left out.

    Centre: all done of all due in the baseline. Limits: three deviations of a sample as large as the month's, widened by
    how much more than chance the baseline's months differ (Laney's p'), where there are enough of them; never narrowed.
    """
    parts = [[each for each in segment if _counts(each)] for segment in found.segments]
    return [list(_judged(part)) for part in parts if part]


def _counts(observation: Observation) -> bool:
    return observation.counts is not None and observation.counts[1] > 0


def _judged(segment: Sequence[Observation]) -> Iterable[Limits]:
    baseline: list[Counts] = []
    last: tuple[Counts, Signal] | None = None
    for each in segment:
        counts = each.counts or (0, 1)
        limits = _limits(each.month, counts, baseline)
        is_new = bool(limits.signal) and _is_same_level(last, counts, limits.signal)
        if is_new and last:
            baseline = [last[0], counts]
        elif not limits.signal:
            baseline.append(counts)
        last = (counts, limits.signal)
        yield _at_new_level(limits) if is_new else limits


def _at_new_level(limits: Limits) -> Limits:
    return Limits(
        limits.month, limits.rate, limits.centre, limits.lower, limits.upper, limits.signal, is_new_level=True
    )


def _is_same_level(last: tuple[Counts, Signal] | None, counts: Counts, signal: Signal) -> bool:
    """Whether the month before signalled on the same side, at a rate that chance does not tell from this one."""
    return last is not None and last[1] == signal and not is_beyond_noise(*last[0], *counts)


def _limits(month: Month, counts: Counts, baseline: Sequence[Counts]) -> Limits:
    rate = counts[0] / counts[1]
    if len(baseline) < MIN_BASELINE:
        return Limits(month, 100 * rate)
    centre = sum(done for done, _ in baseline) / sum(due for _, due in baseline)
    reach = _DEVIATIONS * _deviation(centre, counts[1]) * _spread(centre, baseline)
    low, high = max(0.0, centre - reach), min(1.0, centre + reach)
    signal: Signal = "low" if rate < low else "high" if rate > high else ""
    return Limits(month, 100 * rate, 100 * centre, 100 * low, 100 * high, signal)


def _deviation(centre: float, due: int) -> float:
    return float((centre * (1 - centre) / due) ** 0.5)


def _spread(centre: float, baseline: Sequence[Counts]) -> float:
    """How many times more than chance the baseline's months differ from one another; 1 at least."""
    if len(baseline) < _LANEY_FROM or not 0 < centre < 1:
        return 1.0
    scores = [(done / due - centre) / _deviation(centre, due) for done, due in baseline]
    return max(1.0, fmean(abs(after - before) for before, after in pairwise(scores)) / _MOVING_RANGE)
