"""A built month and its executed notebooks, each read once by a process while its files hold the same."""

from __future__ import annotations

import functools
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from sadec_analysis import fingerprints
from sadec_analysis.blocks.together import keep_together
from sadec_analysis.monthly import MonthView, open_month
from sadec_analysis.running.keys import own_files
from sadec_analysis.running.parameters import Parameters

_MONTHS, _NOTEBOOKS = 2, 8  # a few, for each is some megabytes


def opened(parameters: Parameters, lang: str = "") -> MonthView:
    """The built month, in the run's language unless another is asked for."""
    tree = parameters.tree
    key = fingerprints.of_parts(
        fingerprints.of_folder(tree.processed(parameters.month)), own_files(tree, parameters.place)
    )
    return _opened(parameters, lang or parameters.lang, key)


@functools.lru_cache(maxsize=_MONTHS)
def _opened(parameters: Parameters, lang: str, _: str) -> MonthView:
    return open_month(str(parameters.month), parameters.place, lang, parameters.tree.root)


def executed(folder: str, name: str, view: MonthView) -> NotebookNode:
    """An executed notebook of the folder, in which no line splits a unit's name; not to be changed."""
    path = Path(folder) / "notebooks" / f"{name}.ipynb"
    return _executed(path, fingerprints.of_file(path), frozenset(view.place.names))


@functools.lru_cache(maxsize=_NOTEBOOKS)
def _executed(path: Path, _: str, names: frozenset[str]) -> NotebookNode:
    return keep_together(nbformat.read(path, as_version=4), names)
