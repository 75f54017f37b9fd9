"""The command: exit codes, one-line errors, and nothing heavy for its help."""

from __future__ import annotations

import subprocess
import sys

import pytest
from conftest import REPOSITORY
from workbooks import CITY, WARD_1, type_in


def sadec(*arguments, cwd=REPOSITORY):
    command = [sys.executable, "-m", "sadec_analysis.cli", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False)


def test_help_lists_the_commands():
    done = sadec("--help")
    assert done.returncode == 0
    for command in ("new-month", "import", "build", "run", "check", "lab"):
        assert command in done.stdout


def test_help_loads_nothing_heavy():
    code = "import sys, sadec_analysis.cli; print({'pandas', 'matplotlib', 'papermill', 'typst', 'duckdb', 'docx', 'xlsxwriter'} & set(sys.modules))"
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


def test_a_prepared_month_is_checked_cell_by_cell(tree):
    done = sadec("new-month", "2022-12", "--root", str(tree))
    assert done.returncode == 0
    assert done.stdout.strip().endswith("fill in figures.xlsx, then: sadec check 2022-12")
    done = sadec("check", "2022-12", "--root", str(tree))
    assert done.returncode == 0
    assert "  –  trang Tổng điểm, dòng 7, cột C: thành phố Sa Đéc: Điểm đánh giá" in done.stdout.splitlines()


def test_check_tells_every_problem_of_a_workbook_with_sheet_row_and_column(tree):
    sadec("new-month", "2022-12", "--root", str(tree))
    book = tree / "data" / "raw" / "2022-12" / "figures.xlsx"
    type_in(
        book,
        ("Tổng điểm", "Điểm đánh giá", CITY, "51.530"),
        ("Tiến độ giải quyết", "Tỷ lệ đúng hạn (%)", WARD_1, "120%"),
    )
    done = sadec("check", "2022-12", "--root", str(tree))
    assert done.returncode == 2
    told = done.stderr.splitlines()
    assert 'figures.xlsx, sheet Tổng điểm, row 7, column C: cannot read "51.530" as points' in told[0]
    assert "sheet Tiến độ giải quyết, row 8, column" in told[1]
    assert told[2].endswith("(and 1 more: run sadec check 2022-12)")
    assert not (tree / "data" / "processed" / "2022-12").exists()


def test_a_file_is_imported_under_its_month(tree, tmp_path_factory):
    report = tree / "data" / "raw" / "2022-11" / "bao-cao-2022-11.md"
    root = tmp_path_factory.mktemp("empty")
    (root / "data" / "raw").mkdir(parents=True)
    done = sadec(
        "import", str(report), "--month", "2022-11", "--root", str(root), "--from", "UBND thành phố Sa Đéc"
    )
    assert (done.returncode, done.stdout.strip().endswith("bao-cao-2022-11.md: filed")) == (0, True)
    assert len(sadec("check", "2022-11", "--root", str(root)).stdout.splitlines()) == 8
