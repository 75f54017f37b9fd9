"""What is written of a built month and its executed notebooks: each function one task, into a folder put in place later."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd

from sadec_analysis import figures
from sadec_analysis.blocks import blocks_of
from sadec_analysis.brief.html import Page, to_pages
from sadec_analysis.brief.pdf import to_pdf
from sadec_analysis.brief.spreadsheet import write_xlsx
from sadec_analysis.brief.standalone import standalone_svgs
from sadec_analysis.brief.word import to_word
from sadec_analysis.checks.finding import COLUMNS as FINDING_COLUMNS
from sadec_analysis.monthly import MonthView
from sadec_analysis.report import write_report
from sadec_analysis.running.names import BRIEF, NAMES
from sadec_analysis.running.opened import executed, opened
from sadec_analysis.running.parameters import Parameters
from sadec_analysis.running.prose import heading_of
from sadec_analysis.words import capital


def brief_page(parameters: Parameters, folder: str) -> None:
    """``brief.html``."""
    view = opened(parameters)
    document = (executed(folder, BRIEF, view), _page(view, _title(view), is_brief=True))
    _write_text(Path(folder) / "brief.html", to_pages([document])[0])


def pages(parameters: Parameters, folder: str) -> None:
    """A page beside every executed notebook."""
    view = opened(parameters)
    notebooks = [executed(folder, name, view) for name in NAMES]
    documents = [
        (each, _page(view, f"{heading_of(each)} · {_title(view)}", is_brief=False)) for each in notebooks
    ]
    for name, text in zip(NAMES, to_pages(documents), strict=True):
        _write_text(Path(folder) / "notebooks" / f"{name}.html", text)


def _page(view: MonthView, title: str, *, is_brief: bool) -> Page:
    words = view.words
    return Page(
        title,
        words.lang,
        is_brief=is_brief,
        code_label=words.text("code"),
        contents_label=words.text("contents"),
    )


def paper(parameters: Parameters, folder: str) -> None:
    """``brief.pdf``: all of the brief for print."""
    _paper(parameters, folder, "brief.pdf", is_one_page=False)


def one_page(parameters: Parameters, folder: str) -> None:
    """``brief-1page.pdf``: its first page, for those who read no more."""
    _paper(parameters, folder, "brief-1page.pdf", is_one_page=True)


def _paper(parameters: Parameters, folder: str, name: str, *, is_one_page: bool) -> None:
    view = opened(parameters)
    kept = executed(folder, BRIEF, view)
    pdf = to_pdf(kept, _title(view), view.words.lang, _received(view), is_one_page=is_one_page)
    (Path(folder) / name).write_bytes(pdf)


def word(parameters: Parameters, folder: str) -> None:
    """``brief.docx``: the brief to be edited."""
    view = opened(parameters)
    written = to_word(executed(folder, BRIEF, view), _title(view), view.words.lang, _received(view))
    (Path(folder) / "brief.docx").write_bytes(written)


def report(parameters: Parameters, folder: str) -> None:
    """``report.docx``: the official report, a Vietnamese document, whatever the language of the brief."""
    view = opened(parameters, "vi")
    written = write_report(view, _received(view), parameters.tree.base_document(parameters.place))
    (Path(folder) / "report.docx").write_bytes(written)


def charts(parameters: Parameters, folder: str) -> None:
    """``charts``: one file per chart that any notebook shows."""
    view, target = opened(parameters), Path(folder) / "charts"
    target.mkdir(exist_ok=True)
    shown = (
        block
        for name in NAMES
        for block in blocks_of(executed(folder, name, view))
        if block["kind"] == "chart"
    )
    found = {block["name"]: block for block in shown}
    for name, text in zip(found, standalone_svgs([*found.values()]), strict=True):
        _write_text(target / f"{name}.svg", text)


def tables(parameters: Parameters, folder: str) -> None:
    """``tables``: figures, findings and counts of dossiers, for spreadsheets."""
    view, target = opened(parameters), Path(folder) / "tables"
    target.mkdir(exist_ok=True)
    figures.write_csv(_labelled(view.figures, "source", view), target / "figures.csv")
    figures.write_csv(
        _labelled(view.findings[list(FINDING_COLUMNS)], "message", view), target / "findings.csv"
    )
    write_xlsx(target / "tables.xlsx", view, _received(view))
    if len(view.tallies):
        figures.write_csv(_labelled(view.tallies, "member", view), target / "dossiers.csv")


def _title(view: MonthView) -> str:
    title = view.words.text("brief.title", city=capital(view.place_name), month=view.month_name())
    return f"{title}, {view.words.text('brief.synthetic')}" if view.is_synthetic else title


def _received(view: MonthView) -> dt.date:
    """The day the month's sources were last received: the date of what is made from them."""
    days = [dt.date.fromisoformat(file["received"]) for file in view.documents["files"]]
    return max(days, default=dt.date(view.month.year, view.month.number, 1))


def _labelled(table: pd.DataFrame, column: str, view: MonthView) -> pd.DataFrame:
    """Say in every row that data are made up, where they are: a row may be copied out of its table."""
    if not view.is_synthetic:
        return table
    return table.assign(**{column: view.words.text("brief.synthetic") + ": " + table[column]})


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
