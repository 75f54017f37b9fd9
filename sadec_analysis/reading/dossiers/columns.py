"""Which column of a list holds what: headings and words by the place file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sadec_analysis.errors import InputError
from sadec_analysis.names import text_key
from sadec_analysis.places import DossierLists

MEANINGS = (
    "number",
    "procedure",
    "field",
    "unit",
    "channel",
    "received",
    "due",
    "finished",
    "fee",
    "paid",
    "rating",
)
DATES = ("received", "due", "finished")
REQUIRED = ("unit", "received", "due", "finished")
LATEST_HEADING = 20
_NO_HEADINGS = f"no row of headings among the first {LATEST_HEADING} rows"


@dataclass(frozen=True)
class Columns:
    """The columns of one list: position and heading of every meaning found, and how many there are."""

    positions: dict[str, int]
    headings: dict[str, str]
    width: int

    def heading(self, meaning: str) -> str:
        """The heading a meaning has in this list."""
        return self.headings.get(meaning, meaning)

    @staticmethod
    def meaning(text: str, words: Mapping[str, Sequence[str]]) -> str | None:
        """Return the meaning of a word of the list, or None where the place file does not know it."""
        key = text_key(text)
        return next((meaning for meaning, said in words.items() if key in map(text_key, said)), None)


def find_columns(row: Sequence[str], lists: DossierLists, where: object) -> Columns | None:
    """Recognise a row of headings; None where a required meaning is not among them.

    Raises InputError where two headings have the same meaning.
    """
    found = [(Columns.meaning(heading, lists.columns) if heading.strip() else None) for heading in row]
    if not set(REQUIRED) <= set(found):
        return None
    positions: dict[str, int] = {}
    for at, meaning in enumerate(found):
        if meaning in positions:
            raise InputError(
                where, f"two columns give the {meaning} of a dossier", got=f"{row[positions[meaning]]} and {row[at]}",
                remedy="take one out of the place file, or out of the list",
            )  # fmt: skip
        if meaning in MEANINGS:
            positions[meaning] = at
    return Columns(positions, {meaning: row[at] for meaning, at in positions.items()}, len(row))


def no_headings(where: object, lists: DossierLists, what: str = _NO_HEADINGS) -> InputError:
    """Say which headings were looked for."""
    wanted = "; ".join(
        f"{meaning}: {' or '.join(lists.columns.get(meaning, ('not mapped',)))}" for meaning in REQUIRED
    )
    return InputError(
        where, what, expected=wanted,
        remedy="add the headings of this list to the place file, in [dossiers.columns]",
    )  # fmt: skip
