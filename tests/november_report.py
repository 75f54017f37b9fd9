"""The real report of November 2022 as Markdown, and all that a report gives, for readers that must give the same."""

from __future__ import annotations

from dataclasses import replace

from conftest import REPORT, REPOSITORY

from sadec_analysis.months import Month
from sadec_analysis.reading.reports.narrative import read_narrative
from sadec_analysis.reading.reports.reader import ReportReader

MARKDOWN = REPOSITORY / "data" / "raw" / "2022-11" / REPORT


def given_by(document, place, rulebook):
    """Figures, texts left unread, and passages of a report; but for the name of its file."""
    reading = ReportReader(document, Month(2022, 11), place, rulebook).read()
    figures = [replace(figure, source="") for figure in reading.figures]
    passages = [replace(passage, source="") for passage in read_narrative(document, rulebook)]
    return figures, [each.text for each in reading.unread], passages
