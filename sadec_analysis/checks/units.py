"""The units a table lists: each once, none left out, none that does not belong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sadec_analysis.checks.evidence import Evidence, Table
from sadec_analysis.checks.finding import Examined, Finding, known
from sadec_analysis.checks.telling import Fact, Listed, Phrase
from sadec_analysis.figures import Figure


def units_missing(evidence: Evidence) -> Iterator[Examined]:
    """Whether a table of wards, or of those the place is ranked with, lists all of them."""
    for table in evidence.tables:
        if _is_of_wards(table, evidence):
            left = [unit for unit in evidence.wards if unit not in table.units]
            names = tuple(evidence.label(unit) for unit in left)
            yield Examined(
                tuple(table.heads), _fewer(table, len(evidence.wards), names, evidence) if left else None
            )
        elif _is_of_peers(table, evidence) and (of := _ranked_with(evidence)) is not None:
            is_whole = len(set(table.units)) >= known(of)
            finding = None if is_whole else _fewer(table, int(known(of)), (), evidence)
            yield Examined((*table.heads, of), finding)


def _is_of_wards(table: Table, evidence: Evidence) -> bool:
    """A table that lists at least half of the wards is one of all of them; fewer are a choice of some."""
    listed = {unit for unit in table.units if unit in evidence.wards}
    return bool(listed) and 2 * len(listed) >= len(evidence.wards)


def _is_of_peers(table: Table, evidence: Evidence) -> bool:
    levels = [evidence.place.by_code[unit].level for unit in table.units]
    return levels.count("peer") > 1 and "ward" not in levels


def _ranked_with(evidence: Evidence) -> Figure | None:
    """How many units the place is ranked among, as first printed."""
    return next(
        (row for row in evidence.rows if row.unit == evidence.city and row.measure == "rank_of"), None
    )


def _fewer(table: Table, due: int, names: Sequence[str], evidence: Evidence) -> Finding:
    left = Phrase("finding.missing_named", {"units": Listed(tuple(names))})
    facts: dict[str, Fact] = {
        "listed": len(set(table.units)), "due": due, "left": left if names else Phrase("finding.missing_unnamed"),
    }  # fmt: skip
    about = next((row for row in table.heads if row.unit == evidence.city), table.heads[0])
    rows = (about, *(row for row in table.heads if row is not about))
    return Finding(
        "units_missing", "warning", rows, facts, expected=str(due), marked=0, shown=0, place=table.place
    )


def units_twice(evidence: Evidence) -> Iterator[Examined]:
    """Whether a table lists a unit in two rows."""
    for table in evidence.tables:
        again = [unit for unit in dict.fromkeys(table.units) if table.units.count(unit) > 1]
        finding = None
        if again:
            rows = tuple(row for row in table.heads if row.unit in again)
            names = Listed(tuple(evidence.label(unit) for unit in again))
            finding = Finding(
                "units_twice", "error", rows, {"units": names}, marked=len(rows), shown=len(rows)
            )
        yield Examined(tuple(table.heads), finding)


def units_extra(evidence: Evidence) -> Iterator[Examined]:
    """Whether a table of wards also lists a unit of another level."""
    for table in evidence.tables:
        if _is_of_wards(table, evidence):
            rows = tuple(row for row in table.heads if row.unit not in evidence.own)
            finding = None
            if rows:
                names = Listed(tuple(evidence.name(row.unit) for row in rows))
                finding = Finding("units_extra", "warning", rows, {"units": names}, shown=len(rows))
            yield Examined(tuple(table.heads), finding)
