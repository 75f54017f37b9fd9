"""Months from raw files to outputs: each whole, or not at all."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sadec_analysis.errors import InputError, SadecError
from sadec_analysis.placing import require_writable
from sadec_analysis.running.edited import FOLDER
from sadec_analysis.running.graph import Key, Outcome, Task, carried_out
from sadec_analysis.running.keys import reasons
from sadec_analysis.running.parameters import Parameters
from sadec_analysis.running.plan import LAST, group_of, month_tasks, past_tasks
from sadec_analysis.running.stages import Stage
from sadec_analysis.running.workers import Workers, cores

Progress = Callable[[str, float], None]


@dataclass
class Batch:
    """What became of several months: made, unchanged, and failed with the error that stopped them."""

    made: list[Parameters] = field(default_factory=list)
    unchanged: list[Parameters] = field(default_factory=list)
    failed: dict[Parameters, SadecError] = field(default_factory=dict)

    def told(self, seconds: float) -> Iterator[str]:
        """What became of them, in lines for a reader."""
        for each in self.unchanged:
            yield f"{each.tree.outputs(each.month)}: unchanged (--force makes it again)"
        for each in self.made:
            folder = each.tree.outputs(each.month)
            yield f"{folder / 'brief.html'}"
            yield from (
                f"{path}: changed by hand before, kept" for path in sorted((folder / FOLDER).glob("*"))
            )
        counts = {"made": self.made, "unchanged": self.unchanged, "failed": self.failed}
        yield (
            ", ".join(f"{len(months)} {name}" for name, months in counts.items() if months)
            + f"  ({seconds:.1f} s)"
        )


def run_month(
    parameters: Parameters,
    jobs: int | None = None,
    progress: Progress = lambda *_: None,
    *,
    is_forced: bool = True,
) -> Path:
    """Execute every notebook and put the month's outputs in place in one step; return their folder.

    ``progress`` is told each notebook or file and the seconds it took. A month whose outputs still follow from what
    they were made from is left as it is unless ``is_forced``. Raises InputError or RunError with the former outputs untouched.
    """
    batch = run_months(
        [parameters], jobs, lambda _, outcome: progress(outcome.key[1], outcome.seconds), is_forced=is_forced
    )
    for error in batch.failed.values():
        raise error
    return parameters.tree.outputs(parameters.month)


def run_months(
    chosen: Sequence[Parameters],
    jobs: int | None = None,
    tell: Callable[[Parameters, Outcome], None] = lambda *_: None,
    *,
    is_forced: bool = False,
    has_index: bool = True,
) -> Batch:
    """Make several months at once, ``jobs`` tasks at a time; one that fails does not stop the others.

    ``tell`` is told each task's outcome; the page over all months is made again unless it is left to others.
    Raises InputError where outputs cannot be written at all.
    """
    batch = Batch()
    for parameters in chosen:
        require_writable(parameters.tree.outputs(parameters.month))
        if trouble := _missing(parameters):
            batch.failed[parameters] = trouble
        elif not is_forced and not reasons(parameters):
            batch.unchanged.append(parameters)
    due = [each for each in chosen if each not in batch.failed and each not in batch.unchanged]
    if due:
        with contextlib.ExitStack() as stack, Workers(jobs or cores()) as workers:
            stages = _opened(due, stack, batch)
            free = [stage.parameters for stage in stages.values()]
            for outcome in carried_out(list(_tasks(free, stages)), workers):
                _settle(outcome, stages, batch, tell)
            _index(batch.made if has_index else [], workers)
    return batch


def _missing(parameters: Parameters) -> SadecError | None:
    """Why nothing can be made of a month that has no folder."""
    try:
        parameters.tree.require_month(parameters.month)
    except InputError as error:
        return error
    return None


def _opened(due: Sequence[Parameters], stack: contextlib.ExitStack, batch: Batch) -> dict[str, Stage]:
    """The stages of months by group; one that another run holds fails at once."""
    stages = dict[str, Stage]()
    for parameters in due:
        try:
            stages[group_of(parameters)] = stack.enter_context(Stage(parameters))
        except InputError as error:
            batch.failed[parameters] = error
    return stages


def _tasks(due: Sequence[Parameters], stages: dict[str, Stage]) -> Iterator[Task]:
    told = set[Key]()
    for parameters in due:
        before = [month for month in parameters.tree.months() if month < parameters.month]
        past = list(past_tasks(parameters, before))
        yield from (task for task in past if task.key not in told)
        told |= {task.key for task in past}
        yield from month_tasks(
            parameters, stages[group_of(parameters)].folder, frozenset(task.key for task in past)
        )


def _settle(
    outcome: Outcome, stages: dict[str, Stage], batch: Batch, tell: Callable[[Parameters, Outcome], None]
) -> None:
    """Put a month in place at its last task, drop it at its first failure."""
    stage = stages.get(outcome.key[0])
    if stage is None:
        return
    if outcome.error:
        if stage.is_open:
            batch.failed[stage.parameters] = outcome.error
        stage.__exit__()
    elif outcome.key[1] == LAST:
        try:
            stage.put()
            batch.made.append(stage.parameters)
        except InputError as error:
            batch.failed[stage.parameters] = error
    tell(stage.parameters, outcome)


def _index(due: Sequence[Parameters], workers: Workers) -> None:
    """Make the pages over all months again."""
    places = {(str(each.tree.published), each.lang) for each in due}
    tasks = [
        Task(("index", outputs), "sadec_analysis.running.tasks:index", (outputs, lang))
        for outputs, lang in sorted(places)
    ]
    for outcome in carried_out(tasks, workers):
        if outcome.error:
            raise outcome.error
