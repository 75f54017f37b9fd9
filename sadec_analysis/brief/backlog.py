"""What late dossiers cost: the points each unit would have had with every dossier on time."""

from __future__ import annotations

from decimal import Decimal

from sadec_analysis.analysis.levers import Lever
from sadec_analysis.analysis.what_if import backlog as backlog_of
from sadec_analysis.blocks import Block, Grid, Heading, Spans, Text, spans
from sadec_analysis.brief.levers import figures_of, overdue_of, rows_of, say, worked_out
from sadec_analysis.brief.sentences import joined
from sadec_analysis.charts.parts import named
from sadec_analysis.monthly import MonthView
from sadec_analysis.places import Unit
from sadec_analysis.rulebook import Grade
from sadec_analysis.scoring import grade_of
from sadec_analysis.words import capital

_SOME = 10  # late dossiers whose gain is told
Late = tuple[Unit, Lever]


def backlog(view: MonthView) -> list[Block]:
    """Points from clearing late dossiers, unit by unit, most first; nothing where no unit has any or none is known."""
    rows = rows_of(view)
    found = [
        (unit, lever)
        for unit in view.place.own
        if (lever := backlog_of(rows, unit.code, view.rulebook, overdue_of(view, unit)))
    ]
    if not found:
        return []
    found.sort(key=lambda late: -late[1].most)
    unit, most = found[0]
    gain = worked_out(view, most.most, figures_of(view, most))
    key = "backlog_title" if len(found) > 1 else "backlog_title_one"
    title = say(view, key, unit=capital(unit.label), gain=gain)
    return [Heading(3, title), Text(_sentences(view, found)), _table(view, found)]


def _sentences(view: MonthView, found: list[Late]) -> Spans:
    words = view.words
    raised = [unit.label for unit, lever in found if _is_raised(view, unit, lever)]
    sentences = [say(view, "backlog_basis", name=named(found[0][1].rule, view))]
    if raised:
        sentences.append(
            say(view, "backlog_raised", count=words.count(len(raised)), names=words.listed(raised))
        )
    elif any(_after(view, *late) for late in found):
        sentences.append(say(view, "backlog_not_raised"))
    if any(lever.is_derived for _, lever in found):
        sentences.append(say(view, "basis_derived"))
    return joined(sentences)


def _after(view: MonthView, unit: Unit, lever: Lever) -> tuple[Decimal, Grade] | None:
    """Total and grade with every dossier on time; None where the total is not known."""
    total = view.fact(unit, "total", "points").value
    return None if total is None else (total + lever.most, grade_of(total + lever.most, view.rulebook))


def _is_raised(view: MonthView, unit: Unit, lever: Lever) -> bool:
    total, after = view.fact(unit, "total", "points").value, _after(view, unit, lever)
    return total is not None and after is not None and after[1].value > grade_of(total, view.rulebook).value


def _table(view: MonthView, found: list[Late]) -> Grid:
    words = view.words
    columns = ("unit", "late", "some", "all", "after", "grade_after")
    header = tuple(words.text(f"outlook.column_{name}", some=words.number(_SOME)) for name in columns)
    rows = tuple(_row(view, unit, lever) for unit, lever in found)
    return Grid(words.text("outlook.backlog_table"), header, rows, (1, 2, 3, 4))


def _row(view: MonthView, unit: Unit, lever: Lever) -> tuple[Spans, ...]:
    sources, total = figures_of(view, lever), view.fact(unit, "total", "points")
    late, after = view.fact(unit, overdue_of(view, unit), "count"), _after(view, unit, lever)
    some = None if lever.left is None else lever.gain(min(_SOME, lever.left))
    return (
        spans(unit.label),
        spans(
            late.num()
            if late.is_known
            else "–"
            if lever.left is None
            else worked_out(view, Decimal(lever.left), sources)
        ),
        spans("–" if some is None else worked_out(view, some, sources)),
        spans(worked_out(view, lever.most, sources)),
        spans("–" if after is None else worked_out(view, after[0], [total, *sources])),
        spans("–" if after is None else after[1].name(view.words.lang)),
    )
