"""Folders and files put in place in one step: the old one or the new one, never half, also when the power fails."""

from __future__ import annotations

import ctypes
import errno
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sadec_analysis.errors import InputError

_TRIES = 3  # to put a folder in place that others put in place too
_OLD = "old"
_HERE, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux
_REMEDIES = {
    errno.ENOSPC: "free some space, then run again",
    errno.EDQUOT: "free some space, then run again",
    errno.EFBIG: "allow larger files, then run again",
    errno.EROFS: "choose a folder that can be written",
    errno.EACCES: "check that you may write there",
    errno.EPERM: "check that you may write there",
}  # what keeps a disk from taking a file, and is no fault of ours


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """Yield an empty folder that replaces ``target`` when the block ends well.

    After an exception ``target`` is as it was; InputError where the disk is full or cannot be written. The new
    folder is made beside ``target``, so putting it in place is a rename and never a copy.
    """
    aside = _aside(target)
    fresh = aside / "new"
    try:
        with written(target):
            fresh.mkdir()
            yield fresh
            _flush(fresh)
            _swap(fresh, target, aside)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def replaced(target: Path, content: bytes | Path) -> None:
    """Put a file in place in one step, its content given or copied from another file; raises OSError."""
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as aside:
        try:
            with io.BytesIO(content) if isinstance(content, bytes) else content.open("rb") as source:
                shutil.copyfileobj(source, aside)
            aside.flush()
            os.fsync(aside.fileno())
            aside.close()
            Path(aside.name).chmod(0o644)
            Path(aside.name).replace(target)
        finally:
            Path(aside.name).unlink(missing_ok=True)
    _flush_one(target.parent)


@contextmanager
def written(target: Path) -> Iterator[None]:
    """Turn what a full or closed disk says while ``target`` is written into an InputError."""
    try:
        yield
    except OSError as error:
        if trouble := disk_trouble(error, target):
            raise trouble from error
        raise


def disk_trouble(error: OSError, target: Path | None = None) -> InputError | None:
    """The error to tell where a disk took no more, or None where it is another one."""
    remedy = _REMEDIES.get(error.errno or 0)
    where = target or error.filename or "outputs"
    return InputError(where, f"cannot be written: {error.strerror}", remedy=remedy) if remedy else None


def require_writable(target: Path) -> None:
    """Raise InputError where ``target`` could not be put in place, before any work is done for it."""
    _aside(target).rmdir()


def swept(target: Path) -> None:
    """Put right what killed programs left of ``target``: put it back, remove what was made aside; nothing may be at work on it."""
    for aside in sorted(target.parent.glob(f".{target.name}.*")):
        if not target.exists():
            for old in sorted(aside.glob(f"{_OLD}-*"))[:1]:
                old.replace(target)
        shutil.rmtree(aside, ignore_errors=True)


def _aside(target: Path) -> Path:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as error:
        raise InputError(
            target.parent,
            f"cannot be written: {error.strerror}",
            remedy="check that it is a folder and that you may write there",
        ) from error


def _swap(fresh: Path, target: Path, aside: Path) -> None:
    """Put ``fresh`` in the place of ``target``; on failure ``target`` is put back.

    Another program may put the same folder in place at the same moment: then it is tried again.
    """
    for attempt in range(_TRIES):
        try:
            if not (target.exists() and _exchanged(fresh, target)):
                _renamed(fresh, target, aside / f"{_OLD}-{attempt}")
        except OSError as error:
            trouble = error
        else:
            _flush_one(target.parent)
            return
    raise InputError(
        target, f"cannot be replaced: {trouble.strerror}",
        remedy="close any of its files that are open in another program, then run again",
    ) from trouble  # fmt: skip


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step where the system and the disk can; whether they did."""
    if sys.platform != "linux" or not hasattr(library := ctypes.CDLL(None), "renameat2"):
        return False
    names = (_HERE, os.fsencode(one), _HERE, os.fsencode(other))
    return bool(library.renameat2(*names, _EXCHANGE) == 0)


def _renamed(fresh: Path, target: Path, retired: Path) -> None:
    """In two steps; a program killed between them leaves no target, and ``swept`` puts the old one back."""
    try:
        if target.exists():
            target.replace(retired)
        fresh.replace(target)
    except OSError:
        if retired.exists() and not target.exists():
            retired.replace(target)
        raise


def _flush(folder: Path) -> None:
    """Have the disk hold all of a folder before anything else is done."""
    for path in (*folder.rglob("*"), folder):
        _flush_one(path)


def _flush_one(path: Path) -> None:
    if path.is_dir() and os.name == "nt":  # has no such call for folders
        return
    opened = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
