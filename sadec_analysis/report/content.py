"""The whole report, from its title to its closing sentence."""

from __future__ import annotations

from collections.abc import Iterator

from sadec_analysis.monthly import MonthView
from sadec_analysis.report.criteria import criteria, words
from sadec_analysis.report.figures import Figures
from sadec_analysis.report.pieces import Piece, line
from sadec_analysis.report.results import opening, results


def content(view: MonthView) -> Iterator[Piece]:
    """Opening, sections I to IV and the closing sentence, in the order of the office's own report."""
    month = Figures(view)
    yield from opening(month)
    yield from results(month)
    yield from criteria(month)
    yield from _remedies(month)
    yield line("requests.part", "Heading 1")
    yield from words(month, "requests", "", "requests.none", lead="- ")
    yield line("requests.closing", **month.names)


def _remedies(month: Figures) -> Iterator[Piece]:
    """Section III: a heading for each criterion somebody wrote about; all of them where nobody did."""
    yield line("remedies.part", "Heading 1")
    told = {each["criterion"] for each in month.view.documents["passages"] if each["topic"] == "remedies"}
    named = [each for each in month.view.rulebook.criterion if not told or each.id in told]
    for number, criterion in enumerate(named, 1):
        name = criterion.name_vi.replace(",", "")
        yield line("criteria.heading", "Heading 2", number=str(number), name=name)
        yield from words(month, "remedies", criterion.id, "remedies.none")
