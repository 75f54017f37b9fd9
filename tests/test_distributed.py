"""Briefs made on a cluster: all of them, each once and whole, though a worker is killed in the middle."""

from __future__ import annotations

import builtins
import json
import os
import shutil
import signal
import threading
import time
from collections import Counter

import pytest
from conftest import SAMPLE

from sadec_analysis import fingerprints
from sadec_analysis.errors import DiedError, InputError, RunError
from sadec_analysis.running import cluster as cluster_of
from sadec_analysis.running import distributed as running
from sadec_analysis.running.distributed import TOPIC, Order, make, run_distributed
from sadec_analysis.running.parameters import Parameters
from sadec_analysis.running.plan import MADE, group_of

MONTHS = ("2026-06", "2026-07", "2026-08")


def year(root):
    """A root with the made-up month of the ward, under several months."""
    for month in MONTHS:
        shutil.copytree(SAMPLE / "data" / "raw" / "2026-08", root / "data" / "raw" / month)
    return [Parameters.checked(month, "phuong_sa_dec", "vi", root) for month in MONTHS]


def record(parameters):
    folder = parameters.tree.outputs(parameters.month)
    return json.loads((folder / "run.json").read_text(encoding="utf-8"))


def is_whole(parameters):
    """Whether every output is there as it was written, and none besides."""
    folder, written = parameters.tree.outputs(parameters.month), record(parameters)["outputs"]
    there = {
        path.relative_to(folder).as_posix(): fingerprints.of_file(path)
        for path in folder.rglob("*")
        if path.is_file() and path.name != "run.json"
    }
    return there == written and "brief.pdf" in there


class Killer(threading.Thread):
    """Kills one of two workers as soon as both have executed a notebook of an unfinished brief."""

    def __init__(self, cluster, outputs):
        super().__init__(daemon=True)
        self.cluster, self.outputs, self.killed = cluster, outputs, 0

    def run(self):
        while len(list(self.outputs.glob(".2026-*/new/notebooks/01_source.ipynb"))) < 2:
            time.sleep(0.01)
        self.killed = next(iter(self.cluster.workers.values())).pid
        os.kill(self.killed, signal.SIGKILL)


@pytest.fixture
def cluster():
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as started:
        yield started


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="a process is killed")
def test_all_briefs_are_made_once_and_whole_though_a_worker_is_killed_in_the_middle(cluster, tmp_path):
    from distributed import Client

    chosen, killer = year(tmp_path), Killer(cluster, tmp_path / "outputs")
    killer.start()
    batch = run_distributed(chosen, cluster.scheduler_address)
    assert (sorted(map(group_of, batch.made)), batch.failed) == (list(map(group_of, chosen)), {})
    assert all(is_whole(each) for each in chosen)
    assert killer.killed
    assert killer.killed not in {worker.pid for worker in cluster.workers.values()}
    with Client(cluster) as client:
        told = Counter(event["made"] for _, event in client.get_events(TOPIC))
    assert told == Counter(map(group_of, chosen))
    assert len({record(each)["this_run"]["batch"] for each in chosen}) == 1
    left = {path.name for path in (tmp_path / "outputs").iterdir()}
    assert left == {*MONTHS, "index.html"}
    again = run_distributed(chosen, cluster.scheduler_address)
    assert (len(again.unchanged), again.made, again.failed) == (3, [], {})


def order(parameters, batch, **changes):
    given = {"key": "k", "is_forced": True, "code": fingerprints.of_code()} | changes
    return Order(
        parameters=Parameters(parameters.month, "phuong_sa_dec", "vi", parameters.tree, batch), **given
    )


def test_a_brief_that_a_worker_made_before_it_died_is_not_made_again(tmp_path):
    parameters = year(tmp_path)[0]
    folder = parameters.tree.outputs(parameters.month)
    folder.mkdir(parents=True)
    (folder / "run.json").write_text('{"this_run": {"batch": "b"}}', encoding="utf-8")
    outcome = make(order(parameters, "b"))
    assert (outcome.value, outcome.error) == (MADE, None)
    assert [path.name for path in folder.iterdir()] == ["run.json"]


def test_a_worker_with_other_code_makes_nothing(tmp_path):
    outcome = make(order(year(tmp_path)[0], "b", code="other"))
    assert isinstance(outcome.error, InputError)
    assert "another version of the suite" in str(outcome.error)
    assert not (tmp_path / "outputs").exists()


def test_a_month_without_a_folder_is_a_result_and_not_tried_again(tmp_path):
    year(tmp_path)
    missing = Parameters.checked("2026-01", "phuong_sa_dec", "vi", tmp_path)
    assert "no such month" in str(make(order(missing, "b")).error)


def test_keys_are_the_same_for_the_same_work_and_new_for_work_to_be_done_again(tmp_path):
    chosen = year(tmp_path)

    def keys(*, is_forced=False):
        return [each.key for each in running._orders([*chosen, chosen[0]], is_forced=is_forced)]

    assert keys() == keys()
    assert len(set(keys())) == len(keys()) == len(chosen)
    assert not set(keys()) & set(keys(is_forced=True))
    first = keys()
    (tmp_path / "data" / "raw" / MONTHS[-1] / "source.toml").open("a").write("# changed\n")
    assert [old == new for old, new in zip(first, keys(), strict=True)] == [True, True, False]


def test_a_future_that_ended_badly_is_told_as_one_failure(tmp_path):
    parameters = year(tmp_path)[0]
    ended = running._outcome(parameters, "error", (OSError, OSError("disk full"), None))
    assert isinstance(ended.error, RunError)
    assert not isinstance(ended.error, DiedError)
    assert "2026-06 phuong_sa_dec: was not made (got OSError: disk full)" in str(ended.error)


def test_what_a_dead_worker_left_aside_is_removed(tmp_path):
    parameters = year(tmp_path)[0]
    kept, left = tmp_path / "outputs" / "2026-06", tmp_path / "outputs" / ".2026-06.abc"
    for folder in (kept, left):
        folder.mkdir(parents=True)
    running._sweep([parameters])
    assert (kept.exists(), left.exists()) == (True, False)


def test_without_the_library_one_line_tells_what_to_install(tmp_path, monkeypatch):
    plain = builtins.__import__

    def refused(name, *args, **kwargs):
        if name == "distributed":
            raise ImportError(name)
        return plain(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refused)
    with pytest.raises(InputError, match=r'pip install "sadec_analysis\[cluster\]"'):
        run_distributed(year(tmp_path), "tcp://127.0.0.1:1")


def test_an_address_where_nobody_listens_is_an_error_of_one_line(tmp_path, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr(cluster_of, "LONGEST", 1)
    started = time.monotonic()
    with pytest.raises(InputError, match="no scheduler answers"):
        run_distributed(year(tmp_path), "tcp://127.0.0.1:1")
    assert time.monotonic() - started < 20
