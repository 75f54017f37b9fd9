"""What the tables of a report hold, by the wording of their headers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sadec_analysis.names import text_key
from sadec_analysis.reading.reports.patterns import Kind


@dataclass(frozen=True)
class Column:
    """One kind of column. ``split`` cuts a cell into its printed parts, one per indicator."""

    header: re.Pattern[str]
    indicators: tuple[tuple[str, Kind], ...]
    split: re.Pattern[str] = re.compile(r"(?P<a>.*)", re.DOTALL)
    needs_criterion: str = ""


UNIT = re.compile(r"^(?:tên )?(?:cơ quan/)?đơn vị$|^(?:xã|phường|thị trấn)(?:, (?:xã|phường|thị trấn))*$")
SUMMARY_ROW = re.compile(r"^(?:tổng(?: cộng| số)?|trung bình|bình quân|cộng|)$")
CODE = re.compile(r"^mã định danh$")
IGNORED = re.compile(r"^(?:stt|tt|danh sách hồ sơ|)$")
COLUMNS = (
    Column(
        re.compile(r"^(?:điểm đánh giá|tổng điểm)$"),
        (("total", "points"), ("total", "change")),
        re.compile(r"(?P<a>[^▲▼►(<]+?)\s*(?:<br ?/?>)?\s*\(?(?P<b>[▲▼►][^)]*)?\)?", re.DOTALL),
    ),
    Column(re.compile(r"^tăng[,/]? ?giảm$"), (("total", "change"),)),
    Column(re.compile(r"^xếp loại$"), (("total", "grade"),)),
    Column(re.compile(r"^t[ỷỉ] lệ (?:hồ sơ )?đúng hạn(?: \(%\))?$"), (("progress.on_time", "percent"),)),
    Column(re.compile(r"^điểm đạt được$"), (("{criterion}", "points"),)),
    Column(
        re.compile(r"^t[ỷỉ] lệ (?:hồ sơ )?nộp trực tuyến(?: \(%\))?$"),
        (("online_service.online_submission", "percent"),),
    ),
    Column(re.compile(r"^(?:tổng )?số hồ (?:sơ )?(?:xử lý )?quá hạn$"), (("progress.overdue", "count"),)),
    Column(
        re.compile(r"^đã triển khai$"),
        (("digitisation.certifying_units", "count"), ("digitisation.certifying_units_due", "count")),
        re.compile(r"(?P<a>\d+)\s*/\s*(?P<b>\d+)"),
        "digitisation",
    ),
    Column(
        re.compile(r"^số lượng hồ sơ hoàn thành$"),
        (("digitisation.certified_copies", "count"),),
        needs_criterion="digitisation",
    ),
)
RANKING_CAPTION = re.compile(r"xếp hạng")
_RANK = re.compile(r"(\d+)\s*[.)]\s*\S")


@dataclass(frozen=True)
class Layout:
    """Which column of a table holds what, by position."""

    unit: int
    code: int | None
    columns: dict[int, Column]
    unread: tuple[str, ...]


def layout(header: tuple[str, ...], criterion: str | None) -> Layout | None:
    """Recognise a table by its header; None when it has no column of units or no known figure."""
    keys = [text_key(cell) for cell in header]
    unit = position(header, UNIT)
    columns = {at: column for at, key in enumerate(keys) if (column := _column(key, criterion))}
    if unit is None or not columns:
        return None
    code = position(header, CODE)
    known = {unit, code, *columns}
    unread = tuple(header[at] for at, key in enumerate(keys) if at not in known and not IGNORED.match(key))
    return Layout(unit, code, columns, unread)


def position(header: tuple[str, ...], form: re.Pattern[str]) -> int | None:
    """Return which column has a heading of that form, or None."""
    return next((at for at, cell in enumerate(header) if form.match(text_key(cell))), None)


def _column(key: str, criterion: str | None) -> Column | None:
    for column in COLUMNS:
        needs_owner = any("{criterion}" in indicator for indicator, _ in column.indicators)
        if (
            column.header.match(key)
            and column.needs_criterion in ("", criterion)
            and (criterion or not needs_owner)
        ):
            return column
    return None


def parts(column: Column, cell: str) -> Iterator[tuple[tuple[str, Kind], str]]:
    """Yield (indicator and measure, printed text) for one cell; nothing for an empty one.

    >>> [printed for _, printed in parts(COLUMNS[0], "47,34 ▼13,96")]
    ['47,34', '▼13,96']
    """
    found = column.split.fullmatch(cell.strip())
    texts = [text for text in found.groups() if text is not None] if found else [cell]
    for target, text in zip(column.indicators, texts, strict=False):
        if text.strip():
            yield target, text.strip()


def printed_rank(cell: str) -> str | None:
    """Return the rank before a unit's name: "5. UBND Phường An Hoà" gives "5"."""
    found = _RANK.match(cell.strip())
    return found[1] if found else None
