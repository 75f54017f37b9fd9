"""The command: exit codes, one-line errors, and nothing heavy for its help."""

from __future__ import annotations

import subprocess
import sys

import pytest
from conftest import REPOSITORY


def sadec(*arguments, cwd=REPOSITORY):
    command = [sys.executable, "-m", "sadec_analysis.cli", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False)


def test_help_lists_the_commands():
    done = sadec("--help")
    assert done.returncode == 0
    for command in ("build", "run", "check", "lab"):
        assert command in done.stdout


def test_help_loads_nothing_heavy():
    code = "import sys, sadec_analysis.cli; print({'pandas', 'matplotlib', 'papermill', 'typst'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_build_finds_the_root_from_a_folder_inside_it(tree):
    inside = tree / "data" / "raw"
    done = sadec("build", "2022-11", cwd=inside)
    assert (done.returncode, done.stdout.strip()) == (0, "2022-11: built")
    assert (tree / "data" / "processed" / "2022-11" / "figures.parquet").is_file()


def test_check_prints_findings_with_their_places(tree):
    done = sadec("check", "2022-11", "--root", str(tree))
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert len(lines) == 8
    assert lines[0].startswith("  1  Mâu thuẫn: Sáu tiêu chí của thành phố Sa Đéc cộng lại là 36,8")
    assert lines[3].endswith("[mục II.2.1, bảng 1, dòng 9]")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "2022-13"], "sadec: month: not a month"),
        (["run", "2022-12"], "no such month"),
        (["run", "2022-11", "--lang", "fr"], "sadec: lang: unknown language"),
        (["run", "2022-11", "--place", "hue"], "sadec: place: unknown place"),
        (["build", "../2022-11"], "sadec: month: not a month"),
        (["check", "2022-11", "--root", "tests"], "not a root"),
    ],
)
def test_input_that_needs_mending_exits_2_with_one_line(arguments, message):
    done = sadec(*arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_outside_any_root_the_command_says_where_to_go(tmp_path):
    done = sadec("build", "2022-11", cwd=tmp_path)
    assert (done.returncode, "no data/raw here or above" in done.stderr) == (2, True)


def test_an_unknown_option_exits_2():
    assert sadec("run", "2022-11", "--colour").returncode == 2
