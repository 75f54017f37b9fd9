"""The made-up year holds causes of known truth: the analysis finds each of them, and none in months without one."""

from __future__ import annotations

import json

import pytest

from sadec_analysis import charts
from sadec_analysis.analysis.causes import OFFICE
from sadec_analysis.blocks import Chart
from sadec_analysis.blocks.html import plain_text
from sadec_analysis.brief.change import explained, within_criteria
from sadec_analysis.brief.cover import cover
from sadec_analysis.months import Month

YEAR = [f"2024-{number:02}" for number in range(1, 13)]


@pytest.fixture(scope="module")
def truth(demo):
    return json.loads((demo.root / "truth.json").read_text(encoding="utf-8"))["planted"]


def planted(truth, kind="cause"):
    return [each for each in truth if each["kind"] == kind]


def told(blocks):
    return " ".join(plain_text(block.as_json()) for block in blocks)


def moving(truth, month):
    """Indicators planted to move in a month: those whose cause begins or ends in it."""
    return {each["indicator"]: each for each in planted(truth) if month in (each["month"], each["ends"])}


@pytest.mark.parametrize("month", YEAR[1:])
def test_what_is_told_as_a_cause_is_what_was_planted_and_nothing_else(demo, truth, month):
    found = {cause.rule.indicator for cause in demo.view(month).causes.told}
    wanted = moving(truth, month)
    missed = [name for name, each in wanted.items() if name not in found and not _beside(each, found)]
    assert not missed
    assert found <= {name for each in wanted.values() for name in each.get("moves", [each["indicator"]])}


def _beside(cause, found):
    return bool(set(cause.get("moves", [])) & found)


def test_there_are_months_with_and_without_a_planted_cause(truth):
    quiet = [month for month in YEAR[1:] if not moving(truth, month)]
    assert len(quiet) >= 3
    assert {each["through"] for each in planted(truth)} >= {"rate", "mix"}


def test_each_cause_is_told_with_its_units_and_the_way_it_moved(demo, truth):
    seen = 0
    for each in planted(truth):
        found = {cause.rule.indicator: cause for cause in demo.view(each["month"]).causes.told}
        cause = found.get(each["indicator"])
        if cause is None or not cause.effects:
            continue
        city = demo.view(each["month"]).place.city.code
        units = {OFFICE if unit == city else unit for unit in each["units"]}
        assert set(cause.units) == units, each
        assert (cause.through == "mix") == (each["through"] == "mix"), each
        seen += 1
    assert seen >= 3


@pytest.mark.parametrize("month", YEAR[1:])
def test_parts_add_up_to_the_change_in_every_month(demo, month):
    found = demo.view(month).change
    assert found.is_exact
    assert sum(part.change.value for part in found.parts) + found.residual == found.change


@pytest.mark.parametrize("month", YEAR[1:])
def test_sub_indicators_add_up_to_the_change_of_their_criterion(demo, month):
    view = demo.view(month)
    city = view.place.city.code
    whole = {part.name: part.change.value for part in view.change.parts}
    for criterion in view.rulebook.criteria:
        found = view.known.change_within(view.month, city, criterion, view.rulebook)
        assert found.residual == 0
        assert sum(part.change.value for part in found.parts) == found.change == whole[criterion]


def test_the_table_of_sub_indicators_begins_with_what_moved_most(demo, november):
    (grid,) = within_criteria(demo.view("2024-05"))
    assert [str(cell[0]) for cell in grid.rows[0]] == [
        "2.1 Hồ sơ đã và đang xử lý đúng hạn",
        "17,08",
        "14,72",
        "−2,36",
    ]
    assert len(grid.rows) == sum(
        bool(rule.max_points) for rule in demo.view("2024-05").rulebook.rules.values()
    )
    assert within_criteria(november) == []


def test_the_first_page_names_a_planted_cause_and_none_in_a_quiet_month(demo, truth):
    first = planted(truth)[0]
    view = demo.view(first["month"])
    rule = next(rule for rule in view.rulebook.rules.values() if rule.indicator == first["indicator"])
    assert rule.name.vi in told(cover(view))
    quiet = next(month for month in YEAR[1:] if not moving(truth, month))
    assert "vượt mức dao động thường, góp nhiều nhất" not in told(cover(demo.view(quiet)))
    assert "Không chỉ số nào có số đếm thay đổi vượt mức dao động thường" in told(explained(demo.view(quiet)))


def test_every_chart_of_the_year_says_that_its_data_are_made_up(demo):
    view = demo.view(YEAR[-1])
    drawn = [getattr(charts, name)(view) for name in charts.__all__]
    made = [chart for chart in drawn if isinstance(chart, Chart)]
    assert len(made) >= 15
    assert [chart.name for chart in made if "DỮ LIỆU MINH HỌA" not in chart.source] == []


def test_months_are_read_under_the_rules_of_the_made_up_year(demo):
    view = demo.view(YEAR[-1])
    assert set(view.history["rulebook"]) == {view.rulebook.id} != {"qd766-2022"}
    assert sorted(set(view.history["period"]))[-12:] == YEAR
    assert Month.parse(YEAR[-1]) == view.month
