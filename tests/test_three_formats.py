"""One content, three formats: the same numbers in the same order on the page, on paper and in Word."""

from __future__ import annotations

import datetime as dt
import shutil
from copy import deepcopy
from types import SimpleNamespace

import pytest
from conftest import SAMPLE, copy_tree
from read_formats import numbers, of_page, of_paper, of_word

from sadec_analysis.blocks import MIME, blocks_of
from sadec_analysis.blocks.together import keep_together
from sadec_analysis.brief.html import Page, to_pages
from sadec_analysis.brief.pdf import to_pdf
from sadec_analysis.brief.word import to_word
from sadec_analysis.monthly import build_month
from sadec_analysis.places import load_place
from sadec_analysis.running.names import BRIEF
from sadec_analysis.running.notebooks import execute
from sadec_analysis.running.parameters import Parameters

pytestmark = pytest.mark.slow
DAY = dt.date(2022, 12, 1)


def formats(notebook, names):
    kept = keep_together(notebook, names)
    page = to_pages(
        [(kept, Page("Bản tin", "vi", is_brief=True, code_label="Mã", contents_label="Mục lục"))]
    )[0]
    return page, to_pdf(kept, "Bản tin", "vi", DAY), to_word(kept, "Bản tin", "vi", DAY)


def executed(month, place, root):
    build_month(month, place, root)
    return execute(BRIEF, Parameters.checked(month, place, "vi", root))[1]


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    return executed("2022-11", "sa_dec", copy_tree(tmp_path_factory.mktemp("real")))


@pytest.fixture(scope="module", params=["real", "ward", "demo"])
def made(request, real, demo, tmp_path_factory):
    """The real month, one of the two-tier government, and one with months and lists of dossiers before it."""
    if request.param == "real":
        return formats(real, load_place("sa_dec").names)
    if request.param == "demo":
        return formats(executed("2024-08", "sa_dec", demo.root), load_place("sa_dec").names)
    root = tmp_path_factory.mktemp("ward")
    shutil.copytree(SAMPLE / "data" / "raw", root / "data" / "raw")
    return formats(executed("2026-08", "phuong_sa_dec", root), load_place("phuong_sa_dec").names)


def test_page_paper_and_word_hold_the_same_numbers_in_the_same_order(made):
    page, paper, word = made
    assert len(of_page(page)) > 200
    assert of_word(word) == of_page(page)
    assert of_paper(paper) == of_page(page, is_for_paper=True)


def test_paper_leaves_out_few_tables(made):
    page = made[0]
    assert len(of_page(page, is_for_paper=True)) > 0.6 * len(of_page(page))


@pytest.fixture(scope="module")
def short(real):
    """The beginning of the real month, up to where it has a block of each kind, and its page."""
    begun = deepcopy(real)
    ends = (end for end in range(len(real.cells) + 1) if kinds_before(real, end) >= _CHANGED.keys())
    begun.cells = begun.cells[: next(ends)]
    return begun, formats(begun, load_place("sa_dec").names)[0]


def kinds_before(notebook, end):
    """The kinds of the blocks in the first cells of a notebook."""
    return {block["kind"] for block in blocks_of(SimpleNamespace(cells=notebook.cells[:end]))}


@pytest.mark.parametrize("kind", ["text", "grid", "chart", "contradictions", "cards"])
def test_a_number_changed_in_one_block_alone_would_be_noticed(short, kind):
    begun, page = short
    other = deepcopy(begun)
    block = next(block for block in blocks_of(other) if block["kind"] == kind)
    changed = {**block, **_CHANGED[kind](block)}
    for cell in other.cells:
        for output in cell.get("outputs", []):
            if output.get("data", {}).get(MIME) is block:
                output["data"][MIME] = changed
    _, paper, word = formats(other, load_place("sa_dec").names)
    assert of_word(word) != of_page(page)
    assert of_paper(paper) != of_page(page, is_for_paper=True)


_CHANGED = {
    "text": lambda block: {"text": [*block["text"], " 987"]},
    "grid": lambda block: {"rows": [*block["rows"], [["987"]] * len(block["header"])]},
    "chart": lambda block: {"title": block["title"] + " 987"},
    "contradictions": lambda block: {"more": block["more"] + " 987"},
    "cards": lambda block: {"cards": [{**card, "value": ["987"]} for card in block["cards"]]},
}


def test_numbers_are_read_with_their_signs_of_decimals_and_thousands():
    assert numbers("37,5 điểm, 1.064 hồ sơ, mục II.6.2; 100") == ["37,5", "1.064", "6.2", "100"]
