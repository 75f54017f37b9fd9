"""Sentences and cells that several criteria share."""

from __future__ import annotations

from collections.abc import Iterator

from sadec_analysis.facts import Fact
from sadec_analysis.report.figures import Figures
from sadec_analysis.report.pieces import Line, Run, Said, fill, line, wording


def points_line(month: Figures, criterion: str) -> Iterator[Line]:
    """The city's points in a criterion, with its rank where that is known; nothing where they are not."""
    points, rank = month.fact(criterion, "points"), month.place("criteria.rank", criterion)
    if points.is_known:
        key = "points_of" if rank else "points"
        values = {"points": month.said(points), "max": month.maximum(criterion), "rank": rank}
        yield line(f"criteria.{key}", **values, **month.names)


def rate_lines(month: Figures, indicator: str, kind: str) -> Iterator[Line]:
    """The city's rate with its points and rank in one sentence, as the office writes them."""
    criterion = indicator.partition(".")[0]
    rate, points = month.fact(indicator, "percent"), month.fact(criterion, "points")
    if not rate.is_known:
        yield from points_line(month, criterion)
        return
    values = {"rate": month.said(rate), "kind": wording(f"criteria.{kind}"), **month.names}
    if points.is_known:
        scored = {"points": month.said(points), "max": month.maximum(criterion)}
        yield line("criteria.rate_points", **values, **scored, rank=month.place("criteria.rank", criterion))
    else:
        yield line("criteria.rate_only", **values)


def is_own_words(month: Figures, fact: Fact) -> bool:
    """Whether a figure stands in the office's own words, which the report gives as they are."""
    return month.view.kind_of(fact) == "report"


def of_points(month: Figures, criterion: str) -> tuple[Run, ...]:
    """The points and rank that a sentence about a rate ends with."""
    points = month.fact(criterion, "points")
    if not points.is_known:
        return ()
    rank = month.place("criteria.rank", criterion)
    return fill("criteria.of_points", points=month.said(points), max=month.maximum(criterion), rank=rank)


def row_number(at: int) -> Said:
    """The number of a row, from 1."""
    return Said(f"{at:02d}")


def unit_cell(fact: Fact) -> Said:
    """The unit of a figure as the office names it in a table."""
    return Said(f"UBND {fact.unit.name}")


def listed(names: list[str]) -> str:
    """Names as a sentence lists them."""
    return ", ".join(names[:-1]) + (wording("words.joint") if names[1:] else "") + "".join(names[-1:])


def joined(told: list[tuple[Run, ...]]) -> tuple[Run, ...]:
    """Join pieces of a list, the last by "và"."""
    runs: list[Run] = []
    for at, piece in enumerate(told):
        joint = wording("words.joint") if at and at == len(told) - 1 else ", "
        runs += [*([Run(joint)] if at else []), *piece]
    return tuple(runs)
