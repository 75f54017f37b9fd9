"""What moved since the month before: totals across grades, and the order of the wards."""

from __future__ import annotations

import math
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sadec_analysis.analysis.change import Move
from sadec_analysis.blocks import Block, Chart
from sadec_analysis.charts import style
from sadec_analysis.charts.making import by_value, finish, name_of, no_wards
from sadec_analysis.facts import Fact
from sadec_analysis.monthly import MonthView
from sadec_analysis.words import capital

_ROW = 27
_FEW_TICKS = 50
_CHANGE_AT = 58  # units right of the plot
Pair = tuple[Fact, Fact]


def ward_totals(view: MonthView) -> Block:
    """Dumbbells from the previous total to this month's, over the grades, highest first."""
    if not view.place.wards:
        return no_wards(view)
    pairs = [(view.fact(fact.unit, "total", "points", view.month.previous()), fact) for fact in _totals(view)]
    known = [float(fact.value) for pair in pairs for fact in pair if fact.value is not None]
    low = max(0, 5 * math.floor((min(known, default=0) - 8) / 5))
    high = min(100, 5 * math.ceil((max(known, default=100) + 6) / 5))
    with style.drawing(f"ward_totals-{view.month}"):
        figure, axes = style.canvas(_ROW * len(pairs) + 54, left=108, right=62, top=24, bottom=24)
        axes.set(xlim=(low, high))
        axes.set_xticks(range(low, high + 1, 5 if high - low <= _FEW_TICKS else 20))
        style.rows(axes, [name_of(now) for _, now in pairs], _city_rows(pairs))
        style.grade_bands(axes, view.rulebook, view.words.lang, low, high)
        for at, pair in enumerate(pairs):
            _dumbbell(axes, at, pair, view)
            _change(axes, at, view.fact(pair[1].unit, "total", "change"))
        style.column_head(axes, _CHANGE_AT, view.words.text("chart.ward_totals.change"))
        return _ward_chart(view, figure, pairs)


def _totals(view: MonthView) -> list[Fact]:
    return by_value(view.facts("total", "points"))


def _city_rows(pairs: list[Pair]) -> set[int]:
    return {at for at, (_, now) in enumerate(pairs) if now.unit.level == "city"}


def _change(axes: Axes, at: int, change: Fact) -> None:
    """Write the printed change in a column at the right; a dash where none is printed."""
    style.column(axes, _CHANGE_AT, at, change.text() if change.is_known else "–")


def _dumbbell(axes: Axes, at: int, pair: Pair, view: MonthView) -> None:
    before, now = pair
    colour = style.CITY if now.unit.level == "city" else style.INK
    if now.value is None:
        axes.text(axes.get_xlim()[0], at, f" {view.words.text('unknown')}", va="center", color=style.MUTED)
        return
    if before.value is not None:
        axes.plot(
            [float(before.value), float(now.value)], [at, at], color=colour, linewidth=2, alpha=0.45, zorder=3
        )
        axes.plot(
            float(before.value), at, "o", color=style.PAPER, markeredgecolor=colour, markersize=7, zorder=4
        )
        side = -1 if before.value < now.value else 1
        _label(
            axes,
            float(before.value),
            at,
            before.text(2),
            side,
            {"color": style.MUTED, "fontsize": style.SMALL},
        )
    axes.plot(float(now.value), at, "o", color=colour, markersize=8, zorder=5)
    side = -1 if before.value is None or before.value >= now.value else 1
    _label(axes, float(now.value), at, now.text(), side, {"color": colour, "fontweight": 600})
    style.badge(axes, float(now.value), at, now.badges, offset=side * 51)


def _label(axes: Axes, x: float, y: float, text: str, side: int, font: dict[str, Any]) -> None:
    axes.annotate(
        text, (x, y), xytext=(9 * side, 0), textcoords="offset points", va="center",
        ha="left" if side > 0 else "right", zorder=6, **font,
    )  # fmt: skip


def _ward_chart(view: MonthView, figure: Figure, pairs: list[Pair]) -> Chart:
    words = view.words
    told = [
        words.text("chart.ward_totals.row", name=name_of(now), before=before.text(), after=now.text())
        if before.is_known
        else words.text("chart.ward_totals.row_now", name=name_of(now), after=now.text())
        for before, now in pairs
    ]
    header = [
        words.text("chart.unit"),
        *(words.text(f"chart.ward_totals.column_{c}") for c in ("before", "after", "change")),
    ]
    rows = [(name_of(now), before, now, view.fact(now.unit, "total", "change")) for before, now in pairs]
    return finish(
        view, "ward_totals", figure, facts=[now for _, now in pairs], header=header, rows=rows, told=told,
        title=_ward_title(view), is_computed=any(before.is_known for before, _ in pairs),
    )  # fmt: skip


def _ward_title(view: MonthView) -> str:
    words, moves = view.words, view.moves
    if not moves:
        return words.text("chart.ward_totals.title_none", city=view.place.city.label)
    fall = common_fall(moves)
    if fall and len(moves) == len(view.place.wards):
        before, after = (view.rulebook.grades[value].name(words.lang) for value in fall)
        return words.text(
            "chart.ward_totals.title_all_fell", count=words.count(len(moves)), before=before, after=after
        )
    return moved(view)


def moved(view: MonthView) -> str:
    """Say how many wards lost and gained: "Cả chín xã, phường giảm điểm", "Tám ... giảm điểm, một tăng điểm, ..."."""
    words, moves = view.words, view.moves
    down, up = sum(m.after < m.before for m in moves), sum(m.after > m.before for m in moves)
    same = len(moves) - down - up
    for key, count in (("title_down", down), ("title_up", up), ("title_same", same)):
        if count == len(moves):
            return words.text(f"chart.ward_totals.{key}", count=words.count(count))
    counts = {"down": words.count(down), "up": words.count(up)} | (
        {"same": words.count(same)} if same else {}
    )
    sentence = words.text(f"chart.ward_totals.title_mixed{'_same' if same else ''}", **counts)
    return capital(sentence)


def common_fall(moves: list[Move]) -> tuple[int, int] | None:
    """The two grades, before and after, when every unit fell from the one to the other; else None."""
    steps = {(move.grade_before, move.grade_after) for move in moves}
    step = steps.pop() if len(steps) == 1 else None
    return step if step and step[1] < step[0] else None


def order(view: MonthView) -> Block:
    """Slopes of the wards' ranks, the month before on the left and this month on the right."""
    if not view.place.wards:
        return no_wards(view)
    moves = view.moves
    with style.drawing(f"order-{view.month}"):
        figure, axes = style.canvas(_ROW * max(len(moves), 1) + 40, left=134, right=134, top=26, bottom=8)
        axes.set(xlim=(0, 1), ylim=(max(len(moves), 1) + 0.5, 0.5), xticks=[], yticks=[])
        before = sorted(moves, key=lambda move: (move.rank_before, move.rank_after, move.unit))
        for at, move in enumerate(moves, 1):
            _slope(axes, move, (before.index(move) + 1, at), view)
        for x, period in ((0, view.month.previous()), (1, view.month)):
            short = view.words.month_short(period.number, period.year)
            axes.text(
                x,
                1.02,
                short,
                transform=axes.get_xaxis_transform(),
                ha="center",
                va="bottom",
                color=style.MUTED,
            )
        return _order_chart(view, figure, moves)


def _slope(axes: Axes, move: Move, rows: tuple[int, int], view: MonthView) -> None:
    """One ward; tied ranks stand in rows of their own, each with its rank."""
    steps = move.rank_before - move.rank_after
    colour = style.CITY if steps > 0 else style.ACCENT if steps < 0 else style.GREY
    text = style.MUTED if steps == 0 else colour
    axes.plot(
        [0, 1],
        [move.rank_before, move.rank_after],
        "-o",
        color=colour,
        linewidth=2.2,
        markersize=6,
        clip_on=False,
    )
    name = view.place.by_code[move.unit].label
    bold = 600 if abs(steps) > 1 else 400
    for x, rank, side in ((0, move.rank_before, -1), (1, move.rank_after, 1)):
        label = f"{name}\u00a0\u00a0{rank}" if side < 0 else f"{rank}\u00a0\u00a0{name}"
        _label(axes, x, rows[x], label, side, {"color": text, "fontweight": bold})


def extremes(view: MonthView) -> tuple[list[str], int, list[str], int]:
    """Names of the wards that rose most and fell most in rank, with the number of steps."""
    steps = {move.unit: move.rank_before - move.rank_after for move in view.moves}
    most, least = max(steps.values(), default=0), min(steps.values(), default=0)
    names = view.place.by_code
    up = [names[unit].label for unit, step in steps.items() if step == most and most > 0]
    down = [names[unit].label for unit, step in steps.items() if step == least and least < 0]
    return up, most, down, -least


def _order_chart(view: MonthView, figure: Figure, moves: list[Move]) -> Chart:
    words, names = view.words, view.place.by_code
    up, up_steps, down, down_steps = extremes(view)
    given = {"up": words.listed(up), "up_steps": words.count(up_steps)} if up else {}
    given |= {"down": words.listed(down), "down_steps": words.count(down_steps)} if down else {}
    key = "title" if up and down else "title_up" if up else "title_down" if down else "title_same"
    title = words.text(f"chart.order.{key}", **given)
    told = [
        words.text("chart.order.row", name=names[m.unit].label, before=m.rank_before, after=m.rank_after)
        for m in moves
    ]
    rows = [(names[move.unit].label, str(move.rank_before), str(move.rank_after)) for move in moves]
    header = [
        words.text("chart.unit"),
        words.text("chart.order.column_before"),
        words.text("chart.order.column_after"),
    ]
    facts = [view.fact(names[move.unit], "total", "points") for move in moves]
    return finish(
        view, "order", figure, facts=facts, header=header, rows=rows, told=told, title=title, is_computed=True,
        before=view.previous_name, after=view.month_name(),
    )  # fmt: skip
