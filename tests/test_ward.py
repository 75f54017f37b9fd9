"""A month of the two-tier government that holds only a saved response: the same notebooks and brief."""

from __future__ import annotations

from sadec_analysis import charts
from sadec_analysis.blocks import Chart, Grid, Heading, Note
from sadec_analysis.blocks.html import plain_text
from sadec_analysis.brief import closing, tables
from sadec_analysis.brief.cover import cover
from sadec_analysis.brief.results import components, results
from sadec_analysis.places import load_place


def told(blocks):
    return " ".join(plain_text(block.as_json()) for block in blocks)


def test_the_first_page_tells_total_grade_and_rank_among_communes(ward):
    page = told(cover(ward))
    assert "Phường Sa Đéc còn 66,13 điểm, giảm 3,42: xếp loại Trung bình" in page
    assert "7 / 12" in page.replace("7/12", "7 / 12")
    assert "xã, phường" in page
    assert "DỮ LIỆU MINH HỌA" in page


def test_the_table_of_points_lost_by_sub_indicator_begins_with_the_most_lost(ward):
    grid = tables.sub_indicators(ward)[0]
    assert isinstance(grid, Grid)
    cells = [["".join(map(str, cell)) for cell in row] for row in grid.rows]
    assert cells[0] == ["4.4 Hồ sơ có thành phần từ kho dữ liệu", "2,55% (61 / 2.396)", "0,10/4", "3,90"]
    assert cells[1][0] == "3.6 Hồ sơ thanh toán trực tuyến"
    assert len(cells) == 19  # those with points: two were not due, two are shown only
    lost = [float(row[3].replace(",", ".")) for row in cells]
    assert lost == sorted(lost, reverse=True)


def test_the_chart_of_sub_indicators_stands_on_the_first_page(ward):
    names = [block.name for block in cover(ward) if isinstance(block, Chart)]
    assert names == ["sub_indicators"]


def test_what_has_no_source_is_said_once(ward):
    blocks = [
        *cover(ward),
        *results(ward),
        *components(ward),
        *closing.remedies(ward),
        *closing.requests(ward),
    ]
    assert told(blocks).count("Tháng này không có báo cáo hay lời văn của cơ quan") == 1
    assert "thành phố" not in told(blocks).lower()
    assert "Xã, phường" not in [str(block.text[0]) for block in blocks if isinstance(block, Heading)]


def test_charts_of_wards_say_that_there_are_none(ward):
    for draw in (charts.ward_totals, charts.order, charts.on_time, charts.heat_map):
        assert isinstance(draw(ward), Note)
        assert "không có xã, phường trực thuộc" in told([draw(ward)])


def test_nothing_due_is_not_lost_and_not_zero(ward):
    fact = ward.fact(ward.place.city, "transparency.announced_on_time", "points")
    assert (fact.value, fact.printed) == (None, "null")


def test_every_chart_and_the_title_say_that_the_data_is_made_up(ward):
    assert "DỮ LIỆU MINH HỌA." in charts.criteria(ward).source
    assert "DỮ LIỆU MINH HỌA." in charts.sub_indicators(ward).source


def test_the_response_agrees_with_itself(ward):
    assert ward.findings.empty


def test_places_of_both_governments_have_their_own_months():
    city, ward_place = load_place("sa_dec"), load_place("phuong_sa_dec")
    assert city.valid_until < ward_place.valid_from
    assert ward_place.wards == ()
