"""The reorganisation of 1 July 2025: a code with its dates says which unit is meant; a name or a code alone does not."""

from __future__ import annotations

import datetime as dt

import pytest

from sadec_analysis.errors import InputError
from sadec_analysis.history import place_in
from sadec_analysis.months import Month
from sadec_analysis.places import load_place
from sadec_analysis.places.crosswalk import FILE, load_crosswalk

BEFORE, AFTER = Month(2025, 6), Month(2025, 7)


def test_eight_of_the_nine_became_one_ward_and_the_ninth_went_elsewhere():
    crosswalk, old = load_crosswalk(), load_place("sa_dec")
    became = {ward.code: crosswalk.successor_of(ward.code, AFTER).unit for ward in old.wards}
    assert len(became) == 9
    assert list(became.values()).count("H20/phuong-sa-dec") == 8
    assert became["000.28.36.H20"] == "H20/xa-tan-duong"
    assert load_place("phuong_sa_dec").city.code == "H20/phuong-sa-dec"


def test_no_unit_had_a_successor_while_it_existed_and_the_city_never_has_one():
    crosswalk = load_crosswalk()
    assert crosswalk.successor_of("000.21.36.H20", BEFORE) is None
    assert crosswalk.successor_of("000.00.36.H20", AFTER) is None


@pytest.mark.parametrize(
    ("code", "day", "unit"),
    [
        ("29905", dt.date(2025, 6, 30), "000.21.36.H20"), ("29905", dt.date(2025, 7, 1), "H20/phuong-sa-dec"),
        ("29923", dt.date(2025, 6, 30), "000.28.36.H20"), ("29923", dt.date(2025, 7, 1), None),
        ("28696", dt.date(2026, 1, 1), None), ("30019", dt.date(2026, 1, 1), None),
    ],
)  # fmt: skip
def test_a_code_given_again_or_of_another_place_is_not_taken_for_the_old_one(code, day, unit):
    assert load_crosswalk().named(code, day) == unit


def test_names_in_the_file_are_those_of_the_place_files():
    old, entry = load_place("sa_dec"), load_crosswalk().of("H20/phuong-sa-dec")
    assert all(old.find(each.name).code == each.unit for each in entry.predecessor)


def test_a_ward_of_today_was_its_predecessors_city_then_and_nothing_before_it_began():
    ward, city = load_place("phuong_sa_dec"), load_place("sa_dec")
    assert place_in(ward, AFTER) == ward
    assert place_in(ward, BEFORE) == city
    assert place_in(city, AFTER) is None
    assert place_in(ward, Month(2022, 7)) is None


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('statistics_code = "29911"', 'statistics_code = "29902"', "statistics_code borne twice"),
        ('unit = "000.22.36.H20"', 'unit = "000.23.36.H20"', "unit borne twice"),
        ('valid_until = 2025-06-30 },\n  { unit = "000.22', 'valid_until = 2025-07-01 },\n  { unit = "000.22', "ends after"),
        ('vi = "Nghị', 'note = ""\nvi = "Nghị', "note"),
        ("is_whole = true\n", "", "is_whole"),
        ("valid_until = 2025-06-30 }", "valid_until = 2025-06-30T00:00:00 }", "valid_until: wrong type"),
    ],
)  # fmt: skip
def test_a_file_that_contradicts_itself_is_refused(old, new, what, tmp_path):
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "crosswalk.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError, match=what):
        load_crosswalk(path)
