"""Pieces that several parts of the brief share: running text, quotes, remarks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from sadec_analysis.blocks import Block, Note, Num, Quote, Quoted, Spans, Text, spans
from sadec_analysis.charts.making import by_value
from sadec_analysis.charts.overdue import TOP, running_shares
from sadec_analysis.facts import Fact, place_text
from sadec_analysis.monthly import MonthView
from sadec_analysis.places import Unit
from sadec_analysis.words import capital


def say(view: MonthView, key: str, **values: Any) -> Spans:
    """Fill the sentence ``brief.<key>``; facts keep their sources."""
    shown = {name: value.num() if isinstance(value, Fact) else value for name, value in values.items()}
    return spans(*view.words.parts(f"brief.{key}", **shown))


def own_words(view: MonthView, written: str) -> str | Quoted:
    """Words of a source, which are Vietnamese, for running text in the view's language."""
    return written if view.words.lang == "vi" or not written else Quoted(written)


def joined(sentences: Iterable[Spans]) -> Spans:
    """Join sentences with spaces."""
    pieces: list[object] = []
    for sentence in sentences:
        pieces += [" ", *sentence] if pieces else sentence
    return spans(*pieces)


def text(*sentences: Spans) -> Text:
    """Join sentences into one paragraph."""
    return Text(joined(sentences))


def city_name(view: MonthView) -> str:
    """The city's name at the start of a sentence."""
    return capital(view.place.city.label)


def computed(
    view: MonthView, value: Decimal, decimals: int | None, sources: Sequence[Fact], unit: str = ""
) -> Num:
    """Return a number worked out from facts, telling from which."""
    places = "; ".join(
        dict.fromkeys(place_text(fact.place.split(", row")[0], view.words) for fact in sources if fact.place)
    )
    source = view.words.text(
        "status.computed", place=places, printed=", ".join(fact.text() for fact in sources)
    )
    sections = tuple(dict.fromkeys(section for fact in sources for section in fact.sections))
    return Num(view.words.number(value, decimals) + unit, source, (), "computed", sections)


def quote(view: MonthView, topic: str, criterion: str = "") -> Block:
    """Return the office's own words on a topic, or a remark that it gives none."""
    found = [p for p in view.documents["passages"] if p["topic"] == topic and p["criterion"] == criterion]
    if not found:
        return Note("missing", view.words.text("brief.missing_label"), say(view, f"missing_{topic}"))
    places = "; ".join(
        dict.fromkeys(place_text(passage["place"].split(",")[0], view.words) for passage in found)
    )
    here = {passage["place"] for passage in found}
    repairs = [
        f"“{row['wrong']}” → “{row['right']}”" for row in view.documents["repairs"] if row["place"] in here
    ]
    key = "brief.quote_repaired" if repairs else "brief.quote_source"
    told = {"repairs": ", ".join(repairs)} if repairs else {}
    source = view.words.text(key, file=found[0]["source"], places=places, **told)
    lang = "" if view.words.lang == "vi" else "vi"
    return Quote(view.words.text(f"brief.{topic}"), tuple(passage["text"] for passage in found), source, lang)


def quotes(view: MonthView, topic: str, criterion: str = "") -> list[Block]:
    """The office's own words where the month has any; nothing where it has no report and no narrative at all."""
    return [quote(view, topic, criterion)] if has_words(view) else []


def has_words(view: MonthView) -> bool:
    """Whether the month has a report or words of the office."""
    return view.has_source("report") or bool(view.documents["passages"])


def late_units(view: MonthView) -> tuple[list[Fact], Num] | None:
    """The units that hold most overdue dossiers, and their share; None where counts are not known."""
    facts = [fact for fact in by_value(view.facts("progress.overdue", "count")) if fact.is_known]
    if len(facts) <= TOP:
        return None
    return facts[:TOP], computed(view, running_shares(facts)[TOP - 1], 0, facts, "%")


def overdue_total(view: MonthView) -> Num:
    """The overdue dossiers of the city with its wards: as printed where the table gives the same, else the table's sum."""
    facts = [fact for fact in view.facts("progress.overdue", "count") if fact.value is not None]
    whole = sum((fact.value for fact in facts if fact.value), Decimal(0))
    stated = view.fact(view.place.city, "progress.overdue_total", "count")
    return stated.num() if stated.value == whole else computed(view, whole, 0, facts)


def labels(units: Iterable[Unit]) -> list[str]:
    """Short names of units."""
    return [unit.label for unit in units]
