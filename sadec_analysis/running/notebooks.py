"""One notebook through papermill, in a process of its own."""

from __future__ import annotations

import logging
import os
import re
import tempfile
import time
from pathlib import Path

import nbformat
import papermill
from nbclient.exceptions import CellControlSignal, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from sadec_analysis.errors import DiedError, InputError, RunError
from sadec_analysis.kernels.engines import NAME
from sadec_analysis.paths import notebook_folder
from sadec_analysis.running.parameters import Parameters
from sadec_analysis.running.prose import in_language

_DECLARED = {"month": "str", "place": "str", "lang": "str", "root": "str"}
_LONGEST_SOCKET = 90
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


def read_notebook(path: Path) -> NotebookNode:
    """Read a suite notebook; raises RunError unless it declares exactly the typed parameters of a run."""
    notebook: NotebookNode = nbformat.read(path, as_version=4)
    found = papermill.inspect_notebook(notebook)
    declared = {name: entry["inferred_type_name"] for name, entry in found.items()}
    if declared != _DECLARED:
        raise RunError(path.name, "declares other parameters", got=declared, expected=_DECLARED)
    return notebook


def execute(name: str, parameters: Parameters, folder: Path | None = None) -> tuple[str, NotebookNode, float]:
    """Execute a notebook, the suite's own unless ``folder`` is given, and return its name, itself with outputs, and the seconds it took.

    Raises InputError when the month's input needs mending, RunError when a cell fails.
    The notebook runs with the root as working directory and with no settings of the user's own.
    """
    started = time.perf_counter()
    notebook = in_language(read_notebook((folder or notebook_folder()) / f"{name}.ipynb"), parameters.lang)
    logging.getLogger("papermill").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory(prefix="sadec-") as settings:
        private = {"IPYTHONDIR": settings, "JUPYTER_CONFIG_DIR": settings, "JUPYTER_RUNTIME_DIR": settings}
        _quiet_kernel(Path(settings))
        os.environ.update(private, JUPYTER_PREFER_ENV_PATH="1")
        try:
            done = papermill.execute_notebook(
                notebook, None, parameters.for_notebook(), engine_name=NAME, kernel_name="python3", progress_bar=False,
                cwd=parameters.tree.root, start_timeout=120, config=transport(Path(settings)),
            )  # fmt: skip
        except PapermillExecutionError as error:
            raise _told(name, error) from None
        except DeadKernelError as error:
            raise DiedError(
                name, "the kernel stopped: it died", remedy="see whether memory ran out"
            ) from error
        except (CellControlSignal, RuntimeError) as error:  # a cell ran out of time
            raise RunError(name, f"the kernel stopped: {error}") from error
    return name, _without_run_marks(done), time.perf_counter() - started


def _quiet_kernel(settings: Path) -> None:
    """Keep the kernel's own log out of the progress lines; errors in cells reach us another way."""
    profile = settings / "profile_default"
    profile.mkdir()
    (profile / "ipython_kernel_config.py").write_text("c.IPKernelApp.log_level = 50\n", encoding="utf-8")


def transport(settings: Path) -> Config:
    """Talk to the kernel through sockets only we can reach, where the system and the length of their path allow.

    Their place must be named: by default they lie in the working directory, which other notebooks share.
    """
    socket = str(settings / "kernel")
    is_possible = os.name == "posix" and len(socket) < _LONGEST_SOCKET
    return Config({"KernelManager": {"transport": "ipc", "ip": socket}} if is_possible else {})


def _told(name: str, error: PapermillExecutionError) -> InputError | RunError:
    """Turn a cell's error into one sentence; an error about the input stays one."""
    if error.ename == "InputError":
        return InputError.saying(_ANSI.sub("", error.evalue))
    first = error.source.strip().splitlines()[0] if error.source.strip() else ""
    return RunError(
        f"{name}, cell {error.cell_index + 1} ({first})", f"{error.ename}: {_ANSI.sub('', error.evalue)}"
    )


def _without_run_marks(notebook: NotebookNode) -> NotebookNode:
    """Drop times and random ids, so that the same input gives the same notebook."""
    notebook.metadata.pop("papermill", None)
    for number, cell in enumerate(notebook.cells, 1):
        cell["id"] = f"cell-{number}"
        for key in ("papermill", "execution"):
            cell.metadata.pop(key, None)
    return notebook
