"""Charts: what they say, what they show, and that they are drawn in the project's own way."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Ellipse

from sadec_analysis import charts
from sadec_analysis.blocks import Chart
from sadec_analysis.brief.results import results
from sadec_analysis.brief.standalone import standalone_svg, standalone_svgs
from sadec_analysis.charts import online, style
from sadec_analysis.charts.satisfaction import groups
from sadec_analysis.monthly import build_month, open_month

NAMES = charts.__all__
TITLES = {
    "bump": "Phường 4 dẫn đầu năm trên sáu tháng",
    "calendar": "Sa Đéc xếp loại Trung bình trong một trên sáu tháng",
    "change": "Chỉ công khai, minh bạch hoặc số hóa hồ sơ có thể một mình kéo giảm 11,17 điểm",
    "control": "Tháng 5/2024: 73,6% đúng hạn, dưới giới hạn 83,0%, không phải do ngẫu nhiên",
    "small_multiples": "Sa Đéc từ 79,70 điểm (tháng 12/2023) đến 77,19 điểm",
    "ward_effects": "Phường 1 góp −4,01 điểm phần trăm, nhiều nhất trong mức thay đổi −11,82",
    "certified_copies": "5 trên 10 đơn vị của Sa Đéc đã chứng thực bản sao điện tử, với 35 hồ sơ",
    "criteria": "Công khai, minh bạch và số hóa hồ sơ làm mất 33,6 trong 62,5 điểm còn thiếu",
    "heat_map": "Với xã, phường, 36 trong 54 ô có giá trị, 18 ô chỉ biết khoảng",
    "on_time": "Từ 41,46% ở Tân Quy Đông đến 81,65% ở An Hoà: chênh 40,19 điểm phần trăm",
    "online_submission": "Ba đơn vị chưa đạt chỉ tiêu 50%: Phường 2, Phường 3 và An Hoà",
    "order": "Tân Quy Tây và Tân Phú Đông lên hai bậc, An Hoà xuống hai bậc",
    "overdue": "Ba đơn vị chiếm 47% trong 1.064 hồ sơ quá hạn",
    "overdue_by_due_month": "44 trong 1.064 hồ sơ quá hạn có hạn trả trong tháng này",
    "overdue_by_received_month": "34 trong 1.064 hồ sơ quá hạn được tiếp nhận trong tháng này",
    "sub_indicators": "Mất nhiều điểm nhất: 4.4 Hồ sơ có thành phần từ kho dữ liệu, mất 3,90 điểm",
    "satisfaction": "Xã, phường đều từ 80% trở lên; 53,9% của Sa Đéc đúng bằng 9,7/18 điểm",
    "ward_totals": "Cả chín xã, phường rơi từ Trung bình xuống Yếu",
}


@pytest.fixture(scope="module")
def drawn(november, listed, ward, demo):
    """Every chart, from a month whose sources have what it shows."""
    year = ("bump", "calendar", "control", "small_multiples", "ward_effects")
    views = {"sub_indicators": ward} | dict.fromkeys(
        ("overdue_by_due_month", "overdue_by_received_month"), listed
    )
    views |= dict.fromkeys(year, demo.view("2024-05"))
    return {name: getattr(charts, name)(views.get(name, november)) for name in NAMES}


def test_only_a_chart_of_made_up_figures_says_so(listed):
    assert "DỮ LIỆU MINH HỌA" in charts.overdue_by_due_month(listed).source
    assert "DỮ LIỆU MINH HỌA" not in charts.overdue(listed).source


def words_in(svg):
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


@pytest.mark.parametrize("name", NAMES)
def test_the_title_says_the_finding(name, drawn):
    assert drawn[name].title == TITLES[name]


@pytest.mark.parametrize("name", NAMES)
def test_the_alternative_text_holds_every_row_of_the_table(name, drawn):
    chart = drawn[name]
    assert chart.alt.startswith(chart.title)
    for row in chart.data.rows:
        assert str(row[0][0]).replace("\n", " ") in chart.alt


@pytest.mark.parametrize("name", NAMES)
def test_the_drawing_is_small_real_text_in_the_projects_typeface(name, drawn):
    svg = drawn[name].svg
    assert len(svg.encode()) < 30_000
    assert len(words_in(svg)) >= 8
    assert set(re.findall(r"font-family: '([^']+)'", svg)) == {"Inter Tabular"}
    assert "<style" not in svg
    assert "<metadata" not in svg


@pytest.mark.parametrize("name", NAMES)
def test_the_drawing_says_nothing_that_is_not_seen(name, drawn):
    svg = drawn[name].svg
    assert not re.findall(r"<g>|<g/>|<defs></defs>|rotate\(-0", svg)
    assert not re.findall(r"\d\.\d{3}", re.sub(r">[^<]*<", "><", svg))
    assert svg.count("font-family") == 1


def test_discs_are_circles_and_other_curves_stay_paths():
    figure = Figure(figsize=(1, 1), dpi=72)
    figure.add_artist(Circle((0.5, 0.5), 0.25, transform=figure.transFigure))
    figure.add_artist(Ellipse((0.5, 0.5), 0.5, 0.25, transform=figure.transFigure))
    svg = style.to_svg(figure, "a")
    assert '<circle cx="36" cy="36" r="18" style=' in svg
    assert svg.count("<path") == 2  # the ellipse, and the figure's own ground


@pytest.mark.parametrize("name", NAMES)
def test_ids_and_references_in_a_drawing_are_its_own(name, drawn):
    svg = drawn[name].svg
    ids = set(re.findall(r'\bid="([^"]+)"', svg))
    used = set(re.findall(r'(?:xlink:href="#|url\(#)([^")]+)', svg))
    assert all(re.match(rf"{name}-(2022-11|2024-05|2026-08)-", each) for each in ids)
    assert used <= ids


def test_no_two_drawings_share_an_id(drawn):
    ids = [each for chart in drawn.values() for each in re.findall(r'\bid="([^"]+)"', chart.svg)]
    assert len(ids) == len(set(ids))


def test_a_drawing_is_the_same_every_time(november, drawn):
    assert charts.ward_totals(november).svg == drawn["ward_totals"].svg


def test_values_are_written_in_the_drawing(drawn):
    assert {"0,0/18", "12,3/20", "mất 18,0"} <= set(words_in(drawn["criteria"].svg))
    assert {"81,65", "41,46", "Sa Đéc 61,54%", "213"} <= set(words_in(drawn["on_time"].svg))
    assert {"47,34", "61,30", "37,5", "48,67", "Yếu", "Trung bình"} <= set(words_in(drawn["ward_totals"].svg))
    assert {"213", "1/1", "0/1"} & set(words_in(drawn["heat_map"].svg)) == {"1/1", "0/1"}


def test_bars_and_dots_are_sorted_by_value(drawn):
    names = [str(row[0][0]) for row in drawn["overdue"].data.rows]
    assert names[:3] == ["Phường 1", "Cơ quan UBND TP", "Phường 3"]
    totals = [str(row[2][0]) for row in drawn["ward_totals"].data.rows]
    assert totals == sorted(totals, reverse=True)


def test_what_is_only_bounded_is_hatched_and_told_as_limits(drawn):
    svg = drawn["online_submission"].svg
    assert svg.count("fill: url(#") == 9
    texts = words_in(svg)
    assert (texts.count("dưới 50%"), texts.count("trên 50%")) == (3, 6)
    assert {"từ 90%", "80% đến 90%"} <= set(words_in(drawn["satisfaction"].svg))


def test_a_value_with_a_finding_carries_its_number(drawn):
    assert {"14", "15", "16", "17", "18"} <= set(words_in(drawn["on_time"].svg))
    assert "xem phần Những con số cần đối chiếu" in drawn["on_time"].source
    assert "vòng tròn" not in drawn["order"].source


def test_the_source_line_names_report_and_sections(drawn):
    assert drawn["overdue"].source.startswith("Nguồn: Báo cáo tháng 11 năm 2022, mục II.2.1.")
    assert "tính lại" in drawn["ward_totals"].source


def test_a_picture_of_its_own_needs_nothing_else(drawn):
    picture = standalone_svg(drawn["criteria"].as_json())
    assert "Công khai, minh bạch và số hóa hồ sơ làm mất 33,6" in picture
    assert "font/woff2;base64" in picture
    assert not re.findall(r'(?:href|src)="?https?:', picture)
    assert f"<desc>{drawn['criteria'].alt[:40]}" in picture


def test_pictures_of_a_month_carry_one_typeface_of_all_their_letters(drawn):
    plain, rare = (drawn[name].as_json() for name in ("criteria", "on_time"))
    faces = [
        re.search("<style>(.*?)</style>", picture)[1]
        for picture in standalone_svgs([plain, rare | {"title": "Ñ"}])
    ]
    assert faces[0] == faces[1]
    assert faces[0] != re.search("<style>(.*?)</style>", standalone_svg(plain))[1]


def test_every_picture_is_small(drawn):
    pictures = standalone_svgs([chart.as_json() for chart in drawn.values()])
    assert max(len(picture.encode()) for picture in pictures) < 60_000


def view_of(root):
    build_month("2022-11", root=root)
    return open_month("2022-11", root=root)


def test_a_month_without_rates_says_so_in_its_charts(edit):
    view = view_of(
        edit(
            "| STT | Đơn vị | Tỷ lệ đúng hạn | Điểm đạt được |", "| STT | Đơn vị | Cột khác | Cột khác nữa |"
        )
    )
    chart = charts.on_time(view)
    assert chart.title == "Chưa có tỷ lệ đúng hạn của xã, phường"
    assert words_in(chart.svg).count("chưa có số liệu") == 9


def test_an_unknown_criterion_is_drawn_as_unknown(edit):
    view = view_of(edit("+ Số hóa hồ sơ: **5,8/22** điểm", "+ Số hóa hồ sơ: chưa có"))
    root_figures = view.fact(view.place.city, "digitisation", "points")
    assert root_figures.value == Decimal("6.4")  # II.6.2 still prints it
    view = view_of(edit("đạt **6,4/22 điểm**, xếp hạng **06/12** huyện", "xếp hạng **06/12** huyện"))
    chart = charts.criteria(view)
    assert "chưa có số liệu" in words_in(chart.svg)
    assert chart.svg.count("fill: url(#") == 1


def test_wards_that_moved_apart_give_another_title(edit):
    view = view_of(
        edit(
            "| 01 | UBND xã Tân Khánh Đông | 47,34 | Giảm 13,96 | Yếu |",
            "| 01 | UBND xã Tân Khánh Đông | 77,34 | Tăng 13,96 | Khá |",
        )
    )
    assert charts.ward_totals(view).title == "Tám xã, phường giảm điểm, một tăng điểm"


def test_without_the_month_before_nothing_is_compared(november):
    alone = replace(november, figures=november.figures[november.figures["period"] == "2022-11"])
    chart = charts.ward_totals(alone)
    assert chart.title == "Tổng điểm của Sa Đéc và xã, phường"
    assert "61,30" not in words_in(chart.svg)
    assert "tính lại" not in chart.source
    names = [block.name for block in results(alone) if isinstance(block, Chart)]
    assert names == ["criteria", "heat_map"]


def test_the_target_comes_from_the_report_else_from_the_rulebook(edit, november):
    assert online.target(november) == 50
    assert online.target(view_of(edit("đã trên **50%** so với chỉ tiêu", "đã tăng nhiều"))) == 50


def test_groups_of_wards_come_highest_first(november):
    assert [(count.value, limits.lower) for count, limits in groups(november)] == [(2, 90), (6, 80), (1, 80)]


BELOW = "chỉ còn lại 3 đơn vị chưa đạt yêu cầu là UBND Phường 2, Phường 3 và Phường An Hoà"


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("không còn đơn vị nào chưa đạt", "Mọi đơn vị đều đạt chỉ tiêu 50%"),
        ("một số nơi còn thấp", "Chín xã, phường chưa có số liệu nộp trực tuyến"),
    ],
)
def test_all_reach_the_target_only_where_the_report_says_so(said, title, edit):
    assert charts.online_submission(view_of(edit(BELOW, said))).title == title


def with_totals(view, totals, previous):
    """The view with other totals of the wards, this month and the month before."""
    frame = view.figures.copy()
    is_total = (frame["indicator"] == "total") & (frame["measure"] == "points")
    for code, now, before in zip([ward.code for ward in view.place.wards], totals, previous, strict=True):
        for period, value in (("2022-11", now), ("2022-10", before)):
            rows = is_total & (frame["unit"] == code) & (frame["period"] == period)
            frame.loc[rows, ["value", "lower", "upper"]] = value
    return replace(view, figures=frame)


@pytest.mark.parametrize(
    ("totals", "previous", "title", "order"),
    [
        ([50] * 9, [50] * 9, "Điểm của chín xã, phường không đổi", "Thứ tự các xã, phường không đổi"),
        (range(51, 60), range(41, 50), "Cả chín xã, phường tăng điểm", "Thứ tự các xã, phường không đổi"),
        (range(31, 40), range(41, 50), "Cả chín xã, phường giảm điểm", None),
        (
            [60, *range(41, 49)],
            [50, *range(41, 49)],
            "Không xã, phường giảm điểm, một tăng điểm, tám không đổi",
            None,
        ),
        (
            [40, 40, 38, 37, 36, 35, 34, 33, 32],
            [40, 39, 38, 37, 36, 35, 34, 33, 32],
            None,
            "Phường 2 lên một bậc",
        ),
        ([100, 0, *range(41, 48)], [0, 100, *range(41, 48)], None, None),
    ],
)
def test_months_of_every_kind_have_true_titles(totals, previous, title, order, november):
    view = with_totals(november, totals, previous)
    drawn = charts.ward_totals(view), charts.order(view)
    assert title in (None, drawn[0].title)
    assert order in (None, drawn[1].title)


def test_tied_wards_stand_in_rows_of_their_own(november):
    view = with_totals(november, [50] * 9, [50] * 9)
    assert words_in(charts.order(view).svg).count("Phường 1\u00a0\u00a01") == 1


def test_a_city_below_the_usual_axis_and_one_at_the_top_are_both_drawn(edit):
    low = charts.satisfaction(view_of(edit("đạt tỷ lệ **53,9%**", "đạt tỷ lệ **12,5%**")))
    assert "12,5%" in words_in(low.svg)
    assert low.title == "Xã, phường đều từ 80% trở lên, Sa Đéc 12,5%"


@pytest.mark.parametrize(("rate", "misses"), [("50%", False), ("49,9%", True)])
def test_a_rate_that_equals_the_target_reaches_it(rate, misses, edit):
    view = view_of(
        edit("đạt tỷ lệ **62,5%** hồ sơ nộp trực tuyến", f"đạt tỷ lệ **{rate}** hồ sơ nộp trực tuyến")
    )
    names = [fact.unit.label for fact in online.below_target(view)]
    assert names == (["Sa Đéc"] if misses else []) + ["Phường 2", "Phường 3", "An Hoà"]


@pytest.mark.parametrize("name", ["change", "small_multiples", "calendar"])
def test_a_chart_that_draws_no_marks_does_not_explain_them(name, november):
    assert "Số trong vòng tròn" not in getattr(charts, name)(november).source
    assert "Số trong vòng tròn" in charts.ward_totals(november).source
