"""Every reader with a good file of its own and the ways to change it, and what becomes of a changed one."""

from __future__ import annotations

import datetime as dt
import io
import json
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache, partial
from pathlib import Path
from random import Random
from typing import Any

import mutations as by
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
from conftest import REPOSITORY, SAMPLE
from dossier_lists import Dossier, write_csv, write_xlsx
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from responses import old_row
from word_files import report_in_html, report_in_word, report_lists, write_word
from workbooks import asked, blank, type_in

from sadec_analysis import cleaning, figures, numerals
from sadec_analysis.errors import InputError
from sadec_analysis.months import Month
from sadec_analysis.places import FOLDER as PLACES
from sadec_analysis.places import is_valid_in, load_place
from sadec_analysis.places.crosswalk import FILE as CROSSWALK
from sadec_analysis.places.crosswalk import load_crosswalk
from sadec_analysis.reading.corrections import read_corrections
from sadec_analysis.reading.documents.markdown import parse
from sadec_analysis.reading.month import DOCUMENTS, SourceFile, read_month, read_source
from sadec_analysis.reading.observations import Reading, tally_table
from sadec_analysis.reading.portal.units import units_listed
from sadec_analysis.reading.reports.own_place import place_of
from sadec_analysis.rulebook import FOLDER as RULEBOOKS
from sadec_analysis.rulebook import load_rulebook, read_rulebook

# How many changed files each reader is given here; benchmarks/fuzz.py gives as many as it is asked for.
CASES = {
    "report, Markdown": 50, "report, Word": 40, "report, web page": 20, "place of a report": 80, "workbook": 60, "response of 2026": 80,
    "response to 2025": 80, "units of a response": 80, "list, CSV": 20, "list, CSV with a title": 10, "list, workbook": 20, "list, Parquet": 20,
    "narrative.md": 40, "source.toml": 80, "corrections.toml": 150, "place file": 150, "rulebook": 150, "crosswalk": 150, "printed numbers": 300,
}  # fmt: skip
DIGITS = {"report": 25, "workbook": 25, "response": 40, "list": 12}

REPORT = REPOSITORY / "data" / "raw" / "2022-11" / "bao-cao-2022-11.md"
RESPONSE = SAMPLE / "data" / "raw" / "2026-08" / "phan-hoi-minh-hoa.json"
MOST_SECONDS = 20
LONGEST_LINE = 1000
CITY, WARD = ("2022-11", "sa_dec"), ("2026-08", "phuong_sa_dec")


@dataclass(frozen=True)
class Reader:
    """One reader: a good file, what may happen to it, and how it is read."""

    name: str
    file: str
    good: Callable[[], bytes]
    change: by.Change
    read: Callable[[Path], object]


class TroubleError(Exception):
    """What must never happen."""


# -- reading, as far as what was read can be kept --------------------------------


def source(kind: str, of: tuple[str, str], path: Path) -> Reading:
    """Read one source of a month, and make of it all that is kept in files."""
    month, place = Month.parse(of[0]), load_place(of[1])
    file = SourceFile(path.name, kind, "", "", dt.date(2022, 12, 1), "real")
    reading, passages = read_source(path, file, month, place, load_rulebook(month))
    keep(reading, passages)
    return reading


def keep(reading: Reading, *others: object) -> None:
    """Make the tables and texts that a month writes of a reading."""
    table = figures.table([*reading.figures])
    for each in (table, tally_table(reading.tallies)):
        pq.write_table(pa.Table.from_pandas(each), io.BytesIO())
    told = [asdict(each) for each in (*reading.unread, *reading.remarks, *reading.missing, *reading.others)]
    json.dumps([told, others], ensure_ascii=False, default=str).encode()


def own_place(path: Path) -> object:
    return place_of(DOCUMENTS[path.suffix](path)).own


def month_of(path: Path) -> object:
    """A month's folder: its list of sources, with a response that goes with it, and the office's own words."""
    month = Month.parse(WARD[0])
    raw = read_month(path.parent, month, load_place(WARD[1]), load_rulebook(month))
    keep(raw.reading, [asdict(file) for file in raw.files], raw.passages)
    return raw


def corrected(path: Path) -> object:
    return cleaning.correct(good_reading().figures, read_corrections(path).correction)


@cache
def good_reading() -> Reading:
    return source("report", CITY, REPORT)


def place(path: Path) -> object:
    found = load_place(path.stem, path.parent)
    return found.own, found.names, is_valid_in(found, Month(2022, 11)), found.find("Phường 1"), hash(found.id)


def rulebook(path: Path) -> object:
    found = read_rulebook(path)
    return (
        found.grades,
        found.rules,
        found.criterion_named("tiến độ"),
        found.valid_from <= dt.date(2022, 1, 1),
    )


def printed(path: Path) -> object:
    """One number a line: its kind, and how it is printed."""
    read = []
    for line in path.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
        kind, _, text = line.partition(":")
        if kind in ("count", "percent", "points", "change", "rank"):
            read.append(numerals.show(numerals.read(text, kind).value))
    return read


# -- good files -------------------------------------------------------------------


def made(write: Callable[[Path], object], name: str) -> bytes:
    """What ``write`` puts into a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        write(path)
        return path.read_bytes()


@cache
def report_items() -> tuple[Any, ...]:
    return tuple(parse(REPORT.read_text(encoding="utf-8")))


def word(path: Path) -> None:
    write_word(path, report_in_word(report_items()), numbering=report_lists())


def filled(path: Path) -> None:
    """Every figure the workbook asks for typed in, none like another of its sheet where that is possible."""
    blank(path)
    type_in(
        path, *((sheet, column.heading, unit.code, typed(column, at)) for at, (sheet, column, unit) in enumerate(asked()))
    )  # fmt: skip


def typed(column: Any, at: int) -> object:
    """A value that the column can have: a text as people type it, or a number of the spreadsheet's own."""
    text = {
        "points": f"{1 + at % 8},{at % 90 + 10}", "percent": f"{30 + at % 60},{at % 90 + 10}", "count": f"1.{at % 900 + 100}",
        "rank": str(1 + at % 9), "rank_of": "12", "change": f"Giảm {1 + at % 20},{at % 90 + 10}", "grade": "Yếu",
    }[column.measure]  # fmt: skip
    if at % 3 or column.measure in ("grade", "change"):
        return text
    return int(text.replace(".", "")) if column.measure == "count" else float(text.replace(",", "."))


def old_response() -> bytes:
    units = [unit for unit in load_place("sa_dec").unit if unit.level in ("city", "ward")]
    rows = [old_row(unit.name, unit.code, total=f"{30 + at}.{at + 11}") for at, unit in enumerate(units)]
    return json.dumps(rows, ensure_ascii=False, indent=1).encode()


def dossiers() -> list[Dossier]:
    """A short list in which every count is above none."""
    first, day = dt.date(2022, 11, 1), dt.timedelta(days=1)
    units = [unit.name for unit in load_place("sa_dec").own]
    ways = (
        ("Trực tuyến", "20.000", "Trực tuyến", "Hài lòng"),
        ("Trực tiếp", "0", "", ""),
        ("Bưu chính", "5.000", "Tiền mặt", ""),
    )
    return [
        Dossier(first + (at % 20) * day, first + (at % 20 + 5) * day, (first + (at % 20 + at % 9) * day) if at % 4 else None, units[at % len(units)], f"Thủ tục {at % 3}", "Chứng thực", *ways[at % 3])
        for at in range(40)
    ]  # fmt: skip


def list_in_parquet(path: Path) -> None:
    text = made(partial(write_csv, dossiers=dossiers()), "a.csv")
    parsed = pacsv.read_csv(io.BytesIO(text), parse_options=pacsv.ParseOptions(delimiter=";"))
    pq.write_table(parsed.select([*range(parsed.num_columns)]), path)


NUMBERS = "count:1.064\npercent:61,54%\npoints:0,0/18\nchange:Giảm 11,17 điểm\nrank:05/12\npercent:51.53\nchange:▼13,96\npoints:37,5/100"  # fmt: skip
NARRATIVE = (
    "## Nguyên nhân\n\n- Tiến độ giải quyết: **12** hồ sơ trễ hạn 37,5%.\n\n## Giải pháp\n\n1. Nhắc việc.\n"
)
CSV = partial(write_csv, dossiers=dossiers(), titles=())
TITLED = partial(write_csv, dossiers=dossiers(), titles=('DANH SÁCH "hồ sơ"', "Tháng 11"))
MARKDOWN, TABLE = by.in_text, by.some_of(by.in_csv, by.in_csv, by.in_lines)
TOML = by.some_of(by.in_toml, by.in_toml, by.in_lines)
ARCHIVE = by.mostly(by.in_archive, by.in_bytes)
JSON = by.mostly(by.in_json, by.in_text)

READERS = (
    Reader("report, Markdown", "a.md", REPORT.read_bytes, MARKDOWN, partial(source, "report", CITY)),
    Reader("report, Word", "a.docx", lambda: made(word, "a.docx"), ARCHIVE, partial(source, "report", CITY)),
    Reader("report, web page", "a.html", lambda: report_in_html(report_items()).encode(), by.mostly(by.in_markup, by.in_text), partial(source, "report", CITY)),
    Reader("place of a report", "a.md", REPORT.read_bytes, MARKDOWN, own_place),
    Reader("workbook", "figures.xlsx", lambda: made(filled, "a.xlsx"), ARCHIVE, partial(source, "workbook", CITY)),
    Reader("response of 2026", "response.json", RESPONSE.read_bytes, JSON, partial(source, "portal", WARD)),
    Reader("response to 2025", "response.json", old_response, JSON, partial(source, "portal", CITY)),
    Reader("units of a response", "response.json", RESPONSE.read_bytes, JSON, units_listed),
    Reader("list, CSV", "dossiers.csv", lambda: made(CSV, "a.csv"), TABLE, partial(source, "dossiers", CITY)),
    Reader("list, CSV with a title", "dossiers.csv", lambda: made(TITLED, "a.csv"), TABLE, partial(source, "dossiers", CITY)),
    Reader("list, workbook", "dossiers.xlsx", lambda: made(partial(write_xlsx, dossiers=dossiers()), "a.xlsx"), ARCHIVE, partial(source, "dossiers", CITY)),
    Reader("list, Parquet", "dossiers.parquet", lambda: made(list_in_parquet, "a.parquet"), by.mostly(by.in_parquet, by.in_bytes), partial(source, "dossiers", CITY)),
    Reader("narrative.md", "narrative.md", NARRATIVE.encode, MARKDOWN, month_of),
    Reader("source.toml", "source.toml", (RESPONSE.parent / "source.toml").read_bytes, TOML, month_of),
    Reader("corrections.toml", "corrections.toml", (REPORT.parent / "corrections.toml").read_bytes, TOML, corrected),
    Reader("place file", "sa_dec.toml", (PLACES / "sa_dec.toml").read_bytes, TOML, place),
    Reader("rulebook", "qd766-2022.toml", (RULEBOOKS / "qd766-2022.toml").read_bytes, TOML, rulebook),
    Reader("crosswalk", "2025-07-01.toml", CROSSWALK.read_bytes, TOML, load_crosswalk.__wrapped__),
    Reader("printed numbers", "numbers.txt", NUMBERS.encode, by.in_lines, printed),
)  # fmt: skip
BY_NAME = {reader.name: reader for reader in READERS}


# -- one case ------------------------------------------------------------------------


@contextmanager
def room() -> Iterator[Path]:
    """A folder to read a file in, from which nothing may be written elsewhere; temporary files are looked for, too."""
    was = tempfile.tempdir
    with tempfile.TemporaryDirectory(prefix="fuzzed-") as folder:
        for name in ("in", "tmp"):
            (Path(folder) / name).mkdir()
        tempfile.tempdir = str(Path(folder) / "tmp")
        try:
            yield Path(folder)
        finally:
            tempfile.tempdir = was


def chance_of(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - the same seed gives the same file


def changed(reader: Reader, good: bytes, seed: int) -> bytes:
    return reader.change(chance_of(seed), good)


def outcome(reader: Reader, data: bytes, folder: Path) -> str:
    """Read a file and return "read" or "refused"; raises TroubleError for anything else."""
    path = folder / "in" / reader.file
    for other in path.parent.iterdir():
        other.unlink()
    beside(reader, path.parent)
    path.write_bytes(data)
    before, started = held(folder), time.monotonic()
    try:
        with limited():
            reader.read(path)
        told = "read"
    except InputError as error:
        require_one_line(str(error))
        told = "refused"
    if (seconds := time.monotonic() - started) > MOST_SECONDS:
        raise TroubleError(f"took {seconds:.0f} seconds")
    if held(folder) != before:
        raise TroubleError("wrote something")
    return told


def beside(reader: Reader, folder: Path) -> None:
    """What a month's folder needs beside the file that is changed."""
    if reader.read is month_of:
        (folder / RESPONSE.name).write_bytes(RESPONSE.read_bytes())
        (folder / "source.toml").write_bytes((RESPONSE.parent / "source.toml").read_bytes())


def held(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def require_one_line(message: str) -> None:
    if len(message.splitlines()) != 1 or len(message) > LONGEST_LINE or not message.isprintable():
        raise TroubleError(f"told in other than one short plain line: {message[:200]!r}")


@contextmanager
def limited() -> Iterator[None]:
    """Stop what takes too long, where Python can be stopped."""

    def stop(*_: object) -> None:
        raise TroubleError(f"took more than {MOST_SECONDS} seconds")

    was = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, MOST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, was)


# -- many cases --------------------------------------------------------------------


def with_seeds(number: int, act: Callable[[int], object]) -> None:
    """Call ``act`` with so many seeds, the same ones in every run."""

    @settings(
        max_examples=number, phases=[Phase.generate], derandomize=True, database=None, deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(seed=st.integers(0, 2**32 - 1))
    def each(seed: int) -> None:
        act(seed)

    each()


@cache
def unchanged(name: str) -> Any:
    """What a reader reads of its good file."""
    with room() as folder:
        return read(BY_NAME[name], BY_NAME[name].good(), folder)


def read(reader: Reader, data: bytes, folder: Path) -> Any:
    """What is read of a file, without the fingerprints of what it was read from."""
    path = folder / reader.file
    beside(reader, folder)
    path.write_bytes(data)
    found = reader.read(path)
    return (found.reading, found.passages, found.files) if hasattr(found, "fingerprints") else found
