"""The units of responses on the page of all months: a line each, under the place whose responses list them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from sadec_analysis.names import text_key
from sadec_analysis.places import load_place, place_names
from sadec_analysis.places.units import parted
from sadec_analysis.sharing.published import Published
from sadec_analysis.words import Words, capital


def by_place(units: Sequence[Published]) -> dict[str, list[Published]]:
    """Months of units by the place file they were made with."""
    ordered = sorted(units, key=_place_file)
    return {name: list(own) for name, own in groupby(ordered, key=_place_file)}


def _place_file(each: Published) -> str:
    return parted(each.place_id)[0]


def heading(name: str, words: Words) -> str:
    """The name of a place that has no months of its own."""
    known = load_place(name).city.title.text(words.lang) if name in place_names() else ""
    return f"<h2>{escape(capital(known) or words.text('index.unread'))}</h2>"


def unit_list(units: Sequence[Published], words: Words) -> str:
    """All units, folded: name, latest total and grade, and a link for each month; empty where there is none."""
    groups = groupby(sorted(units, key=_unit_key), key=_unit_key)
    lines = [_line(sorted(own, key=lambda each: each.month, reverse=True), words) for _, own in groups]
    if not lines:
        return ""
    told = escape(words.text("index.units", count=str(len(lines))))
    return f"<details class=units><summary>{told}</summary><ul>{''.join(lines)}</ul></details>"


def _unit_key(each: Published) -> tuple[str, str]:
    return text_key(each.place.vi), each.folder.parent.name


def _line(months: Sequence[Published], words: Words) -> str:
    latest = months[0]
    name = capital(latest.place.text(words.lang)) or latest.folder.parent.name
    total = words.text("unknown") if latest.total is None else words.number(latest.total)
    made_up = f" <i>{escape(words.text('brief.synthetic'))}</i>" if latest.is_synthetic else ""
    links = " ".join(_link(each) for each in months)
    told = f"{total} {latest.grade.text(words.lang)}" if not latest.trouble else words.text("index.unread")
    return f"<li><b>{escape(name)}</b> {escape(told)}{made_up} {links}</li>"


def _link(each: Published) -> str:
    code = escape(each.folder.parent.name)
    return f'<a href="units/{code}/{each.month}/brief.html">{each.month.in_digits}</a>'
