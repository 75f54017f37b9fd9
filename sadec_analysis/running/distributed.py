"""Briefs made by the workers of a Dask cluster: one future for each, whole or not at all, whatever becomes of the workers."""

from __future__ import annotations

import contextlib
import secrets
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sadec_analysis import fingerprints
from sadec_analysis.errors import InputError, RunError, SadecError
from sadec_analysis.paths import Tree
from sadec_analysis.placing import swept
from sadec_analysis.running.cluster import connected, library, require_workers, workers
from sadec_analysis.running.copies import copied
from sadec_analysis.running.graph import Outcome
from sadec_analysis.running.keys import made_from, record_of
from sadec_analysis.running.month import Batch, run_months
from sadec_analysis.running.parameters import Parameters
from sadec_analysis.running.plan import LAST, MADE, UNCHANGED, group_of

TOPIC = "sadec"  # of the events workers tell the scheduler: one for each brief made
RETRIES = 2


@dataclass(frozen=True)
class Order:
    """A brief to make, by which code; the same ``key`` is never at work twice."""

    key: str
    parameters: Parameters
    is_forced: bool
    code: str
    to: str = ""


def run_distributed(
    chosen: Sequence[Parameters],
    scheduler: str,
    tell: Callable[[Parameters, Outcome], None] = lambda *_: None,
    *,
    is_forced: bool = False,
    to: str = "",
) -> Batch:
    """Make briefs on the cluster whose scheduler listens at ``scheduler``; one that fails does not stop the others.

    Root and outputs lie in a folder every worker sees under the same path. Raises InputError
    where there is no cluster, or none that can be used. What is interrupted is cancelled;
    briefs at work then still come out whole. Each is copied below the URL ``to``, if there is one.
    """
    batch = Batch()
    with connected(scheduler) as client:
        before = require_workers(client)
        orders = list(_orders(chosen, is_forced=is_forced, to=to))
        with contextlib.closing(_outcomes(client, orders)) as ended:
            for parameters, outcome in ended:
                _settle(parameters, outcome, batch, tell)
        if before - workers(client):
            _sweep(chosen)
    _index(batch.made)
    return batch


def _outcomes(client: Any, orders: Sequence[Order]) -> Generator[tuple[Parameters, Outcome]]:
    """Yield how each brief ended, as they end; what is still to do is cancelled when nobody listens any more."""
    told = {order.key: order.parameters for order in orders}
    futures = client.map(make, orders, key=[*told], pure=False, retries=RETRIES)
    try:
        for future, result in library().as_completed(futures, with_results=True, raise_errors=False):
            yield told[future.key], _outcome(told[future.key], future.status, result)
            future.release()
    except BaseException:
        client.cancel(futures)
        raise


def make(order: Order) -> Outcome:
    """Make one brief, in a worker. Input to be mended is a result, since another try would end alike; other errors are raised."""
    started, error, value = time.perf_counter(), None, ""
    try:
        value = _made(order)
        if order.to:
            copied(order.parameters, order.to)
    except InputError as raised:
        error = raised
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
    library().get_worker().log_event(TOPIC, {"made": group_of(order.parameters)})


def _orders(chosen: Sequence[Parameters], *, is_forced: bool, to: str = "") -> Iterator[Order]:
    """Each brief once; its key follows from all it is made from, and is new where it is to be made again."""
    code, inputs, batch = fingerprints.of_code(), dict[Any, str](), secrets.token_hex(8)
    for each in dict.fromkeys(chosen):
        if each.month not in inputs:
            inputs[each.month] = fingerprints.of_parts({**made_from(each), "parameters": ""})
        told = (str(each.tree.root), each.lang, inputs[each.month], to, batch if is_forced else "")
        key = f"{group_of(each)} {fingerprints.of_parts(*told)[:16]}"
        yield Order(key, replace(each, batch=batch), is_forced, code, to)


def _outcome(parameters: Parameters, status: str, result: Any) -> Outcome:
    """What a future ended with: the worker's own outcome, or why there is none."""
    if status == "finished" and isinstance(result, Outcome):
        return result
    told = result[1] if isinstance(result, tuple) else status
    if isinstance(told, SadecError):
        return Outcome((group_of(parameters), LAST), error=told)
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
    """Make the page over all months again, once for all workers."""
    from sadec_analysis.sharing.index import write_index
    from sadec_analysis.words import load_words

    for outputs, lang in sorted({(each.tree.published, each.lang) for each in made}):
        write_index(outputs, load_words(lang))
