"""One run at a time for a month: a second one is told who is at work on it, and since when."""

from __future__ import annotations

import datetime as dt
import getpass
import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from sadec_analysis.errors import InputError
from sadec_analysis.months import Month
from sadec_analysis.paths import Tree
from sadec_analysis.placing import replaced, written


@contextmanager
def held(tree: Tree, month: Month) -> Iterator[None]:
    """Hold a month of a tree, or of its unit; raises InputError where another run holds it.

    The system lets go of what a program held when that ends, however it ends: a dead one holds nothing.
    """
    folder = tree.processed(month).parent / ".locks"
    with written(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock, holder = FileLock(folder / f"{month}.lock"), folder / f"{month}.json"
        try:
            lock.acquire(blocking=False)
        except Timeout as error:
            remedy = "wait until it is done, then run again"
            raise InputError(
                tree.outputs(month), "another run is making it", got=_told(holder), remedy=remedy
            ) from error
    try:
        with written(holder):
            replaced(holder, json.dumps(_self()).encode())
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _self() -> dict[str, str]:
    """Who this program is, for whoever has to wait for it."""
    now = dt.datetime.now(dt.UTC).astimezone()
    try:
        user = getpass.getuser()
    except (OSError, KeyError):  # a container may know no name
        user = "?"
    return {
        "who": f"{user} on {platform.node()}, process {os.getpid()}",
        "since": now.isoformat(" ", timespec="minutes"),
    }


def _told(holder: Path) -> str:
    try:
        found = json.loads(holder.read_text(encoding="utf-8"))
        return f"{found['who']}, since {found['since']}"
    except (OSError, ValueError, KeyError, TypeError):  # it has not said yet
        return "a run that has just begun"
