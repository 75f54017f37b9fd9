"""How long a month and a year take: the suite against papermill and nbconvert, and against its own functions alone.

``make bench`` or ``python benchmarks/year.py [--rounds 3] [--write docs/performance.md]``. All ways run in turn in each round, so
that a machine that slows down slows all of them; ratios are taken within a round and told as median and range.
"""

from __future__ import annotations

import argparse
import datetime as dt
import functools
import multiprocessing
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

HERE = Path(__file__).resolve().parent
PYTHON, BIN = sys.executable, Path(sys.executable).parent
YEARS, MONTH = (2023, 2024), "2024-08"  # the whole years of the city under the index
NOTEBOOKS = (
    "01_source",
    "02_scores",
    "03_on_time",
    "04_online",
    "05_satisfaction",
    "06_digitisation",
    "07_change",
    "brief",
)
API = """
import sys, papermill, nbformat
from nbconvert import HTMLExporter
exporter = HTMLExporter()
for name in sys.argv[4:]:
    done = papermill.execute_notebook(f"{sys.argv[1]}/{name}.ipynb", f"{sys.argv[3]}/{name}.ipynb",
        {"month": sys.argv[2].split("@")[0], "root": sys.argv[2].split("@")[1]}, progress_bar=False, kernel_name="python3")
    open(f"{sys.argv[3]}/{name}.html", "w", encoding="utf-8").write(exporter.from_notebook_node(done)[0])
"""


@dataclass(frozen=True)
class Cost:
    """One run: seconds on the clock, seconds of processors, memory of the largest process in MB."""

    wall: float
    cpu: float
    memory: float


def timed(action: Callable[[], None]) -> Cost:
    """Run something that starts processes, and count what they took."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_counted, args=(action, sender))
    process.start()
    sender.close()
    try:
        cost: Cost = receiver.recv()
    except EOFError:
        raise SystemExit("a run failed") from None
    process.join()
    return cost


def _counted(action: Callable[[], None], sender: Connection) -> None:
    """Run it in a process of its own: the largest child of that one is the largest of the run."""
    started = time.perf_counter()
    action()
    wall, used = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    sender.send(Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024))


def call(*command: str | Path, cwd: Path | None = None) -> None:
    """Run a command that must do well."""
    subprocess.run([str(each) for each in command], check=True, capture_output=True, cwd=cwd)


def fresh(source: Path, folder: Path, months: list[str]) -> Path:
    """A root with the raw files of some months."""
    shutil.rmtree(folder, ignore_errors=True)
    for month in months:
        shutil.copytree(source / "data" / "raw" / month, folder / "data" / "raw" / month)
    return folder


def stock(root: Path, month: str, out: Path) -> None:
    """(a) papermill's and nbconvert's commands, one after the other, for every notebook."""
    out.mkdir(parents=True, exist_ok=True)
    for name in NOTEBOOKS:
        call(
            BIN / "papermill",
            HERE.parent / "notebooks" / f"{name}.ipynb",
            out / f"{name}.ipynb",
            "-r",
            "month",
            month,
            "-r",
            "root",
            root,
            "--no-progress-bar",
        )
        call(BIN / "jupyter", "nbconvert", "--to", "html", out / f"{name}.ipynb")


def api(root: Path, month: str, out: Path) -> None:
    """(b) papermill's and nbconvert's functions in one process."""
    out.mkdir(parents=True, exist_ok=True)
    call(PYTHON, "-c", API, HERE.parent / "notebooks", f"{month}@{root}", out, *NOTEBOOKS)


def floor(root: Path, months: list[str], jobs: int) -> None:
    """(c) the functions alone, months shared among ``jobs`` processes."""
    shares = [months[at::jobs] for at in range(min(jobs, len(months)))]
    running = [subprocess.Popen([PYTHON, HERE / "floor.py", root, *share]) for share in shares]
    if any(each.wait() for each in running):
        raise SystemExit("the floor failed")


def ours(root: Path, months: list[str], jobs: int, *more: str) -> None:
    """The suite's own command."""
    call(BIN / "sadec", "batch", f"{months[0]}..{months[-1]}", "--root", root, "--jobs", str(jobs), *more)


def demo(folder: Path) -> tuple[Path, list[str]]:
    """A root with two made-up years."""
    for year in YEARS:
        (folder / str(year) / "data" / "raw").mkdir(parents=True)
        call(BIN / "sadec", "demo", "--root", folder / str(year), "--year", str(year))
    raw = {
        path.name: path
        for year in YEARS
        for path in (folder / str(year) / "data" / "demo" / "data" / "raw").iterdir()
    }
    for name, path in raw.items():
        shutil.copytree(path, folder / "all" / "data" / "raw" / name)
    return folder / "all", sorted(raw)


def measured(rounds: int, folder: Path) -> dict[str, list[Cost]]:
    """Costs of every way, by name, a value a round."""
    source, months = demo(folder)
    year, costs = [month for month in months if month.startswith("2024")], dict[str, list[Cost]]()

    def note(name: str, action: Callable[[], None]) -> None:
        costs.setdefault(name, []).append(timed(action))
        print(
            f"{name:<28} {costs[name][-1].wall:8.2f} s  {costs[name][-1].cpu:8.2f} s cpu  {costs[name][-1].memory:6.0f} MB",
            flush=True,
        )

    for _ in range(rounds):
        one = fresh(source, folder / "one", [MONTH])
        note("month, stock", functools.partial(stock, one, MONTH, folder / "a"))
        note("month, api", functools.partial(api, one, MONTH, folder / "b"))
        for jobs in (1, 2):
            note(f"month, floor, {jobs}", lambda: floor(fresh(source, folder / "one", [MONTH]), [MONTH], 1))
            note(f"month, ours, {jobs}", lambda: ours(fresh(source, folder / "one", [MONTH]), [MONTH], jobs))  # noqa: B023 - called before the next number of jobs
        note("year, floor, 2", lambda: floor(fresh(source, folder / "year", year), year, 2))
        note("year, ours, 2", lambda: ours(fresh(source, folder / "year", year), year, 2))
        note("year, unchanged", lambda: ours(folder / "year", year, 2))
        note("two years, ours, 2", lambda: ours(fresh(source, folder / "some", months), months, 2))
        note("quarter, ours, 2", lambda: ours(fresh(source, folder / "some", year[:3]), year[:3], 2))
        note("help", lambda: call(BIN / "sadec", "--help"))
        note("import", lambda: call(PYTHON, "-c", "import sadec_analysis"))
        note("python", lambda: call(PYTHON, "-c", "pass"))
    return costs


def middle(costs: list[Cost]) -> str:
    """Median and range of seconds."""
    walls = sorted(each.wall for each in costs)
    return f"{statistics.median(walls):.2f} ({walls[0]:.2f} to {walls[-1]:.2f})"


def ratio(above: list[Cost], below: list[Cost], times: float = 1) -> str:
    """Median and range of the ratio within a round."""
    values = sorted(times * one.wall / other.wall for one, other in zip(above, below, strict=False))
    return f"{statistics.median(values):.2f} ({values[0]:.2f} to {values[-1]:.2f})"


def told(costs: dict[str, list[Cost]], bytes_of_month: int) -> str:
    """The results as Markdown."""
    rows = [
        f"| {name} | {middle(all_)} | {statistics.median(each.cpu for each in all_):.2f} | {max(each.memory for each in all_):.0f} |"
        for name, all_ in costs.items()
    ]
    ratios = {
        "month: stock / ours, 2 jobs (at least 15)": ratio(costs["month, stock"], costs["month, ours, 2"]),
        "month: api / ours, 2 jobs": ratio(costs["month, api"], costs["month, ours, 2"]),
        "year: 12 x stock month / ours, 2 jobs (at least 20)": ratio(costs["month, stock"], costs["year, ours, 2"], 12),
        "month: ours, 1 job / floor, 1 process": ratio(costs["month, ours, 1"], costs["month, floor, 1"]),
        "year: ours, 2 jobs / floor, 2 processes (at most 1.3)": ratio(costs["year, ours, 2"], costs["year, floor, 2"]),
        "month: 1 job / 2 jobs": ratio(costs["month, ours, 1"], costs["month, ours, 2"]),
        "a month of two years / a month of one year (1 is linear)": ratio(costs["two years, ours, 2"], costs["year, ours, 2"], 1 / 2),
        "a month of one year / a month of a quarter": ratio(costs["year, ours, 2"], costs["quarter, ours, 2"], 1 / 4),
    }  # fmt: skip
    lines = [
        f"{platform.system()}, Python {platform.python_version()}, {os.cpu_count()} processors, {dt.date.today():%Y-%m-%d}; medians of {len(costs['help'])} rounds (range).",  # noqa: DTZ011 - the day here
        "", "| ratio | measured |", "|---|---|", *(f"| {name} | {value} |" for name, value in ratios.items()),
        "", "| run | seconds | cpu seconds | largest process, MB |", "|---|---|---|---|", *rows,
        "", f"Outputs of a month: {bytes_of_month / 1e6:.2f} MB.",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", type=Path, help="Markdown file whose part between the marks is replaced")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        costs = measured(chosen.rounds, Path(folder))
        size = sum(
            path.stat().st_size
            for path in (Path(folder) / "year" / "outputs" / MONTH).rglob("*")
            if path.is_file()
        )
    text = told(costs, size)
    print(text)
    if chosen.write:
        before, _, rest = chosen.write.read_text(encoding="utf-8").partition("<!-- measured -->\n")
        after = rest.partition("<!-- end -->")[2]
        chosen.write.write_text(f"{before}<!-- measured -->\n{text}<!-- end -->{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
