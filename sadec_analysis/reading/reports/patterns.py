"""The wordings a report is known to use, each with the figures it says.

A pattern names its numbers; each named group becomes one figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Scope = Literal["city", "wards"]
Kind = Literal["points", "percent", "count", "rank", "rank_of", "change", "grade"]

NUMBER = r"\d[\d.,]*\d|\d"
SCORE = rf"(?:{NUMBER})\s*/\s*\d+"
SHARE = rf"(?:{NUMBER})\s*%"
_GRADE = "xuất sắc|tốt|khá|trung bình|yếu"
WARD = "(?:xã|phường|thị trấn)"
WARDS = rf"{WARD}(?:(?:,| và) {WARD})*(?!\w)"


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
_CHANGE = rf"(?:giảm|tăng|▲|▼)\s*(?:{NUMBER})"
PATTERNS = (
    _pattern(rf"đạt (?P<points>(?:{NUMBER})\s*/\s*100)\s*điểm", {"points": ("total", "points")}),
    _pattern(
        rf"/\s*100\s*điểm,? \(?(?P<change>{_CHANGE}|không (?:thay )?đổi)(?: điểm)?", {"change": ("total", "change")}
    ),
    _pattern(rf"xếp loại:? (?P<grade>{_GRADE})(?!\w)", {"grade": ("total", "grade")}, only=""),
    _pattern(
        r"(?:xếp hạng|xếp thứ|đứng thứ):? (?P<rank>\d+)\s*/\s*(?P<of>\d+)",
        {"rank": ("{criterion_or_total}", "rank"), "of": ("{criterion_or_total}", "rank_of")},
    ),
    _pattern(rf"^[-+•*–]\s*[^:]+:\s*(?P<points>{SCORE})\s*điểm", {"points": ("{criterion}", "points")}),
    _pattern(rf"đạt (?P<points>{SCORE})\s*điểm", {"points": ("{criterion}.year_to_date", "points")}),
    _pattern(rf"(?:đạt|có|là) (?P<points>{SCORE})\s*điểm", {"points": ("{criterion}", "points")}),
    _pattern(
        rf"(?:(?P<count>không) có|có (?P<number>{NUMBER})) (?:TTHC|thủ tục hành chính) (?:nào )?được công bố(?! đúng hạn)",
        {"count": ("transparency.announced", "count"), "number": ("transparency.announced", "count")}, only="transparency",
    ),
    _pattern(
        rf"tỷ lệ (?P<percent>{SHARE}) hồ sơ (?:xử lý )?đúng hạn", {"percent": ("progress.on_time", "percent")},
        only="progress",
    ),
    _pattern(
        rf"tổng số hồ sơ xử lý quá hạn[^.]*? (?P<count>{NUMBER}) hồ sơ quá hạn",
        {"count": ("progress.overdue_total", "count")}, only="progress",
    ),
    _pattern(
        rf"quá hạn có phát sinh trong tháng .*?là (?P<count>{NUMBER}) hồ sơ",
        {"count": ("progress.overdue_in_month", "count")}, only="progress",
    ),
    _pattern(
        rf"tỷ lệ (?P<percent>{SHARE}) hồ sơ nộp trực tuyến",
        {"percent": ("online_service.online_submission", "percent")}, only="online_service",
    ),
    _pattern(
        rf"phát sinh (?P<count>{NUMBER}) hồ sơ (?:TTHC )?thanh toán trực tuyến",
        {"count": ("online_payment.dossiers_paid_online", "count")}, only="online_payment",
    ),
    _pattern(
        r"trên địa bàn (?:thành phố|thị xã|huyện|quận)[^.;\d]*?(?P<count>chưa (?:có )?phát sinh hồ sơ TTHC thanh toán trực tuyến)(?![^.]*\d)",
        {"count": ("online_payment.dossiers_paid_online", "count")}, only="online_payment",
    ),
    _pattern(
        rf"mức độ hài lòng của (?:(?!phản ánh)[^.;])*?(?:đạt|chiếm)(?: tỷ lệ)? (?P<percent>{SHARE})",
        {"percent": ("satisfaction.reported", "percent")}, only="satisfaction",
    ),
    _pattern(
        rf"phản ánh, kiến nghị xử lý đúng hạn (?:đạt )?(?:tỷ lệ )?(?P<percent>{SHARE})",
        {"percent": ("satisfaction.feedback_on_time", "percent")}, only="satisfaction",
    ),
    _pattern(
        rf"phát sinh (?P<copies>{NUMBER}) hồ sơ chứng thực điện tử bản sao[^.;]*? tại (?P<units>\d+) đơn vị",
        {
            "copies": ("digitisation.certified_copies", "count"),
            "units": ("digitisation.certifying_units", "count"),
        },
        only="digitisation",
    ),
    _pattern(
        rf"cao nhất là (?P<high>{SCORE}) điểm, (?:điểm )?thấp nhất là (?P<low>{SCORE}) điểm",
        {"high": ("total.ward_highest", "points"), "low": ("total.ward_lowest", "points")}, "wards", only="",
    ),
    _pattern(
        r"có (?P<count>\d+)\s*/\s*(?P<of>\d+) (?:đơn vị )?" + WARDS + " xếp loại (?P<_grade>" + _GRADE + ")",
        {"count": ("total.wards_{grade}", "count"), "of": ("total.wards", "count")}, "wards", only="",
    ),
    _pattern(
        rf"trên (?P<target>{SHARE}) so với chỉ tiêu[^.]*?{_COUNT} đơn vị chưa đạt (?:yêu cầu )?(?:là|gồm):? (?P<_below>[^.]+)",
        {
            "target": ("online_service.online_submission_target", "percent"),
            "count": ("online_service.wards_below_target", "count"),
        },
        "wards", only="online_service",
    ),
    _pattern(
        rf"trên (?P<target>{SHARE}) so với chỉ tiêu[^.]*?(?P<_nobody>không (?:có|còn) đơn vị nào chưa đạt)",
        {"target": ("online_service.online_submission_target", "percent")}, "wards", only="online_service",
    ),
    _pattern(
        rf"{_COUNT} đơn vị đạt (?P<_from>{SHARE}) trở lên đạt (?P<_grade>{_GRADE})",
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
