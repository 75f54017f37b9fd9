"""Responses of the portal for tests, in both forms; made up."""

from __future__ import annotations

import datetime as dt
import json

from sadec_analysis.months import Month
from sadec_analysis.places import Letterhead, Place, Unit, load_place
from sadec_analysis.reading.observations import Observer
from sadec_analysis.reading.portal.reader import read_portal
from sadec_analysis.rulebook import load_rulebook
from sadec_analysis.words import Bilingual

SCORES = {"CKMB": 7.51, "TDGQ": 17.95, "CLGQ": 9.55, "TTTT": 4.11, "MDHL": 16.16, "MDSH": 10.85}


def row(name="UBND phường Sa Đéc - Tỉnh Đồng Tháp", code="H20.901", **changes):
    """One unit of the form of 2026."""
    given = {
        "departmentName": name, "departmentCode": code, "totalScore": 66.13, "ratio": None, "scoreDelta": -3.42,
        "childGroup": "COMMUNE", "groupScores": dict(SCORES),
    }  # fmt: skip
    return given | changes


def new_form(*rows, **data):
    """A response in the form of 2026."""
    return {
        "code": "OK",
        "data": {"overview": {"totalScore": 66.13}, "evaluation": list(rows or [row()])} | data,
    }


def old_row(name, code, total="37.5", **changes):
    """One unit of the form to 2025: every value a string."""
    scores = {"CKMB": "0", "TDGQ": "12.3", "CLGQ": "6.7", "TTTT": "2.3", "MDHL": "9.7", "MDSH": "6.5"}
    return {
        "ROW_STT": "1", "ID": "7", "TEN": name, "TEN_COQUAN": name, "MA_COQUAN": code, "LOAI_COQUAN": "3",
        "TONG_SCORE": total,
    } | scores | changes  # fmt: skip


def write(folder, response, name="response.json"):
    """Save a response, or a text as it is."""
    path = folder / name
    text = response if isinstance(response, str) else json.dumps(response, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")
    return path


def read(folder, response, place="phuong_sa_dec", month=(2026, 8)):
    """Read a response as a source of a month; return what it gave."""
    period = Month(*month)
    where = load_place(place) if isinstance(place, str) else place
    observer = Observer("response.json", period, where, load_rulebook(period))
    read_portal(write(folder, response), observer)
    return observer.reading


def valued(reading):
    """The values read, by unit, indicator and measure, as text; None where unknown."""
    return {
        (each.unit, each.indicator, each.measure): None if each.value is None else str(each.value)
        for each in reading.figures
    }


def province(names):
    """A place whose city is the first of ``names`` (code to name) and whose wards are the others."""
    units = [Unit(code, name, "ward" if at else "city") for at, (code, name) in enumerate(names.items())]
    both = Bilingual("Tỉnh", "Province")
    return Place(
        "province", "tỉnh", both, both, "tỉnh", "H44", dt.date(2025, 7, 1), dt.date(2026, 12, 31), "", Letterhead("", "", "", ""),
        (), tuple(units), {},
    )  # fmt: skip
