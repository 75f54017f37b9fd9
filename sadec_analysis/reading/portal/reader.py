"""The portal's own responses, as somebody saved them: the form to 2025 and the form of 2026."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from sadec_analysis.errors import InputError
from sadec_analysis.names import nearest
from sadec_analysis.places import Unit
from sadec_analysis.reading.observations import Observer, OtherUnit, Unread
from sadec_analysis.reading.portal.metrics import keep, read_metrics, read_overview
from sadec_analysis.reading.portal.responses import read_json

Json = Mapping[str, Any]
# Read elsewhere, or no figure: names, numbers of rows, and what a row is.
_LABELS = {
    "departmentName", "departmentCode", "childGroup", "groupScores", "ROW_STT", "ID", "TEN", "TEN_COQUAN", "MA_COQUAN",
    "LOAI_COQUAN",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One unit of a response: what it is called, its group, and where its scores stand."""

    place: str
    name: str
    code: str
    group: str
    content: Json
    scores: Json

    @property
    def level(self) -> Literal["peer", "agency"]:
        """Agencies are not ranked with communes and districts."""
        return "agency" if self.group == "AGENCY" else "peer"


def read_portal(path: Path, observer: Observer) -> None:
    """Read a saved response into figures of the place's units and of the others it lists.

    Raises InputError where it is no response of the portal, lists a unit twice or with
    another's code, or does not list the place. Null stays unknown.
    """
    response = read_json(path)
    data = _data(path, response)
    rows = list(_rows(path, data))
    units = _identified(path, rows, observer)
    for row, unit in units:
        _read_row(row, unit, observer)
    if isinstance(data, dict):
        own = next((row for row, unit in units if unit == observer.place.city), None)
        read_overview(data, own and own.content.get("totalScore"), observer, own.scores if own else {})
    if not observer.reading.figures:
        raise InputError(path, "gives no figure", remedy="save the whole response of the index's screen")


def portal_rows(path: Path) -> list[Row]:
    """The units of a saved response, as it lists them; raises InputError where it is no response of the portal."""
    return list(_rows(path, _data(path, read_json(path))))


def _data(path: Path, response: Any) -> Any:
    """What the response carries; raises InputError where the portal answered with an error."""
    if isinstance(response, dict) and response.get("code", "OK") != "OK":
        raise InputError(
            path,
            "the portal answered with an error",
            got=repr(response["code"]),
            expected="OK",
            remedy="ask it again and save the answer",
        )
    data = response.get("data", response) if isinstance(response, dict) else response
    is_new = isinstance(data, dict) and _is_of_2026(data)
    is_old = (
        isinstance(data, list) and data and all(isinstance(row, dict) and "TONG_SCORE" in row for row in data)
    )
    if not (is_new or is_old):
        raise InputError(
            path, "is not a response of the portal that is known here",
            expected="data with overview and evaluation, or rows with TONG_SCORE",
            remedy="save the whole response of the index's screen",
        )  # fmt: skip
    return data


def _is_of_2026(data: Json) -> bool:
    is_named = bool({"evaluation", "overview", "groups"} & set(data))
    return (
        is_named
        and isinstance(data.get("overview") or {}, dict)
        and isinstance(data.get("evaluation") or [], list)
    )


def _rows(path: Path, data: Any) -> Iterator[Row]:
    """The units of a response, in either form."""
    listed = data.get("evaluation") or [] if isinstance(data, dict) else data
    for at, row in enumerate(listed, 1):
        place = f"response, row {at}"
        if not isinstance(row, dict):
            raise InputError(f"{path.name}, {place}", "is no row of a unit", got=repr(row)[:40])
        scores = row.get("groupScores") if isinstance(data, dict) else row
        named = [row.get(key) for key in (_NEW_NAMES if isinstance(data, dict) else _OLD_NAMES)]
        name, code, group = (each.strip() if isinstance(each, str) else "" for each in named)
        yield Row(place, name, code, group, row, scores if isinstance(scores, dict) else {})


_NEW_NAMES = ("departmentName", "departmentCode", "childGroup")
_OLD_NAMES = ("TEN_COQUAN", "MA_COQUAN", "LOAI_COQUAN")


def _identified(path: Path, rows: list[Row], observer: Observer) -> list[tuple[Row, Unit]]:
    """Pair every row with its unit: the place's own by code or name, others as the response names them."""
    pairs = [(row, _unit(row, observer)) for row in rows]
    seen: dict[str, Row] = {}
    for row, unit in pairs:
        if unit.code in seen:
            raise InputError(
                f"{path.name}, {row.place}",
                "lists a unit twice",
                got=unit.name,
                expected=f"once, as in {seen[unit.code].place}",
            )
        seen[unit.code] = row
    city = observer.place.city
    if rows and city.code not in seen:
        close = nearest(city.name, (row.name for row in rows)) or [row.name for row in rows[:3]]
        raise InputError(
            path,
            f"does not list {city.name}",
            got=", ".join(close),
            remedy="save the response for this place, or add the spelling to the place file",
        )
    known = {unit.code for unit in observer.place.unit}
    observer.reading.others += [
        OtherUnit(unit.code, unit.name, row.level) for row, unit in pairs if unit.code not in known
    ]
    absent = [unit for unit in observer.place.wards if rows and unit.code not in seen]
    observer.reading.missing += [Unread(observer.source, "response", unit.name) for unit in absent]
    return pairs


def _unit(row: Row, observer: Observer) -> Unit:
    place = observer.place
    by_code = place.by_code.get(row.code.upper())
    by_name = place.find(row.name) if row.name else None
    if by_code and by_name and by_code != by_name:
        raise InputError(
            f"{observer.source}, {row.place}", f'the code of {by_code.name} stands beside "{row.name}"', got=row.code,
            expected=by_name.code, remedy="check the response, or the place file",
        )  # fmt: skip
    if by_name and row.code and not by_name.has_own_id:
        observer.require_code(by_name, row.code, row.place)
    if not (by_code or by_name or (row.name and row.code)):
        raise InputError(f"{observer.source}, {row.place}", "names no unit", expected="a name and a code")
    return by_code or by_name or Unit(row.code, row.name, row.level)


def _read_row(row: Row, unit: Unit, observer: Observer) -> None:
    """Total, change and criteria of one unit, and its sub-indicators where they are given."""
    content = row.content
    named = [
        ("totalScore", "total", "points"),
        ("TONG_SCORE", "total", "points"),
        ("scoreDelta", "total", "change"),
    ]
    for key, indicator, measure in named:
        if key in content:
            keep(observer, unit, indicator, measure, content[key], f"{row.place}, {key}")
    for criterion in observer.rulebook.criterion:
        if criterion.portal_code in row.scores:
            score = row.scores[criterion.portal_code]
            keep(observer, unit, criterion.id, "points", score, f"{row.place}, {criterion.portal_code}")
    read_metrics(content, unit, observer, row.place)
    if unit in observer.place.own:
        _leave_numbers(content, observer, row.place)


def _leave_numbers(content: Json, observer: Observer, place: str) -> None:
    """Leave numbers of the place's units whose meaning is not known, word for word."""
    known = {"totalScore", "TONG_SCORE", "scoreDelta", *_LABELS}
    known |= {criterion.portal_code for criterion in observer.rulebook.criterion}
    for key, given in content.items():
        if key not in known and isinstance(given, (Decimal, str)) and str(given).strip():
            observer.leave(f"{place}, {key}", f"{key}: {given}")
