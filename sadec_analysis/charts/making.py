"""What every chart needs besides its drawing: sentences, source line, table, alternative text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from matplotlib.figure import Figure

from sadec_analysis.blocks import Chart, Grid, Note, Spans, spans
from sadec_analysis.charts.style import to_svg
from sadec_analysis.facts import Fact
from sadec_analysis.monthly import MonthView


def finish(
    view: MonthView,
    name: str,
    figure: Figure,
    *,
    facts: Sequence[Fact],
    header: Sequence[str],
    rows: Iterable[Sequence[Fact | str]],
    told: Iterable[str],
    title: str,
    is_computed: bool = False,
    kind: str = "",
    is_over_months: bool = False,
    **values: Any,
) -> Chart:
    """Make the chart block: ``told`` are its rows in words, ``values`` fill the subtitle.

    ``kind`` names the kind of source of what is counted and is no fact; ``is_over_months`` says that months
    before are shown too.
    """
    words = view.words
    subtitle = words.text(f"chart.{name}.subtitle", month=view.month_name(), **values)
    alt = words.text("chart.alt", title=title, subtitle=subtitle, facts="; ".join(told))
    data = Grid(
        words.text("chart.data"), tuple(header), tuple(map(_cells, rows)), tuple(range(1, len(header)))
    )
    source = source_line(view, facts, is_computed=is_computed, kind=kind, is_over_months=is_over_months)
    return Chart(name, title, subtitle, source, alt, to_svg(figure, f"{name}-{view.month}"), data)


def _cells(row: Sequence[Fact | str]) -> tuple[Spans, ...]:
    return tuple(spans(cell.num() if isinstance(cell, Fact) else cell) for cell in row)


def source_line(
    view: MonthView,
    facts: Sequence[Fact],
    *,
    is_computed: bool = False,
    kind: str = "",
    is_over_months: bool = False,
) -> str:
    """Name the sources and the parts of them the facts were read from; say what the badges are."""
    words = view.words
    kinds = [kind] if kind else view.kinds_of(facts)
    report = "; ".join(_named(each, facts, view) for each in kinds) or words.text("unknown")
    key = "chart.source_computed" if is_computed else "chart.source"
    is_past = is_over_months and view.has_synthetic_past
    is_empty = view.is_synthetic and not any(fact.source for fact in facts)  # what is missing is made up too
    is_made_up = view.is_made_up(facts, kind) or is_past or is_empty
    marks = [words.text("brief.sources_synthetic")] if is_made_up else []
    is_marked = any(fact.badges for fact in facts) and not is_over_months  # charts over months draw no marks
    marks += [words.text("chart.marks")] if is_marked else []
    marks += [words.text("chart.corrected")] if any(fact.status == "corrected" for fact in facts) else []
    return " ".join([words.text(key, report=report), *marks])


def _named(kind: str, facts: Sequence[Fact], view: MonthView) -> str:
    """Name one kind of source with the parts read: "Báo cáo tháng 11 năm 2022, mục I.1, II.2.1"."""
    words = view.words
    own = [fact for fact in facts if fact.source and view.kind_of(fact) == kind]
    parts = sorted({section for fact in own for section in fact.sections})
    named = words.text(f"chart.{kind}", month=view.month_name())
    if kind == "report":
        key = "place.section" if len(parts) == 1 else "place.sections"
        return f"{named}, {words.text(key, place=', '.join(parts))}"
    return f"{named}, {', '.join(parts)}" if kind == "workbook" else named


def no_wards(view: MonthView) -> Note:
    """Say that the place has no wards to draw."""
    return Note(
        "missing", view.words.text("brief.missing_label"), spans(view.words.text("brief.missing_wards"))
    )


def name_of(fact: Fact) -> str:
    """The unit's short name."""
    return fact.unit.label


def by_value(facts: Iterable[Fact]) -> list[Fact]:
    """Sort from the highest value; facts known only by limits follow, those unknown come last."""
    return sorted(
        facts,
        key=lambda fact: (-float(fact.value if fact.value is not None else fact.lower or -1), fact.unit.code),
    )
