"""Tables for what has no chart of its own."""

from __future__ import annotations

from sadec_analysis.blocks import Block, Grid, spans
from sadec_analysis.facts import place_text
from sadec_analysis.monthly import MonthView
from sadec_analysis.words import capital


def key_figures(view: MonthView, criterion: str) -> list[Block]:
    """The city's figures under one criterion, with their places; nothing where there are none."""
    city, words = view.place.city, view.words
    rows = view.settled[(view.settled["unit"] == city.code) & (view.settled["period"] == str(view.month))]
    own = rows[rows["indicator"].str.split(".").str[0] == criterion]
    facts = [view.fact(city, row["indicator"], row["measure"]) for row in own.to_dict("records")]
    cells = tuple(
        (
            spans(capital(words.indicator(fact.indicator, fact.measure))),
            spans(fact.num()),
            spans(place_text(fact.place, words)),
        )
        for fact in facts
    )
    header = tuple(words.text(f"brief.column_{name}") for name in ("figure", "value", "place"))
    return [Grid(words.text("brief.key_figures"), header, cells, (1,))] if cells else []


def ward_copies(view: MonthView) -> list[Block]:
    """Certified copies of each ward; nothing where no ward's count is known."""
    words, names = view.words, ("certifying_units", "certifying_units_due", "certified_copies")
    wards = [
        [view.fact(ward, f"digitisation.{name}", "count") for name in names] for ward in view.place.wards
    ]
    known = sorted(
        (facts for facts in wards if facts[-1].is_known), key=lambda facts: -(facts[-1].value or 0)
    )
    cells = tuple((spans(facts[0].unit.label), *(spans(fact.num()) for fact in facts)) for facts in known)
    columns = ("units", "due", "copies")
    header = (
        words.text("chart.unit"),
        *(words.text(f"chart.certified_copies.column_{name}") for name in columns),
    )
    return [Grid(words.text("brief.ward_copies"), header, cells, (1, 2, 3))] if cells else []
