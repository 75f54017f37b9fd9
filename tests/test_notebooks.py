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


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_committed_notebook_is_clean(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert all(not cell.get("outputs") and cell.get("execution_count") is None for cell in notebook.cells)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert path.stat().st_size < 12_000


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
