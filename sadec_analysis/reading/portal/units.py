"""Units a saved response lists, each as a place of its own: what the response says of it, and nothing of the office that saved it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from sadec_analysis.errors import InputError
from sadec_analysis.places import Letterhead, Place, Unit
from sadec_analysis.places.units import unit_place
from sadec_analysis.reading.portal.reader import portal_rows
from sadec_analysis.reading.reports.unit_names import named, visible
from sadec_analysis.words import Bilingual

_ENGLISH = {
    "thành phố": "The city", "thị xã": "The town", "huyện": "The district", "quận": "The district", "phường": "The ward",
    "thị trấn": "The township", "xã": "The commune",
}  # fmt: skip
_UNKNOWN = Bilingual("Đơn vị", "The unit")


@dataclass(frozen=True)
class Listed:
    """A unit as a response names it."""

    code: str
    name: str


def units_listed(path: Path) -> list[Listed]:
    """The units of a response that are ranked with each other, agencies left out; raises InputError for one without code or name."""
    found = [row for row in portal_rows(path) if row.level != "agency"]
    for row in found:
        if not (row.code and row.name):
            raise InputError(
                f"{path.name}, {row.place}", "names no unit", expected="a name and a code",
                remedy="save the whole response of the index's screen",
            )  # fmt: skip
    return [Listed(row.code.upper(), row.name) for row in found]


def place_of_unit(base: Place, unit: Listed) -> Place:
    """A listed unit as a place: the place file's own unit keeps all the file says; of another only the response is read.

    Its letterhead follows from its name; signer and recipients are not known.
    """
    id_ = unit_place(base.id, unit.code)
    if base.city in (base.by_code.get(unit.code), base.find(unit.name)):
        return replace(base, id=id_)
    found = named(unit.name, "response")
    name = found.text if found else visible(unit.name)
    own = found.own if found else name
    kind = Bilingual(found.kind.word.capitalize(), _ENGLISH[found.kind.word]) if found else _UNKNOWN
    return replace(
        base, id=id_, name=name, kind=kind, recipients=(), scanning_repairs={}, is_listed=True,
        letterhead=Letterhead(f"ỦY BAN NHÂN DÂN {name.upper()}", own, base.letterhead.signer_title, ""),
        unit=(Unit(unit.code, name, "city", spellings=(unit.name,)),),
    )  # fmt: skip
