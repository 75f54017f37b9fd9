"""The list in two small tables, each made in one pass: sums by unit and month, and sums by procedure and field."""

from __future__ import annotations

import calendar

from sadec_analysis.months import Month
from sadec_analysis.reading.dossiers.rows import Rows
from sadec_analysis.reading.dossiers.typed import WORDS

_MONTHS = ", ".join(f"year({date}) * 100 + month({date}) AS {date}_month" for date in ("received", "due"))
TABLES = {
    "by_month": ("unit", "channel", "paid", "rating"),
    "by_procedure": ("procedure", "field", "channel", "paid", "rating"),
}
_DAYS = "coalesce(sum(days) FILTER (finished_now), 0) AS days"
_SUMS = {
    "known": "known", "received": "received_now", "handled": "handled", "on_time": "handled AND NOT late", "late": "late",
    "late_now": "late AND due_now", "finished": "finished_now",
}  # fmt: skip
# of the whole list: asked once, for some take in columns that no count by procedure needs
_OVERALL = {
    "dossiers": "is_filled", "bad": "is_filled AND is_bad", "early": "finished < received", "due": "known AND due_now",
    "no_due": "known AND due IS NULL", "due_early": "known AND due < received",
}  # fmt: skip


def view(month: Month) -> str:
    """SQL for the view ``seen``: every dossier, whether it is known by the end of the month, and what it counts as.

    Finished after the end counts as not finished. Late: finished after the due date, or not
    finished at the end with the due date passed. Handled: not finished before the month, with a due date.
    """
    first = f"DATE '{month}-01'"
    last = f"DATE '{month}-{calendar.monthrange(month.year, month.number)[1]}'"
    return (
        "CREATE TEMP VIEW seen AS SELECT *, "
        f"known AND received >= {first} AS received_now, coalesce(due BETWEEN {first} AND {last}, false) AS due_now, "
        f"known AND coalesce(done BETWEEN {first} AND {last}, false) AS finished_now, "
        f"known AND due IS NOT NULL AND (done IS NULL OR done >= {first}) AS handled, "
        f"known AND coalesce(CASE WHEN done IS NULL THEN due < {last} ELSE done > due END, false) AS late, "
        "done - received AS days "
        f"FROM (SELECT *, CASE WHEN finished <= {last} THEN finished END AS done, "
        f"coalesce(received <= {last}, false) AS known FROM dossier)"
    )


def sum_up(rows: Rows, month: Month) -> None:
    """Make the tables ``by_month`` and ``by_procedure``, with the words as the list writes them."""
    rows.run(view(month))
    keys = _keys(rows)
    for table, words in TABLES.items():
        asked, months = (_SUMS | _OVERALL, f", {_MONTHS}") if table == "by_month" else (_SUMS, "")
        sums = ", ".join(f"count(*) FILTER ({condition}) AS {name}" for name, condition in asked.items())
        kept = ", ".join(f"{keys[name]} AS {name}" for name in words)
        as_texts = ", ".join(f"CAST({name} AS VARCHAR) AS {name}" for name in words)
        rows.run(
            f"CREATE TEMP TABLE {table} AS SELECT * REPLACE ({as_texts}) "
            f"FROM (SELECT {kept}, has_fee{months}, {sums}, {_DAYS} FROM seen GROUP BY ALL)"
        )


def _keys(rows: Rows) -> dict[str, str]:
    """SQL for the words to sum up by: the numbers of known words, which is quick, or texts where there are new ones."""
    new = rows.named(f"SELECT {', '.join(f'count({name}_new) AS {name}' for name in WORDS)} FROM dossier")[0]
    return {
        name: f"coalesce(CAST(seen.{name} AS VARCHAR), {name}_new)" if new[name] else f"seen.{name}"
        for name in WORDS
    }
