"""Where the figures come from: files, places, corrections, and what is missing or was left unread."""

from __future__ import annotations

import re

import pandas as pd

from sadec_analysis.blocks import Block, Grid, Heading, Text, spans
from sadec_analysis.brief.sentences import joined, own_words, say
from sadec_analysis.facts import bare_place_text, place_text
from sadec_analysis.monthly import MonthView
from sadec_analysis.personal import MASK
from sadec_analysis.words import capital

_FEW = 3


def sources(view: MonthView) -> list[Block]:
    """Files, where every figure was read, corrections, and what was left unread."""
    words = view.words
    unknown = "; ".join(each.text(words.lang) for each in view.rulebook.not_established)
    rules = say(view, "rulebook", title=view.rulebook.title(words.lang), id=view.rulebook.id, unknown=unknown)
    return [
        Heading(2, spans(words.text("brief.section_sources"))),
        Text(say(view, "sources_text")),
        *files(view),
        *order(view),
        places(view),
        *corrections(view),
        *withheld(view),
        unread(view),
        *missing(view),
        *remarks(view),
        Text(rules, "small"),
    ]


def files(view: MonthView) -> list[Block]:
    """The files that arrived, who provided them, and whether they hold real data."""
    return [
        Text(
            say(
                view, "sources_file", title=own_words(view, file["title"]), note=own_words(view, file["note"]),
                provided_by=own_words(view, file["provided_by"]), received=view.words.date(file["received"]),
                data=view.words.text(f"brief.sources_{file['data']}"),
            ),
            "small",
        )
        for file in view.documents["files"]
    ]  # fmt: skip


def places(view: MonthView) -> Grid:
    """Which figures were read where: one row per figure and status, rows of a table taken together."""
    words = view.words
    grouped = _told_places(view).groupby(["name", "status"], sort=False)
    rows = [
        (
            spans(str(key[0])),
            spans("; ".join(dict.fromkeys(bare_place_text(each, words) for each in group["where"]))),
            spans(words.number(len(group))),
            spans(words.text(f"brief.status_{key[1]}")),
        )
        for key, group in grouped
    ]
    header = tuple(words.text(f"brief.column_{name}") for name in ("figure", "places", "values", "status"))
    return Grid("", header, tuple(rows), (2,))


def _told_places(view: MonthView) -> pd.DataFrame:
    """The figures with the name they are told by and their place without its row; a response's sub-indicators taken together."""
    table = view.figures
    is_part = (
        table["place"].str.startswith("response") & table["indicator"].map(view.rulebook.part_named).notna()
    )
    where = table["place"].str.replace(r", (row|line) \d+", "", regex=True)
    is_whole = is_part | table["place"].str.startswith("rows")
    names = [
        _parts_name(view, indicator) if part else capital(view.indicator(indicator, measure))
        for indicator, measure, part in zip(table["indicator"], table["measure"], is_part, strict=True)
    ]
    return table.assign(where=where.mask(is_whole, where.str.split(",").str[0]), name=names)


def _parts_name(view: MonthView, indicator: str) -> str:
    criterion = view.rulebook.criteria[indicator.partition(".")[0]]
    return view.words.text("brief.sources_parts", criterion=criterion.name(view.words.lang))


def corrections(view: MonthView) -> list[Block]:
    """Recorded corrections with their reasons; nothing where there are none."""
    words, rows = view.words, view.documents["corrections"]
    if not rows:
        return []
    cells = tuple(
        tuple(
            spans(each)
            for each in (
                place_text(row["place"], words),
                *(own_words(view, row[name]) for name in ("printed", "used", "reason", "status")),
            )
        )
        for row in rows
    )
    header = tuple(
        words.text(f"brief.column_{name}") for name in ("place", "printed", "used", "reason", "state")
    )
    return [Grid(words.text("brief.sources_corrections"), header, cells)]


def withheld(view: MonthView) -> list[Block]:
    """Where personal words were left out, and why; nothing where none were."""
    words, rows = view.words, view.documents["withheld"]
    if not rows:
        return []
    cells = tuple(
        (spans(place_text(row["place"], words)), spans(own_words(view, row["reason"]))) for row in rows
    )
    header = tuple(words.text(f"brief.column_{name}") for name in ("place", "reason"))
    return [Grid(words.text("brief.sources_withheld", mark=MASK), header, cells)]


def unread(view: MonthView) -> Block:
    """Places that hold numbers nobody understood, word for word; or that there are none."""
    words, rows = view.words, view.documents["unread"]
    if not rows:
        return Text(say(view, "sources_all_read"), "small")
    cells = tuple(
        (spans(place_text(row["place"], words)), spans(own_words(view, row["text"]))) for row in rows
    )
    header = (words.text("brief.column_place"), words.text("brief.column_text"))
    return Grid(words.text("brief.sources_unread", count=words.count(len(rows))), header, cells)


def missing(view: MonthView) -> list[Block]:
    """Figures a source asks for and does not give yet, the units of one column together; nothing where there are none."""
    words, groups = view.words, dict[tuple[str, str], list[str]]()
    for row in view.documents["missing"]:
        unit, _, heading = row["text"].partition(": ")
        groups.setdefault((re.sub(r", row \d+", "", row["place"]), heading), []).append(unit)
    cells = tuple(
        (spans(place_text(place, words)), spans(own_words(view, heading or "–")), spans(_few(units, view)))
        for (place, heading), units in groups.items()
    )
    header = tuple(words.text(f"brief.column_{name}") for name in ("place", "figure", "units"))
    count = words.count(len(view.documents["missing"]))
    return [Grid(words.text("brief.sources_missing", count=count), header, cells)] if cells else []


def _few(units: list[str], view: MonthView) -> str:
    """Name up to three units; of more, tell how many."""
    if len(units) <= _FEW:
        return ", ".join(units)
    return view.words.text("brief.units", count=view.words.number(len(units)))


def order(view: MonthView) -> list[Block]:
    """The written order of sources, where a month has more than one."""
    words, present = view.words, {file["kind"] for file in view.documents["files"]}
    kinds = [words.text(f"kind.{kind}") for kind in view.place.source_order if kind in present]
    return [Text(say(view, "sources_order", kinds=", ".join(kinds)), "small")] if len(kinds) > 1 else []


def remarks(view: MonthView) -> list[Block]:
    """How doubtful cells and scanning errors were read."""
    words, documents = view.words, view.documents
    blocks: list[Block] = []
    dots = [row for row in documents["remarks"] if row["about"] == "decimal_dot"]
    if dots:
        cells = "; ".join(f"{row['text']} ({place_text(row['place'], words)})" for row in dots)
        blocks.append(Text(say(view, "sources_decimal_dot", cells=cells), "small"))
    counts = [
        say(view, f"remark_{row['about']}", count=words.number(int(row["text"])))
        for row in documents["remarks"]
        if row not in dots
    ]
    blocks += [Text(joined(counts), "small")] if counts else []
    if documents["repairs"]:
        told = "; ".join(
            f"“{row['wrong']}” → “{row['right']}” ({place_text(row['place'], words)})"
            for row in documents["repairs"]
        )
        blocks.append(Text(say(view, "sources_repairs", repairs=told), "small"))
    return blocks
