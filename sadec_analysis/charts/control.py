"""Signal or noise: the city's rate on time between its control limits."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sadec_analysis.analysis.control import MIN_BASELINE, Limits, p_chart
from sadec_analysis.analysis.series import months_of, series
from sadec_analysis.blocks import Block, Chart, Note, spans
from sadec_analysis.charts import style
from sadec_analysis.charts.making import finish
from sadec_analysis.charts.parts import named
from sadec_analysis.monthly import MonthView
from sadec_analysis.months import Month
from sadec_analysis.rulebook import Rule
from sadec_analysis.words import capital

_MONTHS = 24
_LABELS = 5


def control(view: MonthView) -> Block:
    """The city's rate of dossiers on time with its limits; a remark where too few months have their counts."""
    rule = view.rulebook.rate_rule("progress")
    found = limits_of(view, rule) if rule else []
    if rule is None or not any(each.centre is not None for part in found for each in part):
        text = view.words.text("chart.control.too_few", count=view.words.count(MIN_BASELINE + 1))
        return Note("missing", view.words.text("brief.missing_label"), spans(text))
    with style.drawing(f"control-{view.month}"):
        return _chart(view, _draw(found, view), rule, [each for part in found for each in part])


def limits_of(view: MonthView, rule: Rule) -> list[list[Limits]]:
    """Control limits of the city's rate under a rule, over the months with counts; one list for each stretch without a break."""
    months = months_of(view.known, view.month, _MONTHS)
    return p_chart(series(view.known, view.place.city.code, rule.indicator, "percent", months, rule))


def _draw(found: Sequence[Sequence[Limits]], view: MonthView) -> Figure:
    figure, axes = style.canvas(230, left=42, right=46, top=10, bottom=26)
    every = [each for part in found for each in part]
    ends = [end for each in every for end in (each.rate, each.lower, each.upper) if end is not None]
    room = max(max(ends) - min(ends), 2) * 0.1
    first, last = every[0].month, every[-1].month
    axes.set(
        xlim=(-0.5, last.since(first) + 0.5), ylim=(max(0, min(ends) - room), min(100, max(ends) + room))
    )  # fmt: skip
    axes.grid(axis="y", color=style.LIGHT, linewidth=0.8)
    axes.yaxis.set_major_formatter(lambda tick, _: f"{view.words.number(round(tick, 1))}%")
    axes.tick_params(axis="y", labelsize=style.SMALL, labelcolor=style.MUTED)
    _months(axes, first, last)
    for part in found:
        _line(axes, part, first)
    for each in every:
        _dot(axes, each.month.since(first), each, view, is_last=each == every[-1])
    return figure


def _months(axes: Axes, first: Month, last: Month) -> None:
    """Name months along the axis, the last one always, as many as there is room for."""
    steps = last.since(first)
    shown = list(range(steps, -1, -(1 + steps // _LABELS)))
    axes.set_xticks(shown, [first.plus(at).in_digits for at in shown])


def _line(axes: Axes, part: Sequence[Limits], first: Month) -> None:
    """One stretch: limits as a step for each month, the centre as a thin line, the rates joined but over a gap."""
    for each in part:
        at = each.month.since(first)
        if each.lower is not None and each.upper is not None and each.centre is not None:
            ends = [at - 0.5, at + 0.5]
            axes.fill_between(ends, each.lower, each.upper, color=style.LIGHT, linewidth=0, zorder=1)
            axes.plot(ends, [each.centre] * 2, color=style.GREY, linewidth=0.8, zorder=2)
    for before, now in pairwise(part):
        if now.month.since(before.month) == 1:
            at = now.month.since(first)
            axes.plot([at - 1, at], [before.rate, now.rate], color=style.CITY, linewidth=1.8, zorder=4)


def _dot(axes: Axes, at: int, each: Limits, view: MonthView, *, is_last: bool) -> None:
    colour = style.ACCENT if each.signal else style.CITY
    axes.plot(at, each.rate, "o", color=colour, markersize=8 if each.signal else 5, zorder=5)
    if each.signal or is_last:
        side = -13 if each.signal == "low" else 13
        place = {"xytext": (9, 0), "ha": "left"} if is_last else {"xytext": (0, side), "ha": "center"}
        axes.annotate(
            view.words.number(each.rate, 1), (at, each.rate), textcoords="offset points", va="center", fontsize=style.SMALL,
            color=colour, fontweight=600, annotation_clip=False, zorder=6, **place,
        )  # fmt: skip


def _chart(view: MonthView, figure: Figure, rule: Rule, found: Sequence[Limits]) -> Chart:
    words = view.words
    rows = [_row(view, each) for each in found]
    told = [
        words.text("chart.control.row", month=row[0], rate=row[1], lower=row[2], upper=row[4]) for row in rows
    ]
    header = [
        words.text(f"chart.control.column_{name}") for name in ("month", "rate", "lower", "centre", "upper")
    ]
    facts = [view.fact(view.place.city, name, "count") for name in rule.counts]
    return finish(
        view, "control", figure, facts=facts, header=header, rows=rows, told=told, title=_title(view, found[-1]),
        is_over_months=True, name_of_rule=named(rule, view), city=view.place_name,
    )  # fmt: skip


def _row(view: MonthView, each: Limits) -> tuple[str, ...]:
    numbers = (each.rate, each.lower, each.centre, each.upper)
    return each.month.in_digits, *(
        "–" if number is None else view.words.number(number, 2) for number in numbers
    )


def _title(view: MonthView, last: Limits) -> str:
    """Whether the month is a signal; where the last month with counts is another one, that one is named."""
    words = view.words
    key = (
        "new_level"
        if last.is_new_level
        else last.signal or ("none" if last.centre is not None else "not_judged")
    )
    bound = last.lower if last.signal == "low" else last.upper
    given = (
        {"bound": words.number(bound, 1)}
        if last.signal and bound is not None and not last.is_new_level
        else {}
    )
    month = capital(view.month_short(last.month))
    return words.text(f"chart.control.title_{key}", rate=words.number(last.rate, 1), month=month, **given)
