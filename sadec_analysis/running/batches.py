"""A batch of briefs, made by this machine or by a cluster, and copied elsewhere where that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sadec_analysis.errors import RunError
from sadec_analysis.running.copies import copied, copied_index, opened
from sadec_analysis.running.graph import Outcome
from sadec_analysis.running.month import Batch, run_months
from sadec_analysis.running.parameters import Parameters


def run_batch(
    chosen: Sequence[Parameters],
    jobs: int | None = None,
    scheduler: str = "",
    to: str = "",
    tell: Callable[[Parameters, Outcome], None] = lambda *_: None,
    *,
    is_forced: bool = False,
) -> Batch:
    """Make briefs; ``to`` is a folder or a URL below which finished ones are copied, with the page over them.

    Raises InputError where outputs cannot be written, ``to`` cannot be used, or there is no such cluster.
    """
    if to:
        opened(to)
    if scheduler:
        from sadec_analysis.running.distributed import run_distributed

        batch = run_distributed(chosen, scheduler, tell, is_forced=is_forced, to=to)
    else:
        batch = run_months(chosen, jobs, tell, is_forced=is_forced)
        _copy(batch, to)
    if to and batch.made:
        copied_index(batch.made[0].tree, to)
    return batch


def _copy(batch: Batch, to: str) -> None:
    """Copy what is done; what cannot be copied has failed, and is copied at the next run."""
    for each in [*batch.made, *batch.unchanged] if to else []:
        try:
            copied(each, to)
        except OSError as error:
            batch.failed[each] = RunError(to, "was not copied whole", got=error, remedy="run again")
