"""A month's folder prepared: whole or not at all, valid as it is, with the month before beside each cell."""

from __future__ import annotations

import datetime as dt
import time
import tomllib

import openpyxl
import pytest
from workbooks import CITY, WARD_1, WARD_4, asked, blank, cell_of, head_of, type_in

from sadec_analysis.errors import InputError
from sadec_analysis.intake import new_month
from sadec_analysis.intake.new_month import prepare_month
from sadec_analysis.monthly import build_month, open_month
from sadec_analysis.months import Month
from sadec_analysis.places import load_place
from sadec_analysis.reading.corrections import Corrections, read_corrections
from sadec_analysis.reading.documents.markdown import read_markdown
from sadec_analysis.reading.reports.narrative import read_narrative

DAY = dt.date(2022, 12, 5)


@pytest.fixture
def empty_tree(tmp_path):
    (tmp_path / "data" / "raw").mkdir(parents=True)
    return tmp_path


@pytest.fixture(scope="module")
def december(tmp_path_factory):
    """December 2022 prepared after the real November."""
    from conftest import copy_tree

    return prepare_month("2022-12", root=copy_tree(tmp_path_factory.mktemp("december")), today=DAY)


def before(folder, title, heading, code):
    """The value of the month before beside an input cell."""
    cell = cell_of(openpyxl.load_workbook(folder / "figures.xlsx"), title, heading, code)
    beside = cell.parent.cell(cell.row, cell.column + 1)
    assert cell.parent.cell(head_of(cell.parent), beside.column).value == "Tháng trước"
    assert beside.protection.locked
    return beside.value


def texts(path):
    book = openpyxl.load_workbook(path)
    return [str(cell.value) for row in book["Hướng dẫn"] for cell in row if cell.value]


def test_the_folder_holds_the_workbook_and_the_files_that_go_with_it(december):
    assert december.name == "2022-12"
    assert sorted(path.name for path in december.iterdir()) == [
        "corrections.toml", "figures.xlsx", "narrative.md", "source.toml",
    ]  # fmt: skip
    assert tomllib.loads((december / "source.toml").read_text(encoding="utf-8")) == {
        "file": [
            {
                "name": "figures.xlsx",
                "kind": "workbook",
                "title": "Bảng nhập số liệu tháng 12 năm 2022",
                "provided_by": "UBND thành phố Sa Đéc",
                "received": DAY,
                "data": "real",
            }
        ]
    }
    assert read_corrections(december / "corrections.toml") == Corrections()


def test_the_day_is_today_unless_told(empty_tree):
    folder = prepare_month("2022-12", root=empty_tree)
    [file] = tomllib.loads((folder / "source.toml").read_text(encoding="utf-8"))["file"]
    assert abs(file["received"] - dt.datetime.now().astimezone().date()) <= dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("title", "heading", "code", "value"),
    [
        ("Tổng điểm", "Điểm đánh giá", CITY, "37,5"),
        ("Tổng điểm", "Tăng giảm", CITY, "▼ 11,17"),
        ("Tổng điểm", "Xếp loại", CITY, "Yếu"),
        ("Tổng điểm", "Xếp hạng", CITY, "5"),
        ("Tổng điểm", "Số đơn vị xếp hạng", CITY, "12"),
        ("Tổng điểm", "Điểm đánh giá", WARD_4, "46,94"),
        ("Tiến độ giải quyết", "Điểm đạt được", CITY, "12,3"),
        ("Tiến độ giải quyết", "Tỷ lệ đúng hạn (%)", WARD_1, "46,68%"),
        ("Tiến độ giải quyết", "Tổng hồ sơ quá hạn toàn địa bàn", CITY, "1.064"),
        ("Dịch vụ công trực tuyến", "Tỷ lệ nộp trực tuyến (%)", "000.22.36.H20", "dưới 50%"),
        ("Số hóa hồ sơ", "Hồ sơ chứng thực bản sao", WARD_4, "21"),
        ("Công khai, minh bạch", "Điểm đạt được", WARD_4, "–"),
    ],
)
def test_each_cell_has_the_value_of_the_month_before_beside_it(december, title, heading, code, value):
    assert before(december, title, heading, code) == value


def test_without_a_month_before_the_guide_says_so(empty_tree):
    folder = prepare_month("2022-12", root=empty_tree)
    assert before(folder, "Tổng điểm", "Điểm đánh giá", CITY) == "–"
    assert "– Chưa có số liệu tháng 11 năm 2022 nên cột «Tháng trước» để dấu gạch." in texts(
        folder / "figures.xlsx"
    )


def test_a_month_before_that_cannot_be_read_does_not_stop_the_next(tree):
    (tree / "data" / "raw" / "2022-11" / "source.toml").write_text("[[file]]\nname = 1\n", encoding="utf-8")
    folder = prepare_month("2022-12", root=tree)
    assert before(folder, "Tổng điểm", "Điểm đánh giá", CITY) == "–"
    told = [line for line in texts(folder / "figures.xlsx") if "Không đọc được" in line]
    assert len(told) == 1
    assert "sadec check 2022-11" in told[0]


def test_the_first_month_of_a_new_place_has_no_month_before(tree):
    """The city's last month is another place's."""
    (tree / "data" / "raw" / "2025-06").mkdir()
    folder = prepare_month("2025-07", "phuong_sa_dec", tree)
    assert before(folder, "Tổng điểm", "Điểm đánh giá", "H20/phuong-sa-dec") == "–"


def test_november_before_a_workbook_is_the_workbook_of_november(empty_tree):
    folder = prepare_month("2022-11", root=empty_tree)
    type_in(
        folder / "figures.xlsx", ("Thanh toán trực tuyến", "Hồ sơ thanh toán trực tuyến", WARD_1, "1.203")
    )
    following = prepare_month("2022-12", root=empty_tree)
    assert before(following, "Thanh toán trực tuyến", "Hồ sơ thanh toán trực tuyến", WARD_1) == "1.203"


@pytest.mark.parametrize(
    ("month", "place", "sentence"),
    [
        (
            "2022-11",
            "sa_dec",
            "2022-11: the month has a folder already; fill in what is there, or move it away first",
        ),
        ("2025-07", "sa_dec", "does not exist in this month"),
        ("2025-06", "phuong_sa_dec", "does not exist in this month"),
        ("2022-13", "sa_dec", "not a month"),
        ("2022-12", "hue", "unknown place"),
    ],
)
def test_a_month_that_cannot_be_prepared_is_refused_and_nothing_is_written(tree, month, place, sentence):
    was = sorted((tree / "data" / "raw").rglob("*"))
    with pytest.raises(InputError, match=sentence):
        prepare_month(month, place, tree)
    assert sorted((tree / "data" / "raw").rglob("*")) == was


def test_the_folder_appears_whole_or_not_at_all(empty_tree, monkeypatch):
    def fail(*_):
        raise OSError

    monkeypatch.setattr(new_month.templates, "narrative", fail)
    with pytest.raises(OSError):  # noqa: PT011 - the one raised above
        prepare_month("2022-12", root=empty_tree)
    assert list((empty_tree / "data" / "raw").iterdir()) == []


def test_an_unfilled_month_builds_to_no_figures_with_everything_missing(empty_tree):
    prepare_month("2022-12", root=empty_tree)
    build_month("2022-12", root=empty_tree)
    view = open_month("2022-12", root=empty_tree)
    assert len(view.figures) == 0
    assert len(view.findings) == 0
    assert view.documents["passages"] == []
    assert len(view.documents["missing"]) == len(asked("2022-12")) == 189


def test_a_filled_month_builds_with_its_places(empty_tree):
    folder = prepare_month("2022-12", root=empty_tree)
    type_in(
        folder / "figures.xlsx",
        ("Tổng điểm", "Điểm đánh giá", CITY, "51,53"),
        ("Tổng điểm", "Tăng giảm", CITY, "▲14,03"),
    )
    build_month("2022-12", root=empty_tree)
    view = open_month("2022-12", root=empty_tree)
    fact = view.fact(load_place("sa_dec").city, "total", "points")
    assert (fact.text(), fact.source, fact.place) == (
        "51,53",
        "figures.xlsx",
        "sheet Tổng điểm, row 7, column C",
    )
    assert view.fact(fact.unit, "total", "points", Month(2022, 11)).text() == "37,50"


def test_the_narrative_is_silent_until_written_and_then_speaks_for_every_criterion(
    december, tmp_path, rulebook
):
    path = december / "narrative.md"
    assert read_narrative(read_markdown(path), rulebook) == []
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        lines.append(line)
        is_remedy = line[:1].isdigit() and "III. GIẢI PHÁP KHẮC PHỤC, NÂNG CAO CÁC CHỈ SỐ" in lines
        if line.endswith("Nguyên nhân") or line.startswith("IV.") or is_remedy:
            lines += ["", "Một câu của cơ quan."]
    written = tmp_path / "narrative.md"
    written.write_text("\n".join(lines), encoding="utf-8")
    told = [
        (passage.topic, passage.criterion) for passage in read_narrative(read_markdown(written), rulebook)
    ]
    criteria = [
        "transparency",
        "progress",
        "online_service",
        "online_payment",
        "satisfaction",
        "digitisation",
    ]
    assert told == [
        *(("causes", each) for each in criteria),
        *(("remedies", each) for each in criteria),
        ("requests", ""),
    ]


def test_examples_in_comments_are_valid_once_their_marks_are_taken_off(december):
    lines = (december / "corrections.toml").read_text(encoding="utf-8").splitlines()
    example = [
        line.removeprefix("# ")
        for line in lines
        if line.startswith(("# [[", "# ")) and ("=" in line or "[[" in line)
    ]
    path = december.parent / "example.toml"
    path.write_text("\n".join(example), encoding="utf-8")
    found = read_corrections(path)
    [correction], [withheld] = found.correction, found.withheld
    path.unlink()
    assert (correction.source, correction.place, correction.used) == (
        "figures.xlsx", "sheet Tiến độ giải quyết, row 6, column C", "12,3",
    )  # fmt: skip
    assert (withheld.source, withheld.place) == ("bao-cao.docx", "III, line 4")


def test_the_same_input_gives_the_same_bytes(tmp_path):
    first = blank(tmp_path / "a.xlsx").read_bytes()
    time.sleep(2.1)  # a zip keeps times to two seconds
    assert blank(tmp_path / "b.xlsx").read_bytes() == first


def test_the_guide_says_what_to_do_with_the_commands_of_this_month(december):
    told = " ".join(texts(december / "figures.xlsx"))
    assert "sadec check 2022-12" in told
    assert "sadec run 2022-12" in told
    assert "Ô trống nghĩa là chưa có số liệu, không phải là 0" in told


def test_the_commands_name_a_place_that_is_not_the_usual_one(empty_tree):
    folder = prepare_month("2026-09", "phuong_sa_dec", empty_tree)
    told = " ".join(texts(folder / "figures.xlsx"))
    assert "sadec check 2026-09 --place phuong_sa_dec." in told
    assert "--month 2026-09 --place phuong_sa_dec --from" in (folder / "source.toml").read_text(
        encoding="utf-8"
    )
