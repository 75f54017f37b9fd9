"""Links lead nowhere: no month, unit, source or output of a root lies outside its folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace

import papermill
import pytest
from conftest import REPORT, REPOSITORY, copy_tree

from sadec_analysis.errors import InputError
from sadec_analysis.intake.filing import Provenance, file_source
from sadec_analysis.monthly import build_month
from sadec_analysis.months import Month
from sadec_analysis.paths import Tree, is_own
from sadec_analysis.placing import staged
from sadec_analysis.running.edited import carry_over
from sadec_analysis.running.parameters import Parameters
from sadec_analysis.sharing import archive
from sadec_analysis.words import load_words

pytestmark = pytest.mark.skipif(os.name == "nt", reason="making a link takes rights of its own there")
MONTH = Month(2022, 11)
NAMES = ["raw", "processed", "outputs"]


@pytest.fixture
def tree(tmp_path):
    """A root with a folder around it that is the test's own."""
    return copy_tree(tmp_path / "root")


def elsewhere(tree, name):
    """A folder of the month that is a link to one outside the root, with a file in it."""
    target = tree.parent / f"elsewhere-{name}"
    target.mkdir()
    (target / "brief.html").write_text("theirs", encoding="utf-8")
    folder = {"raw": "data/raw", "processed": "data/processed", "outputs": "outputs"}[name]
    link = tree / folder / "2022-11"
    link.parent.mkdir(parents=True, exist_ok=True)
    if link.is_dir():
        shutil.rmtree(link)
    link.symlink_to(target)
    return target


@pytest.mark.parametrize("name", NAMES)
def test_a_month_that_is_a_link_is_refused_and_what_it_leads_to_is_left_alone(tree, name):
    target = elsewhere(tree, name)
    with pytest.raises(
        InputError, match=r"2022-11: is a link to another place .*; put the folder itself there"
    ):
        getattr(Tree.at(tree), name)(MONTH)
    command = [sys.executable, "-m", "sadec_analysis.cli", "run", "2022-11", "--root", str(tree)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("sadec: ")
    assert [path.name for path in target.iterdir()] == ["brief.html"]
    assert (target / "brief.html").read_text(encoding="utf-8") == "theirs"


def test_so_is_the_folder_of_a_unit(tree):
    (tree / "outputs" / "units").mkdir(parents=True)
    (tree / "outputs" / "units" / "H20.902").symlink_to(tree.parent)
    with pytest.raises(InputError, match="is a link to another place"):
        Tree.at(tree).for_unit("H20.902").outputs(MONTH)


def test_the_folder_above_may_lie_elsewhere(tree, tmp_path_factory):
    """Outputs on a disk that others share are the office's own choice."""
    shared = tmp_path_factory.mktemp("shared")
    (tree / "outputs").symlink_to(shared)
    assert Tree.at(tree).outputs(MONTH) == tree / "outputs" / "2022-11"
    with staged(Tree.at(tree).outputs(MONTH)) as folder:
        (folder / "a.txt").write_text("a", encoding="utf-8")
    assert (shared / "2022-11" / "a.txt").read_text(encoding="utf-8") == "a"


@pytest.mark.parametrize("name", [REPORT, "corrections.toml", "narrative.md", "unlisted.txt"])
def test_a_source_that_is_a_link_is_refused(tree, name):
    path = tree / "data" / "raw" / "2022-11" / name
    target = tree.parent / f"kept-{name}"
    if path.exists():
        path.replace(target)
    else:
        target.write_text("x", encoding="utf-8")
    path.symlink_to(target)
    with pytest.raises(InputError, match=r"is a link, not a file .*; put the file itself there"):
        build_month("2022-11", root=tree)
    assert not (tree / "data" / "processed" / "2022-11").exists()


def test_the_mark_of_an_editor_is_no_source(tree):
    (tree / "data" / "raw" / "2022-11" / ".#source.toml").symlink_to("somebody@host.1234")
    build_month("2022-11", root=tree)


def test_a_file_that_is_a_link_is_filed_as_what_it_holds(tree, tmp_path_factory):
    held = tmp_path_factory.mktemp("held") / "bao-cao-khac.md"
    held.write_bytes(
        (tree / "data" / "raw" / "2022-11" / REPORT).read_bytes().replace(b"Sa", b"Sa", 1) + b"\n"
    )
    link = held.with_name("link.md")
    link.symlink_to(held)
    filed = file_source(link, "2022-11", Provenance.checked("t", "UBND", "2022-12-01"), root=tree)
    assert not filed.is_symlink()
    assert filed.read_bytes() == held.read_bytes()


@pytest.fixture
def made(tree):
    """Outputs with a link among them, as somebody with rights to the folder could put it."""
    outputs = tree / "outputs" / "2022-11"
    (outputs / "charts").mkdir(parents=True)
    (outputs / "brief.html").write_text("<p>", encoding="utf-8")
    (outputs / "run.json").write_text("{}", encoding="utf-8")
    secret = tree.parent / "secret.svg"
    secret.write_text("secret", encoding="utf-8")
    (outputs / "charts" / "a.svg").symlink_to(secret)
    return outputs


@pytest.mark.usefixtures("made")
def test_a_link_is_not_shared(tree):
    packed = archive.share([MONTH], Tree.at(tree), load_words("vi"))
    with zipfile.ZipFile(packed.path) as content:
        assert not any(
            "secret" in content.read(name).decode("utf-8", "replace") for name in content.namelist()
        )
        assert not any(name.endswith(".svg") for name in content.namelist())


def test_a_folder_of_links_is_not_shared(made, tree):
    (tree.parent / "theirs").mkdir()
    (tree.parent / "theirs" / "figures.csv").write_text("secret", encoding="utf-8")
    (made / "tables").symlink_to(tree.parent / "theirs")
    packed = archive.share([MONTH], Tree.at(tree), load_words("vi"))
    assert not any("tables" in name for name in packed.files)


def test_what_a_link_leads_to_is_not_carried_over_as_changed_by_hand(made, tree):
    secret = tree.parent / "secret.docx"
    secret.write_text("secret", encoding="utf-8")
    (made / "report.docx").symlink_to(secret)
    (made / "edited").mkdir()
    (made / "edited" / "a.docx").symlink_to(secret)
    (made / "run.json").write_text(
        '{"outputs": {"report.docx": "0", "../../../secret.docx": "0"}}', encoding="utf-8"
    )
    fresh = tree / "fresh"
    fresh.mkdir()
    carry_over(made, fresh)
    assert [path.name for path in fresh.rglob("*") if path.is_file() and not path.is_symlink()] == []


def test_whether_a_path_is_own(tmp_path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "out").symlink_to(tmp_path)
    (tmp_path / "a" / "in").symlink_to(tmp_path / "a" / "b")
    assert is_own(tmp_path / "a" / "b", tmp_path)
    assert is_own(tmp_path / "a" / "not there", tmp_path)
    assert not is_own(tmp_path / "a" / "out" / "a", tmp_path)
    assert not is_own(tmp_path / "a" / "in", tmp_path)
    assert not is_own(tmp_path / "a" / ".." / ".." / "x", tmp_path / "a")


@pytest.mark.parametrize(
    "month", ["../2022-11", "2022-11/../..", "/etc", "2022-11\x00", "２０２２-11", "2022-11\n", "~", "."]
)
def test_a_month_is_no_path(tree, month):
    with pytest.raises(InputError, match="not a month"):
        Parameters.checked(month, root=tree)


@pytest.mark.parametrize("place", ["../places/sa_dec", "/etc/passwd", "sa_dec.toml", "sa_dec@../..", "sa_dec@/etc", "sa_dec@COM1", ""])  # fmt: skip
def test_a_place_is_no_path(tree, place):
    with pytest.raises(InputError):
        Parameters.checked("2022-11", place, root=tree).tree.outputs(MONTH)


CODE = "x'\"; __import__('pathlib').Path('hurt').write_text('') #\n__import__('os').abort()"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["month", "place", "lang", "root"])
def test_parameters_of_papermill_are_data(tree, tmp_path, monkeypatch, name):
    """The notebook stops at a month, place, language or root that is none; not a word of it is run."""
    monkeypatch.chdir(tree)
    given = {"month": "2022-11", "place": "sa_dec", "lang": "vi", "root": "."} | {name: CODE}
    with pytest.raises(papermill.PapermillExecutionError, match="InputError"):
        papermill.execute_notebook(
            REPOSITORY / "notebooks" / "01_source.ipynb", tmp_path / "out.ipynb", given, progress_bar=False
        )
    assert not (tree / "hurt").exists()


@pytest.mark.slow
def test_a_root_may_be_called_anything_and_is_not_run(tree):
    odd = tree.parent / "x'; touch hurt; $(touch hurt) \"{{ 7*7 }} #eval"
    tree.rename(odd)
    command = [sys.executable, "-m", "sadec_analysis.cli", "run", "2022-11", "--root", str(odd)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=odd.parent)
    assert done.returncode == 0, done.stderr
    assert not list(odd.parent.rglob("hurt"))
    texts = [
        path.read_bytes()
        for path in (odd / "outputs").rglob("*")
        if path.suffix in (".html", ".ipynb", ".svg")
    ]
    assert texts
    assert not any(b"touch hurt" in text for text in texts)


def test_a_tree_opened_by_hand_is_looked_at_too(tree):
    elsewhere(tree, "outputs")
    with pytest.raises(InputError, match="is a link to another place"):
        replace(Tree.at(tree), root=tree).outputs(MONTH)
