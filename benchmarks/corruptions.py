"""How many single misprints the checks find, of one digit or grade in a random month in which everything agrees.

    python benchmarks/corruptions.py 2000

Half of the months are reports, half are responses of the portal. A figure is tied where a check compares it with
another; the rest stand against nothing but their own maximum. Rounding hides a digit in the last decimals.
"""

from __future__ import annotations

import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from consistent_months import corrupt, report_month, response_month

from sadec_analysis import checks
from sadec_analysis.checks.evidence import record
from sadec_analysis.figures import Figure

Month = Callable[[int], checks.Evidence]
# These look at a figure alone, at how a column is written or which units it lists, or for one coincidence.
_UNTIED = {"beyond_maximum", "rate_is_points", "decimal_marks", "units_missing", "units_twice", "units_extra"}
_FEWEST = 5  # misprints of a kind before their share says anything


class Shares:
    """Misprints found and made, by what they are of."""

    def __init__(self) -> None:
        self.counts: dict[str, list[bool]] = defaultdict(list)

    def add(self, name: str, *, is_found: bool) -> None:
        """Count one misprint."""
        self.counts[name].append(is_found)

    def tell(self, title: str, fewest: int = 1) -> None:
        """Print the shares, the lowest first."""
        print(f"\n{title}")
        shares = {
            name: sum(found) / len(found) for name, found in self.counts.items() if len(found) >= fewest
        }
        for name in sorted(shares, key=lambda each: (shares[each], each)):
            print(f"{shares[name]:7.1%} of {len(self.counts[name]):5}  {name}")


def misprints(make: Month, number: int) -> Iterator[tuple[Figure, Figure, bool, bool]]:
    """Yield the figure as it was and misprinted, whether it was tied, and whether the checks found it."""
    chance = random.Random(766)
    for seed in range(number):
        month = make(seed)
        changed, figure = corrupt(month, chance)
        at = int((changed.figures["printed"] != month.figures["printed"]).to_numpy().argmax())
        was = record(month.figures.iloc[at].to_dict())
        yield was, figure, was in _tied(month), bool(checks.find_all(changed).findings)


def _tied(month: checks.Evidence) -> set[Figure]:
    runs = [run for name, run in checks.CHECKS.items() if name not in _UNTIED]
    return {figure for run in runs for each in run(month) for figure in each.figures}


def position(was: Figure, now: Figure) -> str:
    """Which of its digits was misprinted."""
    if was.measure == "grade":
        return "grade"
    digits = [at for at, char in enumerate(was.printed.partition("/")[0]) if char.isdigit()]
    at = digits.index(next(at for at in digits if was.printed[at] != now.printed[at]))
    if at == 0:
        return "first digit"
    return "last digit" if at == len(digits) - 1 else "digit between"


def measure(name: str, make: Month, number: int) -> None:
    """Print the shares for one kind of month."""
    started = time.perf_counter()
    every, digits, kinds = Shares(), Shares(), Shares()
    for was, now, is_tied, is_found in misprints(make, number):
        tied = "tied" if is_tied else "alone"
        every.add("every figure", is_found=is_found)
        every.add(tied, is_found=is_found)
        digits.add(f"{position(was, now)}, {tied}", is_found=is_found)
        kinds.add(f"{was.indicator} {was.measure}", is_found=is_found)
    print(f"\n== {name}: {1000 * (time.perf_counter() - started) / number:.0f} ms each")
    every.tell("found")
    digits.tell("by digit")
    kinds.tell(f"by indicator and measure, {_FEWEST} misprints or more", _FEWEST)


def main(number: int) -> None:
    """Measure reports and responses, half each."""
    for name, make in (("reports", report_month), ("responses", response_month)):
        measure(name, make, number // 2)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
