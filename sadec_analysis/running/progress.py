"""How a run is told while it goes on: bars on a terminal, lines elsewhere."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sadec_analysis.running import plan
from sadec_analysis.running.graph import Outcome
from sadec_analysis.running.parameters import Parameters
from sadec_analysis.running.plan import LAST, UNCHANGED, group_of

if TYPE_CHECKING:
    from rich.progress import TaskID


class Lines:
    """One line for each month that is done or stopped, for files and pipes; with ``is_full`` one for each step instead."""

    def __init__(self, *, is_full: bool = False) -> None:
        self.is_full = is_full
        self._stopped: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        sys.stdout.flush()

    def __call__(self, parameters: Parameters, outcome: Outcome) -> None:
        """Tell how a step ended."""
        group, name = group_of(parameters), outcome.key[1]
        if outcome.error and not self.is_full and group not in self._stopped:
            self._stopped.add(group)
            print(f"{group}: {outcome.error}")  # noqa: T201 - what the command tells
        elif not outcome.error and self.is_full:
            kept = "  kept" if outcome.value == "kept" else ""
            print(f"{name:<20} {outcome.seconds:5.1f} s{kept}")  # noqa: T201 - the same
        elif not outcome.error and name == LAST and outcome.value != UNCHANGED:
            print(f"{group}: done")  # noqa: T201 - the same


class Bars:
    """A bar for each month under way and one for all; ``steps`` of a month where they are not those of the plan."""

    def __init__(self, months: int, steps: int | None = None) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._progress = Progress(*columns)
        self._all = self._progress.add_task("all months", total=months)
        self._bars: dict[str, TaskID] = {}
        self._steps = steps or plan.steps()

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        self._progress.stop()

    def __call__(self, parameters: Parameters, _: Outcome) -> None:
        """Move the bars."""
        group = group_of(parameters)
        if group not in self._bars:
            self._bars[group] = self._progress.add_task(group, total=self._steps)
        bar = self._bars[group]
        self._progress.advance(bar)
        if next(each for each in self._progress.tasks if each.id == bar).finished:
            self._progress.remove_task(bar)
            self._progress.advance(self._all)
