"""What an input cell of the workbook accepts, and what it says before and after something is typed.

Cells hold text, so that a decimal comma stays one in every country's Excel; the formulas
read it with NUMBERVALUE. An Excel without that function accepts everything: the reader decides.
"""

from __future__ import annotations

from typing import Any

from sadec_analysis.numerals import show
from sadec_analysis.reading.workbook.form import Column
from sadec_analysis.rulebook import Rulebook

_NUMBER = '_xlfn.NUMBERVALUE({text},",",".")'
_IS_OLD = 'ISERROR(_xlfn.NUMBERVALUE("1",",","."))'
_WHOLE = f'=IFERROR(AND({_NUMBER}>={{least}},{_NUMBER}=INT({_NUMBER}),ISERROR(FIND(",",{{cell}})),ISERROR(FIND("%",{{cell}}))),{_IS_OLD})'
_FORMULAS = {
    "points": f'=IFERROR(AND({_NUMBER}>=0,{_NUMBER}<={{most}},ISERROR(FIND("%",{{cell}}))),{_IS_OLD})',
    "percent": f'=IFERROR(AND({_NUMBER}>=0,{_NUMBER}*IF(ISERROR(FIND("%",{{cell}})),1,100)<=100),{_IS_OLD})',
    "count": _WHOLE,
    "rank": _WHOLE,
    "rank_of": _WHOLE,
    # The word or the mark, then the number; nothing but 0 goes without.
    "change": f'=IFERROR(IF({{cell}}="0",TRUE,AND(OR(LEFT({{cell}},4)="giảm",LEFT({{cell}},4)="tăng",ISNUMBER(FIND(LEFT({{cell}}),"▲▼+-−"))),{_NUMBER}>=0)),{_IS_OLD})',
}
_AFTER_SIGN = 'MID({cell},IF(ISNUMBER(FIND(LEFT({cell}),"▲▼+-−")),2,5),20)'
_EXAMPLES = {
    "points": "Ví dụ: 12,3",
    "percent": "Ví dụ: 61,54 hoặc 61,54%",
    "count": "Ví dụ: 44 hoặc 1.064",
    "rank": "Ví dụ: 5",
    "rank_of": "Ví dụ: 12",
    "change": "Ví dụ: Giảm 11,17 hoặc ▼11,17; không đổi thì nhập 0.",
    "grade": "",
}
_ERRORS = {
    "points": "Nhập số điểm từ 0 đến {most}, dùng dấu phẩy cho phần thập phân, ví dụ 12,3.",
    "percent": "Nhập tỷ lệ từ 0 đến 100, dùng dấu phẩy cho phần thập phân, ví dụ 61,54.",
    "count": "Nhập số nguyên, không âm, ví dụ 44 hoặc 1.064.",
    "rank": "Nhập một số nguyên từ 1, ví dụ 5 (không nhập 05/12).",
    "rank_of": "Nhập một số nguyên từ 1, ví dụ 12 (không nhập 05/12).",
    "change": "Ghi Tăng hoặc Giảm (hoặc ▲, ▼) trước số, dùng dấu phẩy cho phần thập phân, ví dụ Giảm 11,17.",
    "grade": "Chọn một trong: {grades}.",
}


def validation(column: Column, rulebook: Rulebook, cell: str) -> dict[str, Any]:
    """Return the rule of a column's input cells, ``cell`` being the first of them.

    >>> from sadec_analysis.months import Month
    >>> from sadec_analysis.reading.workbook.form import load_form
    >>> from sadec_analysis.rulebook import load_rulebook
    >>> validation(load_form().column[2], load_rulebook(Month(2022, 11)), "C6")["source"]
    ['Xuất sắc', 'Tốt', 'Khá', 'Trung bình', 'Yếu']
    """
    grades = [grade.name_vi for grade in reversed(rulebook.grades.values())]
    most = rulebook.maximum(column.indicator) or 0
    said = {
        "input_title": column.heading,
        "input_message": f"{column.screen} {_EXAMPLES[column.measure]}".strip(),
        "error_title": column.heading,
        "error_message": _ERRORS[column.measure].format(most=show(most), grades=", ".join(grades)),
    }
    if column.measure == "grade":
        return {"validate": "list", "source": grades, **said}
    text = _AFTER_SIGN if column.measure == "change" else "{cell}"
    formula = _FORMULAS[column.measure].replace("{text}", text)
    least = 1 if column.measure in ("rank", "rank_of") else 0
    return {"validate": "custom", "value": formula.format(cell=cell, least=least, most=f"{most:g}"), **said}
