"""What a run is told, checked before anything starts."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sadec_analysis.months import Month
from sadec_analysis.paths import Tree
from sadec_analysis.places import DEFAULT_PLACE, load_place
from sadec_analysis.places.units import parted, tree_of, unit_place
from sadec_analysis.words import load_words


@dataclass(frozen=True)
class Parameters:
    """The parameters every notebook declares: month, place, language and root.

    ``batch`` names the batch they are made in, where many machines may be asked for the same.
    """

    month: Month
    place: str
    lang: str
    tree: Tree
    batch: str = field(default="", compare=False)

    @classmethod
    def checked(
        cls, month: str, place: str = DEFAULT_PLACE, lang: str = "vi", root: str | Path = "."
    ) -> Parameters:
        """Check all four; raises InputError naming the one that is wrong."""
        load_words(lang)
        load_place(parted(place)[0])
        tree = tree_of(root, place)
        return cls(
            Month.parse(month), unit_place(parted(place)[0], tree.unit) if tree.unit else place, lang, tree
        )

    @property
    def name(self) -> str:
        """The month, and the unit where there are many."""
        return f"{self.month} {self.tree.unit}".rstrip()

    def for_notebook(self) -> dict[str, str]:
        """Values to inject; the root is the working directory, so that executed notebooks hold no path."""
        return {"month": str(self.month), "place": self.place, "lang": self.lang, "root": "."}
