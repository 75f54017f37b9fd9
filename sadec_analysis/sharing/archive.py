"""A month, or several, as one file to send: what readers need, nothing that names a citizen."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from sadec_analysis.errors import InputError
from sadec_analysis.months import Month
from sadec_analysis.paths import Tree, is_own
from sadec_analysis.personal import allowed_by, kinds_in
from sadec_analysis.places import load_place, place_names
from sadec_analysis.places.units import parted
from sadec_analysis.placing import replaced, written
from sadec_analysis.sharing.index import page
from sadec_analysis.sharing.published import published
from sadec_analysis.words import Words

# Lists and counts of dossiers, notebooks and the record of the run stay where they are.
SHARED = (
    "brief.html", "brief.pdf", "brief-1page.pdf", "brief.docx", "report.docx", "tables/figures.csv", "tables/findings.csv",
    "tables/tables.xlsx", "charts/*.svg",
)  # fmt: skip
LIST = "contents.txt"
_DATE = (2020, 1, 1, 0, 0, 0)  # the same content gives the same bytes on any day
_HIDDEN = re.compile(r"<style.*?</style>|<[^>]+>", re.DOTALL)


@dataclass(frozen=True)
class Archive:
    """A written archive: its path, its size in bytes, and the size in bytes of each file in it."""

    path: Path
    size: int
    files: Mapping[str, int]


def share(months: Sequence[Month], tree: Tree, words: Words) -> Archive:
    """Pack the outputs of some months as ``outputs/sadec-<months>.zip`` with an index and a list of contents.

    Raises InputError where a month has no outputs, or where a text holds what may name a person.
    """
    content = {name: path.read_bytes() for month in months for name, path in _found(month, tree).items()}
    chosen = [each for each in published(tree.root / "outputs") if each.month in months]
    allowed = allowed_by(text for place in {each.place_id for each in chosen} for text in _texts_of(place))
    for name, data in content.items():
        _require_impersonal(name, data, allowed)
    content = {"index.html": page(chosen, words).encode(), **content}
    content[LIST] = _list(content, words).encode()
    packed = _zipped(content)
    span = f"{months[0]}" if len(months) == 1 else f"{min(months)}..{max(months)}"
    target = tree.root / "outputs" / f"sadec-{span}.zip"
    with written(target):
        replaced(target, packed)
    return Archive(target, len(packed), {name: len(data) for name, data in content.items()})


def _found(month: Month, tree: Tree) -> dict[str, Path]:
    folder = tree.outputs(month)
    found = [path for pattern in SHARED for path in sorted(folder.glob(pattern))]
    paths = [path for path in found if path.is_file() and is_own(path, folder)]
    if folder / "brief.html" not in paths:
        raise InputError(folder, "has no brief to share", remedy=f"sadec run {month}")
    return {f"{month}/{path.relative_to(folder).as_posix()}": path for path in paths}


def _texts_of(place: str) -> tuple[str, ...]:
    """What the place file of a month's record allows; nothing where there is no such file any more."""
    name = parted(place)[0]
    return load_place(name).texts if name in place_names() else ()


def _require_impersonal(name: str, data: bytes, allowed: frozenset[str]) -> None:
    """Refuse what looks like a citizen's address or number; pictures and PDF hold the same words as the page."""
    for part, text in _texts(name, data):
        for kind in kinds_in(text, allowed):
            raise InputError(
                f"{name}{part}", f"holds what looks like {kind}: not shared",
                remedy="take it out, or allow it under contacts in the place file, then run and share again",
            )  # fmt: skip


def _texts(name: str, data: bytes) -> list[tuple[str, str]]:
    """The words of a file, part by part where it is a package of parts."""
    if name.endswith((".docx", ".xlsx")):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = [part for part in package.namelist() if part.endswith((".xml", ".rels"))]
            return [(f", {part}", _visible(package.read(part))) for part in parts]
    return [] if name.endswith(".pdf") else [("", _visible(data))]


def _visible(data: bytes) -> str:
    return unescape(_HIDDEN.sub(" ", data.decode("utf-8-sig")))


def _list(content: Mapping[str, bytes], words: Words) -> str:
    """What is in the archive: bytes, SHA-256, name."""
    rows = (f"{len(data):>9}  {hashlib.sha256(data).hexdigest()}  {name}" for name, data in content.items())
    head = f"{words.text('index.bytes'):>9}  {'sha256':<64}  {words.text('index.file')}"
    return "\n".join([head, *rows]) + "\n"


def _zipped(content: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in content.items():
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(info, data)
    return stream.getvalue()
