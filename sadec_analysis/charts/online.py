"""Who misses the target for dossiers handed in online."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sadec_analysis.blocks import Chart
from sadec_analysis.charts import style
from sadec_analysis.charts.intervals import ROW, rate_row
from sadec_analysis.charts.making import by_value, finish, name_of
from sadec_analysis.facts import Fact
from sadec_analysis.monthly import MonthView
from sadec_analysis.words import capital

_RATE = "online_service.online_submission"


def online_submission(view: MonthView) -> Chart:
    """Rates against the target; what the report only bounds is an open box."""
    facts = [
        view.fact(view.place.city, _RATE, "percent"),
        *by_value(view.facts(_RATE, "percent", view.place.wards)),
    ]
    goal = target(view)
    with style.drawing(f"online_submission-{view.month}"):
        figure, axes = style.canvas(ROW * len(facts) + 50, left=112, right=12, top=22, bottom=24)
        axes.set(xlim=(0, 100), xticks=range(0, 101, 25))
        style.rows(axes, [name_of(fact) for fact in facts], {0})
        for at, fact in enumerate(facts):
            rate_row(axes, at, fact, is_city=at == 0)
        if goal is not None:
            _target_line(axes, goal, view)
        return _chart(view, figure, facts, goal)


def target(view: MonthView) -> float | None:
    """The target in percent: as printed in the month's report, else the rulebook's; None where neither states one."""
    printed = view.fact(view.place.city, f"{_RATE}_target", "percent")
    known = view.rulebook.target_of(_RATE)
    return float(printed.value) if printed.value is not None else known.percent if known else None


def below_target(view: MonthView) -> list[Fact]:
    """Units known to miss the target; a rate that equals it reaches it, limits that end at it do not."""
    goal = target(view)
    return [fact for fact in view.facts(_RATE, "percent") if goal is not None and _misses(fact, goal)]


def _misses(fact: Fact, goal: float) -> bool:
    if fact.value is not None:
        return float(fact.value) < goal
    return fact.upper is not None and float(fact.upper) <= goal


def _target_line(axes: Axes, goal: float, view: MonthView) -> None:
    axes.axvline(goal, color=style.ACCENT, linewidth=1.6, zorder=4)
    text = view.words.text("chart.online_submission.target", target=f"{view.words.number(goal)}%")
    axes.text(
        goal, 1.012, text, transform=axes.get_xaxis_transform(), ha="center", va="bottom", color=style.ACCENT,
        fontsize=style.SMALL, fontweight=600,
    )  # fmt: skip


def _chart(view: MonthView, figure: Figure, facts: list[Fact], goal: float | None) -> Chart:
    words, below = view.words, below_target(view)
    if goal is None:
        title = words.text("chart.online_submission.title_unknown")
    elif below:
        names = words.listed([name_of(fact) for fact in below])
        count = words.count(len(below))
        title = words.text(
            "chart.online_submission.title_below", count=capital(count),
            target=f"{words.number(goal)}%", names=names,
        )  # fmt: skip
    else:
        title = _title_without_misses(view, facts, goal)
    header = [words.text("chart.unit"), words.text("chart.online_submission.column_rate")]
    told = [words.text("chart.online_submission.row", name=name_of(fact), rate=fact.text()) for fact in facts]
    rows = [(name_of(fact), fact) for fact in facts]
    return finish(
        view, "online_submission", figure, facts=facts, header=header, rows=rows, told=told, title=title
    )


def _title_without_misses(view: MonthView, facts: list[Fact], goal: float) -> str:
    """Nobody is known to miss the target; whether all reach it depends on what is known."""
    unknown = [fact for fact in facts if fact.lower is None or float(fact.lower) < goal]
    if not unknown:
        return view.words.text("chart.online_submission.title_all", target=f"{view.words.number(goal)}%")
    title = view.words.text("chart.online_submission.title_partly", count=view.words.count(len(unknown)))
    return capital(title)
