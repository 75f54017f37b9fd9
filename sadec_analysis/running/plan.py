"""The tasks of a month: what is made, from what, by which function."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from sadec_analysis.months import Month
from sadec_analysis.running.graph import Key, Task
from sadec_analysis.running.names import ANALYSES, BRIEF, FIRST, NAMES
from sadec_analysis.running.parameters import Parameters

LAST = "run.json"
MADE, UNCHANGED = "made", "unchanged"  # what became of a month as a whole, where that is one task
_TASKS, _EXPORTS = "sadec_analysis.running.tasks", "sadec_analysis.running.exports"
# File or folder, function, and the notebooks it is made from; one made from none needs the month built.
_WRITTEN: dict[str, tuple[str, tuple[str, ...]]] = {
    "charts": ("charts", NAMES), "notebooks": ("pages", NAMES), "brief.docx": ("word", (BRIEF,)), "report.docx": ("report", ()),
    "brief.pdf": ("paper", (BRIEF,)), "brief.html": ("brief_page", (BRIEF,)), "brief-1page.pdf": ("one_page", (BRIEF,)), "tables": ("tables", ()),
}  # fmt: skip


def month_tasks(parameters: Parameters, folder: Path, after: frozenset[Key] = frozenset()) -> list[Task]:
    """The tasks of one month into ``folder``, longest first; the month is built once the tasks ``after`` are done."""
    group, into = group_of(parameters), str(folder)
    key = {name: (group, name) for name in (*NAMES, *_WRITTEN)}
    built = frozenset({key[FIRST]})
    tasks = [Task(key[FIRST], f"{_TASKS}:execute_into", (FIRST, parameters, into), after)]
    tasks += [
        Task(key[name], f"{_TASKS}:execute_into", (name, parameters, into), built)
        for name in (BRIEF, *reversed(ANALYSES))
    ]
    for name, (function, sources) in _WRITTEN.items():
        needed = frozenset(key[each] for each in sources) or built
        tasks.append(Task(key[name], f"{_EXPORTS}:{function}", (parameters, into), needed))
    everything = frozenset(key.values())
    return [
        *tasks,
        Task((group, LAST), f"{_TASKS}:write_record", (parameters, into, time.time()), everything),
    ]


def steps() -> int:
    """How many tasks a month has."""
    return len(NAMES) + len(_WRITTEN) + 1


def past_tasks(parameters: Parameters, months: list[Month]) -> Iterator[Task]:
    """Months that others look back at, each read once."""
    for month in months:
        yield Task(("past", f"{parameters.place} {month}"), f"{_TASKS}:remember", (parameters, month))


def group_of(parameters: Parameters) -> str:
    """The group a month's tasks belong to."""
    return f"{parameters.month} {parameters.place}"
