"""What the report tells of digitisation: certified electronic copies, by district and by ward."""

from __future__ import annotations

from collections.abc import Iterator

from sadec_analysis.charts.digitisation import districts
from sadec_analysis.facts import Fact
from sadec_analysis.report.figures import Figures
from sadec_analysis.report.pieces import Cells, Line, Picture, Piece, Run, Said, fill, line, wording
from sadec_analysis.report.telling import of_points, points_line, unit_cell


def digitisation(month: Figures) -> Iterator[Piece]:
    """What the report tells of digitisation."""
    copies, units = (
        month.fact(f"digitisation.{name}", "count") for name in ("certified_copies", "certifying_units")
    )
    if copies.is_known and units.is_known:
        shown = month.said(units, f"{int(units.value or 0):02d}")
        runs = fill("criteria.copies", copies=month.said(copies), units=shown, **month.names)
        yield Line((*runs, *of_points(month, "digitisation"), Run(".")))
    else:
        yield from points_line(month, "digitisation")
    peers = [unit for unit in month.view.place.unit if unit.level in ("peer", "city")]
    yield from _copies(month, [month.fact(_COPIES, "count", unit) for unit in peers], least=2)
    if districts(month.view):
        yield Picture("certified_copies", wording("figures.certified_copies"))
    wards = [month.fact(_COPIES, "count", unit) for unit in month.view.place.wards]
    yield from _certifying(month, wards)
    yield from _copies(month, wards)


_COPIES = "digitisation.certified_copies"


def _certifying(month: Figures, wards: list[Fact]) -> Iterator[Line]:
    did = [f"UBND {fact.unit.name}" for fact in wards if fact.value]
    if did:
        count = {"count": str(len(did)), "of": str(len(wards))}
        yield line("criteria.copies_wards", names=", ".join(did), **count, **month.names)


def _copies(month: Figures, facts: list[Fact], least: int = 1) -> Iterator[Piece]:
    known = sorted((fact for fact in facts if fact.is_known), key=lambda fact: -(fact.value or 0))
    if len(known) < least:
        return
    rows = tuple((unit_cell(fact), _offered(month, fact), month.said(fact)) for fact in known)
    yield Cells(wording("criteria.copies_caption"), tuple(wording("criteria.copies_header")), rows, (1, 2))


def _offered(month: Figures, fact: Fact) -> Said:
    done, due = (
        month.fact(f"digitisation.certifying_units{name}", "count", fact.unit) for name in ("", "_due")
    )
    return Said(f"{done.text()}/{due.text()}") if done.is_known and due.is_known else month.cell(due)
