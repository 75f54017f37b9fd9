"""Warm workers for systems that cannot fork: kernels kept running, each notebook in a fresh namespace.

What a notebook leaves in a kernel is put back as far as it is known: names, outputs, counts, figures, settings of
pandas and matplotlib, folder, environment. A kernel that died, or whose notebook failed, is not used again.
"""

from __future__ import annotations

import contextlib
import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync

from sadec_analysis.errors import RunError
from sadec_analysis.kernels.warming import warm_up

_idle: list[Any] = []
_environment: dict[str, str] = {}  # of a kernel when it was new
_PREPARE = "from sadec_analysis.kernels import pool as _pool; _pool.prepare()"
_RENEW = "from sadec_analysis.kernels import pool as _pool; _pool.renew({cwd!r})"
_LONGEST = 120  # seconds to start and import


@contextlib.contextmanager
def kernel(name: str) -> Iterator[Any]:
    """Yield the manager of a warm kernel, new or made new; it goes back to the pool when the block ends well."""
    manager = next((each for each in _idle if each.kernel_name == name), None) or _started(name)
    if manager in _idle:
        _idle.remove(manager)
    try:
        _say(manager, _RENEW.format(cwd=str(Path.cwd())))
        yield manager
        _idle.append(manager)
    except BaseException:
        end(manager)
        raise


def _started(name: str) -> Any:
    manager = AsyncKernelManager(kernel_name=name)
    run_sync(manager.start_kernel)()
    _say(manager, _PREPARE)
    return manager


def _say(manager: Any, code: str) -> None:
    """Have a kernel execute something that leaves no trace; raises RunError where it fails."""
    client = manager.client()
    client.start_channels()
    try:
        run_sync(client.wait_for_ready)(timeout=_LONGEST)
        reply = run_sync(client.execute_interactive)(code, silent=True, timeout=_LONGEST)
    finally:
        client.stop_channels()
    if reply["content"]["status"] != "ok":
        raise RunError("warm kernel", "cannot be made ready", got=reply["content"].get("evalue"))


def end(manager: Any) -> None:
    """Shut a kernel down."""
    if manager.has_kernel:
        run_sync(manager.shutdown_kernel)(now=True)


def end_all() -> None:
    """Shut all idle kernels down."""
    while _idle:
        end(_idle.pop())


def prepare() -> None:
    """Import, in a new kernel, what notebooks will need, and keep its environment in mind."""
    _environment.update(os.environ)
    warm_up()


def renew(cwd: str) -> None:
    """Forget, in a kernel, what the notebook before left."""
    import matplotlib as mpl
    import pandas as pd
    from IPython import get_ipython

    shell = get_ipython()
    shell.reset(new_session=True)
    shell.user_ns.update(dict.fromkeys(("_", "__", "___"), ""))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of options that are on their way out
        pd.reset_option("all")
    mpl.rcdefaults()
    os.environ.clear()
    os.environ.update(_environment)
    os.chdir(cwd)
