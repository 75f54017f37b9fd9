"""The place a report is about, made from the report itself where no place file describes it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sadec_analysis.errors import InputError
from sadec_analysis.names import slug, text_key, unit_key
from sadec_analysis.places import Letterhead, Level, Place, Unit
from sadec_analysis.reading.documents.outline import Document
from sadec_analysis.reading.reports.opening import province, stated_month, subject
from sadec_analysis.reading.reports.tables import CODE, UNIT, position
from sadec_analysis.reading.reports.unit_names import Named, named, visible
from sadec_analysis.words import Bilingual

MOST_UNITS = 500
_UNKNOWN_PROVINCE = "X00"
_CODE = re.compile(r"(?:[0-9A-Z]+\.)*(?P<province>[A-Z]\d{2})(?:\.[0-9A-Z]+)*", re.ASCII)
_ENGLISH = {"thành phố": "The city", "thị xã": "The town", "huyện": "The district", "quận": "The district"}
_PEERS = Bilingual("huyện, thành phố", "districts and cities")


@dataclass
class _Listed:
    """A unit met in the report: as first named, its printed code, and all ways it is written."""

    named: Named
    code: str = ""
    written: dict[str, str] = field(default_factory=dict)


def place_of(document: Document) -> Place:
    """Make a place of the unit a report is about and of the units its tables list.

    Codes are the printed ones, else ids of ours under the province; a place so made is
    valid in the year of the report. Raises InputError where the report does not name one
    month and one unit, names a unit wrongly, or lists more than MOST_UNITS.
    """
    month, own = stated_month(document), subject(document)
    listed = _listed(document, own)
    code = next(filter(None, (_province_code(each.code) for each in listed)), _UNKNOWN_PROVINCE)
    inside = next(filter(None, (each.named.province for each in listed)), province(document))
    kind, name = own.kind.word, f"{own.kind.word} {own.own}"
    return Place(
        id=slug(name), name=name, kind=Bilingual(kind.capitalize(), _ENGLISH[kind]), peers=_PEERS,
        province=inside, province_code=code, source=document.source,
        valid_from=dt.date(month.year, 1, 1), valid_until=dt.date(month.year, 12, 31),
        letterhead=Letterhead(f"ỦY BAN NHÂN DÂN {name.upper()}", own.own, "", ""), recipients=(),
        unit=tuple(_units(listed, code, inside)), scanning_repairs={},
    )  # fmt: skip


def _listed(document: Document, own: Named) -> list[_Listed]:
    """The report's own unit first, then every unit of its tables in order, each once."""
    listed, owners = {own.key: _Listed(own)}, dict[str, str]()
    for found, code, cell, where in _rows(document):
        unit = listed.setdefault(found.key, _Listed(found))
        unit.code = unit.code or code
        unit.written.setdefault(unit_key(cell), visible(cell))
        if code and owners.setdefault(code.upper(), found.key) != found.key:
            raise InputError(where, "the code stands beside another unit too", got=code, remedy="mend one")
        if len(listed) > MOST_UNITS:
            raise InputError(
                where, f"the report lists more than {MOST_UNITS} units", remedy="check that it is one place's"
            )
    return list(listed.values())


def _rows(document: Document) -> Iterator[tuple[Named, str, str, str]]:
    """Yield each row that names a unit: the unit, its code, the cell as printed, and where it stands."""
    for section in document.sections:
        for table in section.tables:
            unit_at, code_at = position(table.grid.header, UNIT), position(table.grid.header, CODE)
            if unit_at is None:
                continue
            for number, row in enumerate(table.grid.rows, 1):
                where = f"{document.source}, {section.table_place(table, number)}"
                if found := named(row[unit_at], where):
                    code = _code(row[code_at], where) if code_at is not None else ""
                    yield found, code, row[unit_at], where


def _code(cell: str, where: str) -> str:
    code = visible(cell)
    if code and not _CODE.fullmatch(code.upper()):
        raise InputError(
            where,
            "is no code of a unit",
            got=code[:40],
            expected="a code such as 000.21.36.H20",
            remedy="mend it",
        )
    return code


def _province_code(code: str) -> str:
    found = _CODE.fullmatch(code.upper())
    return found["province"] if found else ""


def _units(listed: list[_Listed], province_code: str, inside: str) -> Iterator[Unit]:
    taken: set[str] = set()
    shorts = _shorts([each.named for each in listed], inside)
    for number, (each, short) in enumerate(zip(listed, shorts, strict=True)):
        level: Level = "ward" if each.named.kind.is_ward else "peer"
        name = each.named.text if number else f"{each.named.kind.word} {each.named.own}"
        code = each.code or _own_id(f"{province_code}/{slug(each.named.key)}", taken)
        spellings = [text for key, text in each.written.items() if key != unit_key(name)]
        yield Unit(code, name, level if number else "city", short, tuple(spellings))


def _own_id(plain: str, taken: set[str]) -> str:
    """An id no other unit has: names that differ in their accents only are numbered."""
    free = next(
        each for number in range(1, MOST_UNITS + 2) if (each := _numbered(plain, number)) not in taken
    )
    taken.add(free)
    return free


def _numbered(plain: str, number: int) -> str:
    return plain if number == 1 else f"{plain}-{number}"


def _shorts(units: list[Named], inside: str) -> Iterator[str]:
    """Yield names for charts: without their kind, unless they then say nothing, or lie within another's name."""
    keys = [f" {text_key(unit.own)} " for unit in units]
    others = " | ".join([*keys, f" {text_key(inside)} "])
    for number, (unit, key) in enumerate(zip(units, keys, strict=True)):
        if unit.is_numbered:
            yield unit.text
        elif number and others.count(key) > 1:
            yield f"{unit.kind.short} {unit.own}"
        else:
            yield unit.own
