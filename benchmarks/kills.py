"""A run killed at many random moments: what is left each time, and whether the next run does well.

``python benchmarks/kills.py [--times 100]``. Kills ``sadec run`` of November 2022 (SIGKILL) at moments spread evenly over the
time it takes. After each, the outputs must be the complete ones there were or complete new ones; then a run must do well.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
MONTH = "2022-11"
_LOOK = 10  # kills spread over the time of a run, from one whole run to the next


def run(root: Path) -> subprocess.Popen[bytes]:
    """Start a run of the month, everything made again."""
    command = [sys.executable, "-m", "sadec_analysis.cli", "run", MONTH, "--force", "--root", str(root)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def state(outputs: Path) -> dict[str, bytes]:
    """All outputs; of the record all but what differs between runs."""
    found = {
        path.relative_to(outputs).as_posix(): path.read_bytes()
        for path in outputs.rglob("*")
        if path.is_file()
    }
    record = json.loads(found["run.json"])
    return found | {"run.json": json.dumps(record | {"this_run": 0}).encode()}


def whole(root: Path, left: Counter[str]) -> float:
    """Let a run end and return its seconds; one that does not do well is counted."""
    started = time.perf_counter()
    if run(root).wait():
        left["NEXT RUN FAILED"] += 1
    return time.perf_counter() - started


def killed(root: Path, moment: float) -> str:
    """Kill a run at a moment; say what it left."""
    outputs = root / "outputs" / MONTH
    before, number = state(outputs), outputs.stat().st_ino
    process = run(root)
    time.sleep(moment)
    process.kill()
    process.communicate()
    if state(outputs) != before:
        return "NOT WHOLE"
    return "the old one" if outputs.stat().st_ino == number else "the new one"


def main() -> None:
    """Kill, look, and make again after every tenth."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=100)
    times, moments, left = parser.parse_args().times, random.Random(766), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(HERE.parent / "data" / "raw" / MONTH, root / "data" / "raw" / MONTH)
        run(root).communicate()
        for at in range(times):
            if at % _LOOK == 0:  # a machine is not as fast all the time
                longest = 1.1 * whole(root, left)
            left[killed(root, longest * (at % _LOOK + moments.random()) / _LOOK)] += 1
        longest = whole(root, left)
        aside = [path for path in (root / "outputs").iterdir() if path.name.startswith(".")]
    print(f"{times} kills, a run taking {longest:.1f} s: {dict(left)}; left aside in the end: {len(aside)}")


if __name__ == "__main__":
    main()
