"""A year at a glance: months by units, each total on the colour of its grade."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sadec_analysis.analysis.series import Observation, Series
from sadec_analysis.blocks import Block, Chart
from sadec_analysis.charts import style
from sadec_analysis.charts.making import finish
from sadec_analysis.charts.series import is_enough, too_few, totals
from sadec_analysis.monthly import MonthView
from sadec_analysis.places import Unit
from sadec_analysis.scoring import grade_of

_ROW, _NAMES = 26, 104
_MOST, _ENOUGH = 12, 2
_ROOMY = 8  # months up to which a cell has room for the usual size


def calendar(view: MonthView) -> Block:
    """Months across, units down, the number on its grade's colour; unknown hatched. A remark where one month is known."""
    found = totals(view, _MOST)
    if not is_enough(found):
        return too_few(view, _ENOUGH)
    with style.drawing(f"calendar-{view.month}"):
        return _chart(view, _draw(view, found), found)


def _draw(view: MonthView, found: Sequence[tuple[Unit, Series]]) -> Figure:
    months = [each.month for each in found[0][1].observations]
    figure, axes = style.canvas(_ROW * len(found) + 26, left=_NAMES, right=4, top=22, bottom=4)
    style.rows(
        axes,
        [unit.label for unit, _ in found],
        {at for at, (unit, _) in enumerate(found) if unit.level == "city"},
    )
    axes.set(xlim=(-0.5, len(months) - 0.5))
    labels = [month.in_digits if at in (0, len(months) - 1) and len(months) <= _ROOMY else str(month.number) for at, month in enumerate(months)]  # fmt: skip
    axes.set_xticks(range(len(months)), labels)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    for row, (_, own) in enumerate(found):
        for column, each in enumerate(own.observations):
            _cell(axes, column, row, each, view)
    return figure


def _cell(axes: Axes, x: int, y: int, each: Observation, view: MonthView) -> None:
    if each.value is None:
        style.unknown(axes, x - 0.46, y - 0.44, 0.92, 0.88)
        return
    colour = style.BAND[grade_of(each.value, view.rulebook).value]
    axes.add_patch(Rectangle((x - 0.47, y - 0.45), 0.94, 0.9, facecolor=colour, edgecolor="none", zorder=2))
    is_roomy = axes.get_xlim()[1] < _ROOMY
    text = view.words.number(each.value) if is_roomy else view.words.number(each.value, 1)
    axes.text(x, y, text, ha="center", va="center", fontsize=style.SMALL if is_roomy else 9, zorder=3)


def _chart(view: MonthView, figure: Figure, found: Sequence[tuple[Unit, Series]]) -> Chart:
    words = view.words
    months = [each.month for each in found[0][1].observations]
    rows = [(unit.label, *(_graded(view, each) for each in own.observations)) for unit, own in found]
    told = [words.text("chart.series.row", name=row[0], values=", ".join(row[1:])) for row in rows]
    city = next(own for unit, own in found if unit.level == "city")
    known = [grade_of(each.value, view.rulebook) for each in city.observations if each.value is not None]
    lowest = min(known, key=lambda grade: grade.value, default=None)
    key = "title" if lowest else "title_unknown"
    given = {
        "city": view.place.city.label, "grade": lowest.name(words.lang), "all": words.count(len(known)),
        "count": words.count(sum(grade == lowest for grade in known)),
    } if lowest else {}  # fmt: skip
    return finish(
        view, "calendar", figure, facts=view.facts("total", "points"), header=[words.text("chart.unit"), *(month.in_digits for month in months)],
        rows=rows, told=told, title=words.text(f"chart.calendar.{key}", **given), is_over_months=True,
        first=view.month_short(months[0]), last=view.month_short(months[-1]),
    )  # fmt: skip


def _graded(view: MonthView, each: Observation) -> str:
    if each.value is None:
        return "–"
    name = grade_of(each.value, view.rulebook).name(view.words.lang)
    return view.words.text("chart.calendar.cell", value=view.words.number(each.value), grade=name)
