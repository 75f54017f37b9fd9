"""The first sheet of the workbook: what to do, how to write numbers, and where each one stands."""

from __future__ import annotations

from typing import Any

from sadec_analysis.reading.workbook.form import Form
from sadec_analysis.rulebook import Rulebook

_STEPS = (
    "Mở từng trang theo tên tiêu chí ở cuối màn hình và nhập số liệu vào các ô màu vàng. Cột màu xám «{previous}» chỉ để đối chiếu.",
    "Khi chọn một ô, Excel hiện lời nhắc số liệu đó nằm ở đâu. Nhập sai kiểu thì Excel báo và cho nhập lại.",
    "Ô nào chưa có số liệu thì để trống. Ô trống nghĩa là chưa có số liệu, không phải là 0; chỉ nhập 0 khi kết quả đúng là 0.",
    "Lưu lại với đúng tên tệp figures.xlsx, đúng thư mục, rồi đóng Excel.",
    "Kiểm tra bằng lệnh: sadec check {month}. Lệnh liệt kê ô nhập sai và ô còn trống, theo trang, dòng và cột; sửa rồi kiểm tra lại.",
    "Khi không còn gì phải sửa, lập báo cáo phân tích bằng lệnh: sadec run {month}.",
)
_NUMBERS = (
    "Phần thập phân dùng dấu phẩy: 51,53. Hàng nghìn dùng dấu chấm hoặc viết liền: 1.064 hoặc 1064.",
    "Tỷ lệ nhập 51,53 hoặc 51,53%. Không nhập 0,5153.",
    "Tăng giảm phải ghi rõ: Tăng 2,1 hoặc ▲2,1; Giảm 11,17 hoặc ▼11,17; không đổi thì nhập 0.",
    "Ghi đúng như trên màn hình, giữ nguyên số chữ số thập phân, không tự làm tròn.",
    "Không đổi tên trang, tiêu đề cột, mã định danh, kỳ báo cáo và mã địa bàn.",
)  # fmt: skip
_UNITS = {"city": "{city}", "wards": "Các đơn vị trực thuộc", "both": "Tất cả các đơn vị"}
_WIDTHS = (25, 33, 22, 86)
_LINE = 13.5  # points, one line of the sheet's font
_CHARACTERS = 150  # of one line across the sheet, and of one line of its last column below
_LAST = 88


def write_guide(
    sheet: Any, looks: dict[str, Any], form: Form, rulebook: Rulebook, month: str, city: str, note: str
) -> None:
    """Write the steps, the ways to write numbers and the list of figures below the sheet's title.

    ``month`` is what follows a command; ``city`` names the unit that reports.
    """
    for at, width in enumerate(_WIDTHS):
        sheet.set_column(at, at, width)
    steps = [step.format(month=month, previous=form.previous) for step in _STEPS]
    row = _write_list(
        sheet, 5, "Các bước", [f"{number}. {step}" for number, step in enumerate(steps, 1)], looks
    )
    row = _write_list(sheet, row, "Cách ghi số", [f"– {rule}" for rule in (*_NUMBERS, note) if rule], looks)
    _write_figures(sheet, row, form, rulebook, city, looks)


def _write_list(sheet: Any, row: int, title: str, lines: list[str], looks: dict[str, Any]) -> int:
    sheet.write_string(row, 0, title, looks["section"])
    for at, line in enumerate(lines, row + 1):
        sheet.merge_range(at, 0, at, len(_WIDTHS) - 1, "", looks["step"])
        sheet.write_string(at, 0, line, looks["step"])
        sheet.set_row(at, _LINE * (1 + len(line) // _CHARACTERS) + 2)
    return row + len(lines) + 2


def _write_figures(
    sheet: Any, row: int, form: Form, rulebook: Rulebook, city: str, looks: dict[str, Any]
) -> None:
    sheet.write_string(row, 0, "Số liệu lấy ở đâu", looks["section"])
    for at, heading in enumerate(("Trang", "Cột", "Nhập cho", "Nơi lấy số liệu")):
        sheet.write_string(row + 1, at, heading, looks["heading"])
    asked = [(title, column) for title, columns in form.sheets(rulebook).items() for column in columns]
    for line, (title, column) in enumerate(asked, row + 2):
        sheet.set_row(line, _LINE * (1 + len(column.screen) // _LAST) + 2)
        for at, text in enumerate(
            (title, column.heading, _UNITS[column.units].format(city=city), column.screen)
        ):
            sheet.write_string(line, at, text, looks["wrapped"])
