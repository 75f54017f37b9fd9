"""A received file put into the folder of its month, with where it came from."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from sadec_analysis import fingerprints
from sadec_analysis.errors import InputError
from sadec_analysis.locks import held
from sadec_analysis.monthly import DEFAULT_PLACE
from sadec_analysis.months import Month
from sadec_analysis.paths import Tree
from sadec_analysis.places import SourceKind, load_place, require_valid_in
from sadec_analysis.placing import replaced, written
from sadec_analysis.reading.month import ENDINGS, SourceFile, listed_files, read_source
from sadec_analysis.rulebook import load_rulebook

SOURCE = "source.toml"
# Lists of dossiers name citizens: files called so are kept out of the repository by .gitignore.
PRIVATE = "dossiers"
_TAKEN = ("source.toml", "corrections.toml", "narrative.md")


@dataclass(frozen=True)
class Provenance:
    """Where a file comes from, as ``source.toml`` records it."""

    title: str
    provided_by: str
    received: dt.date
    data: Literal["real", "synthetic"] = "real"

    @classmethod
    def checked(cls, title: str, provided_by: str, received: str = "", data: str = "real") -> Provenance:
        """Check what a person typed; an empty day is today. Raises InputError for what is no day or no such data."""
        try:
            day = dt.date.fromisoformat(received) if received else dt.datetime.now().astimezone().date()
        except ValueError:
            raise InputError("received", "not a day", got=repr(received), expected="YYYY-MM-DD") from None
        if data not in ("real", "synthetic"):
            raise InputError("data", "unknown kind of data", got=repr(data), expected="real or synthetic")
        return cls(title, provided_by, day, "real" if data == "real" else "synthetic")


def file_source(
    file: Path,
    month: str,
    provenance: Provenance,
    kind: str = "",
    place: str = DEFAULT_PLACE,
    root: str | Path = ".",
) -> Path:
    """Copy ``file`` into ``data/raw/<month>`` and list it in ``source.toml``; return where it lies.

    The file is read in full first, as a run would, so what cannot be read is refused with
    nothing written. The same file filed again changes nothing. Raises InputError also for
    a name already taken by other content.
    """
    period, where = Month.parse(month), load_place(place)
    require_valid_in(where, period)
    if not file.is_file():
        raise InputError(file, "no such file", remedy="check the name")
    source = _described(file, _kind(file, kind), provenance)
    tree = Tree.at(root)
    read_source(file, source, period, where, load_rulebook(period, local=tree.rulebooks))
    folder = tree.raw(period)
    with held(tree, period):
        if _is_filed(folder, source):
            return folder / source.name
        return _placed(file, folder, source)


def _kind(file: Path, kind: str) -> SourceKind:
    """The kind asked for, or the only one a file of this ending can be."""
    possible = [each for each, endings in ENDINGS.items() if file.suffix.lower() in endings]
    chosen = [each for each in get_args(SourceKind) if each == kind] if kind else possible
    if len(chosen) == 1 and chosen[0] in possible:
        return chosen[0]
    remedy = (
        f"say which with --kind {' or --kind '.join(possible)}"
        if possible
        else "save it in one of these forms"
    )
    endings = ", ".join(sorted({ending for each in ENDINGS.values() for ending in each}))
    raise InputError(
        file, "cannot tell what kind of source this is" if len(possible) > 1 else "is no kind of source that can be read",
        got=kind or file.suffix or "no ending", expected=endings, remedy=remedy,
    )  # fmt: skip


def _described(file: Path, kind: SourceKind, provenance: Provenance) -> SourceFile:
    name = file.name if kind != "dossiers" or file.name.startswith(PRIVATE) else f"{PRIVATE}-{file.name}"
    if name in _TAKEN or not name.isprintable() or name.startswith("."):
        raise InputError(file, "cannot be filed under this name", got=repr(name), remedy="rename it first")
    return SourceFile(
        name=name, kind=kind, title=provenance.title, provided_by=provenance.provided_by, received=provenance.received,
        data=provenance.data, sha256=fingerprints.of_file(file),
    )  # fmt: skip


def _is_filed(folder: Path, source: SourceFile) -> bool:
    """Whether the same content is listed already; raises InputError where its name holds other content."""
    files = listed_files(folder) if (folder / SOURCE).is_file() else ()
    if any(each.sha256 == source.sha256 for each in files):
        return True
    there = folder / source.name
    is_other = there.exists() and fingerprints.of_file(there) != source.sha256
    if is_other or any(each.name == source.name for each in files):
        raise InputError(
            folder / source.name,
            "another file of this name is there",
            remedy="rename the new file, or take the old one out first",
        )
    return False


def _placed(file: Path, folder: Path, source: SourceFile) -> Path:
    """Copy the file first and list it last: a failure between leaves the listing as it was."""
    target, listing = folder / source.name, folder / SOURCE
    with written(folder):
        folder.mkdir(parents=True, exist_ok=True)
        before = listing.read_text(encoding="utf-8").rstrip("\n") if listing.is_file() else ""
        replaced(target, file)
        replaced(listing, "\n\n".join(filter(None, (before, entry(source)))).encode())
    return target


def entry(source: SourceFile) -> str:
    r"""Write one ``[[file]]`` of ``source.toml``; strings are quoted as TOML, like JSON, has them.

    >>> print(entry(SourceFile("a.json", "portal", 'Mục "I"', "UBND", dt.date(2026, 9, 3), "real")).splitlines()[3])
    title = "Mục \"I\""
    """
    quoted = {name: json.dumps(getattr(source, name), ensure_ascii=False) for name in _TEXTS}
    lines = [f"{name} = {text}" for name, text in quoted.items() if text != '""']
    lines.insert(4, f"received = {source.received.isoformat()}")
    return "\n".join(["[[file]]", *lines, ""])


_TEXTS = ("name", "kind", "title", "provided_by", "data", "sha256")
