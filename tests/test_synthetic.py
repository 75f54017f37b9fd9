"""Everything made from made-up data says so, in every file a reader may open or pass on alone."""

from __future__ import annotations

import json
import re

import nbformat
import pandas as pd
import pikepdf
import pytest

from sadec_analysis.running.month import run_month
from sadec_analysis.running.parameters import Parameters

pytestmark = pytest.mark.slow
LABEL = "DỮ LIỆU MINH HỌA"


@pytest.fixture(scope="module")
def outputs(demo):
    """A month of the made-up year, run to the end."""
    return run_month(Parameters.checked("2024-05", root=demo.root), 2)


def files(folder, pattern):
    found = sorted(folder.glob(pattern))
    assert found
    return found


@pytest.mark.parametrize("pattern", ["brief.html", "notebooks/*.html", "charts/*.svg", "run.json"])
def test_pages_and_charts_show_the_label(pattern, outputs):
    texts = {
        path.name: re.sub(r"<[^>]*>|\s+", " ", path.read_text(encoding="utf-8"))
        for path in files(outputs, pattern)
    }
    lacking = [name for name, text in texts.items() if LABEL not in re.sub(r" +", " ", text)]
    assert lacking == []


def test_executed_notebooks_begin_with_the_label(outputs):
    for path in files(outputs, "notebooks/*.ipynb"):
        first = nbformat.read(path, as_version=4).cells[0]
        assert (first.cell_type, first.source) == ("markdown", f"**{LABEL}**")


@pytest.mark.parametrize(
    ("name", "column"), [("figures", "source"), ("findings", "message"), ("dossiers", "member")]
)
def test_every_row_of_a_table_carries_the_label(name, column, outputs):
    rows = pd.read_csv(outputs / "tables" / f"{name}.csv", encoding="utf-8-sig")
    assert len(rows)
    assert rows[column].str.startswith(f"{LABEL}: ").all()


def test_the_pdf_is_titled_with_the_label(outputs):
    with pikepdf.open(outputs / "brief.pdf") as pdf:
        assert LABEL in str(pdf.docinfo["/Title"])


def test_the_record_says_what_the_data_are(outputs):
    assert json.loads((outputs / "run.json").read_text(encoding="utf-8"))["data"] == LABEL
