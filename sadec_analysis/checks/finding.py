"""What a check found, ready to be told in any language."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import pandas as pd

from sadec_analysis.errors import SadecError
from sadec_analysis.figures import Figure, part_of, value_of
from sadec_analysis.numerals import kind_of, read, show
from sadec_analysis.rulebook import Rulebook
from sadec_analysis.words import Bilingual, Words, capital, load_words

Fact = str | Decimal | Bilingual | tuple[Decimal, ...] | tuple[Figure, ...]
Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
COLUMNS = (
    "id",
    "severity",
    "period",
    "unit",
    "indicator",
    "message",
    "printed",
    "expected",
    "slack",
    "place",
)


@dataclass(frozen=True)
class Finding:
    """One contradiction.

    ``facts`` fill the message ``finding.<check>`` of the words of a language; a fact
    written ``@key`` is itself a sentence of the catalogue, and numbers are written in
    the language of the message.

    ``rank`` orders findings of one severity, the heavier ``weight`` (gap over slack) first; ``slack`` is what rounding alone could explain.
    """

    check: str
    severity: Severity
    period: str
    unit: str
    indicator: str
    measure: str
    printed: str
    expected: str
    slack: str
    place: str
    facts: Mapping[str, Fact]
    rank: int = 0
    weight: Decimal = Decimal(0)

    @property
    def id(self) -> str:
        """Name of the finding, the same whenever the same thing is found again."""
        return f"{self.check}/{self.unit}/{self.indicator}/{self.measure}"

    def message(self, words: Words) -> str:
        """Tell the finding in one or two sentences."""
        plain = {name: _written(value, words) for name, value in self.facts.items()}
        told = {
            name: words.text(value[1:], **plain) if value.startswith("@") else value
            for name, value in plain.items()
        }
        message = words.text(f"finding.{self.check}", **told)
        return capital(message)


def _written(fact: Fact, words: Words) -> str:
    if isinstance(fact, tuple):
        rows = [each for each in fact if isinstance(each, Figure)]
        if rows:
            return ", ".join(f"{row.printed} ({_part(row, words)})" for row in rows)
        return " + ".join(words.number(each) for each in fact if isinstance(each, Decimal))
    if isinstance(fact, Bilingual):
        return fact.text(words.lang)
    return words.number(fact) if isinstance(fact, Decimal) else fact


def _part(row: Figure, words: Words) -> str:
    """The part of the source a figure stands in, in the language of the message."""
    kind, _, rest = part_of(row.place).partition(" ")
    named = words.text(f"place.{kind}") if words.knows(f"place.{kind}") else kind
    return f"{named} {rest}".strip()


def to_table(findings: Iterable[Finding], languages: Iterable[Words]) -> pd.DataFrame:
    """Make the table of findings: one row each, with ``message_<lang>`` for every language given."""
    spoken = list(languages)
    plain = [*(column for column in COLUMNS if column != "message"), "measure"]
    rows = [
        {column: getattr(each, column) for column in plain}
        | {f"message_{words.lang}": each.message(words) for words in spoken}
        for each in findings
    ]
    names = plain + [f"message_{words.lang}" for words in spoken]
    return pd.DataFrame(rows, columns=names, dtype="str")


def figure_facts(indicator: str, measure: str, rulebook: Rulebook) -> dict[str, Fact]:
    """Name a figure for a message: by the catalogue, or by its rule where the rulebook knows it."""
    found, key = rulebook.part_named(indicator), f"indicator.{indicator}.{measure}"
    if found is None or load_words("vi").knows(key):
        return {"figure": f"@{key}"}
    rule, part = found
    return {"figure": f"@rule.{part or measure}", "rule": rule.id, "name": rule.name}


def half_step(printed: str, measure: str) -> Decimal:
    """Half of the last printed digit of a figure: what rounding may hide; nothing where it is said in words."""
    if not any(char.isdigit() for char in printed):
        return Decimal(0)
    return read(printed, kind_of(measure)).half_step


def rounding(row: Figure) -> str:
    """Half of the last printed digit of a row, written; "" for a grade, which is not rounded."""
    return "" if row.measure == "grade" else show(half_step(row.printed, row.measure))


def known(row: Figure) -> Decimal:
    """Value of a row of ``printed_only``, which always has one."""
    if row.value is None:
        raise SadecError(f"{row.source}, {row.place}", f"{row.indicator} has no value to check")
    return row.value


def printed_only(figures: pd.DataFrame) -> list[Figure]:
    """Rows that stand in a source with a value, as records."""
    rows = figures[
        (figures["status"] != "corrected") & (figures["status"] != "computed") & figures["value"].notna()
    ]
    return [record(row, value_of(row)) for row in rows.to_dict("records")]


def record(row: Mapping[Hashable, Any], value: Decimal | None) -> Figure:
    """A row of the table of figures as a record with that value and no limits."""
    given = {str(name): cell for name, cell in row.items()}
    return Figure(**given | {"value": value, "lower": None, "upper": None})
