"""Work as a graph of tasks, carried out by worker processes: one failure stops only what depends on it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

from sadec_analysis.errors import DiedError, RunError, SadecError
from sadec_analysis.running.workers import Workers

Key = tuple[str, str]  # group, such as a month; name


@dataclass(frozen=True)
class Task:
    """A call of a "module:function" to make once the tasks ``after`` are done; its arguments can be sent to another process."""

    key: Key
    call: str
    args: tuple[Any, ...] = ()
    after: frozenset[Key] = frozenset()


@dataclass(frozen=True)
class Outcome:
    """How a task ended: its value, or its error; ``seconds`` it took, ``tries`` it needed."""

    key: Key
    value: Any = None
    error: SadecError | None = None
    seconds: float = 0.0
    tries: int = 1


MOST_TRIES = 2


def carried_out(tasks: Sequence[Task], workers: Workers) -> Iterator[Outcome]:
    """Yield the outcome of every task as it ends, those first in the list first where nothing holds them back.

    A task whose process, or whose kernel, died is tried once more. A task that depends on a failed one
    has that one's error.
    """
    waiting, done, tries = {task.key: task for task in tasks}, dict[Key, Outcome](), dict[Key, int]()
    running: dict[Connection, tuple[Task, float]] = {}
    while waiting or running:
        for outcome in _hopeless(waiting, done):
            done[outcome.key] = outcome
            yield outcome
        _hand_out(waiting, done, running, workers)
        for connection in wait([*running], timeout=None if running else 0):
            if not isinstance(connection, Connection):  # only connections are waited for
                continue
            task, started = running.pop(connection)
            tries[task.key] = tries.get(task.key, 0) + 1
            value, error = workers.result(connection)
            if isinstance(error, DiedError) and tries[task.key] < MOST_TRIES:
                waiting = {task.key: task, **waiting}
                continue
            outcome = Outcome(task.key, value, error, time.perf_counter() - started, tries[task.key])
            done[task.key] = outcome
            yield outcome


def _hopeless(waiting: dict[Key, Task], done: dict[Key, Outcome]) -> Iterator[Outcome]:
    """Tasks that wait for one that failed."""
    for task in [*waiting.values()]:
        failed = next((done[key] for key in task.after if key in done and done[key].error), None)
        if failed:
            del waiting[task.key]
            yield Outcome(task.key, error=failed.error, tries=0)


def _hand_out(
    waiting: dict[Key, Task],
    done: dict[Key, Outcome],
    running: dict[Connection, tuple[Task, float]],
    workers: Workers,
) -> None:
    ready = [task for task in waiting.values() if task.after <= done.keys()]
    if not ready and not running and waiting:
        raise RunError("graph", "tasks wait for each other", got=sorted(waiting))
    for task in ready[: workers.size - len(running)]:
        del waiting[task.key]
        running[workers.start(task.call, task.args)] = (task, time.perf_counter())
