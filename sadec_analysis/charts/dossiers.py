"""Overdue dossiers by month, counted from a list: what is this month's and what is older."""

from __future__ import annotations

from typing import Literal

import pandas as pd
from matplotlib.axes import Axes

from sadec_analysis.blocks import Block, Note, spans
from sadec_analysis.charts import style
from sadec_analysis.charts.making import finish
from sadec_analysis.monthly import MonthView
from sadec_analysis.months import Month

_HEIGHT = 210
_LATEST = 12
By = Literal["due_month", "received_month"]


def overdue_by_due_month(view: MonthView) -> Block:
    """Columns of overdue dossiers by the month their due date fell in, this month's last."""
    return _by_month(view, "due_month")


def overdue_by_received_month(view: MonthView) -> Block:
    """Columns of overdue dossiers by the month they were received in, this month's last."""
    return _by_month(view, "received_month")


def _by_month(view: MonthView, by: By) -> Block:
    words, counts = view.words, late_by_month(view, by)
    if counts.empty:
        return Note("missing", words.text("brief.missing_label"), spans(words.text("brief.missing_dossiers")))
    name = f"overdue_by_{by}"
    with style.drawing(f"{name}-{view.month}"):
        figure, axes = style.canvas(_HEIGHT, left=10, right=10, top=20, bottom=34)
        _columns(axes, counts, view)
        axes.set_xticks(
            range(len(counts)), [_tick(member, view) for member in counts.index], fontsize=style.SMALL
        )
        rows = [(_told(member, view), words.number(int(count))) for member, count in counts.items()]
        header = [words.text(f"chart.{name}.column_month"), words.text("chart.overdue.column_count")]
        told = [words.text("chart.overdue.row", name=label, count=count) for label, count in rows]
        return finish(
            view, name, figure, facts=(), header=header, rows=rows, told=told, title=_title(view, by, counts),
            kind="dossiers",
        )  # fmt: skip


def late_by_month(view: MonthView, by: By) -> pd.Series:
    """Overdue dossiers of the whole list by month: the latest twelve up to this one, older ones together under ""."""
    table = view.tallies
    own = table[(table["unit"] == view.place.city.code) & (table["by"] == by) & (table["overdue"] > 0)]
    if own.empty:
        return pd.Series(dtype="int64")
    counts = own.set_index("member")["overdue"]
    months = [str(month) for month in _latest(view.month)]
    known = counts.reindex(months, fill_value=0)
    older = int(counts.sum() - known.sum())
    return pd.concat([pd.Series({"": older}), known]) if older else known


def _latest(month: Month) -> list[Month]:
    months = [month]
    while len(months) < _LATEST:
        months.insert(0, months[0].previous())
    return months


def _told(member: object, view: MonthView) -> str:
    """A month in a table; "" is the older ones together."""
    month = Month.parse(member) if member else None
    return view.words.month_short(month.number, month.year) if month else view.words.text("chart.earlier")


def _tick(member: object, view: MonthView) -> str:
    """A month under its column, with the year under January and under the first column where there is room."""
    if not member:
        return view.words.text("chart.earlier").replace(" ", "\n")
    month = Month.parse(member)
    has_room = month == _latest(view.month)[0] and month.number not in (11, 12)
    return f"{month.number}\n{month.year}" if month.number == 1 or has_room else str(month.number)


def _columns(axes: Axes, counts: pd.Series, view: MonthView) -> None:
    colours = [style.ACCENT if member == str(view.month) else style.GREY for member in counts.index]
    axes.bar(range(len(counts)), counts.to_numpy(), color=colours, width=0.72)
    for at, count in enumerate(counts):
        if count:
            axes.annotate(
                view.words.number(int(count)), (at, float(count)), xytext=(0, 4), textcoords="offset points", ha="center",
                fontweight=600, fontsize=style.SMALL,
            )  # fmt: skip
    axes.set(yticks=[], ylim=(0, max(counts.max(), 1) * 1.15))
    axes.tick_params(length=0)


def _title(view: MonthView, by: By, counts: pd.Series) -> str:
    total, own = int(counts.sum()), int(counts.get(str(view.month), 0))
    key = f"chart.overdue_by_{by}.title"
    return view.words.text(key, own=view.words.number(own), total=view.words.number(total))
