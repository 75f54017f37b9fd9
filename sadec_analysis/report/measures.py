"""What the report tells of each criterion but digitisation: result, tables, chart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sadec_analysis.charts.online import below_target, target
from sadec_analysis.charts.satisfaction import grade_label, groups
from sadec_analysis.facts import Fact
from sadec_analysis.report.figures import Figures
from sadec_analysis.report.pieces import Cells, Line, Picture, Piece, Run, Said, fill, line, wording
from sadec_analysis.report.telling import (
    is_own_words,
    joined,
    listed,
    of_points,
    points_line,
    rate_lines,
    row_number,
    unit_cell,
)


def transparency(month: Figures) -> Iterator[Piece]:
    """What the report tells of transparency."""
    yield from points_line(month, "transparency")
    announced = month.fact("transparency.announced", "count")
    if announced.is_known and not is_own_words(month, announced):
        key = "announced" if announced.value else "announced_none"
        yield line(f"criteria.{key}", count=month.said(announced))
    year = month.fact("transparency.year_to_date", "points")
    if year.is_known and not is_own_words(month, year):
        top = month.maximum("transparency")
        yield line("criteria.year", year=str(month.view.month.year), points=month.said(year), max=top)


def progress(month: Figures) -> Iterator[Piece]:
    """What the report tells of progress."""
    yield from rate_lines(month, "progress.on_time", "on_time")
    rates = month.ranked("progress.on_time", "percent")
    if rates:
        yield line("criteria.wards_result")
        rows = tuple(
            (row_number(at), unit_cell(fact), month.said(fact, fact.text().rstrip("%")),
             month.score(month.fact("progress", "points", fact.unit)))
            for at, fact in enumerate(rates, 1)
        )  # fmt: skip
        yield Cells(
            wording("criteria.on_time_caption"), tuple(wording("criteria.on_time_header")), rows, (2, 3)
        )
        yield Picture("on_time", wording("figures.on_time"))
    yield from _overdue(month)


def _overdue(month: Figures) -> Iterator[Piece]:
    total, arisen = (month.fact(f"progress.overdue_{name}", "count") for name in ("total", "in_month"))
    if total.is_known:
        runs = fill("criteria.overdue", total=month.said(total), **month.names)
        more = (
            fill("criteria.overdue_in_month", count=month.said(arisen), **month.names)
            if arisen.is_known
            else ()
        )
        yield Line((*runs, *more))
    facts = [fact for fact in month.view.facts("progress.overdue", "count") if fact.is_known]
    if facts:
        facts.sort(key=lambda fact: -(fact.value or 0))
        rows = tuple(
            (
                row_number(at),
                unit_cell(fact),
                Said("" if fact.unit.has_own_id else fact.unit.code),
                month.said(fact),
            )
            for at, fact in enumerate(facts, 1)
        )
        yield Cells(
            wording("criteria.overdue_caption"), tuple(wording("criteria.overdue_header")), rows, (3,)
        )


def online_service(month: Figures) -> Iterator[Piece]:
    """What the report tells of online service."""
    yield from rate_lines(month, "online_service.online_submission", "submitted")
    rates = month.ranked("online_service.online_submission", "percent")
    if rates:
        rows = tuple((row_number(at), unit_cell(fact), month.said(fact)) for at, fact in enumerate(rates, 1))
        header = tuple(wording("criteria.submission_header"))
        yield Cells(wording("criteria.submission_caption"), header, rows, (2,))
    else:
        yield from _bounded_submission(month)
    if month.is_told("online_service.online_submission"):
        yield Picture("online_submission", wording("figures.online_submission"))


def _bounded_submission(month: Figures) -> Iterator[Line]:
    """Which wards miss the target, where their rates are told in words only."""
    goal, below = target(month.view), below_target(month.view)
    if goal is None or not any(
        fact.is_bounded for fact in month.view.facts("online_service.online_submission", "percent")
    ):
        return
    values = {"target": f"{month.view.words.number(goal)}%", "count": str(len(below))}
    names = listed([f"UBND {fact.unit.name}" for fact in below])
    yield line(f"criteria.submission_{'below' if below else 'none_below'}", names=names, **values)


def online_payment(month: Figures) -> Iterator[Piece]:
    """What the report tells of online payment."""
    yield from points_line(month, "online_payment")
    paid = month.fact("online_payment.dossiers_paid_online", "count")
    if paid.is_known:
        yield line(
            f"criteria.payment_{'some' if paid.value else 'none'}", count=month.said(paid), **month.names
        )


def satisfaction(month: Figures) -> Iterator[Piece]:
    """What the report tells of satisfaction."""
    rate, feedback = (
        month.fact(f"satisfaction.{name}", "percent") for name in ("reported", "feedback_on_time")
    )
    if not rate.is_known:
        yield from points_line(month, "satisfaction")
        yield from [line("criteria.feedback_only", rate=month.said(feedback))] if feedback.is_known else []
    else:
        runs = fill("criteria.satisfaction", rate=month.said(rate), **month.names) + of_points(
            month, "satisfaction"
        )
        runs += fill("criteria.feedback", rate=month.said(feedback)) if feedback.is_known else ()
        yield Line((*runs, Run(".")))
    bands = groups(month.view)
    if bands:
        told = [_band(month, count, limits) for count, limits in bands]
        yield line("criteria.bands", bands=joined(told))
    if month.is_told("satisfaction.reported"):
        yield Picture("satisfaction", wording("figures.satisfaction"))


def _band(month: Figures, count: Fact, limits: Fact) -> tuple[Run, ...]:
    stated = re.search(r"\d[\d.,]*\s*%", limits.printed)
    values = {"count": f"{int(count.value or 0):02d}", "grade": grade_label(limits, month.view).lower()}
    if stated:
        return fill("criteria.band", **{"from": stated[0]}, **values)
    return fill("criteria.band_inferred", **values)
