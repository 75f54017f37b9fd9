"""A month's folder: which files arrived, whether they are as received, and what they give."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sadec_analysis.errors import InputError
from sadec_analysis.months import Month
from sadec_analysis.places import Place
from sadec_analysis.reading.corrections import Correction, read_corrections
from sadec_analysis.reading.document import Document
from sadec_analysis.reading.markdown import read_markdown
from sadec_analysis.reading.narrative import Passage, read_narrative
from sadec_analysis.reading.report import Reading, ReportReader
from sadec_analysis.rulebook import Rulebook
from sadec_analysis.strict import build, read_toml

NARRATIVE = "narrative.md"


@dataclass(frozen=True)
class SourceFile:
    """One file as received: what it is, who sent it, when, and its fingerprint."""

    name: str
    kind: Literal["report"]
    title: str
    provided_by: str
    received: dt.date
    sha256: str
    data: Literal["real", "synthetic"]
    note: str = ""


@dataclass(frozen=True)
class Sources:
    """``source.toml`` of a month."""

    file: tuple[SourceFile, ...] = ()


@dataclass(frozen=True)
class RawMonth:
    """All that a month's folder holds, read."""

    files: tuple[SourceFile, ...]
    reading: Reading
    passages: tuple[Passage, ...]
    corrections: tuple[Correction, ...]
    fingerprints: dict[str, str]

    @property
    def is_synthetic(self) -> bool:
        """Whether any of it is made up for demonstration."""
        return any(file.data == "synthetic" for file in self.files)


def read_month(folder: Path, month: Month, place: Place, rulebook: Rulebook) -> RawMonth:
    """Read ``data/raw/<month>``: its report, the office's own words, the corrections.

    A month may have no report but a narrative; its figures are then all unknown. Raises
    InputError for missing, changed or unreadable files.
    """
    if not folder.is_dir():
        raise InputError(folder, "no such month", remedy=f"create it and put the report of {month} there")
    files = build(Sources, read_toml(folder / "source.toml"), str(folder / "source.toml")).file
    reading, passages = Reading(), _narrative_file(folder, rulebook)
    if len(files) > 1 or not (files or passages):
        raise InputError(
            folder / "source.toml", "needs one report", got=f"{len(files)} files", remedy="list one [[file]]"
        )
    if files:
        document = _document(folder, files[0])
        reading = ReportReader(document, month, place, rulebook).read()
        passages = _joined(read_narrative(document, rulebook), passages)
    corrections = read_corrections(folder / "corrections.toml")
    return RawMonth(files, reading, tuple(passages), corrections, _fingerprints(folder))


def _joined(report: list[Passage], narrative: list[Passage]) -> list[Passage]:
    """The report's own words; the narrative speaks where the report says nothing on a topic and criterion."""
    told = {(passage.topic, passage.criterion) for passage in report}
    return report + [passage for passage in narrative if (passage.topic, passage.criterion) not in told]


def _fingerprints(folder: Path) -> dict[str, str]:
    return {path.name: _sha256(path) for path in sorted(folder.iterdir()) if path.is_file()}


def _sha256(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise InputError(
            path, f"cannot be read: {error.strerror}", remedy="check that you may read it"
        ) from error


def _document(folder: Path, file: SourceFile) -> Document:
    path = folder / file.name
    if Path(file.name).name != file.name or not path.is_file():
        raise InputError(folder / "source.toml", "names a file that is not in the folder", got=file.name)
    if (found := _sha256(path)) != file.sha256:
        raise InputError(
            path,
            "is not the file that was received",
            got=f"sha256 {found}",
            expected=file.sha256,
            remedy="put the received file back; record changes in corrections.toml",
        )
    if path.suffix.lower() != ".md":
        raise InputError(
            path, "cannot read this kind of file", got=path.suffix or "no ending", expected=".md"
        )
    return read_markdown(path)


def _narrative_file(folder: Path, rulebook: Rulebook) -> list[Passage]:
    path = folder / NARRATIVE
    return read_narrative(read_markdown(path), rulebook) if path.is_file() else []
