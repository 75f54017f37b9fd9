"""The prose of the suite's notebooks in the language of a run."""

from __future__ import annotations

import functools
from copy import deepcopy

from nbformat import NotebookNode

from sadec_analysis.strict import build, read_toml
from sadec_analysis.words import FOLDER, Bilingual


@functools.cache
def prose() -> dict[str, Bilingual]:
    """What the markdown cells say, by cell id: in Vietnamese as the committed notebooks have it."""
    return {id_: build(Bilingual, told, id_) for id_, told in read_toml(FOLDER / "notebooks.toml").items()}


def in_language(notebook: NotebookNode, lang: str) -> NotebookNode:
    """Return a copy with its prose in ``lang``; a cell unknown to the catalogue, or reworded since, stays as it is."""
    told = deepcopy(notebook)
    for cell in told.cells:
        known = prose().get(cell.id) if cell.cell_type == "markdown" else None
        if known and cell.source == known.vi:
            cell.source = known.text(lang)
    return told


def heading_of(notebook: NotebookNode) -> str:
    """What a notebook is about: its first heading."""
    told: list[str] = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    return next(text.splitlines()[0].removeprefix("# ") for text in told if text.startswith("# "))
