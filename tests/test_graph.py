"""Work as a graph: order, failures that stop only what depends on them, processes that die."""

from __future__ import annotations

import sys
import time

import pytest

from sadec_analysis.errors import DiedError, InputError, RunError
from sadec_analysis.running.graph import Task, carried_out
from sadec_analysis.running.workers import Workers


def task(name, function, *args, after=(), group="g"):
    return Task((group, name), f"worker_calls:{function}", args, frozenset((group, each) for each in after))


def outcomes(tasks, size=2):
    with Workers(size) as workers:
        return {outcome.key[1]: outcome for outcome in carried_out(tasks, workers)}


def test_values_come_back_and_order_is_kept(tmp_path):
    path = str(tmp_path / "log")
    tasks = [
        task("c", "note", path, "c", after=["b"]),
        task("b", "note", path, "b", after=["a"]),
        task("a", "note", path, "a"),
        task("d", "double", 21),
    ]
    found = outcomes(tasks)
    assert found["d"].value == 42
    assert (tmp_path / "log").read_text(encoding="utf-8").split() == ["a", "b", "c"]


def test_a_failure_stops_what_depends_on_it_and_nothing_else():
    found = outcomes(
        [
            task("bad", "refuse", "x"),
            task("child", "double", 1, after=["bad"]),
            task("grandchild", "double", 1, after=["child"]),
            task("other", "double", 2),
        ]
    )
    assert isinstance(found["bad"].error, InputError)
    assert found["child"].error is found["grandchild"].error is found["bad"].error
    assert found["child"].tries == 0
    assert found["other"].value == 4


def test_an_error_of_ours_is_told_with_its_place():
    error = outcomes([task("s", "stumble")])["s"].error
    assert type(error) is RunError
    assert str(error).startswith("stumble: KeyError: 'nothing' (got worker_calls.py:")


def test_a_task_whose_process_died_is_tried_once_more(tmp_path):
    found = outcomes([task("d", "die_once", str(tmp_path / "x")), task("o", "double", 1)])
    assert (found["d"].value, found["d"].tries, found["o"].value) == ("alive", 2, 2)


def test_a_task_whose_process_dies_again_is_given_up_and_the_others_go_on():
    found = outcomes([task("d", "die"), *(task(str(n), "double", n) for n in range(5))])
    assert isinstance(found["d"].error, DiedError)
    assert "exit -9" in str(found["d"].error)
    assert found["d"].tries == 2
    assert [found[str(n)].value for n in range(5)] == [0, 2, 4, 6, 8]


def test_tasks_run_at_the_same_time_on_workers_that_are_used_again():
    started = time.perf_counter()
    found = outcomes([task(str(n), "nap", 0.4) for n in range(4)], size=2)
    assert time.perf_counter() - started < 0.4 * 4 + 20
    assert len({outcome.value for outcome in found.values()}) == 2


def test_tasks_that_wait_for_each_other_are_told():
    with pytest.raises(RunError, match="tasks wait for each other"):
        outcomes([task("a", "double", 1, after=["b"]), task("b", "double", 1, after=["a"])])


def test_workers_end_with_their_block_even_at_work():
    ends = []

    def interrupted():
        with Workers(1) as workers:
            workers.start("worker_calls:nap", (60,))
            ends.extend(workers._processes.values())
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert ends[0].poll() is not None


@pytest.mark.skipif(sys.platform == "win32", reason="the system does not tell how large a process was")
def test_a_process_that_grew_large_gives_its_result_and_is_replaced():
    tasks = [task(str(at), "grow", size) for at, size in enumerate((1, 1, 500, 1))]
    values = [outcome.value for outcome in outcomes(tasks, size=1).values()]
    assert [size for _, size in values] == [1, 1, 500, 1]
    first, second, third, last = (process for process, _ in values)
    assert first == second == third != last
