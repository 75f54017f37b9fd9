"""What the sentences of a report say, by wording: patterns over Vietnamese prose.

A pattern names its numbers; each named group becomes one figure. What no
pattern covers is returned as unread: never dropped, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sadec_analysis.months import Month

Scope = Literal["city", "wards"]
Kind = Literal["points", "percent", "count", "rank", "rank_of", "change", "grade"]

_N = r"\d[\d.,]*\d|\d"
_SCORE = rf"(?:{_N})\s*/\s*\d+"
_SHARE = rf"(?:{_N})\s*%"
_GRADE = "xuất sắc|tốt|khá|trung bình|yếu"


@dataclass(frozen=True)
class Pattern:
    """One way of saying figures.

    ``groups`` maps each named group to (indicator, measure); ``{criterion}`` in an
    indicator stands for the criterion of the section or of the line's label. ``only``
    is the criterion whose sections may say it so, "" for sections of none, None for any.
    """

    form: re.Pattern[str]
    groups: dict[str, tuple[str, Kind]]
    scope: Scope = "city"
    needs_criterion: bool = False
    only: str | None = None

    @property
    def is_year_to_date(self) -> bool:
        """Whether it tells of the year so far and not of the month."""
        return any(indicator.endswith("year_to_date") for indicator, _ in self.groups.values())


def _pattern(
    form: str, groups: dict[str, tuple[str, Kind]], scope: Scope = "city", only: str | None = None
) -> Pattern:
    needs_criterion = any("{criterion}" in indicator for indicator, _ in groups.values())
    return Pattern(re.compile(form, re.IGNORECASE), groups, scope, needs_criterion, only)


_COUNT = r"(?<![\d/.,])(?P<count>\d+)(?:\s*/\s*\d+)?"
_CHANGE = rf"(?:giảm|tăng|▲|▼)\s*(?:{_N})"
PATTERNS = (
    _pattern(rf"đạt (?P<points>(?:{_N})\s*/\s*100)\s*điểm", {"points": ("total", "points")}),
    _pattern(
        rf"/\s*100\s*điểm,? \(?(?P<change>{_CHANGE}|không (?:thay )?đổi)(?: điểm)?", {"change": ("total", "change")}
    ),
    _pattern(rf"xếp loại:? (?P<grade>{_GRADE})(?!\w)", {"grade": ("total", "grade")}, only=""),
    _pattern(
        r"(?:xếp hạng|xếp thứ|đứng thứ):? (?P<rank>\d+)\s*/\s*(?P<of>\d+)",
        {"rank": ("{criterion_or_total}", "rank"), "of": ("{criterion_or_total}", "rank_of")},
    ),
    _pattern(rf"^[-+•*–]\s*[^:]+:\s*(?P<points>{_SCORE})\s*điểm", {"points": ("{criterion}", "points")}),
    _pattern(rf"đạt (?P<points>{_SCORE})\s*điểm", {"points": ("{criterion}.year_to_date", "points")}),
    _pattern(rf"(?:đạt|có|là) (?P<points>{_SCORE})\s*điểm", {"points": ("{criterion}", "points")}),
    _pattern(
        rf"tỷ lệ (?P<percent>{_SHARE}) hồ sơ (?:xử lý )?đúng hạn", {"percent": ("progress.on_time", "percent")},
        only="progress",
    ),
    _pattern(
        rf"tổng số hồ sơ xử lý quá hạn[^.]*? (?P<count>{_N}) hồ sơ quá hạn",
        {"count": ("progress.overdue_total", "count")}, only="progress",
    ),
    _pattern(
        rf"quá hạn có phát sinh trong tháng .*?là (?P<count>{_N}) hồ sơ",
        {"count": ("progress.overdue_in_month", "count")}, only="progress",
    ),
    _pattern(
        rf"tỷ lệ (?P<percent>{_SHARE}) hồ sơ nộp trực tuyến",
        {"percent": ("online_service.online_submission", "percent")}, only="online_service",
    ),
    _pattern(
        rf"phát sinh (?P<count>{_N}) hồ sơ (?:TTHC )?thanh toán trực tuyến",
        {"count": ("online_payment.dossiers_paid_online", "count")}, only="online_payment",
    ),
    _pattern(
        r"trên địa bàn thành phố[^.;\d]*?(?P<count>chưa (?:có )?phát sinh hồ sơ TTHC thanh toán trực tuyến)(?![^.]*\d)",
        {"count": ("online_payment.dossiers_paid_online", "count")}, only="online_payment",
    ),
    _pattern(
        rf"mức độ hài lòng của (?:(?!phản ánh)[^.;])*?(?:đạt|chiếm)(?: tỷ lệ)? (?P<percent>{_SHARE})",
        {"percent": ("satisfaction.reported", "percent")}, only="satisfaction",
    ),
    _pattern(
        rf"phản ánh, kiến nghị xử lý đúng hạn (?:đạt )?(?:tỷ lệ )?(?P<percent>{_SHARE})",
        {"percent": ("satisfaction.feedback_on_time", "percent")}, only="satisfaction",
    ),
    _pattern(
        rf"phát sinh (?P<copies>{_N}) hồ sơ chứng thực điện tử bản sao[^.;]*? tại (?P<units>\d+) đơn vị",
        {
            "copies": ("digitisation.certified_copies", "count"),
            "units": ("digitisation.certifying_units", "count"),
        },
        only="digitisation",
    ),
    _pattern(
        rf"cao nhất là (?P<high>{_SCORE}) điểm, (?:điểm )?thấp nhất là (?P<low>{_SCORE}) điểm",
        {"high": ("total.ward_highest", "points"), "low": ("total.ward_lowest", "points")}, "wards", only="",
    ),
    _pattern(
        r"có (?P<count>\d+)\s*/\s*(?P<of>\d+) (?:đơn vị )?xã, phường xếp loại (?P<_grade>" + _GRADE + ")",
        {"count": ("total.wards_{grade}", "count"), "of": ("total.wards", "count")}, "wards", only="",
    ),
    _pattern(
        rf"trên (?P<target>{_SHARE}) so với chỉ tiêu[^.]*?{_COUNT} đơn vị chưa đạt (?:yêu cầu )?(?:là|gồm):? (?P<_below>[^.]+)",
        {
            "target": ("online_service.online_submission_target", "percent"),
            "count": ("online_service.wards_below_target", "count"),
        },
        "wards", only="online_service",
    ),
    _pattern(
        rf"trên (?P<target>{_SHARE}) so với chỉ tiêu[^.]*?(?P<_nobody>không (?:có|còn) đơn vị nào chưa đạt)",
        {"target": ("online_service.online_submission_target", "percent")}, "wards", only="online_service",
    ),
    _pattern(
        rf"{_COUNT} đơn vị đạt (?P<_from>{_SHARE}) trở lên đạt (?P<_grade>{_GRADE})",
        {"count": ("satisfaction.wards_{grade}", "count")}, "wards", only="satisfaction",
    ),
    _pattern(
        rf"(?:và|,) {_COUNT} đơn vị (?:đạt )?(?P<_grade>{_GRADE})(?!\w)",
        {"count": ("satisfaction.wards_{grade}", "count")}, "wards", only="satisfaction",
    ),
    _pattern(
        r"(?P<count>\d+)\s*/\s*(?P<of>\d+) đơn vị có phát sinh hồ sơ TTHC chứng thực điện tử bản sao",
        {"count": ("digitisation.certifying_wards", "count"), "of": ("digitisation.wards", "count")}, "wards",
        only="digitisation",
    ),
)  # fmt: skip

# Understood, and no figure of the index: dates, document numbers, page controls, figure numbers.
_NO_FIGURE = re.compile(
    r"(?:ngày )?(?:\d+ )?tháng \d+(?: năm |/)\d{4}|năm \d{4}|số \d+/[\d-]*[^\W\d][\w-]*|hiện \d+ trong \d+ đơn vị"
    r"|số đơn vị trong 1 trang|hình \d+|^\d+ v$|^<< < \d+ > >>$",
    re.IGNORECASE,
)
_BEARS_FIGURE = re.compile(
    rf"(?:{_SCORE}|{_SHARE}|(?:{_N}) (?:hồ sơ|đơn vị|điểm|TTHC|giao dịch|xã|phường)(?!\w)|[▲▼]\s*\d)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.;])\s+(?=[A-ZĐÀ-Ỹ-])")
_OF_WARDS = re.compile(r"các xã, phường|đối với xã, phường|xã, phường xếp loại", re.IGNORECASE)


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
    r"(?:tỉnh|huyện|thị xã|sở|cả nước|phòng|bộ phận|đơn vị)(?!\w)",
    re.IGNORECASE,
)
_OTHER_TIME = re.compile(
    r"(?<!so với )(?:tháng trước|cùng kỳ|năm trước|quý trước|quý [IVX\d]+)(?!\w)", re.IGNORECASE
)
_PLAN = re.compile(r"phấn đấu|mục tiêu|phải đạt|kế hoạch", re.IGNORECASE)
_MONTH = re.compile(r"(?<!so với )(?<!\d )tháng (\d{1,2})(?!\d)(?:(?:/| năm )(\d{4}))?", re.IGNORECASE)
_YEAR = re.compile(r"(?:cả|lũy kế|tính chung|số liệu)(?: cả)? năm|từ đầu năm|lũy kế", re.IGNORECASE)


def is_elsewhere(text: str, month: Month) -> bool:
    """Whether a sentence speaks of another month, of a plan, or of somebody else than the city.

    >>> is_elsewhere("Tháng trước thành phố đạt 48,67/100 điểm", Month(2022, 11))
    True
    >>> is_elsewhere("Trong tháng 11/2022 đạt 0/18 điểm, tăng so với tháng 10", Month(2022, 11))
    False
    """
    months = {(int(year) if year else month.year, int(number)) for number, year in _MONTH.findall(text)}
    is_other_month = bool(months - {(month.year, month.number)})
    return is_other_month or any(form.search(text) for form in (_OTHER_SUBJECT, _OTHER_TIME, _PLAN))


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
        for match in re.finditer(_N, text[start:end])
    ]
    return any(not any(start < b and a < end for a, b in covered) for start, end in wanted)


def scope_of(text: str, title: str) -> Scope:
    """Whether a line speaks of the wards together or of the city.

    >>> scope_of("Đối với các xã, phường có 4/9 đơn vị", "Kết quả"), scope_of("Thành phố đạt 12,3/20", "Kết quả")
    ('wards', 'city')
    """
    return "wards" if _OF_WARDS.search(f"{title}. {text}") or "UBND xã, phường" in title else "city"
