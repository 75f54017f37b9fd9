"""Opening and section I of the report: the city's total and criteria, and its wards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sadec_analysis.report.figures import Figures
from sadec_analysis.report.pieces import Cells, Line, Picture, Piece, Run, Said, fill, line, wording


def opening(month: Figures) -> Iterator[Piece]:
    """Title, subject, what the report follows from; and that data are made up, where they are."""
    view = month.view
    yield line("opening.form", "Title")
    yield line("opening.subject", "Subtitle", **month.names)
    if view.is_synthetic:
        yield line("opening.synthetic", label=view.words.text("brief.synthetic"))
    yield line("opening.basis", province=view.place.province, **month.names)


def results(month: Figures) -> Iterator[Piece]:
    """Section I."""
    yield line("result.part", "Heading 1")
    yield line("result.city", "Heading 2", **month.names)
    yield _total(month)
    yield line("result.details")
    criteria = month.view.rulebook.criterion
    for number, criterion in enumerate(criteria, 1):
        points, end = month.fact(criterion.id, "points"), "." if number == len(criteria) else ";"
        key = "criterion" if points.is_known else "criterion_unknown"
        values = {"points": month.said(points), "max": month.maximum(criterion.id), "end": end}
        yield line(f"result.{key}", name=_spoken(criterion.name_vi), **values)
    if any(month.fact(criterion.id, "points").is_known for criterion in criteria):
        yield Picture("criteria", wording("figures.criteria"))
    yield from _wards(month)


def _spoken(name: str) -> str:
    """A criterion's name as a label: no comma, for what follows it is the label's own."""
    return name.replace(",", "")


def _total(month: Figures) -> Line:
    total, change, grade = (month.fact("total", measure) for measure in ("points", "change", "grade"))
    if not total.is_known:
        return line("result.no_total", **month.names)
    runs = fill("result.total", total=month.said(total), max=_top(month), **month.names)
    runs += fill("result.change", change=month.change(change)) if change.is_known else ()
    runs += fill("result.grade", grade=month.grade(grade)) if grade.is_known else ()
    return Line((*runs, *month.place("result.rank", "total"), Run(".")))


def _top(month: Figures) -> str:
    return month.view.words.number(month.view.rulebook.max_points)


def _wards(month: Figures) -> Iterator[Piece]:
    totals = month.ranked("total", "points")
    if not totals:
        return
    yield line("result.wards", "Heading 2")
    yield line("result.extremes", high=totals[0].text(), low=totals[-1].text(), max=_top(month))
    yield from _graded(month)
    rows = []
    for fact in totals:
        rank, change, grade = (month.fact("total", name, fact.unit) for name in ("rank", "change", "grade"))
        number = f"{int(rank.value)}. " if rank.value is not None else ""
        name = Said(f"{number}UBND {fact.unit.name}")
        rows.append((name, month.said(fact), month.change(change), month.grade(grade)))
    yield Cells(wording("result.wards_caption"), tuple(wording("result.wards_header")), tuple(rows), (1,))
    yield Picture("ward_totals", wording("figures.ward_totals"))


def _graded(month: Figures) -> Iterator[Line]:
    """How many wards have each grade, lowest first; the sentence before the table leads to it."""
    grades = [int(fact.value) for fact in month.ranked("total", "grade") if fact.value]
    counted = sorted(Counter(grades).items(), reverse=True)
    for number, (grade, count) in enumerate(counted, 1):
        key = "graded" if number == len(counted) else "graded_more"
        name = month.view.rulebook.grades[grade].name_vi
        yield line(f"result.{key}", count=str(count), of=str(len(month.view.place.wards)), grade=name)
