"""Made-up lists of dossiers whose true answers are known because they are planned; personal columns hold canaries."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

import xlsxwriter

CANARIES = ("Nguyễn Văn Canary", "0903999888", "12 Đường Bí Mật", "038199999999", "canary@example.vn")
PERSONAL = ("Họ tên chủ hồ sơ", "Số điện thoại", "Địa chỉ", "Số CCCD", "Email")
HEADINGS = (
    "Mã hồ sơ", PERSONAL[0], "Tên thủ tục", "Lĩnh vực", PERSONAL[1], "Đơn vị", "Hình thức nộp", "Ngày tiếp nhận", PERSONAL[2],
    "Ngày hẹn trả", "Ngày kết thúc", "Lệ phí", "Thanh toán", PERSONAL[3], "Đánh giá", PERSONAL[4],
)  # fmt: skip
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Dossier:
    """One dossier; dates as days, texts as a list has them."""

    received: dt.date
    due: dt.date | None
    finished: dt.date | None = None
    unit: str = "UBND Phường 1"
    procedure: str = "Chứng thực bản sao"
    field: str = "Chứng thực"
    channel: str = "Trực tiếp"
    fee: str = "0"
    paid: str = ""
    rating: str = ""

    def cells(self, number: int) -> list[object]:
        """The dossier as a row of HEADINGS."""
        name, phone, address, identity, mail = CANARIES
        return [
            f"000.21.36.H20-{number:07}", name, self.procedure, self.field, phone, self.unit, self.channel, self.received,
            address, self.due, self.finished, self.fee, self.paid, identity, self.rating, mail,
        ]  # fmt: skip


def times(count: int, dossier: Dossier, **changes: object) -> list[Dossier]:
    """The same dossier several times."""
    return [replace(dossier, **changes)] * count


def written(cell: object, form: str = "%d/%m/%Y") -> str:
    """A cell as a list prints it."""
    return "" if cell is None else cell.strftime(form) if isinstance(cell, dt.date) else str(cell)


def write_csv(
    path: Path, dossiers, *, separator=";", form="%d/%m/%Y", titles=(), headings=HEADINGS, encoding="utf-8"
):
    """Write a list as CSV, after title lines."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=separator)
        for title in titles:
            writer.writerow([title])
        writer.writerow(headings)
        for number, dossier in enumerate(dossiers, 1):
            writer.writerow([written(cell, form) for cell in dossier.cells(number)])
    return path


def write_xlsx(path: Path, dossiers, *, dates="cells", titles=(), headings=HEADINGS):
    """Write a list as a workbook; dates as date cells, as Excel's own numbers, or as text."""
    book = xlsxwriter.Workbook(str(path))
    sheet, day = book.add_worksheet("Danh sách"), book.add_format({"num_format": "dd/mm/yyyy"})
    for at, title in enumerate(titles):
        sheet.write_string(at, 0, title)
    for at, heading in enumerate(headings):
        sheet.write_string(len(titles), at, heading)
    for number, dossier in enumerate(dossiers, 1):
        for at, cell in enumerate(dossier.cells(number)):
            row = len(titles) + number
            if isinstance(cell, dt.date) and dates == "cells":
                sheet.write_datetime(
                    row,
                    at,
                    dt.datetime(cell.year, cell.month, cell.day, tzinfo=dt.UTC).replace(tzinfo=None),
                    day,
                )
            elif isinstance(cell, dt.date) and dates == "numbers":
                sheet.write_number(row, at, (cell - dt.date(1899, 12, 30)).days)
            else:
                sheet.write_string(row, at, written(cell))
    book.close()
    return path


def write_cells(path: Path, rows: list[list[str]]) -> Path:
    """Write rows of texts as they are, as CSV or as a workbook."""
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows(rows)
        return path
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Danh sách")
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write_string(at, column, cell)
    book.close()
    return path


def november() -> list[Dossier]:
    """1.064 late dossiers, 44 of them due in November 2022, the others in the months since 2021; and some on time."""
    first = dt.date(2022, 11, 1)
    city, ward = "UBND thành phố Sa Đéc", "UBND phường An Hòa - Tỉnh Đồng Tháp"
    old = [Dossier(dt.date(2021, 3, 1), dt.date(2021, 3, 10), dt.date(2021, 4, 1), city)] * 300
    old += [Dossier(dt.date(2022, 9, 1), dt.date(2022, 9, 20), None, ward)] * 720
    now = [Dossier(first + 2 * DAY, first + 9 * DAY, first + 12 * DAY, ward)] * 34
    now += [Dossier(dt.date(2022, 10, 28), first + 4 * DAY, None, city)] * 10
    on_time = [
        Dossier(first, first + 9 * DAY, first + 9 * DAY, city, channel="Trực tuyến", rating="Hài lòng")
    ] * 60
    on_time += [
        Dossier(first + 20 * DAY, dt.date(2022, 11, 30), None, ward, fee="20.000", paid="Trực tuyến")
    ] * 15
    on_time += [
        Dossier(first + 20 * DAY, dt.date(2022, 12, 5), None, ward, fee="20.000", paid="Tiền mặt")
    ] * 5
    return old + now + on_time
