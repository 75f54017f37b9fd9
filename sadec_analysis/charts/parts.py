"""Where the points are lost within the criteria: every sub-indicator against its maximum."""

from __future__ import annotations

from decimal import Decimal

from matplotlib.axes import Axes

from sadec_analysis.blocks import Block, Note, spans
from sadec_analysis.charts import style
from sadec_analysis.charts.making import finish
from sadec_analysis.facts import Fact
from sadec_analysis.monthly import MonthView
from sadec_analysis.rulebook import Rule
from sadec_analysis.scoring import decimal

_ROW = 38
_MOST = 8
Scored = tuple[Rule, Fact]


def sub_indicators(view: MonthView) -> Block:
    """Bullet bars of the sub-indicators that lose most, at most eight; a remark where none is known."""
    scored = [pair for pair in most_lost(view) if points_lost(*pair)][:_MOST]
    if not scored:
        return Note(
            "missing", view.words.text("brief.missing_label"), spans(view.words.text("brief.missing_parts"))
        )
    with style.drawing(f"sub_indicators-{view.month}"):
        figure, axes = style.canvas(_ROW * len(scored) + 8, left=4, right=4, top=4, bottom=4)
        axes.set(xlim=(0, 100), ylim=(len(scored) - 0.5, -0.5), xticks=[], yticks=[])
        for at, pair in enumerate(scored):
            _bullet(axes, at, *pair, view)
        words = view.words
        first, fact = scored[0]
        title = words.text(
            "chart.sub_indicators.title",
            name=named(first, view),
            lost=words.number(points_lost(first, fact), 2),
        )
        header = [
            words.text(f"chart.sub_indicators.column_{name}") for name in ("part", "points", "max", "lost")
        ]
        rows = [
            (named(rule, view), fact, words.number(rule.max_points), words.number(points_lost(rule, fact), 2))
            for rule, fact in scored
        ]
        told = [
            words.text(
                "chart.criteria.row",
                name=named(rule, view),
                points=fact.text(),
                max=words.number(rule.max_points),
            )
            for rule, fact in scored
        ]
        return finish(
            view, "sub_indicators", figure, facts=[fact for _, fact in scored], header=header, rows=rows, told=told,
            title=title, city=view.place_name,
        )  # fmt: skip


def most_lost(view: MonthView) -> list[Scored]:
    """The place's sub-indicators whose points are known, most points lost first."""
    pairs = [
        (rule, view.fact(view.place.city, rule.indicator, "points")) for rule in view.rulebook.rules.values()
    ]
    return sorted(
        (pair for pair in pairs if pair[1].is_known and pair[0].max_points),
        key=lambda pair: -points_lost(*pair),
    )


def points_lost(rule: Rule, fact: Fact) -> Decimal:
    """Points missing to the sub-indicator's maximum."""
    return decimal(rule.max_points) - (fact.value or 0)


def named(rule: Rule, view: MonthView) -> str:
    """A sub-indicator by number and name; by its name where its id is no number."""
    if not rule.id[0].isdigit():
        return rule.name.text(view.words.lang)
    return view.words.text("chart.sub_indicators.name", id=rule.id, name=rule.name.text(view.words.lang))


def _bullet(axes: Axes, at: int, rule: Rule, fact: Fact, view: MonthView) -> None:
    words, top = view.words, decimal(rule.max_points)
    colour = style.ACCENT if at == 0 else style.MUTED
    axes.barh(at + 0.18, 100, height=0.26, color=style.LIGHT, zorder=1)
    axes.barh(at + 0.18, float(100 * (fact.value or 0) / top), height=0.26, color=style.CITY, zorder=2)
    axes.plot([0, 0], [at + 0.05, at + 0.31], color=style.CITY, linewidth=2.4, zorder=3)
    axes.text(
        0,
        at - 0.18,
        named(rule, view),
        va="center",
        ha="left",
        fontweight=600 if at == 0 else 400,
        fontsize=style.SMALL,
    )
    missing = words.text("chart.criteria.lost", lost=words.number(points_lost(rule, fact), 2))
    axes.text(100, at - 0.18, missing, va="center", ha="right", color=colour, fontsize=style.SMALL)
    shown = f"{fact.text()}/{words.number(top)}"
    axes.text(82, at - 0.18, shown, va="center", ha="right", fontweight=600, fontsize=style.SMALL)
    style.badge(axes, 82, at - 0.18, fact.badges, offset=10)
