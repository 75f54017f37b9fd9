"""Office files checked before any reader opens them: what they really are, and how large."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from sadec_analysis.errors import InputError
from sadec_analysis.reading.texts import OLE, kind_of

LARGEST_UNPACKED = 2 * 2**30
_CHUNK = 2**20
_MOST_SEARCHED = 64 * 2**20
_OFFICE = {"xl/workbook.xml": "an Excel workbook", "word/document.xml": "a Word document"}
_ENTITY = re.compile(
    rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E|E\x00?N\x00?T\x00?I\x00?T\x00?Y)"
)


def require_archive(path: Path, main_part: str) -> None:
    """Raise InputError unless ``path`` is a sound, modest Office file whose main part is ``main_part``.

    Refused: empty, truncated, encrypted or renamed files, archives that unpack beyond
    2 GiB, and any XML part that declares a document type or an entity.
    """
    with path.open("rb") as file:
        head = file.read(512)
    wanted = _OFFICE[main_part]
    if not head:
        raise InputError(path, "is empty", expected=wanted, remedy="export or save it again")
    if head.startswith(OLE):
        raise InputError(
            path, _ole(path), expected=wanted, remedy="save it without a password, in the present format"
        )
    if not head.startswith(b"PK\x03\x04"):
        raise InputError(
            path, "is another kind of file", got=kind_of(head), expected=wanted, remedy="check the name"
        )
    try:
        with zipfile.ZipFile(path) as archive:
            _require_parts(path, archive, main_part)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        raise InputError(
            path, "is damaged or cut short", expected=wanted, remedy="fetch or save it again"
        ) from error


def _require_parts(path: Path, archive: zipfile.ZipFile, main_part: str) -> None:
    infos = archive.infolist()
    unpacked = sum(info.file_size for info in infos)
    if unpacked > LARGEST_UNPACKED:
        raise InputError(
            path, "unpacks to too much", got=f"{unpacked // 2**20} MiB", expected=f"at most {LARGEST_UNPACKED // 2**20} MiB",
            remedy="check where it comes from; a list this long can be given as .csv",
        )  # fmt: skip
    names = {info.filename for info in infos}
    if main_part not in names:
        found = next((name for part, name in _OFFICE.items() if part in names), "some other archive")
        raise InputError(
            path, "is another kind of file", got=found, expected=_OFFICE[main_part], remedy="check the name"
        )
    for info in infos:
        if info.filename.lower().endswith((".xml", ".rels", ".vml")) and _declares_entities(archive, info):
            raise InputError(
                path, "declares XML entities, which no office program writes", got=info.filename,
                remedy="do not use this file; ask for it again",
            )  # fmt: skip


def _declares_entities(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    return any(_ENTITY.search(window) for window in windows(archive, info))


def windows(archive: zipfile.ZipFile, info: zipfile.ZipInfo, overlap: int = 64) -> Iterator[bytes]:
    """Yield a part piece by piece, each beginning with the end of the one before."""
    tail = b""
    with archive.open(info) as part:
        while piece := part.read(_CHUNK):
            yield tail + piece
            tail = piece[-overlap:]


def _ole(path: Path) -> str:
    with path.open("rb") as file:
        is_encrypted = "EncryptedPackage".encode("utf-16-le") in file.read(_MOST_SEARCHED)
    return "is protected by a password" if is_encrypted else "is in the old Office format"
