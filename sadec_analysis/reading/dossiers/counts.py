"""What a list of dossiers counts to: figures of the units, and tallies by field, procedure, channel and month."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sadec_analysis import numerals
from sadec_analysis.figures import Figure
from sadec_analysis.months import Month
from sadec_analysis.numerals import half_up
from sadec_analysis.places import Unit
from sadec_analysis.reading.dossiers.rows import Rows
from sadec_analysis.reading.observations import Observer, Remark, Tally

FEWEST = 5  # a mean, a share of citizens or a name of a procedure over fewer dossiers could point to a person
_COUNTS = {
    "received": "received_now", "handled": "handled", "on_time": "handled AND NOT late", "overdue": "late",
    "overdue_now": "late AND due_now", "finished": "finished_now", "online": "received_now AND channel = 'online'",
    "with_channel": "received_now AND channel IS NOT NULL", "with_fee": "handled AND has_fee AND paid IS NOT NULL",
    "paid_online": "handled AND has_fee AND paid = 'online'", "rated": "finished_now AND rating IS NOT NULL",
    "satisfied": "finished_now AND rating = 'satisfied'",
}  # fmt: skip
_TALLIED = (
    "received", "handled", "on_time", "overdue", "finished", "online", "with_channel", "paid_online", "with_fee", "rated",
)  # fmt: skip
_SHARES = {
    "progress.on_time": ("on_time", "handled"),
    "online_service.online_submission": ("online", "with_channel"),
    "online_payment.paid_online": ("paid_online", "with_fee"),
}
_BY = {
    "field": "field", "procedure": "procedure", "channel": "channel", "due_month": "strftime(due, '%Y-%m')",
    "received_month": "strftime(received, '%Y-%m')",
}  # fmt: skip


def view(month: Month) -> str:
    """SQL for the view ``known``: dossiers received by the end of the month, and what each counts as.

    Finished after the end counts as not finished. Late: finished after the due date, or not
    finished at the end with the due date passed. Handled: not finished before the month, with a due date.
    """
    first = f"DATE '{month}-01'"
    last = f"DATE '{month}-{calendar.monthrange(month.year, month.number)[1]}'"
    return (
        "CREATE TEMP VIEW known AS SELECT *, "
        f"received >= {first} AS received_now, coalesce(due BETWEEN {first} AND {last}, false) AS due_now, "
        f"coalesce(done BETWEEN {first} AND {last}, false) AS finished_now, "
        f"due IS NOT NULL AND (done IS NULL OR done >= {first}) AS handled, "
        f"coalesce(CASE WHEN done IS NULL THEN due < {last} ELSE done > due END, false) AS late, "
        "date_diff('day', received, done) AS days "
        f"FROM (SELECT *, CASE WHEN finished <= {last} THEN finished END AS done FROM dossier WHERE received <= {last})"
    )


def remarks(rows: Rows) -> list[Remark]:
    """How many dossiers were left out of something, and why."""
    counts = {
        "received_later": rows.one("SELECT (SELECT count(*) FROM dossier) - (SELECT count(*) FROM known)"),
        "no_due_date": rows.one("SELECT count(*) FROM known WHERE due IS NULL"),
        "due_before_received": rows.one("SELECT count(*) FROM known WHERE due < received"),
    }
    return [Remark(about, rows.name, "rows", str(count)) for about, count in counts.items() if count]


def _counted(rows: Rows, member: str = "''", *, by_unit: bool = False) -> list[dict[str, Any]]:
    """Counts of the whole list, or of each unit, by ``member``; ordered."""
    sums = ", ".join(f"count(*) FILTER ({condition}) AS {name}" for name, condition in _COUNTS.items())
    days = "coalesce(sum(days) FILTER (finished_now), 0) AS days"
    unit = "unit" if by_unit else "''"
    found = rows.run(
        f"SELECT {unit} AS unit, {member} AS member, {sums}, {days} FROM known GROUP BY ALL ORDER BY ALL"
    )
    names = [column[0] for column in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def figures(rows: Rows, observer: Observer) -> list[Figure]:
    """Figures of every unit in the list, and of the whole list under the place's own code."""
    city = observer.place.city
    found = list(_of_unit(_counted(rows)[0], city, observer, is_whole=True))
    for counts in _counted(rows, by_unit=True):
        if counts["unit"] == city.code:
            found.append(_figure(observer, city, "progress.overdue", "count", counts["overdue"]))
        else:
            found += _of_unit(counts, observer.place.by_code[counts["unit"]], observer, is_whole=False)
    return found


def _of_unit(counts: dict[str, Any], unit: Unit, observer: Observer, *, is_whole: bool) -> Iterator[Figure]:
    overdue = "progress.overdue_total" if is_whole else "progress.overdue"
    single = {overdue: "overdue", "progress.overdue_in_month": "overdue_now"}
    for indicator, name in single.items():
        yield _figure(observer, unit, indicator, "count", counts[name])
    for indicator, (done, due) in _SHARES.items():
        if counts[due]:
            yield from _share(observer, unit, indicator, counts[done], counts[due])
    if counts["with_fee"]:
        yield _figure(observer, unit, "online_payment.dossiers_paid_online", "count", counts["paid_online"])
    if counts["rated"]:
        yield _figure(observer, unit, "satisfaction.rated", "count", counts["rated"])
    if counts["rated"] >= FEWEST:
        satisfied = half_up(Decimal(100) * counts["satisfied"] / counts["rated"])
        yield _figure(observer, unit, "satisfaction.dossiers_satisfied", "percent", satisfied)
    if (mean := _mean(counts)) is not None:
        yield _figure(observer, unit, "progress.processing_time", "days", mean)


def _share(observer: Observer, unit: Unit, indicator: str, done: int, due: int) -> Iterator[Figure]:
    yield _figure(observer, unit, f"{indicator}.numerator", "count", done)
    yield _figure(observer, unit, f"{indicator}.denominator", "count", due)
    yield _figure(observer, unit, indicator, "percent", half_up(Decimal(100) * done / due))


def _mean(counts: dict[str, Any]) -> Decimal | None:
    """Mean calendar days of the dossiers finished in the month, to one decimal; None under five dossiers."""
    if counts["finished"] < FEWEST:
        return None
    return half_up(Decimal(int(counts["days"])) / int(counts["finished"]), 1)


def _figure(observer: Observer, unit: Unit, indicator: str, measure: str, value: Decimal | int) -> Figure:
    printed = numerals.show(value if isinstance(value, Decimal) else Decimal(value)) + (
        "%" if measure == "percent" else ""
    )
    return Figure(
        str(observer.month), unit.code, indicator, measure, Decimal(value), printed, observer.source, f"rows, {unit.name}", "counted",
    )  # fmt: skip


def tallies(rows: Rows, observer: Observer) -> list[Tally]:
    """Counts of the whole list by each property, and of every unit by month.

    Fields and procedures of fewer than five dossiers are taken together under "".
    """
    city, found = observer.place.city, list[Tally]()
    given = {"due_month", "received_month", *rows.columns.positions}
    for by, column in _BY.items():
        if by not in given:
            continue
        member = f"coalesce({column}, '')"
        if by in ("field", "procedure"):
            member = f"CASE WHEN {column} IN (SELECT {column} FROM known GROUP BY 1 HAVING count(*) >= {FEWEST}) THEN {column} ELSE '' END"
        found += [
            _tally(city.code, by, counts)
            for counts in _counted(rows, member)
            if counts["member"] or by != "due_month"
        ]
        if by.endswith("_month"):
            units = [counts for counts in _counted(rows, member, by_unit=True) if counts["member"]]
            found += [_tally(counts["unit"], by, counts) for counts in units if counts["unit"] != city.code]
    return found


def _tally(unit: str, by: str, counts: dict[str, Any]) -> Tally:
    mean, satisfied = _mean(counts), counts["satisfied"] if counts["rated"] >= FEWEST else None
    return Tally(
        unit=unit, by=by, member=counts["member"], mean_days=None if mean is None else float(mean), satisfied=satisfied,
        **{name: counts[name] for name in _TALLIED},
    )  # fmt: skip
