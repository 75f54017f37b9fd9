"""What explains a change of the total: the chart's data, title and table, whichever way it is drawn."""

from __future__ import annotations

from matplotlib.figure import Figure

from sadec_analysis.analysis.decomposition import Decomposition, Part
from sadec_analysis.blocks import Block, Chart, Note, spans
from sadec_analysis.charts import limits, style, waterfall
from sadec_analysis.charts.making import finish
from sadec_analysis.charts.signed import between, name_of, spanned
from sadec_analysis.monthly import MonthView
from sadec_analysis.words import uncapital


def change(view: MonthView) -> Block:
    """The change of the city's total by criterion: a waterfall where all parts are known, or else their limits."""
    found = view.change
    if found is None:
        text = spans(view.words.text("change.no_total", month=view.previous_name))
        return Note("missing", view.words.text("brief.missing_label"), text)
    with style.drawing(f"change-{view.month}"):
        if found.is_exact:
            return _chart(view, waterfall.draw(found, view), found, _exact_title(found, view))
        return _chart(view, limits.draw(found, view), found, _limits_title(found, view))


def _exact_title(found: Decomposition, view: MonthView) -> str:
    first = found.widest
    if not found.change or not first.change.lower:
        return view.words.text("chart.change.title_same")
    key = "title_exact_fall" if found.change < 0 else "title_exact_rise"
    sizes = {name: view.words.number(abs(value), 2) for name, value in (("size", first.change.lower), ("change", found.change))}  # fmt: skip
    return view.words.text(f"chart.change.{key}", name=name_of(first, view), **sizes)


def _limits_title(found: Decomposition, view: MonthView) -> str:
    words, names = view.words, [uncapital(name_of(part, view)) for part in found.alone]
    told = {"change": words.number(abs(found.change), 2)}
    key = "fall" if found.change < 0 else "rise"
    if not found.change:
        return words.text("chart.change.title_same")
    if not names:
        return words.text(f"chart.change.title_none_{key}", **told)
    if len(names) == len(found.parts):
        return words.text("chart.change.title_any", **told)
    listed = words.listed(names, "or")
    return words.text(f"chart.change.title_alone_{key}", names=listed, **told)


def _row(part: Part, view: MonthView) -> tuple[str, ...]:
    months = (part.before, part.after)
    points = (spanned(each.lower, each.upper, view) for each in months)
    return name_of(part, view), *points, between(part.change, view), between(part.rest, view)


def _chart(view: MonthView, figure: Figure, found: Decomposition, title: str) -> Chart:
    words, city = view.words, view.place.city
    rows = [_row(part, view) for part in found.parts]
    told = [words.text("chart.change.row", name=row[0], change=row[3], rest=row[4]) for row in rows]
    header = [
        words.text(f"chart.change.column_{name}")
        for name in ("criterion", "before", "after", "change", "rest")
    ]
    facts = [view.fact(city, "total", measure) for measure in ("points", "change")]
    facts += [view.fact(city, part.name, "points") for part in found.parts]
    return finish(
        view, "change", figure, facts=facts, header=header, rows=rows, told=told, title=title, is_over_months=True,
        before=view.previous_name, known=words.text(f"chart.change.{'exact' if found.is_exact else 'limits'}"),
    )  # fmt: skip
