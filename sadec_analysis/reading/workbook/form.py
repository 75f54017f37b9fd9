"""What the workbook of a month asks for: its sheets and columns, the same for who writes it and who reads it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal

from sadec_analysis.places import Unit
from sadec_analysis.rulebook import Rulebook
from sadec_analysis.strict import build, read_toml

_FILE = Path(__file__).with_name("form.toml")
_EVERY = "criterion"


@dataclass(frozen=True)
class Column:
    """One figure asked for: its heading, where on the portal's screen it stands, and for whom it is asked."""

    sheet: str
    indicator: str
    measure: Literal["points", "percent", "count", "rank", "rank_of", "change", "grade"]
    heading: str
    screen: str
    units: Literal["city", "wards", "both"]

    def asks(self, unit: Unit) -> bool:
        """Whether the figure is asked for a unit of the place."""
        return self.units == "both" or (unit.level == "city") == (self.units == "city")


@dataclass(frozen=True)
class Form:
    """``form.toml``: the labels of the workbook and its columns."""

    guide: str
    total: str
    month: str
    place: str
    code: str
    name: str
    previous: str
    column: tuple[Column, ...]

    def sheets(self, rulebook: Rulebook) -> dict[str, tuple[Column, ...]]:
        """Columns by title of sheet, in order: the totals, then one sheet per criterion of the rulebook.

        >>> from sadec_analysis.months import Month
        >>> from sadec_analysis.rulebook import load_rulebook
        >>> [c.indicator for c in load_form().sheets(load_rulebook(Month(2022, 11)))["Mức độ hài lòng"]][::2]
        ['satisfaction', 'satisfaction', 'satisfaction.feedback_on_time']
        """
        titles = {"total": self.total, **{each.id: each.name_vi for each in rulebook.criterion}}
        return {title: tuple(self._columns(sheet)) for sheet, title in titles.items()}

    def _columns(self, sheet: str) -> list[Column]:
        common = [each for each in self.column if each.sheet == _EVERY and sheet != "total"]
        own = [each for each in self.column if each.sheet == sheet]
        return [
            replace(each, sheet=sheet, indicator=each.indicator.format(criterion=sheet))
            for each in (*common, *own)
        ]


@cache
def load_form() -> Form:
    """Load ``form.toml``."""
    return build(Form, read_toml(_FILE), _FILE.name)
