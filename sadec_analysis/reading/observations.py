"""What one source gave, and how a reader notes an observation: the same rules for every kind of source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from decimal import Decimal
from typing import Literal

import pandas as pd

from sadec_analysis import numerals
from sadec_analysis.errors import InputError
from sadec_analysis.figures import Figure
from sadec_analysis.months import Month
from sadec_analysis.places import Place, Unit
from sadec_analysis.rulebook import Rulebook


@dataclass(frozen=True)
class Unread:
    """Something that looks like a figure and that no reader understood; or a cell that is still empty."""

    source: str
    place: str
    text: str


@dataclass(frozen=True)
class Remark:
    """How something was understood: ``about`` is a sentence of the words, ``text`` the cell or a count."""

    about: str
    source: str
    place: str
    text: str


@dataclass(frozen=True)
class OtherUnit:
    """A unit a source lists beside the place's own: a district or commune of the province, or an agency."""

    code: str
    name: str
    level: Literal["peer", "agency"]


@dataclass(frozen=True)
class Tally:
    """Dossiers of one unit counted by one property of theirs.

    ``by`` is ``field``, ``procedure``, ``channel``, ``due_month`` or ``received_month`` and
    ``member`` one of its values; counts are of dossiers, ``mean_days`` is in calendar days. What
    would describe fewer than five people, ``mean_days`` and ``satisfied``, is None.
    """

    unit: str
    by: str
    member: str
    received: int
    handled: int
    on_time: int
    overdue: int
    finished: int
    mean_days: float | None
    online: int
    with_channel: int
    paid_online: int
    with_fee: int
    rated: int
    satisfied: int | None


@dataclass
class Reading:
    """What one source gave: figures, what was left unread or empty, remarks on cells, counts of dossiers."""

    figures: list[Figure] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    missing: list[Unread] = field(default_factory=list)
    tallies: list[Tally] = field(default_factory=list)
    others: list[OtherUnit] = field(default_factory=list)

    def extend(self, other: Reading) -> None:
        """Add what another source gave."""
        for each in fields(self):
            getattr(self, each.name).extend(getattr(other, each.name))


def tally_table(tallies: Iterable[Tally]) -> pd.DataFrame:
    """Make the table of tallies: one row each, in the order given; no column that names a person."""
    return pd.DataFrame([asdict(tally) for tally in tallies], columns=[each.name for each in fields(Tally)])


@dataclass
class Observer:
    """Notes observations of ``month`` from one source into a reading, refusing what cannot be.

    A report is kept as it is, mistakes included (``keeps_impossible``): points beyond their maximum and
    rates beyond 100 are noted as printed, with no value. What is typed or saved is mended instead.
    """

    source: str
    month: Month
    place: Place
    rulebook: Rulebook
    reading: Reading = field(default_factory=Reading)
    keeps_impossible: bool = False

    def figure(self, unit: Unit, indicator: str, measure: str, printed: str, place: str) -> Figure:
        """Read one printed value of a unit at a place of the source.

        Raises InputError for what is no number of its kind, points beyond the maximum and
        rates beyond 100. A decimal dot is read and remarked on.
        """
        return self.valued(unit, indicator, measure, self._value(measure, printed, place), printed, place)

    def valued(
        self, unit: Unit, indicator: str, measure: str, value: Decimal | None, printed: str, place: str
    ) -> Figure:
        """Make the figure of a value already known as a number; None stays unknown.

        Raises InputError for what cannot be: points beyond the maximum, rates beyond 100, less than none;
        where the source is kept as it is, such a figure has no value.
        """
        if value is not None and not self._is_possible(indicator, measure, value):
            self._require_kept(indicator, measure, printed, place)
            value = None
        return Figure(str(self.month), unit.code, indicator, measure, value, printed, self.source, place)

    def observe(self, unit: Unit, indicator: str, measure: str, printed: str, place: str) -> None:
        """Read one printed value and keep it."""
        self.reading.figures.append(self.figure(unit, indicator, measure, printed, place))

    def leave(self, place: str, text: str) -> None:
        """Keep something not understood, word for word."""
        self.reading.unread.append(Unread(self.source, place, text))

    def require_code(self, unit: Unit, code: str, place: str) -> None:
        """Raise InputError where a printed code is not the unit's own."""
        if code and code.upper() != unit.code.upper():
            raise InputError(
                f"{self.source}, {place}", f"the code does not belong to {unit.name}", got=code, expected=unit.code,
                remedy="mend the code or the name",
            )  # fmt: skip

    def _value(self, measure: str, printed: str, place: str) -> Decimal:
        where = f"{self.source}, {place}"
        if measure == "grade":
            return self._grade(printed, where)
        if not re.search(r"\d", printed):
            # "chưa phát sinh ...", "không đổi": the source says in words that there was none
            return Decimal(0)
        numeral = numerals.read(printed, numerals.kind_of(measure), where)
        if numeral.has_decimal_dot:
            self.reading.remarks.append(Remark("decimal_dot", self.source, place, printed))
        return numeral.value

    def _grade(self, printed: str, where: str) -> Decimal:
        grade = self.rulebook.grade_named(printed)
        if grade is None:
            known = ", ".join(each.name_vi for each in self.rulebook.grade)
            raise InputError(where, "unknown grade", got=printed, expected=known, remedy="mend the word")
        return Decimal(grade.value)

    def _is_possible(self, indicator: str, measure: str, value: Decimal) -> bool:
        top = self.rulebook.most(indicator, measure)
        is_over = top is not None and value > Decimal(str(top))
        return not is_over and (value >= 0 or measure in ("change", "growth"))

    def _require_kept(self, indicator: str, measure: str, printed: str, place: str) -> None:
        """Raise InputError for a value that cannot be, unless the source is kept as it is."""
        if self.keeps_impossible:
            return
        top = self.rulebook.most(indicator, measure)
        expected = f"0 to {numerals.show(top)}" if top is not None else "0 or more"
        raise InputError(
            f"{self.source}, {place}", f"{indicator} cannot be {printed}", expected=expected,
            remedy="mend it, or ask whoever provided the file for a corrected one",
        )  # fmt: skip
