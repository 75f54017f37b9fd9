"""How often planted causes are found and others invented, over several made-up years, under two amounts of chance.

.venv/bin/python benchmarks/recovery.py [SEEDS]
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path
from unittest.mock import patch

from sadec_analysis.analysis.causes import causes
from sadec_analysis.analysis.known import Known
from sadec_analysis.demo import TRUTH, counts, write_demo
from sadec_analysis.history import joined, past
from sadec_analysis.months import Month
from sadec_analysis.paths import Tree
from sadec_analysis.places import load_place
from sadec_analysis.rulebook import load_rulebook

PLACE = load_place("sa_dec")
WARDS = [ward.code for ward in PLACE.wards]


def binomial(level: float, due: int, chance: random.Random) -> tuple[int, int]:
    """A count moved by as much as chance moves a sample of that size."""
    moved = due * level + chance.gauss(0, 1) * (due * level * (1 - level)) ** 0.5
    return max(0, min(due, round(moved))), due


def indicators(known: Known, month: Month, unit: str, members: list[str], root: Path) -> set[str]:
    """What is told to have moved a unit."""
    found = causes(known, month, unit, members, load_rulebook(month, local=Tree.at(root).rulebooks))
    return {cause.rule.indicator for cause in found.told} if found else set()


def year(root: Path, tally: Counter[str]) -> None:
    """Compare what is told of the city and of each ward with the truth about every month."""
    planted = json.loads((root / TRUTH).read_text(encoding="utf-8"))["planted"]
    truth = [each for each in planted if each["kind"] == "cause"]
    months = [each.rows for each in past(Tree.at(root), Month(2025, 1), PLACE)]
    known = Known(joined(months))
    for number in range(2, 13):
        month = Month(2024, number)
        own = [each for each in truth if str(month) in (each["month"], each["ends"])]
        wanted = {name for each in own for name in each["moves"]}
        found = indicators(known, month, PLACE.city.code, WARDS, root)
        tally["planted"] += len(wanted)
        tally["missed"] += len(wanted - found)
        tally["invented"] += len(found - wanted)
        for ward in WARDS:
            by_rate = [each for each in own if ward in each["units"] and each["through"] != "mix"]
            here = {name for each in by_rate for name in each["moves"]}
            tally["invented in wards"] += len(indicators(known, month, ward, [], root) - here)
            tally["ward-months"] += 1


def main() -> None:
    """Print the tallies."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 8
    for name, draw in (("as written", counts._counted), ("binomial", binomial)):  # noqa: SLF001 - the noise is the subject
        tally: Counter[str] = Counter()
        for seed in range(1, seeds + 1):
            with tempfile.TemporaryDirectory() as folder, patch.object(counts, "_counted", draw):
                year(write_demo(Path(folder) / "demo", 2024, seed), tally)
        print(f"{name:<12}", ", ".join(f"{what} {count}" for what, count in tally.items()))


if __name__ == "__main__":
    main()
