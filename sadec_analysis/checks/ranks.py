"""Ranks against the order of what they rank, and against the row they may have been copied from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

import pandas as pd

from sadec_analysis.checks.evidence import Evidence, Table
from sadec_analysis.checks.finding import Examined, Finding, known, retyped
from sadec_analysis.checks.telling import Fact, Listed, Phrase, named
from sadec_analysis.figures import Figure
from sadec_analysis.numerals import show
from sadec_analysis.scoring import competition_ranks

Scored = tuple[Figure | None, Figure]  # the printed rank of a unit, if any, and the points it ranks


@dataclass(frozen=True)
class Places:
    """The place a unit's points give it, those rounding leaves open, and whether others surely share its points."""

    first: int
    possible: range
    tied: bool


def rank_order(evidence: Evidence) -> Iterator[Examined]:
    """Whether printed ranks follow the points they rank; within a tie any of its places is let pass."""
    yield from _examined("rank_order", evidence)


def rank_ties(evidence: Evidence) -> Iterator[Examined]:
    """Whether units with the same points share the first place of the tie; the portal itself sometimes counts on."""
    yield from _examined("rank_ties", evidence)


def _examined(check: str, evidence: Evidence) -> Iterator[Examined]:
    for scored in _lists(evidence):
        ranked = [
            (rank, score, places)
            for (rank, score), places in zip(scored, _places(scored), strict=True)
            if rank
        ]
        wrong = [each for each in ranked if _is_wrong(check, each[0], each[2])]
        compared = tuple(row for rank, score, _ in ranked for row in (rank, score))
        yield Examined(compared, _told(check, wrong, evidence) if wrong else None)


def _is_wrong(check: str, rank: Figure, places: Places) -> bool:
    is_outside = known(rank) not in places.possible
    return (
        is_outside
        if check == "rank_order"
        else not is_outside and places.tied and known(rank) != places.first
    )


def _lists(evidence: Evidence) -> Iterator[list[Scored]]:
    """Yield lists of ranked units: those of one table, and all units of one level, with the place among its peers."""
    for indicator in ("total", *evidence.rulebook.criteria):
        for table in evidence.tables:
            yield from _ranked(_of_table(table, indicator))
        for units in ([evidence.city, *_peers(evidence)], evidence.wards):
            scores = evidence.each(units, indicator, "points")
            of = evidence.first(evidence.city, indicator, "rank_of") if evidence.city in units else None
            if len(scores) == len(units) and (of is None or known(of) == len(units)):
                yield from _ranked([(_outside_tables(score, evidence), score) for score in scores])


def _ranked(scored: list[Scored]) -> Iterator[list[Scored]]:
    if len(scored) > 1 and any(rank for rank, _ in scored):
        yield scored


def _peers(evidence: Evidence) -> list[str]:
    return [unit.code for unit in evidence.place.unit if unit.level == "peer"]


def _of_table(table: Table, indicator: str) -> list[Scored]:
    found: dict[str, dict[str, Figure]] = {"rank": {}, "points": {}}
    for row in table.figures:
        if row.indicator == indicator and row.measure in found:
            found[row.measure].setdefault(row.unit, row)
    return [(rank, found["points"][unit]) for unit, rank in found["rank"].items() if unit in found["points"]]


def _outside_tables(score: Figure, evidence: Evidence) -> Figure | None:
    rows = evidence.printings(score.unit, score.indicator, "rank")
    return next((row for row in rows if "table" not in row.place), None)


def _places(scored: list[Scored]) -> list[Places]:
    """Places each unit may have. A page of a table begins at the first rank it prints."""
    printed = [known(rank) for rank, _ in scored if rank]
    offset = int(min(printed)) - 1 if len(printed) == len(scored) else 0
    points = [_Points(known(score), retyped(score)) for _, score in scored]
    firsts = competition_ranks(pd.Series([float(each.value) for each in points]))
    return [
        _place(own, points, offset, int(first) + offset) for own, first in zip(points, firsts, strict=True)
    ]


class _Points(NamedTuple):
    """The points of a unit, and what typing with fewer decimals leaves open on either side."""

    value: Decimal
    slack: Decimal


def _place(own: _Points, others: list[_Points], offset: int, first: int) -> Places:
    """What typing with fewer decimals leaves open is let pass; only points of two decimals are surely tied."""
    low, high = own.value - own.slack, own.value + own.slack
    ahead = sum(each.value - each.slack > high for each in others)
    not_behind = sum(each.value + each.slack >= low for each in others)
    same = [each for each in others if each.value == own.value]
    is_tied = len(same) > 1 and not any(each.slack for each in same)
    return Places(first, range(offset + ahead + 1, offset + not_behind + 1), is_tied)


def _told(check: str, wrong: list[tuple[Figure, Figure, Places]], evidence: Evidence) -> Finding:
    items = tuple(
        Phrase(
            "finding.rank_is",
            {
                "unit": evidence.label(rank.unit),
                "points": known(score),
                "rank": known(rank),
                "right": places.first,
            },
        )
        for rank, score, places in wrong
    )
    rows = tuple(rank for rank, _, _ in wrong)
    return Finding(
        check, "error" if check == "rank_order" else "note", rows,
        {"figure": named(rows[0].indicator, "points", evidence.rulebook), "units": Listed(items)},
        expected=" | ".join(str(places.first) for _, _, places in wrong), marked=len(rows), shown=len(rows),
    )  # fmt: skip


def rank_row(evidence: Evidence) -> Iterator[Examined]:
    """Whether a rank is only the number of the row the place stands in, on one page of a table that ranks by nothing told."""
    for rank in (row for row in evidence.rows if row.unit == evidence.city and row.measure == "rank"):
        of = evidence.first(rank.unit, rank.indicator, "rank_of")
        for table in evidence.tables:
            if of is not None and _is_page_of(table, rank, of, evidence):
                row = next(number for number, rows in table.rows.items() if rows[0].unit == rank.unit)
                cell = table.rows[row][0]
                finding = _copied(rank, cell, table, of, evidence) if known(rank) == row else None
                yield Examined((rank, cell), finding)


def _is_page_of(table: Table, rank: Figure, of: Figure, evidence: Evidence) -> bool:
    """Whether a table of the same section lists some, not all, of those ranked, and not the points that rank them."""
    section = re.split(r", ", rank.place, maxsplit=1)[0]
    is_here = table.source == rank.source and table.place.startswith(f"{section}, ")
    is_scored = any((row.indicator, row.measure) == (rank.indicator, "points") for row in table.figures)
    peers = [unit for unit in table.units if evidence.place.by_code[unit].level == "peer"]
    return (
        is_here
        and not is_scored
        and rank.unit in table.units
        and bool(peers)
        and len(table.units) < known(of)
    )


def _copied(rank: Figure, cell: Figure, table: Table, of: Figure, evidence: Evidence) -> Finding:
    facts: dict[str, Fact] = {
        "unit": evidence.name(rank.unit), "figure": named(rank.indicator, "rank", evidence.rulebook),
        "rank": rank.printed, "of": show(int(known(of))), "rows": len(table.units),
    }  # fmt: skip
    return Finding("rank_row", "warning", (rank, cell), facts, marked=1)
