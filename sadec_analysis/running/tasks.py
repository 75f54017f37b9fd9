"""What worker processes do for a month besides exports: build and execute, record, index."""

from __future__ import annotations

import json
import platform
import shutil
import time
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from sadec_analysis import __version__, fingerprints, history
from sadec_analysis.monthly import MonthView, place_in, unit_of
from sadec_analysis.months import Month
from sadec_analysis.running import exports  # noqa: F401 - so that the warm process has imported them
from sadec_analysis.running.keys import RECORD, made_from, record_of, versions
from sadec_analysis.running.names import ANALYSES
from sadec_analysis.running.notebooks import execute
from sadec_analysis.running.opened import opened
from sadec_analysis.running.parameters import Parameters
from sadec_analysis.sharing.index import write_index
from sadec_analysis.sharing.published import headline
from sadec_analysis.words import load_words

_TOLD_ELSEWHERE = (
    "inputs",
    "past",
    "passages",
    "repairs",
)  # parts of a built month that analyses do not show


def remember(parameters: Parameters, month: Month) -> None:
    """Read a month before, once for all months after it."""
    unit = unit_of(parameters.place, parameters.tree, parameters.month)
    then = history.place_in(place_in(parameters.place, unit), month)
    if then:
        history.recalled(parameters.tree, month, then)


def execute_into(name: str, parameters: Parameters, folder: str) -> str:
    """Execute a notebook into ``folder``, or take it from the outputs there are if it would come out the same.

    Returns "executed" or "kept".
    """
    target = Path(folder) / "notebooks" / f"{name}.ipynb"
    target.parent.mkdir(exist_ok=True)
    former = parameters.tree.outputs(parameters.month) / "notebooks" / target.name
    if name in ANALYSES and _is_current(name, former, parameters):
        shutil.copyfile(former, target)
        return "kept"
    _, notebook, _ = execute(name, parameters)
    nbformat.write(_warned(notebook, opened(parameters)), target)
    return "executed"


def _is_current(name: str, former: Path, parameters: Parameters) -> bool:
    record = record_of(former.parents[1])
    told = record.get("notebooks", {}).get(name)
    return (
        told is not None
        and former.is_file()
        and told == notebook_key(name, built_key(parameters))
        and record["outputs"].get(f"notebooks/{name}.ipynb") == fingerprints.of_file(former)
    )


def notebook_key(name: str, built: str) -> str:
    """Fingerprint of what an analysis shows of a built month."""
    return fingerprints.of_parts(built, name)


def built_key(parameters: Parameters) -> str:
    """Fingerprint of what all analyses show: built tables, code, versions, parameters; not the office's words."""
    folder = parameters.tree.processed(parameters.month)
    documents = json.loads((folder / "documents.json").read_text(encoding="utf-8"))
    told = {key: value for key, value in documents.items() if key not in _TOLD_ELSEWHERE}
    return fingerprints.of_parts(
        fingerprints.of_code(), versions(), parameters.for_notebook(), told,
        *(fingerprints.of_file(path) for path in sorted(folder.glob("*.parquet"))),
    )  # fmt: skip


def _warned(notebook: NotebookNode, view: MonthView) -> NotebookNode:
    """Say at the head of an executed notebook that its data are made up, where they are."""
    if view.is_synthetic:
        cell = new_markdown_cell(f"**{view.words.text('brief.synthetic')}**", id="cell-0")
        notebook.cells.insert(0, cell)
    return notebook


def write_record(parameters: Parameters, folder: str, started: float) -> None:
    """``run.json``: what the outputs follow from, apart from what differs between runs."""
    view, written = opened(parameters), sorted(path for path in Path(folder).rglob("*") if path.is_file())
    built = built_key(parameters)
    record = {
        "parameters": parameters.for_notebook() | {"root": ""},
        "headline": headline(view),
        "data": view.words.text("brief.synthetic") if view.is_synthetic else "",
        "rulebook": view.rulebook.id,
        "versions": {"sadec_analysis": __version__} | versions(),
        "inputs": view.documents["inputs"],
        "inputs_before": {each["month"]: each["inputs"] for each in view.documents["past"]},
        "made_from": made_from(parameters),
        "notebooks": {name: notebook_key(name, built) for name in ANALYSES},
        "outputs": {path.relative_to(folder).as_posix(): fingerprints.of_file(path) for path in written},
        "this_run": {
            **({"batch": parameters.batch} if parameters.batch else {}),
            "seconds": round(time.time() - started, 1),
            "python": platform.python_version(),
            "system": platform.system(),
        },
    }
    text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    (Path(folder) / RECORD).write_text(text, encoding="utf-8", newline="\n")


def index(outputs: str, lang: str) -> None:
    """The page over all months."""
    write_index(Path(outputs), load_words(lang))
