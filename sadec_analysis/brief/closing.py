"""Sections III and IV, the findings, and the table of sources."""

from __future__ import annotations

from sadec_analysis.blocks import Block, Grid, Heading, Text, spans
from sadec_analysis.brief.findings import contradictions
from sadec_analysis.brief.sentences import quote, say
from sadec_analysis.brief.suggestions import suggestion
from sadec_analysis.facts import bare_place_text, place_text
from sadec_analysis.monthly import MonthView
from sadec_analysis.words import capital


def remedies(view: MonthView) -> list[Block]:
    """Section III: the office's remedies for each criterion, and what the figures suggest."""
    blocks: list[Block] = [Heading(2, spans(view.words.text("brief.section_remedies")), "III.")]
    for number, criterion in enumerate(view.rulebook.criterion, 1):
        blocks.append(Heading(3, spans(criterion.name(view.words.lang)), f"{number}."))
        blocks.append(quote(view, "remedies", criterion.id))
        blocks += suggestion(view, criterion.id)
    return blocks


def requests(view: MonthView) -> list[Block]:
    """Section IV: what the office asks of others."""
    return [Heading(2, spans(view.words.text("brief.section_requests")), "IV."), quote(view, "requests")]


def findings(view: MonthView) -> list[Block]:
    """All contradictions, with how rounding was allowed for."""
    heading = Heading(2, spans(view.words.text("brief.section_findings")))
    return [heading, Text(say(view, "findings_text")), contradictions(view)]


def sources(view: MonthView) -> list[Block]:
    """Files, where every figure was read, corrections, and what was left unread."""
    words = view.words
    unknown = "; ".join(each.text(words.lang) for each in view.rulebook.not_established)
    rules = say(view, "rulebook", title=view.rulebook.title(words.lang), id=view.rulebook.id, unknown=unknown)
    return [
        Heading(2, spans(words.text("brief.section_sources"))),
        Text(say(view, "sources_text")),
        *files(view),
        places(view),
        *corrections(view),
        unread(view),
        *remarks(view),
        Text(rules, "small"),
    ]


def files(view: MonthView) -> list[Block]:
    """The files that arrived, who provided them, and whether they hold real data."""
    return [
        Text(
            say(
                view, "sources_file", title=file["title"], provided_by=file["provided_by"], received=_date(file["received"]),
                data=view.words.text(f"brief.sources_{file['data']}"), note=file["note"],
            ),
            "small",
        )
        for file in view.documents["files"]
    ]  # fmt: skip


def _date(written: str) -> str:
    year, month, day = written.split("-")
    return f"{day}/{month}/{year}"


def places(view: MonthView) -> Grid:
    """Which figures were read where: one row per figure and status, rows of a table taken together."""
    words, table = view.words, view.figures
    where = table["place"].str.replace(r", (row|line) \d+$", "", regex=True)
    grouped = table.assign(where=where).groupby(["indicator", "measure", "status"], sort=False)
    rows = [
        (
            spans(capital(words.indicator(str(key[0]), str(key[1])))),
            spans("; ".join(dict.fromkeys(bare_place_text(each, words) for each in group["where"]))),
            spans(words.number(len(group))),
            spans(words.text(f"brief.status_{key[2]}")),
        )
        for key, group in grouped
    ]
    header = tuple(words.text(f"brief.column_{name}") for name in ("figure", "places", "values", "status"))
    return Grid("", header, tuple(rows), (2,))


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
                row["printed"],
                row["used"],
                row["reason"],
                row["status"],
            )
        )
        for row in rows
    )
    header = tuple(
        words.text(f"brief.column_{name}") for name in ("place", "printed", "used", "reason", "state")
    )
    return [Grid(words.text("brief.sources_corrections"), header, cells)]


def unread(view: MonthView) -> Block:
    """Places that hold numbers nobody understood, word for word; or that there are none."""
    words, rows = view.words, view.documents["unread"]
    if not rows:
        return Text(say(view, "sources_all_read"), "small")
    cells = tuple((spans(place_text(row["place"], words)), spans(row["text"])) for row in rows)
    header = (words.text("brief.column_place"), words.text("brief.column_text"))
    return Grid(words.text("brief.sources_unread", count=words.count(len(rows))), header, cells)


def remarks(view: MonthView) -> list[Block]:
    """How doubtful cells and scanning errors were read."""
    words, documents = view.words, view.documents
    blocks: list[Block] = []
    if documents["remarks"]:
        cells = "; ".join(
            f"{row['text']} ({place_text(row['place'], words)})" for row in documents["remarks"]
        )
        blocks.append(Text(say(view, "sources_decimal_dot", cells=cells), "small"))
    if documents["repairs"]:
        told = "; ".join(
            f"{row['wrong']} → {row['right']} ({place_text(row['place'], words)})"
            for row in documents["repairs"]
        )
        blocks.append(Text(say(view, "sources_repairs", repairs=told), "small"))
    return blocks
