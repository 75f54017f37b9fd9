"""The controls in JupyterLab: they hand a choice on and show what comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import ipywidgets as widgets

from sadec_analysis.blocks import Block, Note, spans
from sadec_analysis.blocks.html import css, render
from sadec_analysis.errors import SadecError
from sadec_analysis.exploring.choice import (
    TOTAL,
    Choice,
    Figure,
    Look,
    figures_of,
    look,
    months_present,
    warning,
)
from sadec_analysis.exploring.results import view_in
from sadec_analysis.monthly import MonthView
from sadec_analysis.places import load_place
from sadec_analysis.rulebook import Rulebook
from sadec_analysis.words import capital

_ROWS = 10  # of each list: the city and its nine wards without scrolling
# Table and chart side by side where there is room, everything else across the page.
_STYLE = (
    ".explore{display:flex;flex-wrap:wrap;align-items:flex-start;gap:0 2.5rem;padding-right:6px}.explore>*{flex:1 1 100%;min-width:0}"
    ".explore>.scroll{flex:1 1 22rem}.explore>.chart{flex:1 1 26rem;margin-top:.6em}.explore h3{margin-top:1em}"
)
_BOXES = {
    "months": {"flex": "0 0 8em"}, "units": {"flex": "0 0 13em"}, "criterion": {"flex": "0 0 13em"},
    "figure": {"flex": "1 1 14em", "max_width": "28em"},
}  # fmt: skip


def panel(start: Choice) -> widgets.Widget:
    """Controls for months, units, criterion and figure in one row, and under them what the choice shows."""
    return _Panel(start).box


class _Panel:
    """Wires four lists to one page; every change is read, looked up and shown before the next."""

    def __init__(self, start: Choice) -> None:
        self._start, self._is_busy = start, False
        self.months, self.units, self.criterion, self.figure = _lists(start)
        self.page = widgets.HTML(layout={"width": "100%"})
        lists = [getattr(self, name) for name in _BOXES]
        controls = [_labelled(name, each, start) for name, each in zip(_BOXES, lists, strict=True)]
        row = widgets.HBox(controls, layout={"flex_flow": "row wrap", "grid_gap": "0 1em"})
        self.box = widgets.VBox([row, self.page])
        self._show(start)
        for each in lists:
            each.observe(self._changed, "value")

    def _changed(self, _: Any) -> None:
        """Show the new choice; a change made here while fitting the list of figures is no new one."""
        if not self._is_busy:
            self._show(self._chosen())

    def _chosen(self) -> Choice:
        indicator, measure = self.figure.value
        if indicator.partition(".")[0] != self.criterion.value:
            indicator, measure = self.criterion.value, "points"
        months, units = tuple(sorted(self.months.value)), tuple(self.units.value)
        return replace(self._start, months=months, units=units, indicator=indicator, measure=measure)

    def _show(self, choice: Choice) -> None:
        words, self._is_busy = choice.words, True
        try:
            self._write([Note("missing", "", spans(words.text("explore.working")))])
            seen = look(choice)
            choice = self._fitted(choice, seen)
            self._write(view_in(choice, seen))
        except SadecError as error:
            self._write([warning(words, str(error))])
        except Exception as error:  # noqa: BLE001 - the controls go on working; a traceback tells a reader nothing
            self._write([warning(words, f"{type(error).__name__}: {error}")])
        finally:
            self._is_busy = False

    def _fitted(self, choice: Choice, seen: Look) -> Choice:
        """Offer the criteria and figures there are; without a month that can be read, leave the lists as they are."""
        if seen.view is None:
            return choice
        chosen = (choice.indicator, choice.measure)
        pairs = figures_of(seen.view, choice.criterion, chosen)
        self.criterion.options = _criteria(seen.view.rulebook, choice)
        self.criterion.value = choice.criterion
        self.figure.options = _named(pairs, seen.view)
        self.figure.value = chosen if chosen in pairs else pairs[0]
        indicator, measure = self.figure.value
        return replace(choice, indicator=indicator, measure=measure)

    def _write(self, blocks: list[Block]) -> None:
        pieces = "".join(render(block.as_json()) for block in blocks)
        self.page.value = f'<div class="sadec explore"><style>{css()}{_STYLE}</style>{pieces}</div>'


def _lists(start: Choice) -> tuple[widgets.Widget, ...]:
    words, place = start.words, load_place(start.place)
    present = months_present(start.root, start.place)
    shorts = [words.month_short(month.number, month.year) for month in present]
    months = list(zip(map(capital, shorts), present, strict=True))
    units = [(capital(unit.name), unit.code) for unit in place.own]
    chosen = [month for month in start.months if month in present]
    figure = (start.indicator, start.measure)
    return (
        _listed(widgets.SelectMultiple, months[::-1], chosen),
        _listed(widgets.SelectMultiple, units, start.units),
        _listed(widgets.Select, [(words.text("explore.total"), TOTAL)], TOTAL),
        _listed(widgets.Select, [("", figure)], figure),
    )


def _listed(kind: type[widgets.Widget], options: list[tuple[str, Any]], value: Any) -> widgets.Widget:
    return kind(options=options, value=value, rows=_ROWS, layout={"width": "auto"})


def _labelled(name: str, control: widgets.Widget, start: Choice) -> widgets.Widget:
    label = widgets.Label(start.words.text(f"explore.{name}"))
    return widgets.VBox([label, control], layout=_BOXES[name])


def _criteria(rulebook: Rulebook, choice: Choice) -> list[tuple[str, str]]:
    """The index as a whole and the criteria of the month's rules."""
    names = [(each.name(choice.lang), name) for name, each in rulebook.criteria.items()]
    return [(choice.words.text("explore.total"), TOTAL), *names]


def _named(figures: Sequence[Figure], view: MonthView) -> list[tuple[str, Figure]]:
    """Each figure by its name; where a rate and a count share one, with what it is measured in."""
    names = [capital(view.indicator(*figure)) for figure in figures]
    units = [view.words.text(f"explore.measure.{measure}") for _, measure in figures]
    told = [
        f"{name} ({unit})" if names.count(name) > 1 else name for name, unit in zip(names, units, strict=True)
    ]
    return list(zip(told, figures, strict=True))
