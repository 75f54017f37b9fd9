"""What a list of dossiers counts to: figures of the units, and tallies by field, procedure, channel and month."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sadec_analysis import numerals
from sadec_analysis.figures import Figure
from sadec_analysis.numerals import half_up
from sadec_analysis.places import Unit
from sadec_analysis.reading.dossiers.rows import Rows
from sadec_analysis.reading.observations import Observer, Remark, Tally

FEWEST = 5  # a mean, a share of citizens or a name of a procedure over fewer dossiers could point to a person
_COUNTS = {
    "received": ("received", "true"), "handled": ("handled", "true"), "on_time": ("on_time", "true"), "overdue": ("late", "true"),
    "overdue_now": ("late_now", "true"), "finished": ("finished", "true"), "days": ("days", "true"),
    "online": ("received", "channel = 'online'"), "with_channel": ("received", "channel IS NOT NULL"),
    "with_fee": ("handled", "has_fee AND paid IS NOT NULL"), "paid_online": ("handled", "has_fee AND paid = 'online'"),
    "rated": ("finished", "rating IS NOT NULL"), "satisfied": ("finished", "rating = 'satisfied'"),
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
    "field": "by_procedure", "procedure": "by_procedure", "channel": "by_month", "due_month": "by_month", "received_month": "by_month",
}  # fmt: skip


def remarks(rows: Rows, listed: int) -> list[Remark]:
    """How many of the dossiers ``listed`` were left out of something, and why."""
    known, no_due, early = rows.all("SELECT sum(known), sum(no_due), sum(due_early) FROM by_month")[0]
    counts = {"received_later": listed - known, "no_due_date": no_due, "due_before_received": early}
    return [Remark(about, rows.name, "rows", str(count)) for about, count in counts.items() if count]


def _counted(
    rows: Rows, table: str = "by_month", member: str = "''", *, by_unit: bool = False
) -> list[dict[str, Any]]:
    """Counts of the whole list, or of each unit, by ``member``; ordered."""
    sums = ", ".join(
        f"coalesce(sum({what}) FILTER ({condition}), 0)::BIGINT AS {name}"
        for name, (what, condition) in _COUNTS.items()
    )
    unit = "unit" if by_unit else "''"
    return rows.named(
        f"SELECT {unit} AS of_unit, {member} AS member, {sums} FROM {table} WHERE known > 0 GROUP BY ALL ORDER BY ALL"
    )


def figures(rows: Rows, observer: Observer) -> list[Figure]:
    """Figures of every unit in the list, and of the whole list under the place's own code."""
    city = observer.place.city
    found = list(_of_unit(_counted(rows)[0], city, observer, is_whole=True))
    for counts in _counted(rows, by_unit=True):
        if counts["of_unit"] == city.code:
            found.append(_figure(observer, city, "progress.overdue", "count", counts["overdue"]))
        else:
            found += _of_unit(counts, observer.place.by_code[counts["of_unit"]], observer, is_whole=False)
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
    for by, table in _BY.items():
        if by not in given:
            continue
        member = _member(by)
        found += [
            _tally(city.code, by, counts)
            for counts in _counted(rows, table, member)
            if counts["member"] or by != "due_month"
        ]
        if by.endswith("_month"):
            units = [counts for counts in _counted(rows, table, member, by_unit=True) if counts["member"]]
            found += [
                _tally(counts["of_unit"], by, counts) for counts in units if counts["of_unit"] != city.code
            ]
    return found


def _member(by: str) -> str:
    """SQL for the value of a property; fields and procedures of few dossiers are one."""
    if by.endswith("_month"):
        return f"coalesce(printf('%04d-%02d', {by} // 100, {by} % 100), '')"
    if by == "channel":
        return "coalesce(channel, '')"
    enough = f"SELECT {by} FROM by_procedure GROUP BY 1 HAVING sum(known) >= {FEWEST}"
    return f"CASE WHEN {by} IN ({enough}) THEN {by} ELSE '' END"


def _tally(unit: str, by: str, counts: dict[str, Any]) -> Tally:
    mean, satisfied = _mean(counts), counts["satisfied"] if counts["rated"] >= FEWEST else None
    return Tally(
        unit=unit, by=by, member=counts["member"], mean_days=None if mean is None else float(mean), satisfied=satisfied,
        **{name: counts[name] for name in _TALLIED},
    )  # fmt: skip
