"""A month's folder: which files arrived, whether they are as received, and what they give."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from sadec_analysis import fingerprints
from sadec_analysis.errors import InputError
from sadec_analysis.months import Month
from sadec_analysis.places import Place, SourceKind
from sadec_analysis.reading.corrections import Correction, Corrections, Withheld, read_corrections
from sadec_analysis.reading.documents.markdown import read_markdown
from sadec_analysis.reading.documents.outline import Document
from sadec_analysis.reading.documents.web import read_web
from sadec_analysis.reading.documents.word import read_word
from sadec_analysis.reading.dossiers.reader import read_dossiers
from sadec_analysis.reading.observations import Observer, Reading, Unread
from sadec_analysis.reading.portal.reader import read_portal
from sadec_analysis.reading.reports.narrative import Passage, read_narrative, topic_of
from sadec_analysis.reading.reports.reader import ReportReader
from sadec_analysis.reading.workbook.reader import read_workbook
from sadec_analysis.rulebook import Rulebook
from sadec_analysis.strict import build, read_toml

NARRATIVE = "narrative.md"
# Report files by ending; every other kind of source has one reader that writes to an observer.
DOCUMENTS: dict[str, Callable[[Path], Document]] = {
    ".md": read_markdown, ".docx": read_word, ".html": read_web, ".htm": read_web,
}  # fmt: skip
TABLES: dict[SourceKind, Callable[[Path, Observer], None]] = {
    "workbook": read_workbook, "portal": read_portal, "dossiers": read_dossiers,
}  # fmt: skip
ENDINGS: dict[SourceKind, tuple[str, ...]] = {
    "report": tuple(DOCUMENTS), "workbook": (".xlsx",), "portal": (".json",), "dossiers": (".csv", ".xlsx", ".parquet"),
}  # fmt: skip


@dataclass(frozen=True)
class SourceFile:
    """One file as received: what it is, who sent it, when, and its fingerprint.

    A workbook still being filled in has no fingerprint yet.
    """

    name: str
    kind: SourceKind
    title: str
    provided_by: str
    received: dt.date
    data: Literal["real", "synthetic"]
    sha256: str = ""
    note: str = ""


@dataclass(frozen=True)
class Sources:
    """``source.toml`` of a month."""

    file: tuple[SourceFile, ...] = ()


@dataclass(frozen=True)
class RawMonth:
    """All that a month's folder holds, read; the figures in the place's order of sources."""

    files: tuple[SourceFile, ...]
    reading: Reading
    passages: tuple[Passage, ...]
    corrections: tuple[Correction, ...]
    withheld: tuple[Withheld, ...]
    fingerprints: dict[str, str]


def read_month(
    folder: Path, month: Month, place: Place, rulebook: Rulebook, skip: tuple[SourceKind, ...] = ()
) -> RawMonth:
    """Read ``data/raw/<month>``: every source it lists but kinds to ``skip``, the office's own words, the corrections.

    A month may have no source but a narrative; its figures are then all unknown. Raises
    InputError for missing, changed or unreadable files.
    """
    if not folder.is_dir():
        raise InputError(folder, "no such month", remedy=f"prepare it with: sadec new-month {month}")
    _require_files(folder)
    files = tuple(file for file in listed_files(folder) if file.kind == "portal" or not place.is_listed)
    ordered = sorted(
        (file for file in files if file.kind not in skip),
        key=lambda file: place.source_order.index(file.kind),
    )
    reading, reported = Reading(), list[Passage]()
    for file in ordered:
        given, passages = read_source(_as_received(folder, file), file, month, place, rulebook)
        reading.extend(given)
        reported += passages
    own, untold = _narrative_file(folder, rulebook) if not place.is_listed else ([], [])
    reading.unread += untold
    passages = _joined(reported, own)
    if not (files or passages):
        raise InputError(
            folder / "source.toml", "names no source", remedy="list the month's files, each in a [[file]]"
        )
    told = Corrections() if place.is_listed else read_corrections(folder / "corrections.toml")
    return RawMonth(
        files, reading, tuple(passages), told.correction, told.withheld, fingerprints.of_folder(folder)
    )


def _require_files(folder: Path) -> None:
    """Raise InputError for a link among a month's files: what lies elsewhere may change, or be no one's to publish."""
    for path in sorted(folder.iterdir()):
        if path.is_symlink() and not fingerprints.is_passing(path):
            raise InputError(
                path, "is a link, not a file", got=path.readlink(), remedy="put the file itself there"
            )


def _joined(report: list[Passage], narrative: list[Passage]) -> list[Passage]:
    """The report's own words; the narrative speaks where the report says nothing on a topic and criterion."""
    told = {(passage.topic, passage.criterion) for passage in report}
    return report + [passage for passage in narrative if (passage.topic, passage.criterion) not in told]


def listed_files(folder: Path) -> tuple[SourceFile, ...]:
    """The files ``source.toml`` lists; raises InputError for a name given twice, and for a kind the ending cannot be."""
    where = folder / "source.toml"
    # names of files stay as the disk has them
    files = build(Sources, read_toml(where, is_composed=False), str(where)).file
    names = [file.name for file in files]
    for number, file in enumerate(files):
        if file.name in names[:number]:
            raise InputError(where, "lists a file twice", got=file.name, remedy="keep one [[file]] for it")
        if Path(file.name).suffix.lower() not in ENDINGS[file.kind]:
            raise InputError(
                where, f"cannot read this as a {file.kind}", got=file.name, expected=" or ".join(ENDINGS[file.kind]),
                remedy="mend its kind, or save it in that form",
            )  # fmt: skip
    return files


def read_source(
    path: Path, file: SourceFile, month: Month, place: Place, rulebook: Rulebook
) -> tuple[Reading, list[Passage]]:
    """Read one source; what it gives is marked as synthetic where the source is."""
    passages: list[Passage] = []
    if file.kind == "report":
        document = DOCUMENTS[path.suffix.lower()](path)
        reading = ReportReader(document, month, place, rulebook).read()
        passages = read_narrative(document, rulebook)
    else:
        observer = Observer(path.name, month, place, rulebook)
        TABLES[file.kind](path, observer)
        reading = observer.reading
    if file.data == "synthetic":
        reading.figures = [replace(figure, status="synthetic") for figure in reading.figures]
    return reading, passages


def _as_received(folder: Path, file: SourceFile) -> Path:
    """Return the file's path; raises InputError where it is not there, or not what was received."""
    path = folder / file.name
    if Path(file.name).name != file.name or not _is_there(path):
        raise InputError(folder / "source.toml", "names a file that is not in the folder", got=file.name)
    if file.sha256 and (found := fingerprints.of_file(path)) != file.sha256:
        raise InputError(
            path,
            "is not the file that was received",
            got=f"sha256 {found}",
            expected=file.sha256,
            remedy="put the received file back; record changes in corrections.toml",
        )
    return path


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name longer than a name can be
        return False


def _narrative_file(folder: Path, rulebook: Rulebook) -> tuple[list[Passage], list[Unread]]:
    """The office's words in ``narrative.md``, and the lines under headings that no topic or criterion is known by."""
    path = folder / NARRATIVE
    if not path.is_file():
        return [], []
    document = read_markdown(path)
    untold = [
        Unread(document.source, section.line_place(line), line.text)
        for section in document.sections
        if section.titles and topic_of(section) is None
        for line in section.lines
        if line.text.strip()
    ]
    return read_narrative(document, rulebook), untold
