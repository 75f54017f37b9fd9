"""What a run is told, checked before anything starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import nbformat
import papermill
from nbformat import NotebookNode

from sadec_analysis.errors import RunError
from sadec_analysis.monthly import DEFAULT_PLACE
from sadec_analysis.months import Month
from sadec_analysis.paths import Tree
from sadec_analysis.places import load_place
from sadec_analysis.words import load_words

_DECLARED = {"month": "str", "place": "str", "lang": "str", "root": "str"}


@dataclass(frozen=True)
class Parameters:
    """The parameters every notebook declares: month, place, language and root."""

    month: Month
    place: str
    lang: str
    tree: Tree

    @classmethod
    def checked(
        cls, month: str, place: str = DEFAULT_PLACE, lang: str = "vi", root: str | Path = "."
    ) -> Parameters:
        """Check all four; raises InputError naming the one that is wrong."""
        load_words(lang)
        load_place(place)
        return cls(Month.parse(month), place, lang, Tree.at(root))

    def for_notebook(self) -> dict[str, str]:
        """Values to inject; the root is the working directory, so that executed notebooks hold no path."""
        return {"month": str(self.month), "place": self.place, "lang": self.lang, "root": "."}


def read_notebook(path: Path) -> NotebookNode:
    """Read a suite notebook; raises RunError unless it declares exactly the typed parameters of a run."""
    notebook: NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    found = papermill.inspect_notebook(notebook)
    declared = {name: entry["inferred_type_name"] for name, entry in found.items()}
    if declared != _DECLARED:
        raise RunError(path.name, "declares other parameters", got=declared, expected=_DECLARED)
    return notebook
