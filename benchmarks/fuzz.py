"""What becomes of files changed at random: every reader reads them or refuses them in one line, or is in trouble.

    python benchmarks/fuzz.py --cases 1000                       # so many changed files for each reader
    python benchmarks/fuzz.py --seconds 60                       # as many as a minute holds, for each reader
    python benchmarks/fuzz.py --seconds 60 --reader "workbook"   # of one reader only
    python benchmarks/fuzz.py --first 7 --cases 1 --reader "workbook"   # one case again, by its seed

The changes are those of tests/test_fuzz.py, with seeds of their own in every run. Trouble is another error than one for
the user, more than twenty seconds, or anything written; each kind is printed with the seed that makes it, and the exit
code is 1.

With --atheris a fuzzer guided by what code a file reaches chooses what to change further, each reader in a process of
its own; it needs atheris, which is no dependency of the project:

    pip install --target /tmp/atheris atheris==3.0.0
    PYTHONPATH=/tmp/atheris python benchmarks/fuzz.py --atheris --seconds 60
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random, SystemRandom
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

MOST_MEMORY = 6 * 2**30
HANGS = 120  # seconds after which code that Python cannot stop ends the run, with where it stood
WORDS = ("read", "refused", "trouble")


@dataclass
class Tally:
    """What became of the cases of one reader; each kind of trouble with the first case that made it."""

    name: str
    told: Counter[str] = field(default_factory=Counter)
    slowest: float = 0
    trouble: dict[str, str] = field(default_factory=dict)

    def add(self, case: str, read: Callable[[], str]) -> None:
        """Read one case and count what becomes of it."""
        started = time.perf_counter()
        faulthandler.dump_traceback_later(HANGS, exit=True)
        try:
            self.told[read()] += 1
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 - a panic of a library is no Exception
            self.told["trouble"] += 1
            self.trouble.setdefault(_kind(error), case)
        faulthandler.cancel_dump_traceback_later()
        self.slowest = max(self.slowest, time.perf_counter() - started)

    def row(self) -> str:
        """The tally as a row of the table."""
        counts = (sum(self.told.values()), *(self.told[word] for word in WORDS))
        return f"| {self.name} | {' | '.join(f'{count:,}' for count in counts)} | {self.slowest:.1f} s |"


def _kind(error: BaseException) -> str:
    """The error and the last line of the package it came from."""
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if "sadec_analysis/" in frame.filename
    ]
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "nowhere of ours"
    return f"{type(error).__name__} at {where}: {str(error)[:100]!r}"


def plain(reader: Any, first: int, cases: int, seconds: float) -> Tally:
    """Read changed files until so many are read, or so much time has gone."""
    import fuzzed

    tally, good, end = Tally(reader.name), reader.good(), time.monotonic() + seconds
    with fuzzed.room() as folder:
        for seed in range(first, first + cases):
            if time.monotonic() > end:
                break
            data = fuzzed.changed(reader, good, seed)
            tally.add(f"seed {seed}", lambda data=data: fuzzed.outcome(reader, data, folder))
    return tally


# -- guided ------------------------------------------------------------------------


def guided(name: str, seconds: float) -> Tally:
    """Fuzz one reader in a process of its own, for the fuzzer never returns."""
    command = [sys.executable, __file__, "--atheris", "--alone", "--reader", name, "--seconds", str(seconds)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    told = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if not told:
        return Tally(name, Counter(trouble=1), 0, {done.stderr[-800:]: "the process ended"})
    found = json.loads(told[-1])
    return Tally(found["name"], Counter(found["told"]), found["slowest"], found["trouble"])


def alone(name: str, seconds: float) -> None:
    """Let the fuzzer loose on one reader; ends the process when the time is up."""
    import atheris

    with atheris.instrument_imports(include=["sadec_analysis"]):
        import fuzzed
    reader, tally, end = fuzzed.BY_NAME[name], Tally(name), time.monotonic() + seconds
    kept = Path(tempfile.mkdtemp(prefix="fuzz-"))
    (kept / "corpus").mkdir()
    (kept / "corpus" / "good").write_bytes(reader.good())
    with fuzzed.room() as folder:

        def one(data: bytes) -> None:
            if time.monotonic() > end:
                _end(tally, folder, kept)
            case = kept / f"case-{len(tally.trouble)}"  # one in trouble is not written over
            case.write_bytes(data)
            tally.add(str(case), lambda: fuzzed.outcome(reader, data, folder))

        options = ["-timeout=0", "-rss_limit_mb=0", "-max_len=1000000", f"-artifact_prefix={kept}/"]
        atheris.Setup([sys.argv[0], *options, str(kept / "corpus")], one, custom_mutator=_mutator(reader))
        atheris.Fuzz()


def _end(tally: Tally, folder: Path, kept: Path) -> None:
    """Say what was counted and end the process, which the fuzzer takes for an error."""
    print(json.dumps(vars(tally)), flush=True)
    shutil.rmtree(folder)
    shutil.rmtree(kept if not tally.trouble else kept / "corpus")
    os._exit(0)


def _mutator(reader: Any) -> Callable[[bytes, int, int], bytes]:
    """The reader's own changes, and any of bytes where a file is too broken for them."""
    import mutations

    def change(data: bytes, most: int, seed: int) -> bytes:
        chance = Random(seed)
        try:
            return reader.change(chance, data)[:most]
        except (ValueError, LookupError, OSError, RecursionError, NotImplementedError, zipfile.BadZipFile):
            return mutations.in_bytes(chance, data)[:most]

    return change


# -- the table -----------------------------------------------------------------------


def tallies(chosen: argparse.Namespace) -> Iterator[Tally]:
    """Fuzz the readers asked for, one after the other."""
    import fuzzed

    for reader in fuzzed.READERS:
        if chosen.reader in (None, reader.name):
            yield (
                guided(reader.name, chosen.seconds)
                if chosen.atheris
                else plain(reader, chosen.first, chosen.cases, chosen.seconds)
            )


def main() -> None:
    """Fuzz, and print the table."""
    chosen = arguments()
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    if chosen.alone:
        alone(chosen.reader, chosen.seconds)
    print(f"| reader | cases | {' | '.join(WORDS)} | slowest |\n|---|---|---|---|---|---|", flush=True)
    whole, trouble = Tally("all"), Counter[str]()
    for tally in tallies(chosen):
        print(tally.row(), flush=True)
        whole.told += tally.told
        whole.slowest = max(whole.slowest, tally.slowest)
        trouble.update({f"{tally.name}: {kind} ({case})": 1 for kind, case in tally.trouble.items()})
    print("\n".join([whole.row(), "", *trouble]))
    sys.exit(bool(trouble))


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=sys.maxsize)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--reader")
    parser.add_argument("--first", type=int, default=SystemRandom().randrange(10**9))
    parser.add_argument("--atheris", action="store_true")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    bounded = chosen.cases < sys.maxsize
    chosen.seconds = chosen.seconds or (float("inf") if bounded else 60)
    return chosen


if __name__ == "__main__":
    main()
