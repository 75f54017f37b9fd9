"""How long lists of dossiers take to count, and how much memory: the suite's reader beside pandas doing the same work.

    python benchmarks/dossiers.py 100000 1000000 10000000 --rounds 5

Lists are made up, hold personal columns as real ones do, and are deleted afterwards. Each count is a process of its own, timed from
its start to its end; the contenders take turns, so that what else the machine does disturbs all of them alike. Every
count must give the same figures, tallies and remarks, or the benchmark stops.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from make_dossiers import write

from sadec_analysis.months import Month
from sadec_analysis.places import load_place
from sadec_analysis.reading.dossiers.reader import read_dossiers
from sadec_analysis.reading.observations import Observer
from sadec_analysis.rulebook import load_rulebook

MONTH = Month(2022, 11)
OURS = "ours"
CONTENDERS = {"csv": (OURS, "c", "pyarrow"), "parquet": (OURS, "parquet")}
NAMES = {
    OURS: "sadec_analysis", "c": "pandas, default engine", "pyarrow": "pandas, engine pyarrow", "parquet": "pandas",
}  # fmt: skip
Taken = dict[str, float | str]


def count(path: Path, who: str) -> None:
    """Count a list and print what it took and a fingerprint of what it gave; run in a process of its own."""
    observer = Observer("list", MONTH, load_place("sa_dec"), load_rulebook(MONTH))
    if who == OURS:
        read_dossiers(path, observer)
    else:
        import pandas_dossiers

        pandas_dossiers.count(path, observer, who)
    given, used = observer.reading, resource.getrusage(resource.RUSAGE_SELF)
    remarks = [(each.about, each.text) for each in given.remarks]
    figures = [(each.unit, each.indicator, each.measure, each.value) for each in given.figures]
    digest = hashlib.sha256(repr((figures, given.tallies, remarks)).encode()).hexdigest()
    print(
        json.dumps({"cpu": used.ru_utime + used.ru_stime, "memory": used.ru_maxrss / 1024, "digest": digest})
    )


def timed(path: Path, who: str) -> Taken:
    """What one count took, from the start of its process to the end."""
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, __file__, "--count", str(path), who], check=True, capture_output=True, text=True
    )
    seconds = time.perf_counter() - started
    taken: Taken = json.loads(done.stdout)
    return taken | {"seconds": seconds}


def compare(path: Path, rounds: int) -> dict[str, list[Taken]]:
    """Let the contenders take turns; raises SystemExit where two do not give the same."""
    runs: dict[str, list[Taken]] = defaultdict(list)
    for _ in range(rounds):
        for who in CONTENDERS[path.suffix[1:]]:
            runs[who].append(timed(path, who))
    digests = {run["digest"] for each in runs.values() for run in each}
    if len(digests) != 1:
        sys.exit(f"{path.name}: the contenders do not give the same figures")
    return runs


def _median(runs: list[Taken], what: str) -> float:
    return statistics.median(float(run[what]) for run in runs)


def report(rows: int, ending: str, runs: dict[str, list[Taken]]) -> None:
    """Print a line for each contender: medians, and how many times ours it took, round by round."""
    for who, each in runs.items():
        ratios = [
            float(theirs["seconds"]) / float(ours["seconds"])
            for theirs, ours in zip(each, runs[OURS], strict=True)
        ]
        spread = f"{statistics.median(ratios):.1f} ({min(ratios):.1f} to {max(ratios):.1f})"
        print(
            f"| {rows:,} | {ending} | {NAMES[who]} | {_median(each, 'seconds'):.1f} | {_median(each, 'cpu'):.1f} "
            f"| {'1' if who == OURS else spread} | {max(float(run['memory']) for run in each):,.0f} MiB |",
            flush=True,
        )


def main() -> None:
    """Compare on lists of each size, in both forms."""
    parser = argparse.ArgumentParser(description="Count lists of dossiers, with pandas beside")
    parser.add_argument("rows", type=int, nargs="*", default=[100_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    print(
        "| rows | form | with | seconds | of processor | times ours | peak memory |\n|---|---|---|---|---|---|---|"
    )
    for rows in asked.rows:
        for ending in CONTENDERS:
            with tempfile.TemporaryDirectory(prefix="sadec-benchmark-") as folder:
                path = write(Path(folder) / f"dossiers.{ending}", rows)
                report(rows, ending, compare(path, asked.rounds))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--count"]:
        count(Path(sys.argv[2]), sys.argv[3])
    else:
        main()
