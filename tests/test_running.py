"""Months made, left alone, partly made again, and told about; many at once."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest
from conftest import copy_tree
from test_history import add_october

from sadec_analysis import fingerprints
from sadec_analysis.errors import InputError
from sadec_analysis.running import keys
from sadec_analysis.running.graph import Outcome
from sadec_analysis.running.keys import reasons
from sadec_analysis.running.month import run_month, run_months
from sadec_analysis.running.names import ANALYSES
from sadec_analysis.running.parameters import Parameters
from sadec_analysis.running.progress import Bars

pytestmark = pytest.mark.slow


def november_of(root, **options):
    return Parameters.checked("2022-11", root=root, **options)


def sadec(*arguments, cwd=None):
    command = [sys.executable, "-m", "sadec_analysis.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, cwd=cwd)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A root in which October and November are made."""
    root = add_october(copy_tree(tmp_path_factory.mktemp("made")))
    chosen = [Parameters.checked(month, root=root) for month in ("2022-10", "2022-11")]
    batch = run_months(chosen, 2)
    assert not batch.failed
    return root


@pytest.fixture
def tree_made(made, tmp_path):
    """A copy of it to change."""
    return shutil.copytree(made, tmp_path / "copy")


def contents(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_second_run_does_nothing(tree_made):
    before = contents(tree_made / "outputs" / "2022-11")
    started = time.perf_counter()
    batch = run_months([november_of(tree_made)])
    assert [str(each.month) for each in batch.unchanged] == ["2022-11"]
    assert time.perf_counter() - started < 2
    assert contents(tree_made / "outputs" / "2022-11") == before


def test_force_makes_everything_again_and_the_same(tree_made):
    before = contents(tree_made / "outputs" / "2022-11")
    told = []
    run_month(november_of(tree_made), 2, lambda name, _: told.append(name), is_forced=True)
    assert len(told) == 17
    after = contents(tree_made / "outputs" / "2022-11")
    assert {str(name) for name in after if after[name] != before[name]} <= {"run.json"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda root: (root / "data/raw/2022-11/corrections.toml").unlink(), "data/raw/2022-11/corrections.toml: gone"),
        (lambda root: (root / "data/raw/2022-11/narrative.md").write_text("IV. KIẾN NGHỊ\n\nXin.", encoding="utf-8"), "data/raw/2022-11/narrative.md: new"),
        (lambda root: (root / "data/raw/2022-10/source.toml").write_bytes((root / "data/raw/2022-10/source.toml").read_bytes() + b"\n"), "data/raw/2022-10/source.toml: changed"),
        (lambda root: (root / "outputs/2022-11/brief.pdf").write_bytes(b"x"), "2022-11/brief.pdf: not as written"),
        (lambda root: (root / "outputs/2022-11/charts/change.svg").unlink(), "2022-11/charts/change.svg: gone"),
        (lambda root: shutil.rmtree(root / "outputs"), "no outputs yet"),
        (lambda root: (root / "outputs/2022-11/run.json").write_text("{", encoding="utf-8"), "no outputs yet"),
    ],
)  # fmt: skip
def test_what_changed_is_named(tree_made, change, expected):
    assert reasons(november_of(tree_made)) == []
    change(tree_made)
    assert reasons(november_of(tree_made)) == [expected]
    told = sadec("why", "2022-11", "--root", tree_made)
    assert expected in told.stdout
    assert "would be made" in told.stdout


def test_times_do_not_count_and_open_programs_leave_no_trace(tree_made):
    raw = tree_made / "data" / "raw" / "2022-11"
    for path in raw.iterdir():
        os.utime(path, (1, 1))
    (raw / "~$figures.xlsx").write_bytes(b"x")
    assert reasons(november_of(tree_made)) == []
    assert "nothing to do" in sadec("why", "2022-11", "--root", tree_made).stdout


def test_language_place_code_and_versions_count(tree_made, monkeypatch):
    assert reasons(november_of(tree_made, lang="en")) == ["parameters: changed"]
    monkeypatch.setattr(fingerprints, "of_code", lambda: "other")
    assert reasons(november_of(tree_made)) == ["code: changed"]
    monkeypatch.setattr(keys, "versions", lambda: {"pandas": "0"})
    assert reasons(november_of(tree_made)) == ["code: changed", "versions: changed"]


def test_a_changed_narrative_keeps_the_analyses_and_reaches_the_brief(tree_made):
    (tree_made / "data/raw/2022-11/narrative.md").write_text(
        "II. CHỈ SỐ\n\n1. Công khai, minh bạch\n\n1.1. Nguyên nhân\n\nMất điện cả tuần.\n", encoding="utf-8"
    )
    raw = tree_made / "data" / "raw" / "2022-11"
    report = (raw / "bao-cao-2022-11.md").read_text(encoding="utf-8")
    assert "Mất điện" not in report
    told = {}
    run_months(
        [november_of(tree_made)], 2, lambda _, outcome: told.__setitem__(outcome.key[1], outcome.value)
    )
    assert {told[name] for name in ANALYSES} == {"kept"}
    assert told["01_source"] == told["brief"] == "executed"
    assert reasons(november_of(tree_made)) == []


def test_a_changed_figure_makes_the_analyses_again(tree_made):
    (tree_made / "data/raw/2022-11/corrections.toml").unlink()
    told = {}
    run_months(
        [november_of(tree_made)], 2, lambda _, outcome: told.__setitem__(outcome.key[1], outcome.value)
    )
    assert {told[name] for name in ANALYSES} == {"executed"}


def test_a_tampered_notebook_is_not_kept(tree_made):
    path = tree_made / "outputs" / "2022-11" / "notebooks" / "02_scores.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("37,5", "73,5"), encoding="utf-8")
    run_months([november_of(tree_made)], 2)
    assert "73,5" not in path.read_text(encoding="utf-8")


def test_one_bad_month_does_not_stop_the_others_and_a_rerun_goes_on(tmp_path):
    root = add_october(copy_tree(tmp_path), broken=True)
    done = sadec("batch", "2022-09..2022-11", "--root", root)
    assert done.returncode == 2
    lines = [line for line in done.stderr.splitlines() if line.startswith("sadec: ")]
    assert [line.split(": ")[1] for line in lines] == ["2022-09", "2022-10"]
    assert "no such month; prepare it with: sadec new-month 2022-09" in lines[0]
    assert "1 made, 2 failed" in done.stdout
    assert sorted(path.name for path in (root / "outputs").iterdir()) == ["2022-11", "index.html"]
    shutil.rmtree(root / "data" / "raw" / "2022-10")
    add_october(root)
    again = sadec("batch", "2022-10..2022-11", "--root", root)
    assert again.returncode == 0, again.stderr
    assert "2 made" in again.stdout  # November looks back at October
    assert "2 unchanged" in sadec("batch", "2022-10..2022-11", "--root", root).stdout


def test_an_interrupt_ends_soon_and_leaves_the_last_good_outputs(tree_made):
    before = contents(tree_made / "outputs" / "2022-11")
    command = [
        sys.executable,
        "-m",
        "sadec_analysis.cli",
        "batch",
        "2022-10..2022-11",
        "--force",
        "--root",
        str(tree_made),
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while process.poll() is None and not list((tree_made / "outputs").glob(".*/new/notebooks/02*.ipynb")):
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, error = process.communicate(timeout=30)
    assert process.returncode == 130, (out, error)
    assert "Traceback" not in error
    assert contents(tree_made / "outputs" / "2022-11") == before
    assert [path.name for path in (tree_made / "outputs").iterdir() if path.name.startswith(".")] == []


def test_months_before_are_read_once_and_kept(made):
    kept = made / "data" / "processed" / ".past" / "2022-10-sa_dec" / "past.json"
    assert json.loads(kept.read_text(encoding="utf-8"))["rulebook_id"] == "qd766-2022"


def test_a_month_that_does_not_exist_is_told_before_anything_starts(tree_made):
    with pytest.raises(InputError, match="no such month"):
        run_month(Parameters.checked("2022-12", root=tree_made))


def test_a_report_changed_by_hand_is_left_and_kept_when_the_month_is_made_again(tree_made):
    outputs = tree_made / "outputs" / "2022-11"
    (outputs / "report.docx").write_bytes(b"signed")
    assert reasons(november_of(tree_made)) == []
    (tree_made / "data/raw/2022-11/corrections.toml").unlink()
    told = sadec("run", "2022-11", "--root", tree_made)
    (kept,) = (outputs / "edited").iterdir()
    assert kept.read_bytes() == b"signed"
    assert f"{kept.name}: changed by hand before, kept" in told.stdout
    assert (outputs / "report.docx").read_bytes() != b"signed"
    (outputs / "report.docx").write_bytes(b"signed again")
    sadec("run", "2022-11", "--root", tree_made, "--force")
    assert sorted(path.read_bytes() for path in (outputs / "edited").iterdir()) == [
        b"signed",
        b"signed again",
    ]


def test_bars_count_the_steps_of_each_month_and_end_with_the_last(tree, capsys):
    months = [Parameters.checked(month, root=tree) for month in ("2022-10", "2022-11")]
    with Bars(2, steps=2) as bars:
        for parameters in months:
            for step in ("a", "b"):
                bars(parameters, Outcome(("g", step), seconds=0.1))
        [whole] = bars._progress.tasks
        assert (whole.completed, whole.total) == (2, 2)
    assert "all months" in capsys.readouterr().out
