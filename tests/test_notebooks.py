"""The committed notebooks: clean, thin, and each declaring the parameters of a run."""

from __future__ import annotations

import ast
import json
import re

import nbformat
import pytest

from sadec_analysis.errors import RunError
from sadec_analysis.paths import notebook_folder
from sadec_analysis.running.names import NAMES
from sadec_analysis.running.notebooks import read_notebook
from sadec_analysis.running.prose import in_language, prose

PATHS = sorted(notebook_folder().glob("*.ipynb"))


def code(notebook):
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def test_every_notebook_of_a_run_and_the_one_for_exploring_are_there():
    assert {path.stem for path in PATHS} == {*NAMES, "explore"}


def left_over(notebook, name):
    """What a committed notebook keeps of being run or edited, by cell."""
    stem, found = name.replace("_", "-"), []
    for at, cell in enumerate(notebook.cells, 1):
        tags = {"tags": ["parameters"]} if cell.source.startswith('month: str = "') else {}
        kept = {
            "outputs": bool(cell.get("outputs")),
            "execution count": cell.get("execution_count") is not None,
            "attachments": bool(cell.get("attachments")),
            "metadata": cell.metadata != tags,
            "id": cell.id != f"{stem}-{at}",
        }
        found += [f"{cell.id}: {what}" for what, is_there in kept.items() if is_there]
    return found


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_committed_notebook_is_clean_and_small(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert left_over(notebook, path.stem) == []
    assert notebook.metadata == {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    assert path.stat().st_size < 12_000


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"outputs": [nbformat.v4.new_output("stream", text="x")]}, "outputs"),
        ({"execution_count": 1}, "execution count"),
        ({"metadata": nbformat.from_dict({"jupyter": {"source_hidden": True}})}, "metadata"),
        ({"metadata": nbformat.from_dict({"tags": ["parameters"]})}, "metadata"),
        ({"id": "a1b2c3"}, "id"),
        ({"attachments": {"a.png": {}}}, "attachments"),
    ],
)
def test_a_notebook_saved_after_a_run_is_noticed(change, told):
    notebook = nbformat.read(PATHS[0], as_version=4)
    notebook.cells[3].update(change)
    assert left_over(notebook, PATHS[0].stem) == [f"{notebook.cells[3].id}: {told}"]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_notebook_is_a_skeleton_with_sentences(path):
    notebook = nbformat.read(path, as_version=4)
    first = notebook.cells[0]
    assert first.cell_type == "markdown"
    assert re.fullmatch(r"# .+\n\n.+", first.source, re.DOTALL)
    for source in code(notebook):
        tree = ast.parse(source)
        kinds = {type(node) for node in ast.walk(tree)}
        assert not kinds & {ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.BinOp, ast.For, ast.While, ast.If}
        assert len(source.splitlines()) <= 10


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_notebook_declares_the_typed_parameters_of_a_run(path):
    notebook = read_notebook(path)
    tagged = [cell.source for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    assert tagged == ['month: str = "2022-11"\nplace: str = "sa_dec"\nlang: str = "vi"\nroot: str = ".."']


def test_the_prose_of_every_notebook_of_a_run_is_told_in_both_languages_as_it_stands():
    notebooks = [nbformat.read(path, as_version=4) for path in PATHS if path.stem in NAMES]
    cells = {
        cell.id: cell.source for each in notebooks for cell in each.cells if cell.cell_type == "markdown"
    }
    assert {id_: told.vi for id_, told in prose().items()} == cells
    assert all(told.en.partition(" ")[0] == told.vi.partition(" ")[0] for told in prose().values())


def test_prose_in_another_language_leaves_code_and_the_committed_notebook_as_they_are():
    notebook = nbformat.read(PATHS[0], as_version=4)
    told = in_language(notebook, "en")
    assert told.cells[0].source.startswith("# Sources of the month")
    assert notebook.cells[0].source.startswith("# Nguồn số liệu")
    assert code(told) == code(notebook)


def test_only_01_source_builds_and_the_others_only_open():
    builders = [path.stem for path in PATHS if "build_month(" in path.read_text(encoding="utf-8")]
    assert builders == ["01_source"]


def test_a_notebook_that_declares_other_parameters_is_refused(tmp_path):
    text = json.loads((notebook_folder() / "brief.ipynb").read_text(encoding="utf-8"))
    for cell in text["cells"]:
        if "parameters" in cell["metadata"].get("tags", []):
            cell["source"] = ['mnth: str = "2022-11"']
    path = tmp_path / "brief.ipynb"
    path.write_text(json.dumps(text), encoding="utf-8")
    with pytest.raises(RunError, match=r"brief.ipynb: declares other parameters .*mnth"):
        read_notebook(path)
