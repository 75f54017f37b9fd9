"""The command: exit codes, one-line errors, and nothing heavy for its help."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from types import SimpleNamespace

import nbformat
import pytest
from conftest import REPOSITORY
from nbformat.v4 import new_markdown_cell, new_notebook
from typer.testing import CliRunner
from workbooks import CITY, WARD_1, type_in

from sadec_analysis import cli
from sadec_analysis.cli import app
from sadec_analysis.errors import RunError


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


def test_check_prints_findings_with_their_places_and_fails_on_errors(tree):
    done = sadec("check", "2022-11", "--root", str(tree))
    assert done.returncode == 2
    assert done.stderr.strip() == "sadec: 2022-11: 4 findings to mend or explain (--fail-on error)"
    text = " ".join(done.stdout.split())
    assert "1 Mâu thuẫn Sáu tiêu chí của thành phố Sa Đéc cộng lại là 36,8" in text
    assert "Điểm so với tỷ lệ: mục II.2.1, bảng 1, dòng 9" in text
    assert "4 mâu thuẫn, 14 nội dung cần xem lại, 3 ghi chú; đã đối chiếu" in text
    assert "docs/method.md, mục 4" in text


@pytest.mark.parametrize(("fail_on", "code"), [("never", 0), ("error", 2), ("warning", 2), ("note", 2)])
def test_check_fails_from_the_severity_asked_for(fail_on, code, tree):
    assert sadec("check", "2022-11", "--root", str(tree), "--fail-on", fail_on).returncode == code


def test_check_of_a_report_without_errors_ends_well(tmp_path):
    report = tmp_path / "bao-cao.md"
    report.write_text(
        "# BÁO CÁO\n\nKết quả trên địa bàn thành phố Sa Đéc tháng 11 năm 2022\n\nI. KẾT QUẢ\n\n1. Đối với thành phố Sa Đéc\n\n"
        "thành phố Sa Đéc đạt **52,5/100 điểm**, xếp loại **Yếu**, xếp hạng **05/12**\n", encoding="utf-8",
    )  # fmt: skip
    assert sadec("check", str(report), cwd=tmp_path).returncode == 0
    done = sadec("check", str(report), "--fail-on", "warning", cwd=tmp_path)
    assert (done.returncode, "1 findings to mend or explain" in done.stderr) == (2, True)


def test_check_speaks_to_machines(tree):
    done = sadec("check", "2022-11", "--root", str(tree), "--format", "json", "--lang", "en")
    told = json.loads(done.stdout)
    assert (told["month"], told["place"], told["rulebook"], len(told["findings"])) == (
        "2022-11",
        "sa_dec",
        "qd766-2022",
        21,
    )
    assert told["findings"][13] == {
        "number": 14, "check": "points_rate", "id": "points_rate/000.26.36.H20/progress/points", "severity": "warning",
        "period": "2022-11", "unit": "000.26.36.H20", "indicator": "progress",
        "message": "Phường Tân Quy Đông, points for timeliness: 7.9 is printed, while 41.46% × 20 = 8.292; 0.392 apart, more than rounding explains (0.056).",
        "printed": "7,9/20", "expected": "8.292", "slack": "0.056", "place": "II.2.1, table 1, row 9",
        "unit_name": "Phường Tân Quy Đông", "method": "docs/method.md#points_rate",
    }  # fmt: skip
    assert told["compared"]["table_sum"] == 4


def test_a_report_of_no_month_is_checked_as_its_month_is(tree, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    report = tree / "data" / "raw" / "2022-11" / "bao-cao-2022-11.md"
    alone = sadec("check", str(report), "--format", "json", cwd=elsewhere)
    filed = sadec("check", "2022-11", "--root", str(tree), "--format", "json")
    assert json.loads(alone.stdout)["findings"] == json.loads(filed.stdout)["findings"]
    assert list(elsewhere.iterdir()) == []


def test_a_report_of_a_city_nobody_described_is_checked_by_its_own_units(tree, tmp_path):
    text = (tree / "data" / "raw" / "2022-11" / "bao-cao-2022-11.md").read_text(encoding="utf-8")
    report = tmp_path / "bao-cao.md"
    report.write_text(text.replace("Sa Đéc", "Bình Minh Thử").replace("H20", "H99"), encoding="utf-8")
    told = json.loads(sadec("check", str(report), "--format", "json").stdout)
    assert told["place"] == "thanh-pho-binh-minh-thu"
    assert [each["severity"] for each in told["findings"]].count("error") == 4
    assert [each["check"] for each in told["findings"]].count("points_rate") == 5
    assert told["findings"][0]["unit_name"] == "thành phố Bình Minh Thử"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.md", None, "no such file"), ("a.pdf", "x", "is not a report (expected .md or .docx or .html or .htm)"),
        ("a.md", "không có gì", "does not say its month"), ("a.docx", "x", "sadec: "),
    ],
)  # fmt: skip
def test_a_file_that_is_no_report_ends_in_one_line(name, content, message, tmp_path):
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    done = sadec("check", str(tmp_path / name))
    assert (done.returncode, len(done.stderr.strip().splitlines()), message in done.stderr) == (2, 1, True)


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
    assert "  trang Tổng điểm, dòng 7, cột C: thành phố Sa Đéc: Điểm đánh giá" in done.stdout.splitlines()


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
    done = sadec("check", "2022-11", "--root", str(root), "--format", "json")
    assert len(json.loads(done.stdout)["findings"]) == 21


def test_a_notebook_of_one_s_own_is_written_where_it_is_told(tmp_path):
    path = tmp_path / "sổ tay.ipynb"
    nbformat.write(new_notebook(cells=[new_markdown_cell("# Số liệu")]), path)
    done = CliRunner().invoke(app, ["brief", str(path), "--out", str(tmp_path / "ra"), "--no-code"])
    assert done.exit_code == 0, done.output
    assert [path.suffix for path in sorted((tmp_path / "ra").iterdir())] == [".html", ".pdf"]
    assert "kB)" in done.output


def test_the_lab_is_started_with_what_was_asked_and_ends_as_it_does(tree, monkeypatch):
    asked = {}

    def prepare(root, month, place, lang, *, browser, port):
        asked.update(root=root, month=month, place=place, lang=lang, browser=browser, port=port)
        return SimpleNamespace(notebook="explore.ipynb", run=lambda: 3)

    monkeypatch.setattr("sadec_analysis.exploring.lab.prepare_lab", prepare)
    done = CliRunner().invoke(
        app, ["lab", "--month", "2022-11", "--no-browser", "--port", "8899", "--root", str(tree)]
    )
    assert done.exit_code == 3
    assert "explore.ipynb: run all its cells" in done.output
    assert asked == {
        "root": tree,
        "month": "2022-11",
        "place": "sa_dec",
        "lang": "vi",
        "browser": False,
        "port": 8899,
    }


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "a.txt"), 2, "sadec: a.txt: cannot be written: No space left on device; free"),
        (OSError(errno.EROFS, "Read-only file system", "a.txt"), 2, "sadec: a.txt: cannot be written: Read-only file system"),
        (RunError("03_on_time", "fails"), 1, "sadec: 03_on_time: fails"),
        (KeyboardInterrupt(), 130, ""),
    ],
)  # fmt: skip
def test_each_way_to_end_has_its_code_and_one_line(monkeypatch, capsys, error, code, told):
    def fail():
        raise error

    monkeypatch.setattr(cli, "app", fail)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == code
    assert capsys.readouterr().err.startswith(told)


def test_an_error_of_ours_keeps_its_traceback(monkeypatch):
    def fail():
        raise FileNotFoundError(errno.ENOENT, "No such file", "a.txt")

    monkeypatch.setattr(cli, "app", fail)
    with pytest.raises(FileNotFoundError):
        cli.main()
