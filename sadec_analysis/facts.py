"""One figure as readers see it: value or limits, how it is written, and where it was read."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from sadec_analysis.blocks import Num
from sadec_analysis.figures import part_of, value_of
from sadec_analysis.places import Unit
from sadec_analysis.words import Words

_FULL = 100
# A workbook's sheet, a portal's response and a list of dossiers have no numbered sections.
_NOT_IN_REPORT = re.compile(r"(?:sheet|response|rows|unit)\b")
PLACE_WORDS = re.compile(
    r"\b(line|table|row|rows|column|sheet|response|overview|unit|score|ratio|numerator|denominator)\b"
)


@dataclass(frozen=True)
class Fact:
    """A figure of one unit. ``value`` is None where unknown; ``lower`` and ``upper`` may still bound it."""

    unit: Unit
    indicator: str
    measure: str
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    printed: str
    source: str
    place: str
    status: str
    badges: tuple[int, ...]
    words: Words

    @property
    def is_known(self) -> bool:
        """Whether the value itself is known."""
        return self.value is not None

    @property
    def is_bounded(self) -> bool:
        """Whether only limits are known."""
        return self.value is None and self.lower is not None

    @property
    def decimals(self) -> int:
        """Decimals the value is written with."""
        return 0 if self.value is None else max(0, -int(self.value.as_tuple().exponent))

    def text(self, decimals: int | None = None) -> str:
        """Write the value the Vietnamese way; limits as words; "chưa có số liệu" where nothing is known."""
        if self.value is not None:
            unit = "%" if self.measure == "percent" else ""
            write = self.words.change if self.measure == "change" else self.words.number
            return write(self.value, decimals) + unit
        return self.limits_text() if self.is_bounded else self.words.text("unknown")

    def limits_text(self) -> str:
        """Write limits: "dưới 50%", "trên 50%", "80% – 100%"."""
        low, high = self.lower or Decimal(0), self.upper or Decimal(100)
        unit = "%" if self.measure == "percent" else ""
        if low == 0:
            return self.words.text("below", limit=self.words.number(high) + unit)
        key = "above" if self.indicator.startswith("online_service") else "at_least"
        return self.words.text(
            key if high == _FULL else "between",
            limit=self.words.number(low) + unit,
            upper=self.words.number(high) + unit,
        )

    def limits_short(self) -> str:
        """Write limits for a small cell: "<50", ">50", "≥80", "–" where nothing is known."""
        if not self.is_bounded:
            return "–"
        low, high = self.lower or Decimal(0), self.upper
        sign = ">" if self.indicator.startswith("online_service") else "≥"
        return f"{sign}{self.words.number(low)}" if low > 0 else f"<{self.words.number(high or Decimal(0))}"

    def num(self, decimals: int | None = None, text: str | None = None) -> Num:
        """Return the value as a number that carries its source into the brief."""
        shown = text if text is not None else self.text(decimals)
        return Num(shown, self.where(), self.badges, self.status if self.place else "", self.sections)

    def size(self) -> Num:
        """Return a change without its sign, for sentences that say "giảm" or "tăng" themselves."""
        return self.num(text=self.words.number(abs(self.value)) if self.value is not None else None)

    @property
    def sections(self) -> tuple[str, ...]:
        """The part of the source it was read in, such as a section's number; none where it is unknown."""
        return (bare_place_text(part_of(self.place), self.words),) if self.place else ()

    def where(self) -> str:
        """Say in the reader's language where the figure was read, or what it was computed from."""
        if not self.place:
            return ""
        return self.words.text(
            f"status.{self.status}", place=place_text(self.place, self.words), printed=self._as_printed
        )

    @property
    def _as_printed(self) -> str:
        """What is printed in the source; marked as its words where the sentence for its status does not do so."""
        return f"“{self.printed}”" if self.status == "computed" else self.printed


def fact_of(
    row: Mapping[Hashable, Any] | None,
    unit: Unit,
    indicator: str,
    measure: str,
    badges: tuple[int, ...],
    words: Words,
) -> Fact:
    """Make a fact of a row of figures; without a row, an unknown one."""
    if row is None:
        return Fact(unit, indicator, measure, None, None, None, "", "", "", "", (), words)
    value, lower, upper = (value_of(row, name) for name in ("value", "lower", "upper"))
    return Fact(
        unit,
        indicator,
        measure,
        value,
        lower,
        upper,
        row["printed"],
        row["source"],
        row["place"],
        row["status"],
        badges,
        words,
    )


def place_text(place: str, words: Words) -> str:
    """Say a place in the reader's language: "I.2, table 1, row 3" as "mục I.2, bảng 1, dòng 3"."""
    bare = bare_place_text(place, words)
    return bare if _NOT_IN_REPORT.match(place) else words.text("place.section", place=bare)


def places_text(places: str, words: Words) -> str:
    """Say the places of a finding, "; " between them, in the reader's language."""
    return "; ".join(place_text(place, words) for place in places.split("; "))


def bare_place_text(place: str, words: Words) -> str:
    """Say a place without the word for section, for a column that holds nothing else: "I.2, bảng 1, dòng 3"."""
    return PLACE_WORDS.sub(lambda found: words.text(f"place.{found[1]}"), place)


def badges_by_figure(findings: pd.DataFrame) -> dict[tuple[str, str, str], tuple[int, ...]]:
    """Numbers of the findings about each (unit, indicator, measure)."""
    badges: dict[tuple[str, str, str], tuple[int, ...]] = {}
    for row in findings.to_dict("records"):
        for mark in row["marks"].split("\n") if row["marks"] else ():
            unit, indicator, measure = mark.split(" ")
            key = (unit, indicator, measure)
            badges[key] = (*badges.get(key, ()), row["number"])
    return badges
