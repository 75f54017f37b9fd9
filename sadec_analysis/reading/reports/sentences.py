"""What the sentences of a report say: which speak of the city this month, and what no pattern covers.

What is not covered is returned as unread: never dropped, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sadec_analysis.months import Month
from sadec_analysis.names import text_key
from sadec_analysis.reading.reports.patterns import (
    NUMBER,
    PATTERNS,
    SCORE,
    SHARE,
    WARD,
    WARDS,
    Pattern,
    Scope,
)

# Understood, and no figure of the index: dates, document numbers, page controls, figure numbers.
_NO_FIGURE = re.compile(
    r"(?:ngày )?(?:\d+ )?tháng \d+(?: năm |/)\d{4}|năm \d{4}|số \d+/[\d-]*[^\W\d][\w-]*|hiện \d+ trong \d+ đơn vị"
    r"|số đơn vị trong 1 trang|(?:hình|bảng) \d+|^\d+ v$|^<< < \d+ > >>$",
    re.IGNORECASE,
)
_BEARS_FIGURE = re.compile(
    rf"(?:{SCORE}|{SHARE}|(?:{NUMBER}) (?:hồ sơ|đơn vị|điểm|TTHC|giao dịch|xã|phường|thị trấn)(?!\w)|[▲▼]\s*\d)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.;])\s+(?=[A-ZĐÀ-Ỹ-])")
_OF_WARDS = re.compile(
    rf"các {WARDS}|đối với {WARD}, {WARD}|(?:{WARD}, {WARD}|\d {WARD}) xếp loại", re.IGNORECASE
)
_WARDS_TITLE = re.compile(rf"UBND {WARD}(?:, {WARD}|$)")


@dataclass(frozen=True)
class Said:
    """One sentence and where it starts in its line."""

    text: str
    start: int


def sentences(text: str) -> Iterator[Said]:
    """Split a line into sentences.

    >>> [said.text for said in sentences("Có 1.064 hồ sơ. Tuy nhiên là 44.")]
    ['Có 1.064 hồ sơ.', 'Tuy nhiên là 44.']
    """
    start = 0
    for end in [*(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]:
        if text[start:end].strip():
            yield Said(_spelt_alike(text[start:end].rstrip()), start)
        start = end


def _spelt_alike(text: str) -> str:
    """Settle a spelling that varies, letter for letter, so that places in the text stay."""
    return text.replace("tỉ lệ", "tỷ lệ").replace("Tỉ lệ", "Tỷ lệ")


def matches(said: Said, scope: Scope, criterion: str) -> Iterator[tuple[Pattern, re.Match[str]]]:
    """Yield every pattern that fits a sentence of ``scope`` under ``criterion`` ("" for none), none overlapping another."""
    taken: list[tuple[int, int]] = []
    for pattern in PATTERNS:
        if pattern.scope != scope or pattern.only not in (None, criterion):
            continue
        if pattern.is_year_to_date != is_of_the_year(said.text):
            continue
        for found in pattern.form.finditer(said.text):
            spans = [found.span(group) for group in pattern.groups if found[group] is not None]
            if not any(
                start < end_taken and start_taken < end
                for start, end in spans
                for start_taken, end_taken in taken
            ):
                taken.extend(spans)
                yield pattern, found


_OTHER_SUBJECT = re.compile(
    r"^[-+•*\s]*(?:(?:UBND|toàn|cả|riêng|còn|trong khi đó,?|bình quân|các)\s+)*"
    r"(?P<who>tỉnh|huyện|thị xã|quận|sở|cả nước|phòng|bộ phận|đơn vị)(?!\w)",
    re.IGNORECASE,
)
_OTHER_TIME = re.compile(
    r"(?<!so với )(?:tháng trước|cùng kỳ|năm trước|quý trước|quý [IVX\d]+)(?!\w)", re.IGNORECASE
)
_PLAN = re.compile(r"phấn đấu|mục tiêu|phải đạt|kế hoạch", re.IGNORECASE)
_MONTH = re.compile(r"(?<!so với )(?<!\d )tháng (\d{1,2})(?!\d)(?:(?:/| năm )(\d{4}))?", re.IGNORECASE)
_YEAR = re.compile(r"(?:cả|lũy kế|tính chung|số liệu)(?: cả)? năm|từ đầu năm|lũy kế", re.IGNORECASE)


def is_elsewhere(text: str, month: Month, own: str = "") -> bool:
    """Whether a sentence speaks of another month, of a plan, or of somebody else than ``own``, the city.

    >>> is_elsewhere("Tháng trước thành phố đạt 48,67/100 điểm", Month(2022, 11))
    True
    >>> is_elsewhere("Trong tháng 11/2022 đạt 0/18 điểm, tăng so với tháng 10", Month(2022, 11))
    False
    """
    months = {(int(year) if year else month.year, int(number)) for number, year in _MONTH.findall(text)}
    is_other_month = bool(months - {(month.year, month.number)})
    is_other = is_other_month or _OTHER_TIME.search(text) or _PLAN.search(text)
    return bool(is_other) or _is_of_another(text, own)


def _is_of_another(text: str, own: str) -> bool:
    """A district is named by its own name, or by the word of its kind alone."""
    found = _OTHER_SUBJECT.search(text)
    if found is None:
        return False
    key, rest = text_key(text[found.start("who") :]), text[found.end() :].lstrip()
    is_own_kind = text_key(own).startswith(f"{text_key(found['who'])} ") and "các" not in text_key(found[0])
    is_named_so = f"{key} ".startswith(f"{text_key(own)} ") or rest[:1].islower()
    return not (is_own_kind and is_named_so)


def is_of_the_year(text: str) -> bool:
    """Whether a sentence tells of the year so far.

    >>> is_of_the_year("qua đối chiếu số liệu cả năm 2022 thì đạt 14,1/18 điểm")
    True
    """
    return bool(_YEAR.search(text))


def numbers_left(text: str, bold: tuple[tuple[int, int], ...], read: list[tuple[int, int]]) -> bool:
    """Whether a line still holds a number that counts: a bold one, or one with a unit, that nobody read."""
    covered = [*read, *(match.span() for match in _NO_FIGURE.finditer(text))]
    wanted = [match.span() for match in _BEARS_FIGURE.finditer(text)]
    wanted += [
        (start + match.start(), start + match.end())
        for start, end in bold
        for match in re.finditer(NUMBER, text[start:end])
    ]
    return any(not any(start < b and a < end for a, b in covered) for start, end in wanted)


def scope_of(text: str, title: str) -> Scope:
    """Whether a line speaks of the wards together or of the city.

    >>> scope_of("Đối với các xã, phường có 4/9 đơn vị", "Kết quả"), scope_of("Thành phố đạt 12,3/20", "Kết quả")
    ('wards', 'city')
    """
    return "wards" if _OF_WARDS.search(f"{title}. {text}") or _WARDS_TITLE.search(title) else "city"
