"""The files of a made-up month: a response of the portal, a list of dossiers, and the office's words."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import random
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sadec_analysis.demo.counts import Drawn, Unit
from sadec_analysis.demo.planted import CITY, EVERYWHERE, OFFICE, Contradiction
from sadec_analysis.months import Month
from sadec_analysis.numerals import half_up
from sadec_analysis.places import Place
from sadec_analysis.rulebook import Criterion, Rule, Rulebook
from sadec_analysis.scoring import UnitScore, unit_score

_HEADINGS = ("Mã hồ sơ", "Họ tên chủ hồ sơ", "Số điện thoại", "Tên thủ tục", "Lĩnh vực", "Đơn vị", "Hình thức nộp", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày kết thúc", "Lệ phí", "Thanh toán")  # fmt: skip
# As real lists hold them: columns that no reader may open. The names and numbers are nobody's.
_NAMES = ("Nguyễn Văn Minh Họa", "Trần Thị Minh Họa", "Lê Văn Minh Họa")
_PHONE = "0900000000"
_PROCEDURES = (("Chứng thực bản sao", "Chứng thực"), ("Đăng ký khai sinh", "Hộ tịch"), ("Cấp giấy phép xây dựng", "Xây dựng"), ("Đăng ký biến động đất đai", "Đất đai"))  # fmt: skip
_DAYS_TO_RECEIVE, _TERM = 15, 7
Totals = Mapping[str, Decimal]


def totals(drawn: Drawn, rulebook: Rulebook) -> dict[str, Decimal]:
    """The total of every unit the portal lists; the demo counts everything, so every total is known."""
    found = {
        unit: unit_score(counts, rulebook).total for unit, counts in drawn.units.items() if unit != OFFICE
    }
    return {unit: total or Decimal(0) for unit, total in found.items()}


def response(
    drawn: Drawn, before: Totals, place: Place, rulebook: Rulebook, misprints: Sequence[Contradiction]
) -> str:
    """A response of the portal in its form of 2026, with the sub-indicators of every unit; misprints put in last."""
    now = totals(drawn, rulebook)
    rows = [
        _row(unit.code, unit.name, drawn, now[unit.code] - before[unit.code], rulebook) for unit in place.own
    ]
    for each in misprints:
        _misprint(next(row for row in rows if row["departmentCode"] == each.unit), each)
    city = next(row for row in rows if row["departmentCode"] == CITY)
    overview = {"totalScore": city["totalScore"]}
    data = {"note": "DỮ LIỆU MINH HỌA", "overview": overview, "evaluation": rows}
    return json.dumps({"code": "OK", "data": data}, ensure_ascii=False, indent=1) + "\n"


def _row(unit: str, name: str, drawn: Drawn, delta: Decimal, rulebook: Rulebook) -> dict[str, Any]:
    counts, found = drawn.units[unit], unit_score(drawn.units[unit], rulebook)
    points = {each.portal_code: float(found.criteria[each.id].value or 0) for each in rulebook.criterion}
    groups = [_group(each, counts, found) for each in rulebook.criterion]
    return {
        "departmentName": name, "departmentCode": unit, "totalScore": float(found.total or 0), "ratio": None,
        "scoreDelta": float(delta), "childGroup": "COMMUNE", "groupScores": points, "groups": groups,
    }  # fmt: skip


def _group(criterion: Criterion, counts: Unit, found: UnitScore) -> dict[str, Any]:
    metrics = [
        _metric(rule, counts[rule.id], found.scores[rule.id].value)
        for rule in criterion.rule
        if rule.is_scored
    ]
    return {"code": criterion.portal_code, "name": criterion.name_vi, "metrics": metrics}


def _metric(rule: Rule, counts: tuple[int, int], score: Decimal | None) -> dict[str, Any]:
    done, due = counts
    ratio = float(half_up(Decimal(100) * done / due)) if due else None
    return {
        "code": rule.id, "name": rule.name.vi, "numerator": done, "denominator": due, "ratio": ratio,
        "score": None if score is None else float(score), "maxScore": rule.max_points,
    }  # fmt: skip


def _misprint(row: dict[str, Any], planted: Contradiction) -> None:
    """Change one number of a row, as a slip in copying does."""
    rule, _, part = planted.key.partition(" ")
    if part:
        metric = next(each for group in row["groups"] for each in group["metrics"] if each["code"] == rule)
        metric[part] = round(metric[part] + planted.by, 2)
    elif rule in row["groupScores"]:
        row["groupScores"][rule] = round(row["groupScores"][rule] + planted.by, 2)
    else:
        row[rule] = round(row[rule] + planted.by, 2)


def dossiers(drawn: Drawn, month: Month, place: Place, seed: int) -> str:
    """A list of dossiers that counts to the month's figures: on time, submitted and paid online, by unit."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(["DỮ LIỆU MINH HỌA: danh sách hồ sơ tự tạo, không có người thật"])
    writer.writerow(_HEADINGS)
    for unit in EVERYWHERE:
        own = place.city if unit == OFFICE else place.by_code[unit]
        chance = random.Random(f"{seed} {month} {unit}")  # noqa: S311 - made-up dossiers, the same every time
        for number, cells in enumerate(_listed(drawn.units[unit], month, chance), 1):
            writer.writerow(
                [f"{own.code}-{month}-{number:05}", *_person(number), *cells[:2], own.name, *cells[2:]]
            )
    return text.getvalue()


def _person(number: int) -> tuple[str, str]:
    return _NAMES[number % len(_NAMES)], _PHONE


def _listed(counts: Unit, month: Month, chance: random.Random) -> list[list[str]]:
    """One unit's dossiers, all received in the month: so many late, online, with a fee, paid online."""
    volume = counts["2.1"][1]
    late = set(chance.sample(range(volume), volume - counts["2.1"][0]))
    online = set(chance.sample(range(volume), counts["3.3"][0]))
    with_fee = chance.sample(range(volume), counts["3.6"][1])
    paid, fees = set(with_fee[: counts["3.6"][0]]), set(with_fee)
    return [
        [
            *_PROCEDURES[chance.randrange(len(_PROCEDURES))], "Trực tuyến" if at in online else "Trực tiếp",
            *_dates(month, chance, is_late=at in late), "20000" if at in fees else "0",
            "Trực tuyến" if at in paid else "Tiền mặt" if at in fees else "",
        ]
        for at in range(volume)
    ]  # fmt: skip


def _dates(month: Month, chance: random.Random, *, is_late: bool) -> list[str]:
    received = dt.date(month.year, month.number, 1 + chance.randrange(_DAYS_TO_RECEIVE))
    due = received + dt.timedelta(days=_TERM)
    finished = due + dt.timedelta(days=chance.randint(1, 4) if is_late else -chance.randrange(_TERM))
    return [f"{day:%d/%m/%Y}" for day in (received, due, finished)]


def narrative(rulebook: Rulebook) -> str:
    """The office's words, in the headings of a report: causes and remedies of every criterion."""
    causes = [f"{at}. {each.name_vi}\n\n{at}.1. Nguyên nhân\n\nLời văn minh họa về nguyên nhân.\n" for at, each in enumerate(rulebook.criterion, 1)]  # fmt: skip
    remedies = [f"{at}. {each.name_vi}\n\nLời văn minh họa về giải pháp.\n" for at, each in enumerate(rulebook.criterion, 1)]  # fmt: skip
    parts = ["II. NHÓM CHỈ SỐ THÀNH PHẦN\n", *causes, "III. GIẢI PHÁP KHẮC PHỤC, NÂNG CAO CÁC CHỈ SỐ\n", *remedies, "IV. ĐỀ XUẤT, KIẾN NGHỊ\n\nLời văn minh họa về kiến nghị.\n"]  # fmt: skip
    return "\n".join(parts)
