"""Rulebooks found for a month or by name, and read from their files."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from sadec_analysis import fingerprints
from sadec_analysis.errors import InputError
from sadec_analysis.months import Month
from sadec_analysis.rulebook.book import Rulebook
from sadec_analysis.rulebook.contradictions import in_book, in_file
from sadec_analysis.strict import build, read_toml

FOLDER = Path(__file__).resolve().parent


def load_rulebook(month: Month, folder: Path = FOLDER, local: Path | None = None) -> Rulebook:
    """Load the rulebook valid on the first day of ``month``.

    One of the folder ``local``, which need not exist, wins over the shipped one. Raises InputError where no
    rulebook is valid, or more than one in a folder.
    """
    own = _valid(month, local)
    valid = own or _valid(month, folder)
    if len(valid) != 1:
        spans = [f"{each.id} {each.valid_from} to {each.valid_until}" for each in valid or _books(folder)]
        raise InputError(
            local if own else folder, f"{len(valid)} rulebooks are valid in {month}", expected=f"one of: {'; '.join(spans)}",
            remedy="mend valid_from and valid_until, so that one of them holds the month",
        )  # fmt: skip
    return valid[0]


def load_reference(rulebook: Rulebook, local: Path | None = None, folder: Path = FOLDER) -> Rulebook | None:
    """Load the rulebook that ``rulebook`` is compared with, of the folder ``local`` before a shipped one; None where it names none.

    Raises InputError where there is no rulebook of that name.
    """
    if not rulebook.compared_with:
        return None
    books = [*_books(local), *_books(folder)]
    found = next((book for book in books if book.id == rulebook.compared_with), None)
    if found is None:
        raise InputError(
            f"{rulebook.id}.toml", "no rulebook of that name to compare with", got=rulebook.compared_with,
            expected=" or ".join(book.id for book in books), remedy="mend compared_with",
        )  # fmt: skip
    return found


@fingerprints.once_while_same
def read_rulebook(path: Path) -> Rulebook:
    """Read one rulebook file; raises InputError for what it leaves out, for unknown keys and for the first contradiction."""
    tables = read_toml(path)
    book = build(Rulebook, tables, path.name)
    for what, got, expected in (*in_file(tables), *in_book(book, path.stem)):
        raise InputError(path.name, what, got=got, expected=expected, remedy="mend the rulebook")
    return book


def _valid(month: Month, folder: Path | None) -> list[Rulebook]:
    first = dt.date(month.year, month.number, 1)
    return [book for book in _books(folder) if book.valid_from <= first <= book.valid_until]


def _books(folder: Path | None) -> list[Rulebook]:
    return [read_rulebook(path) for path in sorted(folder.glob("*.toml"))] if folder else []
