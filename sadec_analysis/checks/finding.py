"""What a check found, ready to be told in any language."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

import pandas as pd

from sadec_analysis.checks.evidence import key_of
from sadec_analysis.checks.telling import Fact, Phrase, tell
from sadec_analysis.errors import SadecError
from sadec_analysis.figures import Figure
from sadec_analysis.numerals import kind_of, read, show
from sadec_analysis.words import Words, capital

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
COLUMNS = (
    "id", "severity", "period", "unit", "indicator", "message", "printed", "expected", "slack", "place",
)  # fmt: skip
_HUNDREDTH = Decimal("0.005")  # half a step of the two decimals the portal rounds to
_WHOLE = ("count", "rank", "rank_of")
_TAIL = re.compile(r"(?P<head>.*(?:line|row|column) )(?P<at>\d+|[A-Z])")


@dataclass(frozen=True)
class Finding:
    """One contradiction.

    ``figures`` are those that contradict, the one it is about first; the first ``marked`` of them
    carry its mark, the first ``shown`` stand in the column ``printed``, ``place`` where theirs does not say it. ``facts`` fill the message
    ``finding.<check>`` of a language's words. ``slack`` is what rounding alone could explain; the
    heavier ``weight`` (gap over slack) is told first.
    """

    check: str
    severity: Severity
    figures: tuple[Figure, ...]
    facts: Mapping[str, Fact]
    expected: str = ""
    slack: str = ""
    weight: Decimal = Decimal(0)
    marked: int = 1
    shown: int = 1
    place: str = ""

    @property
    def about(self) -> Figure:
        """The figure it is about."""
        return self.figures[0]

    @property
    def id(self) -> str:
        """Name of the finding, the same whenever the same thing is found again."""
        return f"{self.check}/{self.about.unit}/{self.about.indicator}/{self.about.measure}"

    @property
    def printed(self) -> str:
        """The characters printed, alternatives apart."""
        return " | ".join(row.printed for row in self.figures[: self.shown])

    @property
    def marks(self) -> str:
        """The figures that carry its mark, a line each: unit, indicator and measure."""
        keys = dict.fromkeys(map(key_of, self.figures[: self.marked]))
        return "\n".join(" ".join(key) for key in keys)

    def message(self, words: Words) -> str:
        """Tell the finding in one or two sentences."""
        return capital(tell(Phrase(f"finding.{self.check}", self.facts), words).strip())

    def row(self, languages: Sequence[Words]) -> dict[str, str]:
        """The finding as a row of the table of findings, with ``message_<lang>`` for every language."""
        told = {
            "id": self.id, "check": self.check, "severity": self.severity, "period": self.about.period,
            "unit": self.about.unit, "indicator": self.about.indicator, "printed": self.printed,
            "expected": self.expected, "slack": self.slack, "place": self.place or places(self.figures), "marks": self.marks,
        }  # fmt: skip
        return told | {f"message_{words.lang}": self.message(words) for words in languages}


@dataclass(frozen=True)
class Examined:
    """One comparison a check made: the figures compared, and the finding where they contradict."""

    figures: tuple[Figure, ...]
    finding: Finding | None = None


@dataclass(frozen=True)
class Checked:
    """All that the checks found, and how many comparisons each made."""

    findings: list[Finding]
    compared: dict[str, int]
    figures: frozenset[Figure] = field(default_factory=frozenset)


def to_table(findings: Iterable[Finding], languages: Iterable[Words]) -> pd.DataFrame:
    """Make the table of findings: one row each, with ``message_<lang>`` for every language given."""
    spoken = list(languages)
    plain = [*(column for column in COLUMNS if column != "message"), "check", "marks"]
    names = plain + [f"message_{words.lang}" for words in spoken]
    return pd.DataFrame([each.row(spoken) for each in findings], columns=names, dtype="str")


def places(figures: Iterable[Figure]) -> str:
    """Places of figures, each once, neighbours as one span.

    >>> rows = [Figure("2022-11", "u", "total", "points", None, "", "r.md", f"I.1, line {at}") for at in (2, 3, 4, 8)]
    >>> places(rows)
    'I.1, line 2 – line 4; I.1, line 8'
    """
    runs: list[list[str]] = []
    for place in dict.fromkeys(row.place for row in figures if row.place):
        if runs and _follows(runs[-1][-1], place):
            runs[-1].append(place)
        else:
            runs.append([place])
    return "; ".join(run[0] if len(run) == 1 else f"{run[0]} – {run[-1].rpartition(', ')[2]}" for run in runs)


def tables_of(figures: Iterable[Figure]) -> str:
    """Tables and lines that many figures stand in, each once, without their rows.

    >>> row = Figure("2022-11", "u", "total", "points", None, "", "r.md", "I.2, table 1, row 3")
    >>> tables_of([row, row])
    'I.2, table 1'
    """
    return "; ".join(dict.fromkeys(row.place.partition(", row ")[0] for row in figures if row.place))


def _follows(one: str, other: str) -> bool:
    first, second = _TAIL.fullmatch(one), _TAIL.fullmatch(other)
    if first is None or second is None or first["head"] != second["head"]:
        return False
    ends = [int(found["at"]) if found["at"].isdigit() else ord(found["at"]) for found in (first, second)]
    return ends[1] == ends[0] + 1


def half_step(row: Figure) -> Decimal:
    """Half of the last printed digit of a figure: what rounding may hide; nothing where it is said in words."""
    if row.measure in _WHOLE:
        return Decimal("0.5")
    if row.measure == "grade" or not any(char.isdigit() for char in row.printed):
        return Decimal(0)
    return _half_step_of(row.printed, row.measure)


@functools.lru_cache(maxsize=4096)
def _half_step_of(printed: str, measure: str) -> Decimal:
    return read(printed, kind_of(measure)).half_step  # asked of every figure by many checks


def reach(row: Figure) -> Decimal:
    """What rounding may hide in points or a rate worked out by the portal: its own two decimals, then those printed.

    >>> row = Figure("2022-11", "u", "progress", "points", Decimal("12.3"), "12,3/20", "r.md", "I.1")
    >>> reach(row)
    Decimal('0.055')
    """
    step = half_step(row)
    return step + _HUNDREDTH if step > _HUNDREDTH else _HUNDREDTH


def retyped(row: Figure) -> Decimal:
    """What a typist may have rounded away: nothing where the portal's own two decimals are printed.

    >>> row = Figure("2022-11", "u", "total", "points", Decimal("37.5"), "37,5/100", "r.md", "I.1")
    >>> retyped(row)
    Decimal('0.05')
    """
    step = half_step(row)
    return step if step > _HUNDREDTH else Decimal(0)


def slack_of(rows: Iterable[Figure]) -> Decimal:
    """Half a printed step of every figure of a sum."""
    return sum((half_step(row) for row in rows), Decimal(0))


def rounding(row: Figure) -> str:
    """Half of the last printed digit of a row, written; "" for a grade, which is not rounded."""
    return "" if row.measure == "grade" else show(half_step(row))


def known(row: Figure) -> Decimal:
    """Value of a row that has one; raises SadecError for one that has none."""
    if row.value is None:
        raise SadecError(f"{row.source}, {row.place}", f"{row.indicator} has no value to check")
    return row.value


def total_of(rows: Iterable[Figure]) -> Decimal:
    """Sum of the values of rows."""
    return sum((known(row) for row in rows), Decimal(0))
