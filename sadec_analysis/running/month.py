"""A month from raw files to outputs: whole, or not at all."""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib.metadata
import json
import multiprocessing
import os
import platform
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

import nbformat
import pandas as pd
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from sadec_analysis import __version__, figures
from sadec_analysis.blocks import blocks_of
from sadec_analysis.blocks.together import keep_together
from sadec_analysis.brief.html import Page, to_pages
from sadec_analysis.brief.pdf import to_pdf
from sadec_analysis.brief.spreadsheet import write_xlsx
from sadec_analysis.brief.standalone import standalone_svg
from sadec_analysis.brief.word import to_word
from sadec_analysis.checks.finding import COLUMNS as FINDING_COLUMNS
from sadec_analysis.monthly import MonthView, open_month
from sadec_analysis.paths import require_writable, staged
from sadec_analysis.report import write_report
from sadec_analysis.running.notebooks import ANALYSES, BRIEF, FIRST, NAMES, execute
from sadec_analysis.running.parameters import Parameters
from sadec_analysis.running.prose import heading_of
from sadec_analysis.sharing.index import write_index
from sadec_analysis.sharing.published import headline
from sadec_analysis.words import capital

Progress = Callable[[str, float], None]
_LIBRARIES = ("pandas", "matplotlib", "seaborn", "papermill", "nbconvert", "typst", "pyarrow")


def run_month(parameters: Parameters, jobs: int | None = None, progress: Progress = lambda *_: None) -> Path:
    """Execute every notebook and put the month's outputs in place in one step; return their folder.

    ``progress`` is told each notebook or format and the seconds it took. Raises InputError
    or RunError with the former outputs untouched.
    """
    started = time.perf_counter()
    target = parameters.tree.outputs(parameters.month)
    require_writable(target)
    done: dict[str, NotebookNode] = {}
    for name, notebook, seconds in _executed(parameters, jobs or min(len(ANALYSES) + 1, os.cpu_count() or 1)):
        done[name] = notebook
        progress(name, seconds)
    view = open_month(str(parameters.month), parameters.place, parameters.lang, parameters.tree.root)
    with staged(target) as folder:
        exporting = time.perf_counter()
        _write_pages(folder, {name: _warned(done[name], view) for name in NAMES}, view)
        _write_papers(folder, done[BRIEF], view)
        (folder / "report.docx").write_bytes(_report(parameters, view))
        _write_charts(folder / "charts", [keep_together(done[name], view.place.names) for name in NAMES])
        _write_tables(folder / "tables", view)
        progress("html, pdf, docx, svg, tables", time.perf_counter() - exporting)
        _write_record(folder, view, parameters, time.perf_counter() - started)
    write_index(target.parent, view.words)
    return target


def _executed(parameters: Parameters, jobs: int) -> Iterator[tuple[str, NotebookNode, float]]:
    """Yield executed notebooks as they finish: 01_source first, for the others read what it builds."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_leave_interrupts) as pool:
        yield pool.submit(execute, FIRST, parameters).result()
        others = [pool.submit(execute, name, parameters) for name in (BRIEF, *ANALYSES)]
        try:
            for future in as_completed(others):
                yield future.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _leave_interrupts() -> None:
    """Let Ctrl-C end the kernel and reach the command; a worker then returns by itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _title(view: MonthView) -> str:
    title = view.words.text("brief.title", city=capital(view.place_name), month=view.month_name())
    return f"{title}, {view.words.text('brief.synthetic')}" if view.is_synthetic else title


def _received(view: MonthView) -> dt.date:
    """The day the month's sources were last received: the date of what is made from them."""
    days = [dt.date.fromisoformat(file["received"]) for file in view.documents["files"]]
    return max(days, default=dt.date(view.month.year, view.month.number, 1))


def _report(parameters: Parameters, view: MonthView) -> bytes:
    """The official report: a Vietnamese document, whatever the language of the brief."""
    own = open_month(str(parameters.month), parameters.place, "vi", parameters.tree.root)
    return write_report(own, _received(view), parameters.tree.base_document(parameters.place))


def _write_papers(folder: Path, brief: NotebookNode, view: MonthView) -> None:
    """The brief for print: all of it, its first page for those who read no more, and to be edited in Word."""
    kept = keep_together(brief, view.place.names)
    for name, is_one_page in (("brief.pdf", False), ("brief-1page.pdf", True)):
        pdf = to_pdf(kept, _title(view), view.words.lang, _received(view), is_one_page=is_one_page)
        (folder / name).write_bytes(pdf)
    (folder / "brief.docx").write_bytes(to_word(kept, _title(view), view.words.lang, _received(view)))


def _write_pages(folder: Path, notebooks: dict[str, NotebookNode], view: MonthView) -> None:
    """The brief, and every executed notebook with its page beside it."""
    (folder / "notebooks").mkdir()
    title, code, contents = _title(view), view.words.text("code"), view.words.text("contents")
    documents = {
        folder / "brief.html": (
            keep_together(notebooks[BRIEF], view.place.names),
            Page(title, view.words.lang, is_brief=True, code_label=code, contents_label=contents),
        )
    }
    for name, notebook in notebooks.items():
        nbformat.write(  # type: ignore[no-untyped-call]
            notebook, folder / "notebooks" / f"{name}.ipynb"
        )
        page = Page(
            f"{heading_of(notebook)} · {title}",
            view.words.lang,
            is_brief=False,
            code_label=code,
            contents_label=contents,
        )
        documents[folder / "notebooks" / f"{name}.html"] = (keep_together(notebook, view.place.names), page)
    for path, text in zip(documents, to_pages(list(documents.values())), strict=True):
        _write_text(path, text)


def _write_charts(folder: Path, notebooks: list[NotebookNode]) -> None:
    """One file per chart that any notebook shows."""
    folder.mkdir()
    charts = {
        block["name"]: block
        for notebook in notebooks
        for block in blocks_of(notebook)
        if block["kind"] == "chart"
    }
    for name, chart in charts.items():
        _write_text(folder / f"{name}.svg", standalone_svg(chart))


def _write_tables(folder: Path, view: MonthView) -> None:
    folder.mkdir()
    figures.write_csv(_labelled(view.figures, "source", view), folder / "figures.csv")
    findings = view.findings[list(FINDING_COLUMNS)]
    figures.write_csv(_labelled(findings, "message", view), folder / "findings.csv")
    write_xlsx(folder / "tables.xlsx", view, _received(view))
    if len(view.tallies):
        figures.write_csv(_labelled(view.tallies, "member", view), folder / "dossiers.csv")


def _labelled(table: pd.DataFrame, column: str, view: MonthView) -> pd.DataFrame:
    """Say in every row that data are made up, where they are: a row may be copied out of its table."""
    if not view.is_synthetic:
        return table
    return table.assign(**{column: view.words.text("brief.synthetic") + ": " + table[column]})


def _warned(notebook: NotebookNode, view: MonthView) -> NotebookNode:
    """Say at the head of an executed notebook that its data are made up, where they are."""
    if view.is_synthetic:
        cell = new_markdown_cell(f"**{view.words.text('brief.synthetic')}**", id="cell-0")  # type: ignore[no-untyped-call]
        notebook.cells.insert(0, cell)
    return notebook


def _write_record(folder: Path, view: MonthView, parameters: Parameters, seconds: float) -> None:
    """``run.json``: what the outputs follow from, apart from what differs between runs."""
    written = sorted(path for path in folder.rglob("*") if path.is_file())
    record = {
        "parameters": parameters.for_notebook() | {"root": ""},
        "headline": headline(view),
        "data": view.words.text("brief.synthetic") if view.is_synthetic else "",
        "rulebook": view.rulebook.id,
        "versions": {"sadec_analysis": __version__}
        | {name: importlib.metadata.version(name) for name in _LIBRARIES},
        "inputs": view.documents["inputs"],
        "inputs_before": {each["month"]: each["inputs"] for each in view.documents["past"]},
        "outputs": {path.relative_to(folder).as_posix(): _sha256(path) for path in written},
        "this_run": {
            "seconds": round(seconds, 1),
            "python": platform.python_version(),
            "system": platform.system(),
        },
    }
    _write_text(folder / "run.json", json.dumps(record, ensure_ascii=False, indent=2) + "\n")


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
