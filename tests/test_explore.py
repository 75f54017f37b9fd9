"""Exploring without a browser: what a choice shows, and what it says where nothing can be shown."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace

import pytest
from conftest import SAMPLE, copy_tree
from explored_months import CITY, WARD_1, add_month, add_unreadable
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex

from sadec_analysis import exploring
from sadec_analysis.blocks import Chart, Contradictions, Grid, Heading, Note
from sadec_analysis.blocks.html import plain_text
from sadec_analysis.charts import style
from sadec_analysis.charts.lines import lines
from sadec_analysis.errors import InputError
from sadec_analysis.exploring import Choice, first_choice, months_present, view_of
from sadec_analysis.exploring.choice import figures_of, look
from sadec_analysis.exploring.panel import panel
from sadec_analysis.exploring.results import facts_of
from sadec_analysis.monthly import open_month
from sadec_analysis.months import Month
from sadec_analysis.places import load_place
from sadec_analysis.running.notebooks import execute
from sadec_analysis.running.parameters import Parameters

AUGUST, OCTOBER, NOVEMBER = Month(2022, 8), Month(2022, 10), Month(2022, 11)
WARD_2 = "000.22.36.H20"
UNITS = tuple(unit.code for unit in load_place("sa_dec").own)
CRITERIA = (
    "total",
    "transparency",
    "progress",
    "online_service",
    "online_payment",
    "satisfaction",
    "digitisation",
)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """August and October made up, September unreadable, November real; none of them built."""
    folder = tmp_path_factory.mktemp("explored")
    tree = copy_tree(folder / "root")
    add_month(tree, folder, "2022-08", city="52.5", ward="58")
    add_month(tree, folder, "2022-10")
    add_unreadable(tree, "2022-09")
    return tree


@pytest.fixture(scope="module")
def start(root):
    return first_choice("2022-11", "sa_dec", "vi", str(root))


def sample(folder):
    """The made-up month of a ward, to be built."""
    shutil.copytree(SAMPLE / "data" / "raw", folder / "data" / "raw")
    return folder


def cells(grid):
    return {str(name[0]): [str(cell[0]) for cell in row] for name, *row in grid.rows}


def of(blocks, kind):
    return [block for block in blocks if isinstance(block, kind)]


def told(blocks):
    return " ".join(plain_text(block.as_json()) for block in blocks)


def test_the_months_present_are_those_with_a_folder_in_which_the_place_exists(root):
    assert [str(month) for month in months_present(root)] == ["2022-08", "2022-09", "2022-10", "2022-11"]
    assert months_present(root, "phuong_sa_dec") == []


def test_the_first_choice_is_the_total_of_all_units(start, root):
    assert start == Choice((NOVEMBER,), UNITS, "total", "points", "sa_dec", "vi", root)


def test_what_the_command_was_told_wins_over_the_cell(root):
    told = {"SADEC_MONTH": "2022-10", "SADEC_LANG": "en", "SADEC_ROOT": str(root)}
    choice = first_choice("2022-11", "sa_dec", "vi", "..", told)
    assert (choice.months, choice.lang, choice.place, choice.root) == ((OCTOBER,), "en", "sa_dec", root)


def test_one_month_shows_table_chart_findings_and_sources_in_this_order(start):
    blocks = view_of(start)
    assert list(map(type, blocks)) == [Grid, Chart, Heading, Contradictions, Heading, Grid]
    table, chart, _, _, _, sources = blocks
    assert cells(table)["Sa Đéc"] == ["37,5/100", "mục I.1, đoạn 1"]
    assert cells(table)["Phường 1"] == ["42,36", "mục I.2, bảng 1, dòng 4"]
    assert len(table.rows) == 10
    assert chart.title == "Tổng điểm: mười đơn vị, tháng 11/2022"
    assert [cell[0] for cell in sources.rows[0]] == [
        "Sa Đéc", "Tháng 11/2022", "37,5/100", "bao-cao-2022-11.md", "mục I.1, đoạn 1", "đọc",
    ]  # fmt: skip


def test_several_months_stand_side_by_side_and_a_missing_figure_is_said_to_be_missing(start):
    blocks = view_of(
        replace(start, months=(NOVEMBER, OCTOBER), units=(CITY, WARD_1, WARD_2), indicator="progress")
    )
    table = of(blocks, Grid)[0]
    assert table.header == ("Đơn vị", "Tháng 10/2022", "Tháng 11/2022")
    assert cells(table) == {
        "Sa Đéc": ["17,25", "12,3/20"], "Phường 1": ["15,5", "9,5/20"], "Phường 2": ["chưa có số liệu", "14,5/20"],
    }  # fmt: skip
    chart = of(blocks, Chart)[0]
    assert chart.title == (
        "Điểm tiến độ giải quyết: Sa Đéc, Phường 1 và Phường 2, tháng 10/2022 đến tháng 11/2022"
    )
    assert chart.source.startswith("Nguồn: Phản hồi của Cổng, tháng 10 năm 2022; Báo cáo tháng 11 năm 2022.")
    assert len(of(blocks, Grid)[1].rows) == 5


def test_a_corrected_figure_shows_the_value_used_and_says_so(start):
    blocks = view_of(replace(start, units=(CITY,), indicator="progress"))
    assert cells(blocks[0])["Sa Đéc"][0] == "12,3/20"
    assert str(of(blocks, Grid)[1].rows[0][-1][0]) == "đính chính"


def test_a_grade_is_shown_by_its_name_and_limits_as_limits(start):
    grade = view_of(replace(start, months=(OCTOBER, NOVEMBER), units=(WARD_1,), measure="grade"))
    assert cells(grade[0])["Phường 1"][1] == "Yếu"
    limits = view_of(replace(start, units=(WARD_1,), indicator="satisfaction.reported", measure="percent"))
    assert cells(limits[0])["Phường 1"][0] == "từ 80%"
    assert "≥80" in of(limits, Chart)[0].svg


def drawn_lines(choice):
    view = look(choice).view
    months = sorted(choice.months)
    with style.drawing("test"):
        figure = lines(view, facts_of(choice, view), months)
    return [line for line in figure.axes[0].lines if len(line.get_xdata()) > 1], figure.axes[0]


def test_a_gap_of_a_month_is_left_open(start):
    joined, _ = drawn_lines(replace(start, months=(AUGUST, OCTOBER, NOVEMBER), units=(CITY,)))
    assert [list(line.get_xdata()) for line in joined] == [[2, 3]]
    assert [list(line.get_ydata()) for line in joined] == [[48.67, 37.5]]
    assert to_hex(joined[0].get_color()) == style.CITY


def test_first_rank_is_at_the_top(start):
    _, axes = drawn_lines(replace(start, months=(OCTOBER, NOVEMBER), measure="rank"))
    assert axes.yaxis_inverted()


def test_findings_are_those_of_the_chosen_units_and_criterion(start):
    city = told(view_of(replace(start, units=(CITY,), indicator="progress")))
    assert "12,3/20 (I.1), 10,6/20 (II.2.1)" in city
    assert "0,0 + 12,3 + 6,7" not in city
    ward = told(view_of(replace(start, units=(WARD_1,), indicator="transparency")))
    assert "Không thấy mâu thuẫn nào về tiêu chí và đơn vị đã chọn." in ward


@settings(max_examples=25, deadline=None)
@given(
    units=st.sets(st.sampled_from(UNITS), min_size=1),
    months=st.sets(st.sampled_from((AUGUST, OCTOBER, NOVEMBER)), min_size=1),
    criterion=st.sampled_from(CRITERIA),
)
def test_every_choice_has_a_row_for_each_unit_and_findings_that_concern_it(start, units, months, criterion):
    choice = replace(start, units=tuple(units), months=tuple(months), indicator=criterion)
    blocks = view_of(choice)
    assert len(blocks[0].rows) == len(units)
    assert len(blocks[0].rows[0]) == (3 if len(months) == 1 else 1 + len(months))
    view = open_month(str(max(months)), root=start.root)
    marks = {
        row["number"]: f"{row['unit']} {row['indicator']}\n{row['marks']}"
        for row in view.findings.to_dict("records")
    }
    shown = {item.number for block in of(blocks, Contradictions) for item in block.items}
    expected = {
        number for number, mark in marks.items()
        if any(line.startswith((f"{unit} {criterion}.", f"{unit} {criterion} ")) or line == f"{unit} {criterion}"
               for line in mark.split("\n") for unit in units)
    }  # fmt: skip
    assert shown == expected


def test_each_figure_offered_is_known_somewhere_and_points_come_first(start):
    view = look(start).view
    for criterion in CRITERIA:
        pairs = figures_of(view, criterion)
        assert pairs[0] == (criterion, "points")
        assert len(pairs) == len(set(pairs))
        for indicator, measure in pairs[1:]:
            choice = replace(start, months=(AUGUST, OCTOBER, NOVEMBER), indicator=indicator, measure=measure)
            assert any(seen.fact.is_known or seen.fact.is_bounded for seen in facts_of(choice, view))
            assert view.indicator(indicator, measure)


def test_a_month_is_built_where_it_is_not_and_raw_files_stay(start, tmp_path):
    tree = copy_tree(tmp_path)
    raw = {path: path.read_bytes() for path in (tree / "data" / "raw").rglob("*") if path.is_file()}
    assert len(view_of(replace(start, root=tree))) == 6
    assert (tree / "data" / "processed" / "2022-11" / "figures.parquet").is_file()
    assert {path: path.read_bytes() for path in raw} == raw


def test_a_month_that_came_since_is_seen(start, tmp_path):
    tree = copy_tree(tmp_path / "root")
    choice = replace(start, root=tree, units=(CITY,), months=(OCTOBER, NOVEMBER))
    assert told(view_of(choice)).startswith("Không đọc được. tháng 10/2022.") is False
    add_month(tree, tmp_path, "2022-10", city="50.01")
    assert cells(of(view_of(choice), Grid)[0])["Sa Đéc"] == ["50,01", "37,5/100"]


def test_a_month_that_cannot_be_read_is_a_remark_beside_the_others(start):
    alone = view_of(replace(start, months=(Month(2022, 9),)))
    assert list(map(type, alone)) == [Note]
    assert told(alone).startswith("Không đọc được. tháng 9/2022.")
    among = view_of(replace(start, months=(Month(2022, 9), NOVEMBER)))
    assert told(among[:1]).startswith("Không đọc được. tháng 9/2022.")
    assert list(map(type, among[1:3])) == [Grid, Chart]
    after = view_of(replace(start, months=(NOVEMBER, Month(2022, 12))))
    assert told(after[:1]).startswith("Không đọc được. tháng 12/2022.")
    assert of(after, Chart)[0].title.endswith("tháng 11/2022 đến tháng 12/2022")


@pytest.mark.parametrize(
    ("changes", "message"),
    [({"months": ()}, "Hãy chọn ít nhất một tháng."), ({"units": ()}, "Hãy chọn ít nhất một đơn vị.")],
)
def test_a_choice_of_nothing_says_what_to_choose(start, changes, message):
    assert told(view_of(replace(start, **changes))) == message


def test_a_figure_nobody_gives_is_a_remark_instead_of_a_chart(start):
    blocks = view_of(replace(start, units=(WARD_2,), months=(OCTOBER,), indicator="satisfaction"))
    assert of(blocks, Chart) == []
    assert "không nguồn nào của các tháng đã chọn có số liệu này" in told(blocks)


def test_english_is_english(start):
    text = told(view_of(replace(start, lang="en", indicator="progress")))
    assert "ten units, Nov 2022" in text
    assert "đơn vị" not in text


class Controls:
    """The panel's four lists and its page, as the browser holds them."""

    def __init__(self, start):
        row, self.page = panel(start).children
        self.months, self.units, self.criterion, self.figure = (box.children[1] for box in row.children)


def test_a_changed_control_redraws_once_and_fits_the_figures(start):
    controls = Controls(start)
    assert "Tổng điểm: mười đơn vị, tháng 11/2022" in controls.page.value
    seen = []
    controls.page.observe(lambda change: seen.append(change["new"]), "value")
    controls.criterion.value = "progress"
    assert len(seen) == 2  # the remark that it reads, and the result
    assert "Điểm tiến độ giải quyết: mười đơn vị" in seen[1]
    assert ("Tỷ lệ hồ sơ đúng hạn", ("progress.on_time", "percent")) in controls.figure.options
    controls.figure.value = ("progress.on_time", "percent")
    assert "61,54%" in controls.page.value
    controls.months.value = (OCTOBER,)
    assert controls.figure.value == ("progress.on_time", "percent")
    assert "không nguồn nào" in controls.page.value
    controls.criterion.value = "total"
    assert controls.figure.value == ("total", "points")


def test_a_rate_and_a_count_of_one_name_are_told_apart(tmp_path):
    controls = Controls(first_choice("2026-08", "phuong_sa_dec", "en", str(sample(tmp_path))))
    controls.criterion.value = "progress"
    names = [name for name, _ in controls.figure.options]
    assert {"Dossiers on time (percent)", "Dossiers on time (number)"} <= set(names)
    assert len(names) == len(set(names))


@pytest.mark.filterwarnings("error")
def test_a_figure_that_can_only_be_zero_is_drawn(tmp_path):
    choice = first_choice("2026-08", "phuong_sa_dec", "vi", str(sample(tmp_path)))
    blocks = view_of(replace(choice, indicator="progress.processing_time"))
    assert len(of(blocks, Chart)) == 1


def test_a_fault_of_ours_leaves_the_controls_working(start, monkeypatch):
    controls = Controls(start)
    with monkeypatch.context() as broken:
        broken.setattr("sadec_analysis.exploring.panel.view_in", lambda *_: 1 / 0)
        controls.criterion.value = "digitisation"
        assert "ZeroDivisionError" in controls.page.value
    controls.criterion.value = "progress"
    assert "Điểm tiến độ giải quyết" in controls.page.value


def test_a_first_month_that_is_absent_is_told_and_another_can_be_chosen(start):
    controls = Controls(replace(start, months=(Month(2023, 5),)))
    assert controls.months.value == ()
    assert "Không đọc được." in controls.page.value
    controls.months.value = (NOVEMBER,)
    assert "Tổng điểm: mười đơn vị, tháng 11/2022" in controls.page.value
    assert len(controls.criterion.options) == 7


def test_a_wrong_parameter_is_a_remark_and_no_traceback(monkeypatch):
    shown = []
    monkeypatch.setattr(exploring, "show", shown.append)
    exploring.explore("2022-13", "sa_dec", "fr", "nowhere")
    assert told(shown).startswith("Không đọc được. lang: unknown language")
    with pytest.raises(InputError):
        first_choice("2022-13", "sa_dec", "vi", ".")


def test_values_of_an_open_lab_do_not_reach_a_run_without_one(monkeypatch, root):
    shown = []
    monkeypatch.setattr(exploring, "show", shown.extend)
    monkeypatch.setenv("SADEC_MONTH", "2022-10")
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    exploring.explore("2022-11", "sa_dec", "vi", str(root))
    assert of(shown, Chart)[0].title.endswith("tháng 11/2022")
    assert "JPY_SESSION_NAME" not in os.environ


@pytest.mark.slow
def test_the_notebook_runs_without_a_browser_and_shows_the_same(tree):
    _, notebook, _ = execute("explore", Parameters.checked("2022-11", root=tree))
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    blocks = [output["data"]["application/vnd.sadec.block+json"] for output in outputs]
    assert [block["kind"] for block in blocks] == [
        "grid",
        "chart",
        "heading",
        "contradictions",
        "heading",
        "grid",
    ]
    shown = view_of(first_choice("2022-11", "sa_dec", "vi", str(tree)))
    assert blocks == json.loads(json.dumps([block.as_json() for block in shown]))
