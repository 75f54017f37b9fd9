"""What the words of a list mean: units by code, channels, payments and ratings by the place file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from unicodedata import normalize

import pyarrow as pa

from sadec_analysis.errors import InputError
from sadec_analysis.names import nearest
from sadec_analysis.reading.dossiers.columns import Columns
from sadec_analysis.reading.dossiers.rows import Rows
from sadec_analysis.reading.dossiers.sums import TABLES
from sadec_analysis.reading.observations import Observer, Remark, Unread


def translate(rows: Rows, observer: Observer) -> None:
    """Put meanings in place of words in the tables of sums; raises InputError for a unit that is none."""
    meanings = dict(_meanings(rows, observer)) | {"unit": _units(rows, observer)}
    for name, words in meanings.items():
        said = {"said": pa.array(words, pa.string()), "meaning": pa.array(words.values(), pa.string())}
        rows.database.register("words", pa.table(said))
        for table in (each for each, has in TABLES.items() if name in has):
            rows.database.execute(f"ALTER TABLE {table} RENAME {name} TO {name}_said")
            rows.database.execute(
                f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT {table}.* EXCLUDE ({name}_said), meaning AS {name} "
                f"FROM {table} LEFT JOIN words ON said = coalesce({name}_said, '')"
            )
        rows.database.unregister("words")


def _units(rows: Rows, observer: Observer) -> dict[str, str]:
    """Codes by the texts of the unit column; raises InputError for one that is no unit, without repeating it."""
    known: dict[str, str] = {}
    place = observer.place
    for text, dossiers in _said(rows, "unit").items():
        if not dossiers:
            continue  # of blank rows only
        unit = place.by_code.get(text.strip().upper()) or place.find(text)
        if unit not in place.own:
            raise _no_unit(rows, observer, text)
        known[text] = unit.code
    listed = set(known.values())
    observer.reading.missing += [
        Unread(rows.name, "rows", unit.name) for unit in place.own if unit.code not in listed
    ]
    return known


def _no_unit(rows: Rows, observer: Observer, text: str) -> InputError:
    row = rows.first("coalesce(unit, '') = ?", [text])
    own = [each.name for each in observer.place.own]
    names = ", ".join(nearest(text, own) or own[:3])
    return InputError(
        f"{rows.name}, row {row}, {rows.columns.heading('unit')}", "is no unit of the place",
        expected=f"a unit of {observer.place.id}.toml, such as {names}", remedy="mend the name, or add the spelling to the place file",
    )  # fmt: skip


def _meanings(rows: Rows, observer: Observer) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Meanings by the texts of a column; where the place file knows no meaning of a text, its dossiers are counted.

    Nothing in the column for payment is a dossier not paid online yet.
    """
    lists = observer.place.dossiers
    for name in ("procedure", "field"):
        texts = [
            text for (text,) in rows.all(f"SELECT DISTINCT {name} FROM by_procedure") if (text or "").strip()
        ]
        yield name, {text: " ".join(normalize("NFC", text).split()) for text in texts}
    for name, words in (("channel", lists.channels), ("paid", lists.paid), ("rating", lists.ratings)):
        said = {text: count for text, count in _said(rows, name).items() if text.strip()}
        known = {text: meaning for text in said if (meaning := Columns.meaning(text, words))}
        if unknown := sum(count for text, count in said.items() if text not in known):
            observer.reading.remarks.append(Remark(f"unknown_{name}", rows.name, "rows", str(unknown)))
        yield name, known | ({"": "other"} if name == "paid" and name in rows.columns.positions else {})


def _said(rows: Rows, name: str) -> dict[str, int]:
    """The different texts of a column, and how many dossiers have each; in order."""
    found = rows.all(f"SELECT coalesce({name}, ''), sum(dossiers) FROM by_month GROUP BY 1 ORDER BY 1")
    return {text: int(count) for text, count in found}
