"""The Dask cluster a batch is sent to: the library, its client, its workers; each trouble one line."""

from __future__ import annotations

from typing import Any

from sadec_analysis.errors import InputError

LONGEST = 30  # seconds until scheduler and a first worker answer


def library() -> Any:
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


def connected(scheduler: str) -> Any:
    """A client of the scheduler at an address; raises InputError where none answers."""
    try:
        return library().Client(scheduler, timeout=LONGEST)
    except (OSError, ValueError) as error:
        raise InputError(
            "--scheduler", "no scheduler answers", got=scheduler, expected="an address such as tcp://10.0.0.1:8786",
            remedy="start one with: dask scheduler",
        ) from error  # fmt: skip


def require_workers(client: Any) -> set[str]:
    """Addresses of the workers; raises InputError where there is none, or one makes several briefs in one process."""
    try:
        client.wait_for_workers(1, timeout=LONGEST)
    except TimeoutError as error:
        raise InputError(
            "--scheduler", "has no worker", remedy="start some with: dask worker ADDRESS --nthreads 1"
        ) from error
    found = _known(client)
    if any(worker["nthreads"] > 1 for worker in found.values()):
        raise InputError(
            "--scheduler", "a worker has several threads",
            remedy="start workers with --nthreads 1, several of them with --nworkers",
        )  # fmt: skip
    return set(found)


def workers(client: Any) -> set[str]:
    """Addresses of the workers there are now."""
    return set(_known(client))


def _known(client: Any) -> dict[str, Any]:
    found: dict[str, Any] = client.scheduler_info(n_workers=-1)["workers"]
    return found
