"""A month in one language holds none of the other: every output, of a real month, a made-up one and a ward's."""

from __future__ import annotations

import io
import json
import re
import shutil

import pytest
from conftest import SAMPLE, copy_tree
from foreign_words import WORD, Run, is_strange, strange
from reader_texts import Said, texts_of
from rich.console import Console

from sadec_analysis import checking
from sadec_analysis.demo import write_demo
from sadec_analysis.monthly import open_month
from sadec_analysis.months import Month
from sadec_analysis.paths import Tree
from sadec_analysis.running.month import run_month
from sadec_analysis.running.parameters import Parameters
from sadec_analysis.sharing import archive
from sadec_analysis.words import LANGUAGES, load_words

pytestmark = pytest.mark.slow
MONTHS = {"real": ("2022-11", "sa_dec"), "demo": ("2024-05", "sa_dec"), "ward": ("2026-08", "phuong_sa_dec")}


@pytest.fixture(scope="module")
def roots(tmp_path_factory):
    """A root for each month, without outputs."""
    ward = tmp_path_factory.mktemp("ward")
    shutil.copytree(SAMPLE / "data" / "raw", ward / "data" / "raw")
    real, demo = (
        copy_tree(tmp_path_factory.mktemp("real")),
        write_demo(tmp_path_factory.mktemp("demo") / "demo"),
    )
    return {"real": real, "demo": demo, "ward": ward}


@pytest.fixture(scope="module", params=[(name, lang) for name in MONTHS for lang in LANGUAGES], ids="-".join)
def run(request, roots):
    """One month run in one language, with its archive to share unpacked beside the outputs of the month."""
    name, lang = request.param
    month, place = MONTHS[name]
    folder = run_month(Parameters.checked(month, place, lang, roots[name]), 2)
    packed = archive.share([Month.parse(month)], Tree.at(roots[name]), load_words(lang))
    shutil.unpack_archive(packed.path, folder / "shared")
    shutil.copy(folder.parent / "index.html", folder)
    kept = roots[name] / lang
    folder.rename(kept)
    return Run(kept, open_month(month, place, lang, roots[name]))


def checked(run):
    """What ``sadec check`` prints, as text and as JSON."""
    checkup = checking.check_month(
        str(run.view.month), run.view.place.id, run.view.words.lang, run.folder.parent
    )
    console = Console(file=io.StringIO(), width=10_000, color_system=None)
    checking.tell(checkup, console)
    yield Said("check", console.file.getvalue())
    for row in json.loads(checking.as_json(checkup))["findings"]:
        yield from (Said("check, json", row[name]) for name in ("message", "unit_name"))


@pytest.mark.parametrize(
    ("lang", "word", "expected"),
    [("en", "tất", True), ("en", "Đất", True), ("en", "theo", True), ("en", "points", False), ("vi", "points", True), ("vi", "điểm", False), ("vi", "xem", False)],
)  # fmt: skip
def test_a_word_is_told_from_one_of_the_other_language(lang, word, expected):
    assert is_strange(word.lower(), lang) == expected


def test_nothing_is_left_in_the_other_language(run):
    assert list(strange(run, texts_of(run.folder))) == []
    assert list(strange(run, checked(run))) == []


def test_the_listing_of_the_archive_speaks_the_language(run):
    head = (run.folder / "shared" / "contents.txt").read_text(encoding="utf-8").splitlines()[0].split()
    assert head == {"en": ["bytes", "sha256", "file"], "vi": ["byte", "sha256", "tệp"]}[run.view.words.lang]


def test_pages_name_the_language_of_what_they_quote(run):
    text = (run.folder / "brief.html").read_text(encoding="utf-8")
    quotes = re.findall(r"<blockquote([^>]*)>", text)
    assert set(quotes) <= {{"en": ' lang="vi"', "vi": ""}[run.view.words.lang]}
    assert ('<span lang="vi">' in text) == (run.view.words.lang == "en")


@pytest.mark.parametrize(
    "name",
    [
        "brief.html",
        "charts/criteria.svg",
        "notebooks/brief.ipynb",
        "notebooks/02_scores.html",
        "tables/tables.xlsx",
    ],
)
def test_a_planted_word_is_found(run, name):
    """In every format that holds the heading of a column or a criterion: the test is able to fail."""
    criterion = run.view.rulebook.criteria["digitisation"]
    lang = run.view.words.lang
    planted = criterion.name("en" if lang == "vi" else "vi")
    own = (said for said in texts_of(run.folder, name) if said.where.startswith(name))
    said = [Said(where, text.replace(criterion.name(lang), planted)) for where, text in own]
    assert any(planted in each.text for each in said)
    assert {word for word, _ in strange(run, said)} & set(WORD.findall(planted))
