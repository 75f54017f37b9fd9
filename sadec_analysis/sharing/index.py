"""``index.html``: all months and places at a glance, rebuilt from what the months' records say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape
from itertools import dropwhile, groupby
from pathlib import Path

from sadec_analysis.blocks import html
from sadec_analysis.blocks.trend import trend
from sadec_analysis.brief.html import TEMPLATES
from sadec_analysis.brief.webfont import font_faces
from sadec_analysis.checks import SEVERITIES
from sadec_analysis.errors import InputError
from sadec_analysis.placing import replaced
from sadec_analysis.sharing.published import Published, published, published_units
from sadec_analysis.sharing.units import by_place, heading, unit_list
from sadec_analysis.words import Words, capital

_FILES = ("brief.html", "brief.pdf", "brief-1page.pdf", "report.docx", "tables/tables.xlsx")
_MONTHS = 12  # shown at most
_LEAST_SPAN = 5  # points that fill a trend's height
_CSS = Path(__file__).resolve().parent / "index.css"
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'"


def write_index(outputs: Path, words: Words) -> Path:
    """Write the page over every month in ``outputs``, in one step; raises InputError where it cannot be written."""
    target = outputs / "index.html"
    try:
        replaced(target, page(published(outputs), words, published_units(outputs)).encode())
    except OSError as error:
        raise InputError(
            target, f"cannot be written: {error.strerror}", remedy="close it in other programs, run again"
        ) from error
    return target


def page(months: Sequence[Published], words: Words, units: Sequence[Published] = ()) -> str:
    """The whole page of some months, grouped by place, the latest first; units under their place, folded."""
    title = escape(words.text("index.title"))
    body = _places(months, units, words) or f"<p>{words.text('index.none')}</p>"
    text = f"<h1>{title}</h1><p class=small>{escape(words.text('index.about'))}</p>{body}"
    faces = font_faces(re.sub(r"<[^>]+>", "", unescape(text)))
    css = (TEMPLATES / "page.css").read_text(encoding="utf-8") + html.css() + _CSS.read_text(encoding="utf-8")
    return (
        f'<!doctype html>\n<html lang="{words.lang}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f'<title>{title}</title><style>{faces}{css}</style></head>\n<body><main class="sadec">{text}</main></body></html>\n'
    )


def _places(months: Sequence[Published], units: Sequence[Published], words: Words) -> str:
    listed, parts = by_place(units), list[str]()
    for _, own in groupby(sorted(months, key=_place_key), key=_place_key):
        group = list(own)
        below = [listed.pop(name, []) for name in sorted({each.place_id for each in group})]
        parts.append(_place(group, words) + "".join(unit_list(each, words) for each in below))
    return "".join(
        [*parts, *(heading(name, words) + unit_list(each, words) for name, each in listed.items())]
    )


def _place_key(each: Published) -> str:
    return each.place.vi


def _place(months: list[Published], words: Words) -> str:
    latest = sorted(months, key=lambda each: each.month, reverse=True)
    rows = "".join(_row(each, latest, words) for each in latest)
    return f"<h2>{escape(capital(latest[0].place.text(words.lang)) or words.text('index.unread'))}</h2><ul class=months>{rows}</ul>"


def _row(each: Published, months: Sequence[Published], words: Words) -> str:
    made_up = (
        f" <span class=made-up>{escape(words.text('brief.synthetic'))}</span>" if each.is_synthetic else ""
    )
    name = f"<h3>{escape(capital(words.month(each.month.number, each.month.year)))}{made_up}</h3>"
    if each.trouble:
        return (
            f"<li>{name}<p class=said>{escape(words.text('index.trouble', month=str(each.month)))}</p></li>"
        )
    return f"<li>{name}{_total(each, words)}{_grade(each, words)}<div>{_trend(each, months, words)}</div><div class=more>{_said(each, words)}{_links(each, words)}</div></li>"


def _total(each: Published, words: Words) -> str:
    tone = "" if not each.change else "fall" if each.change < 0 else "rise"
    change = words.change(each.change) if each.change is not None else ""
    total = words.text("unknown") if each.total is None else words.number(each.total)
    return f'<div class="total {tone}">{escape(total)}<small>{escape(change)}</small></div>'


def _grade(each: Published, words: Words) -> str:
    is_ranked = each.rank is not None and each.rank_of is not None
    rank = words.text("index.rank", rank=str(each.rank), of=str(each.rank_of)) if is_ranked else ""
    return f"<div class=grade>{escape(each.grade.text(words.lang))}<small>{escape(rank)}</small></div>"


def _trend(each: Published, months: Sequence[Published], words: Words) -> str:
    """The totals up to this month, from the first one there is; the month before is known from the change too."""
    totals = {other.month: other.total for other in months}
    if each.total is not None and each.change is not None:
        totals.setdefault(each.month.previous(), each.total - each.change)
    span = [
        each.month.plus(-back) for back in reversed(range(_MONTHS)) if each.month.plus(-back) >= min(totals)
    ]
    span = list(dropwhile(lambda month: totals.get(month) is None, span))
    values = [totals.get(month) for month in span]
    told = "; ".join(
        f"{month.in_digits}: {words.text('unknown') if value is None else words.number(value)}"
        for month, value in zip(span, values, strict=True)
    )
    numbers = [None if value is None else float(value) for value in values]
    drawn = trend(numbers, words.text("brief.trend", values=told), least_span=_LEAST_SPAN)
    return html.drawn_trend({"svg": drawn.svg, "alt": drawn.alt} if drawn else None)


def _said(each: Published, words: Words) -> str:
    counts = each.findings or {}
    told = "; ".join(
        f"{words.text(f'severity.{name}')}: {counts[name]}" for name in SEVERITIES if counts.get(name)
    )
    return f"<p class=said>{escape(told or words.text('index.no_findings'))}</p>"


def _links(each: Published, words: Words) -> str:
    links = "".join(
        f'<a href="{each.month}/{name}">{escape(words.text("index." + _key(name)))}</a>'
        for name in _FILES
        if (each.folder / name).is_file()
    )
    return f"<div class=links>{links}</div>"


def _key(name: str) -> str:
    return {
        "brief.html": "html",
        "brief.pdf": "pdf",
        "brief-1page.pdf": "one_page",
        "report.docx": "report",
    }.get(name, "tables")
