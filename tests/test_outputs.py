"""A month run to the end through papermill: what is written, and what happens when something fails."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pandas as pd
import pikepdf
import pytest
from conftest import copy_tree
from fontTools.ttLib import TTFont
from nbclient import NotebookClient

from sadec_analysis.blocks import blocks_of
from sadec_analysis.brief.pdf import to_pdf
from sadec_analysis.checks.finding import COLUMNS as FINDING_COLUMNS
from sadec_analysis.errors import DiedError, InputError, RunError
from sadec_analysis.figures import COLUMNS
from sadec_analysis.monthly import build_month
from sadec_analysis.paths import PACKAGE
from sadec_analysis.running import notebooks
from sadec_analysis.running.month import run_month
from sadec_analysis.running.names import NAMES
from sadec_analysis.running.parameters import Parameters

pytestmark = pytest.mark.slow
CHARTS = {
    "certified_copies", "change", "criteria", "heat_map", "on_time", "online_submission", "order", "overdue", "satisfaction",
    "ward_totals",
}  # fmt: skip


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """The real November, run twice in two roots of other lengths with other numbers of jobs."""
    progress = []
    first = copy_tree(tmp_path_factory.mktemp("first"))
    second = copy_tree(tmp_path_factory.mktemp("second-with-{braces} and space"))
    folders = [
        run_month(Parameters.checked("2022-11", root=first), 2, lambda name, _: progress.append(name)),
        run_month(Parameters.checked("2022-11", root=second), 1),
    ]
    return folders, progress


@pytest.fixture(scope="module")
def outputs(ran):
    return ran[0][0]


def fingerprints(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_everything_a_month_promises_is_written(outputs):
    names = {path.relative_to(outputs).as_posix() for path in outputs.rglob("*") if path.is_file()}
    expected = {
        "brief.html",
        "brief.pdf",
        "brief-1page.pdf",
        "brief.docx",
        "report.docx",
        "run.json",
        "tables/figures.csv",
        "tables/findings.csv",
        "tables/tables.xlsx",
    }
    expected |= {f"charts/{name}.svg" for name in (CHARTS | {"calendar", "small_multiples"})}
    expected |= {f"notebooks/{name}.{ending}" for name in NAMES for ending in ("ipynb", "html")}
    assert names == expected


def test_progress_is_told_for_every_notebook_and_the_exports(ran):
    progress = ran[1]
    assert progress[0] == "01_source"
    assert progress[-1] == "run.json"
    files = [
        "report.docx",
        "tables",
        "brief.docx",
        "brief.pdf",
        "brief-1page.pdf",
        "brief.html",
        "charts",
        "notebooks",
    ]
    assert sorted(progress[:-1]) == sorted([*NAMES, *files])


def test_the_same_input_gives_the_same_bytes(ran):
    one, other = (fingerprints(folder) for folder in ran[0])
    assert {name for name in one if one[name] != other[name]} <= {"run.json"}
    records = [json.loads((folder / "run.json").read_text(encoding="utf-8")) for folder in ran[0]]
    for record in records:
        record.pop("this_run")
    assert records[0] == records[1]


def test_the_record_names_inputs_outputs_rules_and_versions(outputs):
    record = json.loads((outputs / "run.json").read_text(encoding="utf-8"))
    assert record["rulebook"] == "qd766-2022"
    assert set(record["inputs"]) == {"bao-cao-2022-11.md", "corrections.toml", "source.toml"}
    assert record["outputs"]["brief.html"] == fingerprints(outputs)["brief.html"]
    assert {"pandas", "papermill", "typst"} <= set(record["versions"])


class Page(HTMLParser):
    """What a page holds: tags, addresses, ids, visible text."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.addresses, self.ids, self.words = [], [], [], []
        self._hidden = 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        given = dict(attrs)
        self.addresses += [given[name] for name in ("src", "href", "xlink:href", "action") if name in given]
        self.ids += [given["id"]] if "id" in given else []
        self._hidden += tag == "style"

    def handle_endtag(self, tag):
        self._hidden -= tag == "style"

    def handle_data(self, data):
        if not self._hidden:
            self.words.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())


@pytest.fixture(scope="module")
def brief(outputs):
    return Page((outputs / "brief.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["brief.html", "notebooks/01_source.html", "notebooks/07_change.html"])
def test_a_page_is_one_small_file_without_script_or_request(name, outputs):
    text = (outputs / name).read_text(encoding="utf-8")
    page = Page(text)
    assert len(text.encode()) < 1_000_000
    assert "script" not in page.tags
    assert not {"iframe", "object", "embed", "link", "base", "form"} & set(page.tags)
    assert [each for each in page.addresses if not each.startswith("#")] == []
    assert set(re.findall(r"url\(([^)#]{1,9})", text)) <= {"data:font"}
    assert "default-src 'none'" in text
    assert not re.search(r"\son\w+=", re.sub(r">[^<]*<", "><", text))


def test_the_page_says_its_language_and_title_and_repeats_no_id(brief, outputs):
    text = (outputs / "brief.html").read_text(encoding="utf-8")
    assert '<html lang="vi">' in text
    assert "<title>Chỉ số 766: Thành phố Sa Đéc, tháng 11 năm 2022</title>" in text
    assert len(brief.ids) == len(set(brief.ids))
    targets = {each.removeprefix("#") for each in brief.addresses if each.startswith("#")}
    assert targets <= set(brief.ids)


def test_the_brief_hides_code_and_shows_each_chart_once(brief):
    assert "open_month" not in brief.text
    assert "{" not in brief.text
    assert brief.tags.count("figure") == len(CHARTS)
    assert sum(each.startswith("chart-") for each in brief.ids) == len(CHARTS)


def test_the_pages_of_the_notebooks_fold_their_code_away(outputs):
    page = Page((outputs / "notebooks" / "02_scores.html").read_text(encoding="utf-8"))
    assert "charts.criteria(view)" in page.text
    assert "Mã nguồn" in page.text


def test_the_brief_reads_in_order(brief):
    marks = ["Sa Đéc còn 37,5", "Ba điều đáng chú ý", "Những con số cần đối chiếu", "Chưa biết.", "I. Kết quả", "II. Các chỉ số",
             "III. Giải pháp", "IV. Đề xuất", "Nguồn số liệu Mọi con số"]  # fmt: skip
    position = 0
    for mark in marks:  # the contents name the sections before them
        position = brief.text.index(mark, position)


def test_executed_notebooks_hold_their_blocks_and_no_path_of_this_machine(outputs):
    for name in NAMES:
        text = (outputs / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8")
        notebook = nbformat.reads(text, as_version=4)
        nbformat.validate(notebook)
        assert list(blocks_of(notebook))
        assert 'root = "."' in "".join(cell.source for cell in notebook.cells)
        assert str(outputs.parents[1]) not in text


def test_the_tables_are_those_of_the_contract(outputs):
    figures = pd.read_csv(outputs / "tables" / "figures.csv")
    findings = pd.read_csv(outputs / "tables" / "findings.csv")
    assert tuple(figures.columns) == COLUMNS
    assert tuple(findings.columns) == FINDING_COLUMNS
    printed = figures[figures["status"] == "printed"]
    typed = pd.read_csv(Path(__file__).parent / "backtests" / "2022-11" / "figures.csv")
    assert len(printed) == len(typed) == 198
    found = printed[list(typed.columns)].astype("str").apply(tuple, axis=1)
    assert set(found) == set(
        typed.astype({"value": float, "lower": float, "upper": float}).astype("str").apply(tuple, axis=1)
    )
    assert len(findings) == 21
    assert (outputs / "tables" / "figures.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_pdf_is_tagged_titled_and_carries_its_fonts(outputs):
    with pikepdf.open(io.BytesIO((outputs / "brief.pdf").read_bytes())) as pdf:
        assert str(pdf.Root.Lang) == "vi"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.docinfo["/Title"]) == "Chỉ số 766: Thành phố Sa Đéc, tháng 11 năm 2022"
        metadata = pdf.Root.Metadata.read_bytes().decode()
        assert "pdfuaid:part" in metadata
        assert "<pdfaid:part>2<" in metadata
        assert "<pdfaid:conformance>A<" in metadata
        assert 5 <= len(pdf.pages) <= 12
        fonts = {
            str(font.BaseFont) for page in pdf.pages for font in page.Resources.get("/Font", {}).values()
        }
        assert fonts
        assert all("Inter" in font for font in fonts)
        assert len(alternative_texts(pdf)) == len(CHARTS) + 1  # the trend of the total
        with pdf.open_outline() as outline:
            assert len(outline.root) >= 1


def test_the_page_for_the_leader_is_the_first_of_the_brief(outputs):
    with pikepdf.open(outputs / "brief-1page.pdf") as pdf:
        assert len(pdf.pages) == 1
        assert "pdfuaid:part" in pdf.Root.Metadata.read_bytes().decode()
        assert len(alternative_texts(pdf)) == 2  # the wards, and the trend of the total


@pytest.mark.parametrize("sentences", [1, 12, 40])
def test_a_long_cover_is_set_smaller_until_it_is_one_page(outputs, sentences):
    notebook = nbformat.read(outputs / "notebooks" / "brief.ipynb", as_version=4)
    points = next(block for block in blocks_of(notebook) if block["kind"] == "points")
    points["items"] = points["items"][:1] * sentences
    pdf = to_pdf(notebook, "Thử", "vi", dt.date(2022, 11, 1), is_one_page=True)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.pages) == 1


def test_the_brief_uses_no_letter_the_typeface_lacks(outputs):
    notebook = nbformat.read(outputs / "notebooks" / "brief.ipynb", as_version=4)
    written = "".join(char for char in json.dumps(list(blocks_of(notebook)), ensure_ascii=False))
    known = TTFont(PACKAGE / "fonts" / "Inter-Regular.ttf").getBestCmap()
    assert sorted({char for char in written if ord(char) not in known}) == []


def alternative_texts(pdf):
    found, seen = [], set()
    stack = [pdf.Root.StructTreeRoot]
    while stack:
        node = stack.pop()
        if isinstance(node, pikepdf.Array):
            stack.extend(node)
        elif isinstance(node, pikepdf.Dictionary) and (not node.is_indirect or node.objgen not in seen):
            seen.add(node.objgen)
            if "/Alt" in node:
                found.append(str(node.Alt))
            if "/K" in node:
                stack.append(node.K)
    return found


def breaking(folder, cell):
    """The suite's notebooks with one more cell at the end of 03_on_time."""
    copied = folder / "notebooks"
    shutil.copytree(notebooks.notebook_folder(), copied)
    path = copied / "03_on_time.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(cell, id="broken"))
    nbformat.write(notebook, path)
    return copied


def run_with(copied, root):
    """Run in this process what the workers run, with other notebooks."""
    return notebooks.execute("03_on_time", Parameters.checked("2022-11", root=root), copied)


def test_a_failing_cell_is_named_with_its_error(tmp_path, tree):
    build_month("2022-11", root=tree)
    copied = breaking(tmp_path / "n", "view.no_such_thing")
    with pytest.raises(
        RunError, match=r"03_on_time, cell \d+ \(view.no_such_thing\): AttributeError: .*no_such_thing"
    ):
        run_with(copied, tree)


def test_a_kernel_that_dies_is_told(tmp_path, tree):
    build_month("2022-11", root=tree)
    copied = breaking(tmp_path / "n", "import os\nos._exit(1)")
    with pytest.raises(
        DiedError, match="03_on_time: the kernel stopped: it died; see whether memory ran out"
    ):
        run_with(copied, tree)


def test_a_folder_that_cannot_be_written_is_told_before_any_work(tree):
    (tree / "outputs").write_text("a file", encoding="utf-8")
    with pytest.raises(InputError, match="outputs: cannot be written"):
        run_month(Parameters.checked("2022-11", root=tree), 1)
    assert not (tree / "data" / "processed" / "2022-11").exists()


def test_input_that_needs_mending_leaves_the_last_good_outputs(tree):
    parameters = Parameters.checked("2022-11", root=tree)
    kept = tree / "outputs" / "2022-11"
    kept.mkdir(parents=True)
    (kept / "brief.html").write_text("the last good one", encoding="utf-8")
    report = tree / "data" / "raw" / "2022-11" / "bao-cao-2022-11.md"
    report.write_text(report.read_text(encoding="utf-8") + "x", encoding="utf-8")
    with pytest.raises(InputError, match="is not the file that was received"):
        run_month(parameters, 1)
    assert (kept / "brief.html").read_text(encoding="utf-8") == "the last good one"
    assert [path.name for path in (tree / "outputs").iterdir()] == ["2022-11"]


@pytest.mark.parametrize("name", ["01_source", "02_scores"])
def test_a_notebook_also_runs_by_hand_from_its_own_folder(name, tree):
    """As JupyterLab runs it: committed parameters, working directory notebooks/, root beside it."""
    shutil.copytree(notebooks.notebook_folder(), tree / "notebooks")
    build_month("2022-11", root=tree)
    notebook = nbformat.read(tree / "notebooks" / f"{name}.ipynb", as_version=4)
    NotebookClient(notebook, resources={"metadata": {"path": str(tree / "notebooks")}}).execute()
    assert list(blocks_of(notebook))


def test_a_failing_notebook_keeps_the_outputs_names_the_cell_and_exits_1(tree, tmp_path):
    """The whole command on a copy of the suite in which one notebook is broken."""
    suite = tmp_path / "suite"
    shutil.copytree(PACKAGE, suite / "sadec_analysis")
    breaking(suite, "view.no_such_thing")
    (tree / "outputs" / "2022-11").mkdir(parents=True)
    (tree / "outputs" / "2022-11" / "brief.html").write_text("the last good one", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "sadec_analysis.cli", "run", "2022-11", "--root", str(tree)],
        env={**os.environ, "PYTHONPATH": str(suite)}, cwd=suite, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert re.search(
        r"^sadec: 03_on_time, cell \d+ \(view.no_such_thing\): AttributeError", done.stderr, re.MULTILINE
    )
    assert "Traceback" not in done.stderr
    assert [path.name for path in (tree / "outputs" / "2022-11").iterdir()] == ["brief.html"]


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such sockets")
def test_notebooks_that_run_together_share_no_socket(tmp_path):
    places = {notebooks.transport(tmp_path / name).KernelManager.ip for name in ("one", "two")}
    assert places == {str(tmp_path / "one" / "kernel"), str(tmp_path / "two" / "kernel")}
    assert notebooks.transport(tmp_path / ("long" * 40)) == {}
