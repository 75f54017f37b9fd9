"""What a report says of itself: its month, the unit it is about, and the province."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sadec_analysis.errors import InputError
from sadec_analysis.months import Month
from sadec_analysis.names import text_key
from sadec_analysis.reading.documents.outline import Document
from sadec_analysis.reading.reports.unit_names import CENTRAL, KINDS, Named, named, visible

_PERIOD = re.compile(r"(?<!\d )tháng (\d{1,2})(?:/| năm )(\d{4})", re.IGNORECASE)
_DATED = re.compile(r"ngày[ .…\d]*tháng", re.IGNORECASE)
_MONTHS = range(1, 13)
_PROVINCIAL = frozenset(map(text_key, CENTRAL))
_CAPITALS = "".join(char for char in map(chr, range(0x41, 0x1EFA)) if char.isupper() and char.isalpha())
# Capitalised words to the first that is none of the name's, which in a title in capitals only its wording tells;
# nothing is given back, so that a long line takes no longer than its length.
_WORD = rf"(?!(?i:tháng|trong|tỉnh|quý)(?!\w)|(?i:năm) \d)[{_CAPITALS}][^\W\d_'’]*+(?:['’][^\W\d_]++)*+"
_NAME = rf"(?:\d{{1,2}}(?!\w)|{_WORD}(?:(?: - | – |[ –-]){_WORD}){{0,7}}+)"
_UNIT = rf"(?P<unit>(?i:{'|'.join(kind.form for kind in KINDS if not kind.is_ward)}) ?{_NAME})"
_TITLE = re.compile(rf"(?i:trên địa bàn)\s{_UNIT}")
_HEADING = re.compile(rf"(?i:đối với)\s(?:(?i:ubnd)\s)?{_UNIT}")
_SENTENCE = re.compile(rf"(?<!\w){_UNIT}[^.;]{{0,60}}? đạt \d[\d.,]*\s*/\s*100\s*điểm")
_PROVINCE = re.compile(rf"(?<!\w)(?i:tỉnh) (?P<unit>{_NAME})")
_REMEDY = "mend the report, or name a place file with --place"


def stated_months(document: Document) -> set[Month]:
    """Months the opening of a report names; the dates of documents are none of them."""
    opening = " ".join(_DATED.sub("", line.text) for line in document.sections[0].lines)
    return {Month(int(year), int(number)) for number, year in _PERIOD.findall(opening)}


def stated_month(document: Document) -> Month:
    """The month a report says it is about; raises InputError where its opening states none, or several."""
    stated = sorted(stated_months(document))
    if len(stated) != 1 or stated[0].number not in _MONTHS or not stated[0].year:
        raise InputError(
            document.source,
            "the report does not say its month" if not stated else "the report does not state one month",
            got=", ".join(map(str, stated)) or None,
            expected="a title such as: ... tháng 11 năm 2022",
            remedy="write its month into the title",
        )
    return stated[0]


def subject(document: Document) -> Named:
    """The city, town or district a report is about: by its title and headings, else by the sentence of its total.

    Raises InputError where no unit is named, or where title and headings name several.
    """
    titles = [section.titles[-1] for section in document.sections if section.titles]
    told = [
        *_units(_TITLE, [_opening(document)], document.source),
        *_units(_HEADING, titles, document.source),
    ]
    lines = [visible(line.text) for section in document.sections for line in section.lines]
    units = {unit.key: unit for unit in told or _units(_SENTENCE, lines, document.source)}
    if len(units) != 1:
        raise InputError(
            document.source,
            "the report names several units as its own" if units else "the report names no unit as its own",
            got=", ".join(unit.text for unit in units.values()) or None,
            expected="one, as in a title such as: ... trên địa bàn thành phố Sa Đéc tháng 11 năm 2022",
            remedy=_REMEDY,
        )
    return next(iter(units.values()))


def province(document: Document) -> str:
    """The province named in the opening; empty where none is."""
    found = _PROVINCE.search(_opening(document))
    return found["unit"] if found else ""


def _opening(document: Document) -> str:
    """Lines stay apart: a title may run on to the next, a name does not."""
    return "\n".join(visible(line.text) for line in document.sections[0].lines)


def _units(form: re.Pattern[str], texts: list[str], where: str) -> Iterator[Named]:
    for text in texts:
        for found in form.finditer(text):
            unit = named(found["unit"], where)
            if unit and text_key(unit.own) not in _PROVINCIAL:
                yield unit
