"""JupyterLab started on the page for exploring: told what to show by its environment, and kept to itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sadec_analysis.errors import InputError
from sadec_analysis.exploring.choice import VARIABLES, first_choice, months_present
from sadec_analysis.paths import PACKAGE, notebook_folder

NOTEBOOK = "explore.ipynb"
# Read beside the user's own settings, which stay as they are: the part that asks about news is off.
_SETTINGS = PACKAGE / "exploring" / "jupyter"
# No news, no look for new versions, no list of extensions: nothing is asked of another machine.
_QUIET = (
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
)


@dataclass(frozen=True)
class Lab:
    """A JupyterLab to start: the notebook it opens, its command line, and what it adds to the environment."""

    notebook: Path
    command: tuple[str, ...]
    environment: Mapping[str, str]

    def run(self) -> int:
        """Run until it ends and return its exit code; Ctrl-C is JupyterLab's to answer."""
        with subprocess.Popen(self.command, env={**os.environ, **self.environment}) as process:  # noqa: S603 - our own interpreter
            while True:
                try:
                    return process.wait()
                except KeyboardInterrupt:
                    continue


def prepare_lab(
    root: Path, month: str | None, place: str, lang: str, *, browser: bool = True, port: int | None = None
) -> Lab:
    """Check what the page is told, and put it where it can be opened.

    Values reach the page as environment variables and are read as text, so they never become code.
    Raises InputError where a value cannot be used or no such month arrived.
    """
    present = [str(each) for each in months_present(root, place)]
    if not present or (month or present[-1]) not in present:
        raise InputError(
            root / "data" / "raw", "no such month", got=month, expected=", ".join(present) or None,
            remedy="prepare one with: sadec new-month 2022-11",
        )  # fmt: skip
    given = {"month": month or present[-1], "place": place, "lang": lang, "root": str(root.resolve())}
    first_choice(given["month"], place, lang, given["root"])
    notebook = _notebook(root)
    told = {VARIABLES[name]: value for name, value in given.items()}
    return Lab(notebook, _command(notebook, browser=browser, port=port), told | _jupyter())


def _jupyter() -> dict[str, str]:
    """The interpreter's own kernel before any other of that name, and our settings before the user's."""
    paths = [str(_SETTINGS), *filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")])]
    return {"JUPYTER_PREFER_ENV_PATH": "1", "JUPYTER_CONFIG_PATH": os.pathsep.join(paths)}


def _notebook(root: Path) -> Path:
    """The page in a clone; from an installed package a copy beside the root's data, kept where there is one."""
    if notebook_folder().parent != PACKAGE:
        return notebook_folder() / NOTEBOOK
    copy = root.resolve() / "notebooks" / NOTEBOOK
    if not copy.exists():
        copy.parent.mkdir(exist_ok=True)
        shutil.copyfile(notebook_folder() / NOTEBOOK, copy)
    return copy


def _command(notebook: Path, *, browser: bool, port: int | None) -> tuple[str, ...]:
    where = f"/lab/tree/{notebook.parent.name}/{notebook.name}"
    folder = f"--ServerApp.root_dir={notebook.parent.parent}"
    asked = [] if browser else ["--no-browser"]
    asked += [] if port is None else [f"--ServerApp.port={port}"]
    return (sys.executable, "-m", "jupyterlab", folder, f"--LabApp.default_url={where}", *_QUIET, *asked)
