"""What it takes: single changes and cheapest sets against every possibility, November's figures, published rows."""

from __future__ import annotations

import csv
import itertools
import random
import sys
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sadec_analysis.analysis.cheapest import cheapest
from sadec_analysis.analysis.levers import Lever
from sadec_analysis.analysis.outlook import outlook
from sadec_analysis.analysis.standing import known, states
from sadec_analysis.analysis.what_if import backlog, what_if
from sadec_analysis.blocks import Grid
from sadec_analysis.blocks.html import plain_text
from sadec_analysis.brief import outlook as brief
from sadec_analysis.brief.levers import overdue_of, rows_of
from sadec_analysis.brief.outlook import backlog as backlog_told
from sadec_analysis.brief.outlook import next_grade, outlooks
from sadec_analysis.errors import InputError
from sadec_analysis.months import Month
from sadec_analysis.rulebook import Rule, load_rulebook
from sadec_analysis.scoring import grade_of, score, unit_score

PUBLISHED = Path(__file__).parent / "backtests"
BOOK = load_rulebook(Month(2026, 8))
BOOK_2022 = load_rulebook(Month(2022, 11))
UNIT = "u"
D = Decimal


def rows_from(counts, total=None, unit=UNIT, **rates):
    """Figures of a unit from counts by rule of 2026, its total, and rates by indicator."""
    found = {
        (unit, name, "count"): count
        for rule, pair in counts.items()
        for name, count in zip(BOOK.rules[rule].counts, pair, strict=True)
    }
    found |= {(unit, name, "percent"): D(rate) for name, rate in rates.items()}
    return found | ({(unit, "total", "points"): D(total)} if total is not None else {})


# Small units, every possibility tried.

COUNTS = st.integers(1, 12).flatmap(lambda due: st.tuples(st.integers(0, due), st.just(due)))
RULES = st.builds(
    Rule,
    id=st.sampled_from("abcd"),
    max_points=st.sampled_from([2.0, 3.0, 6.0]),
    shape=st.sampled_from(["linear", "threshold"]),
    threshold_percent=st.sampled_from([80.0, 90.0, 66.67]),
)
LEVERS = st.builds(
    lambda rule, counts: Lever(UNIT, Rule(rule.id, rule.max_points, rule.shape, rule.threshold_percent if rule.shape == "threshold" else 100), *counts),
    RULES, COUNTS,
)  # fmt: skip
NEEDS = st.one_of(
    st.integers(1, 1200).map(lambda steps: D(steps).scaleb(-2)),
    st.integers(1, 12000).map(lambda steps: D(steps).scaleb(-3)),  # finer than points are rounded
)


def gained(lever, extra):
    """Points of so many more, straight from scoring."""
    now, after = (score(done, lever.due, lever.rule).value for done in (lever.done, lever.done + extra))
    return after - now


@given(LEVERS, NEEDS)
def test_the_smallest_change_of_one_lever_is_the_first_that_is_enough(lever, need):
    found = lever.smallest(need)
    enough = [extra for extra in range(lever.left + 1) if gained(lever, extra) >= need]
    assert found.reaches == bool(enough)
    if enough:
        assert (found.dossiers, found.missing) == (enough[0], 0)
    else:
        assert found.gain == max(gained(lever, extra) for extra in range(lever.left + 1))
        assert found.missing == need - found.gain
    assert found.gain == gained(lever, found.dossiers)
    assert not found.dossiers or gained(lever, found.dossiers - 1) < found.gain


@settings(deadline=None, max_examples=60)
@given(st.lists(LEVERS, min_size=2, max_size=4).filter(lambda levers: len(levers) < 4 or max(each.due for each in levers) <= 8), NEEDS)  # fmt: skip
def test_the_cheapest_set_is_the_best_of_all_sets(levers, need):
    """Against every combination: fewest dossiers, then fewest levers, then most of the first lever."""
    ways = [
        way
        for way in itertools.product(*(range(lever.left + 1) for lever in levers))
        if sum(gained(lever, extra) for lever, extra in zip(levers, way, strict=True)) >= need
    ]
    found = cheapest(levers, need)
    if not ways:
        assert found == ()
        return
    best = min(ways, key=lambda way: (sum(way), sum(map(bool, way)), tuple(-extra for extra in way)))
    chosen = {id(each.lever): each.dossiers for each in found}
    assert tuple(chosen.get(id(lever), 0) for lever in levers) == best
    assert [each.gain for each in found] == [gained(each.lever, each.dossiers) for each in found]


def test_taking_the_best_next_dossier_each_time_misses_the_optimum():
    """Rounding gives x 0,85 and then 0,86; y 0,85 each. Two of x gain 1,71; y first, as good at that moment, needs a third."""
    y, x = Lever(UNIT, Rule("y", 3.4), 0, 4), Lever(UNIT, Rule("x", 6), 1, 7)
    assert [gained(x, 1), gained(x, 2), gained(y, 1), gained(y, 2)] == [
        D("0.85"),
        D("1.71"),
        D("0.85"),
        D("1.70"),
    ]
    assert gained(y, 1) + gained(x, 1) < D("1.71")
    assert [(each.lever.rule.id, each.dossiers) for each in cheapest([y, x], D("1.71"))] == [("x", 2)]


def test_a_need_finer_than_points_are_rounded_is_not_met_by_less():
    lever = Lever(UNIT, Rule("a", 2), 0, 4)
    assert [each.dossiers for each in cheapest([lever], D("1.00"))] == [2]
    assert [each.dossiers for each in cheapest([lever], D("1.001"))] == [3]


def test_of_equal_numbers_fewer_levers_are_chosen_and_then_the_first():
    a, b = Lever(UNIT, Rule("a", 2), 0, 4), Lever(UNIT, Rule("b", 2), 0, 4)
    assert [(each.lever.rule.id, each.dossiers) for each in cheapest([a, b], D("1.00"))] == [("a", 2)]
    assert [(each.lever.rule.id, each.dossiers) for each in cheapest([b, a], D("2.50"))] == [
        ("b", 4),
        ("a", 1),
    ]


RATES = st.integers(0, 10000).map(lambda rate: D(rate).scaleb(-2))


@given(RULES, RATES, NEEDS)
def test_the_smallest_rise_of_a_rate_reaches_and_a_hundredth_less_does_not(rule, rate, need):
    lever = Lever(UNIT, rule, rate=rate)
    found = lever.smallest(need)
    full = D(str(rule.full_at_percent))
    whole = lambda percent: min(percent * D(str(rule.max_points)), D(str(rule.max_points)) * full)  # noqa: E731 - one line of arithmetic, used below alone
    assert found.reaches == (whole(D(100)) - whole(rate) >= need * full)
    if found.reaches:
        assert whole(found.rate) - whole(rate) >= need * full
        assert whole(found.rate - D("0.01")) - whole(rate) < need * full
    assert found.rise == found.rate - rate


# A unit under the rules of 2026.

# Of unknown slope with all points earned, and shown only.
SURE = {"3.3": (1, 2), "cert": (1, 1), "2.2": (1, 1), "5.1": (1, 1)}
ALL_COUNTS = st.fixed_dictionaries(
    {rule.id: COUNTS for rule in BOOK.rules.values() if rule.is_established}
).map(lambda counts: counts | SURE)


@settings(deadline=None, max_examples=60)
@given(ALL_COUNTS)
def test_the_cheapest_set_reaches_the_grade_when_the_unit_is_scored_again(counts):
    """Scored whole, before and after: the total reaches the cut, and one dossier less of any lever does not."""
    total = unit_score(counts, BOOK).total
    found = outlook(rows_from(counts, total), UNIT, BOOK)
    if found is None:
        assert total >= 90
        return
    more = {each.lever.rule.id: each.dossiers for each in found.cheapest}
    after = again(counts, more)
    assert bool(more) == (found.missing == 0)
    assert not more or after >= found.next_grade.from_points
    assert after == what_if(rows_from(counts, total), UNIT, BOOK, more).total
    for rule, dossiers in more.items():
        assert again(counts, more | {rule: dossiers - 1}) < found.next_grade.from_points
    assert found.upper_unknown == 0
    assert sum(each.most for each in found.levers) + total <= 100


def again(counts, more):
    """The total of a unit with more done, scored whole."""
    moved = {rule: (done + more.get(rule, 0), due) for rule, (done, due) in counts.items()}
    return unit_score(moved, BOOK).total


@settings(deadline=None, max_examples=60)
@given(ALL_COUNTS, st.data())
def test_what_is_not_known_never_adds_more_than_its_limit(counts, data):
    """Some counts are hidden: whatever they are, doing all of their work adds no more than the limit told."""
    scored = unit_score(counts, BOOK)
    hidden = data.draw(st.sets(st.sampled_from(sorted(set(counts) - set(SURE))), max_size=6))
    rows = rows_from({rule: pair for rule, pair in counts.items() if rule not in hidden}, scored.total)
    if data.draw(st.booleans()):
        rows |= {(UNIT, name, "points"): points.value for name, points in scored.criteria.items()}
    found = outlook(rows, UNIT, BOOK)
    if found is None:
        assert scored.total >= 90
        return
    rest = sum((BOOK.rules[rule].max_points - float(scored.scores[rule].value) for rule in hidden), 0.0)
    assert float(found.upper_unknown) >= rest - 1e-9
    assert {each.part.id for each in found.closed if each.why == "figures_missing"} == hidden
    assert {each.lever.rule.id for each in found.reaches}.isdisjoint(hidden)


def test_what_cannot_be_moved_is_listed_with_its_reason():
    counts = {"2.1": (5, 10), "1.1": (0, 0), "3.3": (1, 10), "5.4": (95, 100), "5.3": (7, 5), "cert": (1, 1)}
    found = outlook(rows_from(counts, "41.5"), UNIT, BOOK)
    why = {each.part.id: (each.why, each.most) for each in found.closed}
    assert [lever.rule.id for lever in found.levers] == ["2.1"]
    assert why["1.1"] == ("nothing_due", 0)
    assert why["3.3"] == ("not_established", 6)
    assert why["5.4"] == why["cert"] == ("full", 0)
    assert why["5.3"] == ("figures_missing", 6)  # more done than due is no count to start from
    assert "2.2" not in why
    assert "5.1" not in why


def test_no_outlook_without_a_total_or_above_the_last_cut():
    counts = {"2.1": (5, 10)}
    assert outlook(rows_from(counts), UNIT, BOOK) is None
    assert outlook(rows_from(counts, "NaN"), UNIT, BOOK) is None
    assert outlook(rows_from(counts, "90"), UNIT, BOOK) is None
    assert outlook(rows_from(counts, "89.99"), UNIT, BOOK).need == D("0.01")
    assert outlook({}, UNIT, BOOK_2022) is None


def test_when_all_levers_together_fall_short_the_gap_is_told():
    found = outlook(rows_from({"2.1": (8, 10), "5.2": (1, 2)}, "40"), UNIT, BOOK)
    assert (found.need, found.together, found.missing) == (10, D("7.00"), D("3.00"))
    assert (found.smallest, found.cheapest, found.dossiers) == (None, (), 0)
    assert [(each.dossiers, each.missing) for each in found.reaches] == [(2, D("6.00")), (1, D("7.00"))]
    assert found.upper_unknown == 60 - 7


def test_rates_and_counts_stand_beside_each_other():
    rows = rows_from({"5.2": (1, 4)}, "47", **{"progress.on_time": "60"})
    found = outlook(rows, UNIT, BOOK)
    by_rate, by_count = found.reaches
    assert (by_rate.rate, by_rate.rise, by_rate.gain) == (75, 15, 3)
    assert (by_count.dossiers, by_count.gain) == (2, 3)
    assert found.smallest is by_count
    assert [each.dossiers for each in found.cheapest] == [2]


def test_a_what_if_may_lose_and_needs_no_total():
    rows = rows_from({"2.1": (8, 10), "5.2": (1, 2)}, **{"digitisation.digitised": "50"})
    found = what_if(rows, UNIT, BOOK, {"2.1": -3, "5.2": 1, "4.2": D("75")})
    assert (found.gain, found.total, found.grade) == (-6 + 3 + 1, None, None)
    found = what_if(rows | {(UNIT, "total", "points"): D("51")}, UNIT, BOOK, {"2.1": -1})
    assert (found.total, found.grade.name_en) == (49, "Weak")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"2.1": 3}, "no such change .got 3, expected -8 to 2"),
        ({"2.1": -9}, "no such change"),
        ({"2.1": D("0.5")}, "not a whole number"),
        ({"4.2": 101}, "no such rate .got 101, expected 0 to 100"),
        ({"9.9": 1}, "got no such rule"),
        ({"3.3": 1}, "got not_established"),
        ({"1.1": 1}, "got nothing_due"),
        ({"4.1": 1}, "got figures_missing"),
    ],
)
def test_a_change_that_cannot_be_is_refused(change, message):
    counts = {"2.1": (8, 10), "3.3": (1, 10), "1.1": (0, 0)}
    with pytest.raises(InputError, match=message):
        what_if(rows_from(counts, **{"digitisation.digitised": "50"}), UNIT, BOOK, change)


def test_a_count_that_is_none_is_refused():
    for count in (-1, D("2.5")):
        with pytest.raises(InputError, match=r"progress.on_time.numerator of u: not a count"):
            states(rows_from({"2.1": (count, 10)}), UNIT, BOOK)


def late(rate, count, book=BOOK_2022):
    rows = {
        (UNIT, "progress.on_time", "percent"): rate and D(rate),
        (UNIT, "progress.overdue", "count"): count,
    }
    return states(rows, UNIT, book)["2.1"]


def test_a_rate_and_a_number_late_give_counts_where_only_one_fits():
    assert late("51.53", 127) == Lever(UNIT, BOOK_2022.rules["2.1"], 135, 262, is_derived=True)
    assert late("46.68", 213).done is None  # no number fits
    assert late("60", 90).rate == 60  # 223 to 227 fit a rate printed without decimals
    assert late("60.00", 90).due == 225
    assert late("100.00", 0).most == 0
    assert late("100.00", 1).done is None  # 1 of 20.000 is the least that fits, with no most
    assert late("99.99", 1).is_derived is False  # 100% is within its rounding: any larger number fits
    assert late(None, 127) == "figures_missing"


def test_only_the_rate_on_time_is_read_with_the_number_late():
    rows = {(UNIT, "digitisation.digitised", "percent"): D("51.53"), (UNIT, "progress.overdue", "count"): 127}
    assert states(rows, UNIT, BOOK)["4.2"].rate == D("51.53")


def test_points_lost_as_nothing_was_due_leave_less_room_for_what_is_not_known():
    """Of 60 points missing 10 are left in 2.1 and 10 were lost in 1.1 and 1.2: at most 40 are in what is not known."""
    found = outlook(rows_from({"1.1": (0, 0), "1.2": (0, 0), "2.1": (5, 10)}, "40"), UNIT, BOOK)
    assert found.upper_unknown == 40
    assert sum(each.most for each in found.closed) == 70


def test_the_late_dossiers_of_a_city_with_wards_are_those_of_all_of_it(november, ward):
    city, *wards = november.place.own
    assert overdue_of(november, city) == "progress.overdue_total"
    assert {overdue_of(november, each) for each in wards} == {"progress.overdue"}
    assert overdue_of(ward, ward.place.city) == "progress.overdue"


def test_a_lever_without_counts_takes_no_dossiers_and_one_with_counts_no_rate():
    with pytest.raises(InputError, match="its counts are not known"):
        late("60", None).gain(1)
    with pytest.raises(InputError, match="its counts are known"):
        late("51.53", 127).gain_at(60)


# November 2022 and the sample.


def found_of(view):
    return {view.place.by_code[each.unit].label: each for each in outlooks(view)}


def test_november_every_unit_needs_the_grade_of_50(november):
    needs = {name: float(each.need) for name, each in found_of(november).items()}
    assert needs == {
        "Sa Đéc": 12.5, "Phường 1": 7.64, "Phường 2": 9.83, "Phường 3": 15.25, "Phường 4": 3.06, "An Hoà": 8.77,
        "Tân Quy Đông": 10.44, "Tân Khánh Đông": 2.66, "Tân Phú Đông": 9.49, "Tân Quy Tây": 6.56,
    }  # fmt: skip
    assert {each.next_grade.name_vi for each in outlooks(november)} == {"Trung bình"}


def test_november_nearest_is_tan_khanh_dong_by_13_3_percentage_points(november):
    """2,66 points at 0,2 a percentage point are 13,3; its rate is printed 60, which several numbers of dossiers fit."""
    reach = found_of(november)["Tân Khánh Đông"].smallest
    assert (reach.rise, reach.rate, reach.gain) == (D("13.30"), D("73.30"), D("2.66"))
    assert reach.lever.due is None


def test_november_the_city_cannot_by_timeliness_alone(november):
    found = found_of(november)["Sa Đéc"]
    assert (found.together, found.missing, found.smallest) == (D("7.692"), D("4.808"), None)
    assert [(each.part.id, each.why, float(each.most)) for each in found.closed] == [
        ("transparency", "not_established", 18.0), ("online_service", "not_established", 5.3),
        ("online_payment", "not_established", 7.7), ("satisfaction", "not_established", 8.3),
        ("digitisation", "not_established", 15.6),
    ]  # fmt: skip
    assert found.upper_unknown == D("54.808")  # what 100 leaves; the five parts would be 54,9


def test_november_wards_with_derived_counts(november):
    """Phường 3: 127 late of 262 are 9,69 of 15,25 points. Tân Quy Đông: 107 of its 120 late of 205 are just enough."""
    third, last = found_of(november)["Phường 3"], found_of(november)["Tân Quy Đông"]
    assert (third.levers[0].due, third.together, third.missing) == (262, D("9.69"), D("5.56"))
    (reach,) = last.cheapest
    assert (reach.lever.is_derived, reach.lever.left, reach.dossiers, reach.gain) == (
        True,
        120,
        107,
        D("10.44"),
    )
    assert reach.lever.gain(106) < last.need
    assert reach == last.smallest


def test_november_is_told(november):
    heading, lead, table, unknown, basis = next_grade(november)
    assert plain_text(heading.as_json()) == (
        "Gần mức sau nhất là Tân Khánh Đông: còn thiếu 2,66 điểm để đạt Trung bình"
    )
    assert "Các chỉ số tính được chỉ thêm nhiều nhất 7,69 điểm, vẫn thiếu 4,81 điểm." in plain_text(
        lead.as_json()
    )
    assert [str(row[0][0]) for row in table.rows][:3] == ["Tân Khánh Đông", "Phường 4", "Tân Quy Tây"]
    assert "".join(map(str, table.rows[0][4])) == "tăng 13,3 điểm phần trăm, lên 73,3%"
    assert "Công khai, minh bạch" in plain_text(unknown.as_json())
    assert "số nguyên duy nhất" in plain_text(basis.as_json())


def test_november_the_backlog_is_told_most_first(november):
    heading, _, table = backlog_told(november)
    assert "Tân Quy Đông thêm nhiều điểm nhất: 11,71 điểm" in plain_text(heading.as_json())
    gains = [float(str(row[3][0]).replace(",", ".")) for row in table.rows]
    assert gains == sorted(gains, reverse=True)
    assert len(gains) == 10
    assert ["".join(map(str, cell)) for cell in table.rows[2]] == [
        "Phường 3", "127", "0,76", "9,69", "44,44", "Yếu",
    ]  # fmt: skip


def test_every_number_of_the_tables_carries_its_source(november):
    """Whatever is worked out says from what; only names and grades are plain text."""
    tables = [block for block in (*next_grade(november), *backlog_told(november)) if isinstance(block, Grid)]
    cells = [span for table in tables for row in table.rows for cell in row[1:] for span in cell]
    numbers = [span for span in cells if not isinstance(span, str)]
    assert len(numbers) > 60
    assert all(number.source for number in numbers)
    assert not [span for span in cells if isinstance(span, str) and any(map(str.isdigit, span))]


def test_the_sample_ward_reaches_fair_with_71_items_in_five_sub_indicators(ward):
    (found,) = outlooks(ward)
    assert (found.total, found.need, found.next_grade.name_vi) == (D("66.13"), D("3.87"), "Khá")
    assert {each.lever.rule.id: each.dossiers for each in found.cheapest} == {
        "3.2": 3, "3.5a": 28, "3.5b": 37, "5.2": 1, "5.3": 2,
    }  # fmt: skip
    assert found.dossiers == 71
    assert sum(each.gain for each in found.cheapest) >= found.need
    assert [(each.part.id, each.why) for each in found.closed] == [
        ("1.1", "nothing_due"), ("1.2", "nothing_due"), ("3.1", "full"), ("3.3", "full"), ("cert", "full"),
    ]  # fmt: skip
    assert found.upper_unknown == 0
    assert "bằng 71 việc làm thêm, ở năm chỉ số" in " ".join(
        plain_text(block.as_json()) for block in next_grade(ward)
    )


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        ({}, "chưa đủ số liệu"),
        ({"progress.on_time": "60"}, "nâng một chỉ số là đủ"),
        ({"progress.on_time": "90", "digitisation.digitised": "50"}, "phải nâng nhiều chỉ số cùng lúc"),
        ({"progress.on_time": "99"}, "thêm nhiều nhất 0,2 điểm, vẫn thiếu 2,8 điểm"),
    ],
)
def test_how_the_city_does_is_told_as_the_figures_bear(figures, told, november):
    city = november.place.city.code
    found = outlook(rows_from({}, "47", city, **figures), city, BOOK)
    assert told in "".join(map(str, brief._city(november, found)))


def test_sets_of_several_units_stand_in_a_column_of_their_own(ward):
    """The same outlook told of a second unit of the sample's response."""
    (found,) = outlooks(ward)
    table = brief._table(ward, [found, replace(found, unit="H20.902")])
    assert ["".join(map(str, row[5])) for row in table.rows] == [
        "71 việc: 3.2 thêm 3; 3.5a thêm 28; 3.5b thêm 37; 5.2 thêm 1; 5.3 thêm 2"
    ] * 2
    assert len(table.header) == 6
    (told,) = [block for block in next_grade(ward) if isinstance(block, Grid) and len(block.header) > 2]
    assert len(told.header) == 5


def test_the_backlog_of_the_sample_ward_is_its_245_late_dossiers(ward):
    lever = backlog(rows_of(ward), ward.place.city.code, ward.rulebook)
    assert (lever.left, lever.most, lever.gain(10)) == (245, D("2.05"), D("0.09"))


# Published rows.


def published(name):
    with (PUBLISHED / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


# Columns of done, due and points by rule.
PROGRESS = {"2.1": ("totalOnTime", "totalReceived", "score")}
SATISFACTION = {
    "5.2": ("pakn_ontime_num", "pakn_ontime_den", "pakn_ontime_score"),
    "5.3": ("pakn_sat_num", "pakn_sat_den", "pakn_sat_score"),
    "5.4": ("sat_num", "sat_den", "sat_score"),
}
PAYMENT = {
    "3.5a": ("totalFeeDossierFormality", "totalFeeFormality"),
    "3.5b": ("totalDossierOnlineFormalityPaymentSuccess", "totalFeeDossierFormalityDistinct"),
    "3.6": ("totalDossierOnlinePaymentSuccess", "totalDossierFinancialObligation"),
}
SCORED = [
    (rule, int(row[done]), int(row[due]), D(row[points]))
    for name, rules in (("progress", PROGRESS), ("satisfaction", SATISFACTION))
    for row in published(f"phu-tho-2026-08-{name}")
    for rule, (done, due, points) in rules.items()
]  # fmt: skip


def of_row(row, columns):
    return {rule: (int(row[names[0]]), int(row[names[1]])) for rule, names in columns.items()}


def gain_from_nothing(counts):
    """What doing as much as counts say gains a unit that had the same due and had done nothing of it."""
    rows = rows_from({rule: (0, due) for rule, (_, due) in counts.items()})
    return what_if(rows, UNIT, BOOK, {rule: done for rule, (done, due) in counts.items() if due}).gain


def test_what_ifs_between_published_counts_give_published_points():
    """All 57 published scores of 2.1, 5.2, 5.3 and 5.4: reached from nothing done, lost from all done, and left towards all done.

    Proves that changes by what_if land on points the portal printed, to the last decimal, whichever way they come.
    """
    assert len(SCORED) == 57
    for rule, done, due, points in (each for each in SCORED if each[2]):
        most = D(str(BOOK.rules[rule].max_points))
        assert gain_from_nothing({rule: (done, due)}) == points
        full, here = rows_from({rule: (due, due)}), rows_from({rule: (done, due)})
        assert what_if(full, UNIT, BOOK, {rule: done - due}).gain == points - most
        assert what_if(here, UNIT, BOOK, {rule: due - done}).gain == most - points
        assert what_if(here, UNIT, BOOK, {rule: 0}).gain == 0
    assert sum(due == 0 for _, _, due, _ in SCORED) == 2 + 2 * 8  # nothing due, nothing to move


def test_whole_criteria_predicted_from_nothing_done_are_the_published_ones():
    """Payment of 15 units and satisfaction of 12, each from nothing done with the unit's own dues: the published total within 0,015.

    Proves that moves of several sub-indicators together add up to what the portal printed for the criterion.
    """
    told = [(row, PAYMENT) for row in published("phu-tho-2026-08-payment")]
    told += [(row, SATISFACTION) for row in published("phu-tho-2026-08-satisfaction")]
    assert len(told) == 27
    for row, columns in told:
        counts = of_row(row, columns)
        nothing_due = sum(6 for rule in ("5.2", "5.3") if counts.get(rule, (0, 1))[1] == 0)
        assert abs(gain_from_nothing(counts) + nothing_due - D(row["totalScore"])) <= D("0.015")


def test_one_published_unit_turned_into_another_gains_their_published_difference():
    """Units with the same number of procedures with fees: 3.5a and 3.5b of one are moved to the counts of the other.

    With the points of 3.6 of both the gain is the difference of their published totals, each within 0,015: a what-if
    between two real states of the same size, 9 pairs in both directions.
    """
    rows = [(of_row(row, PAYMENT), D(row["totalScore"])) for row in published("phu-tho-2026-08-payment")]
    pairs = [
        (one, other)
        for one, other in itertools.permutations(rows, 2)
        if one[0]["3.5a"][1] == other[0]["3.5a"][1] and one[0]["3.5b"][1] == other[0]["3.5b"][1]
    ]
    assert len(pairs) == 3 * 2 + 4 * 3
    for (before, first), (after, second) in pairs:
        moves = {rule: after[rule][0] - before[rule][0] for rule in ("3.5a", "3.5b")}
        gain = what_if(rows_from(before), UNIT, BOOK, moves).gain
        gain += gain_from_nothing({"3.6": after["3.6"]}) - gain_from_nothing({"3.6": before["3.6"]})
        assert abs(gain - (second - first)) <= D("0.03")


def test_the_smallest_change_towards_another_units_published_points_is_the_first_that_prints_them():
    """Each unit of 2.1 asked to reach the points printed for each other one, against every count on the way from a half up.

    Done in whole numbers: 20 x done / due is at least the points less half a hundredth exactly when
    4000 x done + due >= 200 x points x due, points being in hundredths.
    """
    units = [(done, due, points) for rule, done, due, points in SCORED if rule == "2.1" and due]
    for (done, due, points), (_, _, wanted) in itertools.permutations(units, 2):
        if wanted <= points:
            continue
        found = Lever(UNIT, BOOK.rules["2.1"], done, due).smallest(wanted - points)
        hundredths = int(wanted.scaleb(2))
        first = -(-(2 * hundredths - 1) * due // 4000)
        assert done + found.dossiers == first
        assert found.reaches


def test_34_provinces_need_what_is_left_to_70():
    """Totals and criteria of all provinces are published, no counts: what each needs is known, what brings it is not."""
    rows = published("provinces-2026-year-to-2026-10-10")
    names = {each.portal_code: each.id for each in BOOK.criterion}
    assert len(rows) == 34
    for row in rows:
        figures = {(UNIT, "total", "points"): D(row["total"])}
        figures |= {(UNIT, name, "points"): D(row[code]) for code, name in names.items()}
        found = outlook(figures, UNIT, BOOK)
        assert (found.grade.name_en, found.next_grade.name_en) == ("Average", "Fair")
        assert found.need == 70 - D(row["total"])
        assert (found.levers, found.missing) == ((), found.need)
        assert {each.why for each in found.closed} == {"figures_missing", "not_established"}
        assert found.upper_unknown == 100 - D(row["total"])
    assert rows[0]["code"] == "H20"
    assert 70 - D(rows[0]["total"]) == D("1.2")


def test_ten_units_with_nineteen_levers_each_take_less_than_a_second():
    draw = random.Random(766)  # noqa: S311 - the same units every time
    units = []
    for _ in range(10):
        counts = {
            rule.id: (draw.randint(200, 1200), draw.randint(2000, 2600))
            for rule in BOOK.rules.values()
            if rule.is_established
        }
        units.append(rows_from(counts, "20.01"))
    start = time.perf_counter()
    found = [outlook(rows, UNIT, BOOK) for rows in units]
    assert time.perf_counter() - start < (1 if sys.gettrace() is None else 10)  # counting lines takes time
    assert all(len(each.levers) == 19 and each.cheapest for each in found)


def test_a_figure_that_is_not_there_is_none():
    rows = {(UNIT, "total", "points"): float("nan"), (UNIT, "progress", "points"): 12.3}
    assert known(rows, UNIT, "total", "points") is None
    assert known(rows, UNIT, "progress", "points") == D("12.3")
    assert known(rows, "other", "progress", "points") is None
    assert grade_of(known(rows, UNIT, "progress", "points"), BOOK).name_en == "Weak"
