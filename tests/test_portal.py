"""Saved responses of the portal: both forms, nulls, sub-indicators, and what is refused."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from responses import SCORES, new_form, old_row, province, read, row, valued

from sadec_analysis import figures
from sadec_analysis.analysis import recompute
from sadec_analysis.errors import InputError
from sadec_analysis.months import Month
from sadec_analysis.rulebook import load_rulebook
from sadec_analysis.scoring import competition_ranks, total

OWN = "H20/phuong-sa-dec"
CITY = "000.00.36.H20"
BACKTESTS = Path(__file__).parent / "backtests"
RULES = load_rulebook(Month(2026, 8)).rules


def metric(code="2.1", **changes):
    given = {
        "code": code, "name": "", "numerator": 815, "denominator": 959, "ratio": 84.98, "score": 17.0,
        "maxScore": RULES[code].max_points if code in RULES else 6,
    }  # fmt: skip
    return given | changes


def with_metrics(*metrics):
    return new_form(groups=[{"code": "TDGQ", "metrics": list(metrics)}])


# -- what is read --------------------------------------------------------------


def test_totals_changes_and_criteria_of_the_form_of_2026_are_read(tmp_path):
    values = valued(read(tmp_path, new_form(growthPercent=-4.92)))
    assert values[OWN, "total", "points"] == "66.13"
    assert values[OWN, "total", "change"] == "-3.42"
    assert values[OWN, "total", "growth"] == "-4.92"
    assert values[OWN, "transparency", "points"] == "7.51"


def test_the_code_of_online_service_and_that_of_online_payment_are_not_swapped(tmp_path):
    values = valued(read(tmp_path, new_form()))
    assert values[OWN, "online_service", "points"] == "9.55"  # CLGQ
    assert values[OWN, "online_payment", "points"] == "4.11"  # TTTT


@pytest.mark.parametrize(
    ("given", "value", "printed"),
    [
        (17.95, "17.95", "17,95"), (17, "17.00", "17,00"), (17.5, "17.50", "17,50"), ("17.95", "17.95", "17,95"),
        ("17,95", "17.95", "17,95"), (" 17.95 ", "17.95", "17,95"), (0, "0.00", "0,00"), (None, None, "null"), ("", None, "null"),
    ],
)  # fmt: skip
def test_a_number_is_read_from_a_number_or_a_string_and_null_stays_unknown(given, value, printed, tmp_path):
    reading = read(tmp_path, new_form(row(groupScores=SCORES | {"TDGQ": given})))
    assert valued(reading)[OWN, "progress", "points"] == value
    assert [each.printed for each in reading.figures if each.indicator == "progress"] == [printed]


def test_the_form_to_2025_is_read_from_strings(tmp_path):
    rows = [
        old_row("UBND thành phố Sa Đéc", CITY),
        old_row("UBND Phường 1 - Tỉnh Đồng Tháp", "000.21.36.H20", "42.36", MDHL=""),
    ]
    values = valued(read(tmp_path, {"data": rows}, "sa_dec", (2022, 11)))
    assert values[CITY, "total", "points"] == "37.5"
    assert values[CITY, "online_service", "points"] == "6.7"
    assert values["000.21.36.H20", "total", "points"] == "42.36"
    assert values["000.21.36.H20", "satisfaction", "points"] is None


def test_wards_the_response_does_not_list_are_told_missing(tmp_path):
    reading = read(tmp_path, [old_row("UBND thành phố Sa Đéc", CITY)], "sa_dec", (2022, 11))
    assert [each.text for each in reading.missing][:2] == ["Phường 1", "Phường 2"]
    assert len(reading.missing) == 9


def test_agencies_and_communes_are_kept_apart(tmp_path):
    others = [row("UBND xã A", "H20.1"), row("Sở B", "H20.2", childGroup="AGENCY")]
    reading = read(tmp_path, new_form(row(), *others))
    assert [(each.name, each.level) for each in reading.others] == [("UBND xã A", "peer"), ("Sở B", "agency")]


def test_ranks_are_among_communes_and_ties_share_one(ward):
    city = ward.place.city
    assert (ward.fact(city, "total", "rank").value, ward.fact(city, "total", "rank_of").value) == (7, 12)
    assert ward.fact(city, "progress", "rank").value == 1
    assert ward.fact(city, "total", "rank").status == "computed"


def test_a_sub_indicator_gives_points_rate_and_both_counts(tmp_path):
    values = valued(read(tmp_path, with_metrics(metric())))
    assert values[OWN, "progress.on_time", "points"] == "17.00"
    assert values[OWN, "progress.on_time", "percent"] == "84.98"
    assert values[OWN, "progress.on_time.numerator", "count"] == "815"
    assert values[OWN, "progress.on_time.denominator", "count"] == "959"


def test_a_sub_indicator_within_a_units_row_is_that_units(tmp_path):
    other = row("UBND xã A", "H20.1", groups={"TDGQ": {"metrics": [metric(numerator=1)]}})
    values = valued(read(tmp_path, new_form(row(), other)))
    assert values["H20.1", "progress.on_time.numerator", "count"] == "1"
    assert (OWN, "progress.on_time.numerator", "count") not in values


def test_nothing_due_is_a_null_score_beside_counts_of_zero(tmp_path):
    given = metric("1.1", numerator=0, denominator=0, ratio=None, score=None, maxScore=6)
    values = valued(read(tmp_path, with_metrics(given)))
    assert values[OWN, "transparency.announced_on_time", "points"] is None
    assert values[OWN, "transparency.announced_on_time.denominator", "count"] == "0"


@pytest.mark.parametrize("given", [metric("9.9"), metric(maxScore=25), {"code": None}, "2.1"])
def test_a_sub_indicator_the_rulebook_does_not_know_is_left_unread(given, tmp_path):
    reading = read(tmp_path, with_metrics(given))
    assert len(reading.unread) == 1
    assert not any("on_time" in each.indicator for each in reading.figures)


def test_the_overview_of_a_province_is_not_taken_for_the_places_own(tmp_path):
    response = new_form(overview={"totalScore": 71.2, "groups": [{"metrics": [metric()]}]}, growthPercent=3.1)
    reading = read(tmp_path, response)
    assert [each.text for each in reading.unread] == ["totalScore: 71.20"]
    assert valued(reading)[OWN, "total", "points"] == "66.13"
    assert (OWN, "total", "growth") not in valued(reading)


def test_a_number_whose_meaning_is_not_known_is_left_unread(tmp_path):
    reading = read(tmp_path, new_form(row(ratio=0.66)))
    assert [(each.place, each.text) for each in reading.unread] == [("response, row 1, ratio", "ratio: 0.66")]


def test_the_place_is_found_by_its_name_where_its_code_is_not_known(tmp_path):
    assert (
        valued(read(tmp_path, new_form(row("UBND PHƯỜNG SA ĐÉC", "H20.555"))))[OWN, "total", "points"]
        == "66.13"
    )


# -- what is refused -----------------------------------------------------------

DEEP = '{"data": ' + "[" * 100_000 + "]" * 100_000 + "}"
WRONG = [
    ("<!DOCTYPE html><title>Đăng nhập</title>", "response.json: is not JSON"),
    ('{"code": "OK", "data": {"overview"', "response.json: is not JSON"),
    ("{}", "not a response of the portal that is known"),
    ("[]", "not a response of the portal that is known"),
    ('"OK"', "not a response of the portal that is known"),
    ({"code": "ERROR", "data": None}, "answered with an error .got 'ERROR', expected OK"),
    ('{"code": "OK", "data": {"overview": {}, "evaluation": [], "evaluation": []}}', "'evaluation' stands twice"),
    (json.dumps(new_form()).replace("66.13", "NaN"), "NaN is no number"),
    (json.dumps(new_form()).replace("66.13", "Infinity"), "Infinity is no number"),
    (json.dumps(new_form()).replace("66.13", "1e400"), "row 1, totalScore: is no number"),
    (json.dumps(new_form()).replace("66.13", "1e-999999999"), "row 1, totalScore: is no number"),
    (json.dumps(new_form()).replace("66.13", "123456789012345.123456789012345"), "row 1, totalScore: is no number"),
    (new_form(row(totalScore="9" * 5000)), "row 1, totalScore: cannot read"),
    (json.dumps(new_form(row("phường \ud800"))), "is not JSON"),
    (DEEP, "nests too deeply|not a response"),
    (new_form(row(totalScore=True)), "row 1, totalScore: is no number .got True"),
    (new_form(row(totalScore=[66.13])), "row 1, totalScore: is no number"),
    (new_form(row(totalScore="cao")), 'cannot read "cao" as points'),
    (new_form(row(totalScore=166.13)), "total cannot be 166,13 .expected 0 to 100"),
    (new_form(row(totalScore=-1)), "total cannot be -1|total cannot be −1"),
    (new_form(row(groupScores=SCORES | {"TTTT": 10.01})), "row 1, TTTT: online_payment cannot be 10,01 .expected 0 to 10"),
    (new_form(row("UBND xã Tân Dương", "H20.9")), "does not list phường Sa Đéc .got UBND xã Tân Dương"),
    (new_form(row(), row()), "row 2: lists a unit twice"),
    (new_form("66.13"), "row 1: is no row of a unit"),
    (new_form(row(None, None)), "row 1: names no unit"),
    (with_metrics(metric(ratio=120)), "2.1 ratio: progress.on_time cannot be 120,00% .expected 0 to 100"),
    (with_metrics(metric(numerator=-1)), "progress.on_time.numerator cannot be −1 .expected 0 or more"),
    (with_metrics(metric(numerator=8.5)), "2.1 numerator: is not a whole number"),
    (with_metrics(metric(score=20.5)), "progress.on_time cannot be 20,50 .expected 0 to 20"),
]  # fmt: skip


@pytest.mark.parametrize(("response", "message"), WRONG, ids=range(len(WRONG)))
def test_what_is_wrong_in_a_response_is_refused_in_one_line(response, message, tmp_path):
    with pytest.raises(InputError, match=message) as caught:
        read(tmp_path, response)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 600


@pytest.mark.parametrize(
    ("name", "code", "message"),
    [
        ("UBND Phường 1", "000.22.36.H20", "the code of Phường 2 stands beside"),
        ("UBND Phường 1", "000.99.36.H20", "the code does not belong to Phường 1"),
    ],
)
def test_a_code_that_is_another_units_is_refused(name, code, message, tmp_path):
    rows = [old_row("UBND thành phố Sa Đéc", CITY), old_row(name, code)]
    with pytest.raises(InputError, match=message):
        read(tmp_path, rows, "sa_dec", (2022, 11))


# -- published rows, through the reader and scoring ------------------------------


def published(name):
    return pd.read_csv(BACKTESTS / name).to_dict("records")


PARTS = {
    "phu-tho-2026-08-progress.csv": {"2.1": ("totalOnTime", "totalReceived", "score")},
    "phu-tho-2026-08-payment.csv": {
        "3.5a": ("totalFeeDossierFormality", "totalFeeFormality", None),
        "3.5b": ("totalDossierOnlineFormalityPaymentSuccess", "totalFeeDossierFormalityDistinct", None),
        "3.6": ("totalDossierOnlinePaymentSuccess", "totalDossierFinancialObligation", None),
    },
    "phu-tho-2026-08-satisfaction.csv": {
        "5.2": ("pakn_ontime_num", "pakn_ontime_den", "pakn_ontime_score"),
        "5.3": ("pakn_sat_num", "pakn_sat_den", "pakn_sat_score"),
        "5.4": ("sat_num", "sat_den", "sat_score"),
    },
}


@pytest.mark.parametrize("name", PARTS)
def test_published_counts_read_from_a_response_give_the_published_points(name, tmp_path):
    rows, parts = published(name), PARTS[name]
    listed = [
        row(f"Đơn vị {each['code']}", each["code"], totalScore=None, scoreDelta=None, groupScores={}, metrics=[
            {"code": code, "numerator": each[done], "denominator": each[due]} for code, (done, due, _) in parts.items()
        ])
        for each in rows
    ]  # fmt: skip
    place = province({each["code"]: f"Đơn vị {each['code']}" for each in rows})
    reading = read(tmp_path, {"code": "OK", "data": {"evaluation": listed}}, place)
    settled = figures.settle(figures.table(reading.figures))
    computed = {
        (each.unit, each.indicator): each.value
        for each in recompute.points_from_counts(settled, load_rulebook(Month(2026, 8)))
        if each.measure == "points"
    }
    for each in rows:
        own = [computed[each["code"], RULES[code].indicator] for code in parts]
        for (_, _, score), value in zip(parts.values(), own, strict=True):
            assert score is None or value == Decimal(str(each[score])).quantize(Decimal("0.01"))
        if "totalScore" in each:  # known departure: the portal sums before rounding
            assert abs(total(own) - Decimal(str(each["totalScore"]))) <= Decimal("0.015")


def test_published_provinces_read_from_a_response_keep_totals_changes_and_ranks(tmp_path):
    rows = published("provinces-2026-year-to-2026-10-10.csv")
    codes = ("CKMB", "TDGQ", "CLGQ", "TTTT", "MDHL", "MDSH")
    listed = [
        row(each["name"], each["code"], totalScore=each["total"], scoreDelta=each["scoreDelta"],
            groupScores={code: each[code] for code in codes})
        for each in rows
    ]  # fmt: skip
    reading = read(
        tmp_path,
        {"code": "OK", "data": {"evaluation": listed}},
        province({e["code"]: e["name"] for e in rows}),
    )
    table = figures.settle(figures.table(reading.figures))
    totals = table[(table["indicator"] == "total") & (table["measure"] == "points")].set_index("unit")[
        "value"
    ]
    assert totals.to_dict() == {each["code"]: each["total"] for each in rows}
    assert competition_ranks(totals).astype(int).to_dict() == {each["code"]: each["rank"] for each in rows}
    changes = table[table["measure"] == "change"].set_index("unit")["value"]
    assert changes.to_dict() == {each["code"]: each["scoreDelta"] for each in rows}


# -- any change to a response gives a reading or a sentence --------------------------

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["metrics", "OK", "37,5", "-1", "1e9"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["metrics", "code", "score", "evaluation", "x"]), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


def spots(content, path=()):
    """Every place within a response."""
    yield path
    children = (
        content.items()
        if isinstance(content, dict)
        else enumerate(content)
        if isinstance(content, list)
        else ()
    )
    for key, inner in children:
        yield from spots(inner, (*path, key))


def replaced(content, path, value):
    """The response with another value at one place."""
    if not path:
        return value
    copy = dict(content) if isinstance(content, dict) else list(content)
    copy[path[0]] = replaced(copy[path[0]], path[1:], value)
    return copy


RESPONSES = [
    (new_form(row(), row("UBND xã A", "H20.1"), groups=[{"code": "TDGQ", "metrics": [metric(), metric("1.1")]}], growthPercent=1), "phuong_sa_dec", (2026, 8)),
    ({"data": [old_row("UBND thành phố Sa Đéc", CITY), old_row("UBND Phường 1", "000.21.36.H20")]}, "sa_dec", (2022, 11)),
]  # fmt: skip


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_response_changed_anywhere_gives_a_reading_or_one_sentence(tmp_path, data):
    response, place, month = data.draw(st.sampled_from(RESPONSES))
    path = data.draw(st.sampled_from(list(spots(response))))
    changed = replaced(response, path, data.draw(VALUES))
    try:
        reading = read(tmp_path, changed, place, month)
    except InputError:
        return
    figures.table(reading.figures)
    assert all(
        each.value is None or each.value >= 0
        for each in reading.figures
        if each.measure not in ("change", "growth")
    )
