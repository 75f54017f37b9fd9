"""Briefs made by the workers of a Dask cluster: one future for each, whole or not at all, whatever becomes of the workers."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sadec_analysis import fingerprints
from sadec_analysis.errors import InputError, RunError, SadecError
from sadec_analysis.paths import Tree, swept
from sadec_analysis.running.graph import Outcome
from sadec_analysis.running.keys import made_from, record_of
from sadec_analysis.running.month import Batch, run_months
from sadec_analysis.running.parameters import Parameters
from sadec_analysis.running.plan import LAST, MADE, UNCHANGED, group_of
from sadec_analysis.sharing.index import write_index
from sadec_analysis.words import load_words

TOPIC = "sadec"  # of the events workers tell the scheduler: one for each brief made
RETRIES = 2
_LONGEST = 30  # seconds until scheduler and a first worker answer


@dataclass(frozen=True)
class Order:
    """A brief to make, by which code; the same ``key`` is never at work twice."""

    key: str
    parameters: Parameters
    is_forced: bool
    code: str


def run_distributed(
    chosen: Sequence[Parameters],
    scheduler: str,
    tell: Callable[[Parameters, Outcome], None] = lambda *_: None,
    *,
    is_forced: bool = False,
) -> Batch:
    """Make briefs on the cluster whose scheduler listens at ``scheduler``; one that fails does not stop the others.

    Root and outputs lie in a folder every worker sees under the same path. Raises InputError
    where there is no cluster, or none that can be used. What is interrupted is cancelled;
    briefs at work then still come out whole.
    """
    distributed, batch = _library(), Batch()
    with _client(distributed, scheduler) as client:
        before = _workers(client)
        orders = {order.key: order for order in _orders(chosen, is_forced=is_forced)}
        futures = client.map(make, [*orders.values()], key=[*orders], pure=False, retries=RETRIES)
        try:
            done = distributed.as_completed(futures, with_results=True, raise_errors=False)
            for future, result in done:
                parameters = orders[future.key].parameters
                _settle(parameters, _outcome(parameters, future.status, result), batch, tell)
                future.release()
        except BaseException:
            client.cancel(futures)
            raise
        if before - _workers(client):
            _sweep(chosen)
    _index(batch.made)
    return batch


def make(order: Order) -> Outcome:
    """Make one brief, in a worker; an error of the suite is a result, since another try would end alike."""
    started = time.perf_counter()
    try:
        value, error = _made(order), None
    except SadecError as raised:
        value, error = "", raised
    return Outcome((group_of(order.parameters), LAST), value, error, time.perf_counter() - started)


def _made(order: Order) -> str:
    """Make a brief unless a worker that died had made it for this very batch."""
    parameters = order.parameters
    tree = Tree.at(parameters.tree.root)
    if order.code != fingerprints.of_code():
        raise InputError(
            tree.root, "a worker has another version of the suite", remedy="install the same one for all"
        )
    record = record_of(parameters.tree.outputs(parameters.month))
    if record.get("this_run", {}).get("batch") == parameters.batch:
        return MADE
    batch = run_months([parameters], 1, is_forced=order.is_forced, has_index=False)
    for error in batch.failed.values():
        raise error
    if batch.made:
        _log(order)
    return MADE if batch.made else UNCHANGED


def _log(order: Order) -> None:
    """Tell the scheduler, which outlives workers, that a brief was put in place."""
    _library().get_worker().log_event(TOPIC, {"made": group_of(order.parameters)})


def _orders(chosen: Sequence[Parameters], *, is_forced: bool) -> Iterator[Order]:
    """Each brief once; its key follows from all it is made from, and is new where it is to be made again."""
    code, inputs, batch = fingerprints.of_code(), dict[Any, str](), secrets.token_hex(8)
    for each in dict.fromkeys(chosen):
        if each.month not in inputs:
            inputs[each.month] = fingerprints.of_parts({**made_from(each), "parameters": ""})
        told = (str(each.tree.root), each.lang, inputs[each.month], batch if is_forced else "")
        key = f"{group_of(each)} {fingerprints.of_parts(*told)[:16]}"
        yield Order(key, replace(each, batch=batch), is_forced, code)


def _outcome(parameters: Parameters, status: str, result: Any) -> Outcome:
    """What a future ended with: the worker's own outcome, or why there is none."""
    if status == "finished" and isinstance(result, Outcome):
        return result
    told = result[1] if isinstance(result, tuple) else status
    error = RunError(group_of(parameters), "was not made", got=f"{type(told).__name__}: {told}")
    return Outcome((group_of(parameters), LAST), error=error)


def _settle(
    parameters: Parameters, outcome: Outcome, batch: Batch, tell: Callable[[Parameters, Outcome], None]
) -> None:
    if outcome.error:
        batch.failed[parameters] = outcome.error
    else:
        (batch.made if outcome.value == MADE else batch.unchanged).append(parameters)
    tell(parameters, outcome)


def _sweep(chosen: Sequence[Parameters]) -> None:
    """Remove what a worker that died left aside; nothing of these briefs is at work any more."""
    for each in chosen:
        swept(each.tree.outputs(each.month))
        swept(each.tree.processed(each.month))


def _index(made: Sequence[Parameters]) -> None:
    for outputs, lang in sorted({(each.tree.published, each.lang) for each in made}):
        write_index(outputs, load_words(lang))


def _library() -> Any:
    """The library of the cluster, which only this option needs; raises InputError where it is not installed."""
    try:
        import distributed
    except ImportError as error:
        raise InputError(
            "--scheduler",
            "needs dask.distributed",
            remedy='install it with: pip install "sadec_analysis[cluster]"',
        ) from error
    return distributed


def _client(distributed: Any, scheduler: str) -> Any:
    try:
        return distributed.Client(scheduler, timeout=_LONGEST)
    except (OSError, ValueError) as error:
        raise InputError(
            "--scheduler", "no scheduler answers", got=scheduler, expected="an address such as tcp://10.0.0.1:8786",
            remedy="start one with: dask scheduler",
        ) from error  # fmt: skip


def _workers(client: Any) -> set[str]:
    """Addresses of the workers; raises InputError where there is none, or one makes several briefs in one process."""
    try:
        client.wait_for_workers(1, timeout=_LONGEST)
    except TimeoutError as error:
        raise InputError(
            "--scheduler", "has no worker", remedy="start some with: dask worker ADDRESS --nthreads 1"
        ) from error
    found = client.scheduler_info(n_workers=-1)["workers"]
    if any(worker["nthreads"] > 1 for worker in found.values()):
        raise InputError(
            "--scheduler",
            "a worker has several threads",
            remedy="start workers with --nthreads 1, several with --nworkers",
        )
    return set(found)
