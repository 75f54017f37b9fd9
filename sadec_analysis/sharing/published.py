"""What a folder of outputs says of its months, from their own records."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from sadec_analysis.checks import SEVERITIES
from sadec_analysis.monthly import MonthView
from sadec_analysis.months import Month
from sadec_analysis.paths import UNITS
from sadec_analysis.words import LANGUAGES, Bilingual

NO_NAME = Bilingual("", "")
_NUMBERS = {"points": "total", "change": "change", "rank": "rank", "rank_of": "rank_of"}


@dataclass(frozen=True)
class Published:
    """One month's outputs; ``total`` and ``change`` in points, ``place`` and ``grade`` by their names in every language, what is unknown None.

    ``trouble`` says why a record could not be read; nothing else is known then.
    """

    folder: Path
    month: Month
    place: Bilingual = NO_NAME
    is_synthetic: bool = False
    total: Decimal | None = None
    change: Decimal | None = None
    rank: Decimal | None = None
    rank_of: Decimal | None = None
    grade: Bilingual = NO_NAME
    findings: Mapping[str, int] | None = None
    trouble: str = ""
    place_id: str = ""


def headline(view: MonthView) -> dict[str, Any]:
    """The month in a few numbers, for its record: exact decimals as text, None where unknown."""
    facts = {name: view.fact(view.place.city, "total", measure).value for measure, name in _NUMBERS.items()}
    grade = view.fact(view.place.city, "total", "grade").value
    severities = list(view.findings["severity"])
    return {
        "place": asdict(view.place.city.title),
        **{name: None if value is None else str(value) for name, value in facts.items()},
        "grade": {lang: view.rulebook.grades[int(grade)].name(lang) for lang in LANGUAGES} if grade else None,
        "findings": {severity: severities.count(severity) for severity in SEVERITIES},
    }


def published(outputs: Path) -> list[Published]:
    """Every month that has outputs, the latest first; a record that cannot be read is told, never hidden."""
    return _months(outputs)


def published_units(outputs: Path) -> list[Published]:
    """Every month of every unit that has outputs of its own; folders that hold no finished month are left out."""
    folders = sorted(path for path in (outputs / UNITS).glob("*") if path.is_dir())
    return [each for folder in folders for each in _months(folder) if (each.folder / "run.json").is_file()]


def _months(outputs: Path) -> list[Published]:
    folders = [path for path in outputs.iterdir() if path.is_dir() and Month.is_written(path.name)]
    return [_read(folder) for folder in sorted(folders, key=lambda path: path.name, reverse=True)]


def _read(folder: Path) -> Published:
    month = Month.parse(folder.name)
    try:
        record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        told = record["headline"]
        total, change, rank, rank_of = (_number(told[name]) for name in _NUMBERS.values())
        findings = {str(severity): int(told["findings"][severity]) for severity in SEVERITIES}
        return Published(
            folder, month, _named(told["place"]), bool(record["data"]), total, change, rank, rank_of,
            _named(told["grade"]), findings, place_id=str(record.get("parameters", {}).get("place", "")),
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, AttributeError, InvalidOperation) as error:
        return Published(folder, month, trouble=type(error).__name__)


def _named(names: Mapping[str, str] | None) -> Bilingual:
    return Bilingual(*(str(names[lang]) for lang in LANGUAGES)) if names else NO_NAME


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
