"""What a province costs on a local cluster of two workers, and what the scheduler costs alone.

``python benchmarks/scale.py briefs 36``: seconds, memory and bytes of that many briefs.
``python benchmarks/scale.py empty 1000 10000 40000``: microseconds for each task that does nothing.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import distributed
import psutil
from province import write_province

from sadec_analysis.months import Month
from sadec_analysis.running.distributed import run_distributed
from sadec_analysis.running.units import ALL, chosen_briefs

MONTH, PLACE, COMMUNES, WORKERS = "2026-08", "phuong_sa_dec", 103, 2
_EVERY = 1.0  # seconds between looks at memory, which cost processor too


class Watch(threading.Thread):
    """Peak memory of each worker with all processes below it, shared pages split between those that share them."""

    def __init__(self, pids: list[int]) -> None:
        super().__init__(daemon=True)
        self.pids, self.peak, self.idle, self.is_over = pids, dict[int, int](), 0, False

    def run(self) -> None:
        """Look until told to stop."""
        while not self.is_over:
            for pid in self.pids:
                self.peak[pid] = max(self.peak.get(pid, 0), _memory(pid))
            time.sleep(_EVERY)


def _memory(pid: int) -> int:
    total = 0
    try:
        own = psutil.Process(pid)
        for each in (own, *own.children(recursive=True)):
            try:
                total += each.memory_full_info().pss
            except psutil.Error:  # it has just ended
                continue
    except psutil.Error:
        return 0
    return total


def briefs(count: int) -> dict[str, Any]:
    """Make some briefs of a made-up province and measure."""
    with tempfile.TemporaryDirectory() as folder, _cluster() as cluster:
        root = write_province(Path(folder), [Month.parse(MONTH)], COMMUNES)
        chosen = chosen_briefs([Month.parse(MONTH)], PLACE, ALL, "vi", root)[0][:count]
        seconds: list[float] = []
        watch = Watch([worker.pid for worker in cluster.workers.values()])
        watch.start()
        started, busy, own = time.perf_counter(), psutil.cpu_times(), sum(psutil.Process().cpu_times()[:2])
        batch = run_distributed(
            chosen, cluster.scheduler_address, lambda _, outcome: seconds.append(outcome.seconds)
        )
        took, after = time.perf_counter() - started, psutil.cpu_times()
        watch.is_over = True
        steady = seconds[WORKERS:] or seconds
        sizes = [_size(each.tree.outputs(each.month)) for each in batch.made]
        kept = [_size(each.tree.processed(each.month).parent) for each in batch.made]
        return {
            "made": len(batch.made), "failed": len(batch.failed), "seconds": round(took, 1), "briefs_an_hour": round(3600 * len(batch.made) / took),
            "seconds_a_brief": {"median": round(statistics.median(steady), 1), "least": round(min(steady), 1), "most": round(max(steady), 1)},
            "own_cpu_seconds_a_brief": round(_cpu(cluster) / count, 1),
            "cpu_seconds_of_scheduler_and_watch": round(sum(psutil.Process().cpu_times()[:2]) - own, 1),
            "machine_busy_share": round(1 - (after.idle - busy.idle) / took / psutil.cpu_count(), 2),
            "peak_mb_a_worker": [round(each / 1e6) for each in watch.peak.values()],
            "outputs_kb_a_brief": round(statistics.mean(size for size, _ in sizes) / 1e3), "files_a_brief": round(statistics.mean(files for _, files in sizes)),
            "processed_kb_a_brief": round(statistics.mean(size for size, _ in kept) / 1e3),
        }  # fmt: skip


def _cpu(cluster: Any) -> float:
    """Seconds of processor the workers have used, and all they started and saw end."""
    workers = [psutil.Process(worker.pid) for worker in cluster.workers.values()]
    processes = [each for worker in workers for each in (worker, *worker.children())]
    return float(sum(sum(each.cpu_times()[:4]) for each in processes))


def _size(folder: Path) -> tuple[int, int]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return sum(path.stat().st_size for path in files), len(files)


def nothing(_: int) -> None:
    """A task that does nothing."""


def empty(count: int) -> dict[str, Any]:
    """Send tasks that do nothing the way briefs are sent, and measure."""
    with _cluster() as cluster, distributed.Client(cluster) as client:
        client.gather(client.map(nothing, range(100), pure=False))
        scheduler, before = psutil.Process(), psutil.Process().memory_info().rss
        started = time.perf_counter()
        futures = client.map(nothing, range(count), key=[f"empty-{n}" for n in range(count)], retries=2)
        sent = time.perf_counter() - started
        for future, _ in distributed.as_completed(futures, with_results=True):
            future.release()
        took = time.perf_counter() - started
        grown = scheduler.memory_info().rss - before
        return {
            "tasks": count, "seconds": round(took, 2), "sent_after": round(sent, 2), "microseconds_a_task": round(1e6 * took / count),
            "client_and_scheduler_mb": round(grown / 1e6),
        }  # fmt: skip


def _cluster() -> Any:
    return distributed.LocalCluster(n_workers=WORKERS, threads_per_worker=1, dashboard_address=None)


def main() -> None:
    """Measure what the command line asks for, one line of JSON each."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("what", choices=("briefs", "empty"))
    asked.add_argument("count", type=int, nargs="+")
    given = asked.parse_args()
    for count in given.count:
        print(json.dumps((briefs if given.what == "briefs" else empty)(count)), flush=True)


if __name__ == "__main__":
    main()
