"""What of a month looks like a citizen's address or number, told before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pandas as pd

from sadec_analysis.errors import InputError
from sadec_analysis.personal import allowed_by, kinds_in, masked
from sadec_analysis.places import Place
from sadec_analysis.reading.corrections import Withheld

Json = dict[str, Any]
_TOLD = ("passages", "unread", "remarks", "missing")  # rows of a source's own words
_NAMED = ("files", "others", "corrections", "withheld", "repairs")
_NOT_WORDS = ("sha256",)


def withholding(documents: Json, withheld: Sequence[Withheld]) -> Json:
    """Return the documents of a month with what is recorded as withheld left out.

    Raises InputError for an entry that names no words with something personal in them.
    """
    left = {(each.source, each.place) for each in withheld}
    told = {kind: [_left_out(row, left) for row in documents[kind]] for kind in _TOLD}
    changed = {
        (new["source"], new["place"])
        for kind in _TOLD
        for old, new in zip(documents[kind], told[kind], strict=True)
        if new != old
    }
    for source, place in sorted(left - changed):
        raise InputError(
            f"corrections.toml, {source}, {place}", "nothing personal stands there to be withheld",
            remedy="check source and place, or take the entry out",
        )  # fmt: skip
    return documents | told


def _left_out(row: Json, left: set[tuple[str, str]]) -> Json:
    return row | {"text": masked(row["text"])} if (row["source"], row["place"]) in left else row


def require_impersonal(documents: Json, tables: Iterable[pd.DataFrame], place: Place) -> None:
    """Raise InputError, naming the place and the kind but not the words, for what may not be published."""
    allowed = allowed_by(place.texts)
    for where, text in [*_words(documents), *_cells(tables)]:
        for kind in kinds_in(text, allowed):
            raise InputError(
                where, f"holds what looks like {kind}: not published",
                remedy="leave it out with a [[withheld]] entry in corrections.toml, or allow it under contacts in the place file",
            )  # fmt: skip


def _words(documents: Json) -> Iterator[tuple[str, str]]:
    for kind in _TOLD:
        yield from ((f"{row['source']}, {row['place']}", row["text"]) for row in documents[kind])
    for kind in _NAMED:
        for row in documents[kind]:
            yield from (
                (f"{kind}, {name}", text)
                for name, text in row.items()
                if isinstance(text, str) and name not in _NOT_WORDS
            )


def _cells(tables: Iterable[pd.DataFrame]) -> Iterator[tuple[str, str]]:
    for table in tables:
        for name in table.select_dtypes(["object", "string"]).columns:
            yield from ((f"a table's {name}", str(cell)) for cell in table[name].dropna().unique())
