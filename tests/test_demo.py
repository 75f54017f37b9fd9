"""The made-up year: the same every time, its contradictions found where they are planted, and nowhere else."""

from __future__ import annotations

import hashlib
import json

import pytest
from typer.testing import CliRunner

from sadec_analysis.cli import app
from sadec_analysis.demo import LABEL, TRUTH, write_demo
from sadec_analysis.demo.counts import draw
from sadec_analysis.demo.planted import CITY, OFFICE, PHU_DONG
from sadec_analysis.errors import InputError
from sadec_analysis.rulebook import FOLDER, read_rulebook

YEAR = [f"2024-{number:02}" for number in range(1, 13)]


def fingerprints(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*") if path.is_file() and "processed" not in path.parts
    }  # fmt: skip


@pytest.fixture(scope="module")
def truth(demo):
    return json.loads((demo.root / TRUTH).read_text(encoding="utf-8"))


def planted(truth, month, kind):
    return [each for each in truth["planted"] if each["month"] == month and each["kind"] == kind]


def test_the_same_seed_gives_the_same_bytes_and_another_one_others(tmp_path):
    first, again = write_demo(tmp_path / "first"), write_demo(tmp_path / "again")
    other = write_demo(tmp_path / "other", seed=1)
    assert fingerprints(first) == fingerprints(again)
    assert fingerprints(other) != fingerprints(again)


@pytest.mark.parametrize("month", YEAR)
def test_each_contradiction_is_found_in_its_month_and_unit_and_no_other_grave_one_is(month, demo, truth):
    findings = demo.view(month).findings
    grave = findings[findings["severity"].isin(["error", "warning"])]
    wanted = planted(truth, month, "contradiction")
    for each in wanted:
        found = grave[(grave["check"] == each["check"]) & (grave["unit"] == each["units"][0])]
        assert len(found), each
    assert set(grave["unit"]) == {unit for each in wanted for unit in each["units"]}


def test_six_kinds_of_contradictions_and_causes_are_planted(truth):
    kinds = [each["kind"] for each in truth["planted"]]
    assert (kinds.count("cause"), kinds.count("contradiction")) == (6, 6)
    assert len({each["check"] for each in truth["planted"] if each["kind"] == "contradiction"}) >= 5
    assert (truth["label"], truth["year"]) == (LABEL, 2024)


def test_in_the_month_of_the_mix_every_rate_stays_and_the_whole_falls():
    rulebook = read_rulebook(FOLDER / "qd766-2026.toml")
    before, after = draw(7, rulebook, 766), draw(8, rulebook, 766)
    rates = {
        unit: [100 * month.units[unit]["2.1"][0] / month.units[unit]["2.1"][1] for month in (before, after)]
        for unit in before.units
    }
    city = rates.pop(CITY)
    assert city[1] < city[0] - 5
    assert all(abs(then - now) < 6 for then, now in rates.values())
    assert after.units[PHU_DONG]["2.1"][1] > 4 * before.units[PHU_DONG]["2.1"][1]


def test_counts_of_the_city_are_those_of_its_units():
    rulebook = read_rulebook(FOLDER / "qd766-2026.toml")
    units = dict(draw(1, rulebook, 766).units)
    city = units.pop(CITY)
    assert OFFICE in units
    for rule in rulebook.rules.values():
        if rule.is_additive and rule.id in city:
            assert city[rule.id] == tuple(sum(unit[rule.id][at] for unit in units.values()) for at in (0, 1))


def test_response_and_list_of_dossiers_agree_on_every_count_both_give(demo):
    frame = demo.view("2024-01").figures
    both = frame[frame["measure"] == "count"].groupby(["unit", "indicator"])["value"].agg(["nunique", "size"])
    twice = both[both["size"] > 1]
    assert len(twice) >= 50
    assert (twice["nunique"] == 1).all()


def test_names_and_numbers_of_the_lists_are_in_no_processed_file(demo):
    demo.view("2024-01")
    raw = (demo.root / "data" / "raw" / "2024-01" / "dossiers-minh-hoa.csv").read_text(encoding="utf-8")
    canaries = ["Nguyễn Văn Minh Họa", "0900000000"]
    assert all(each in raw for each in canaries)
    for path in (demo.root / "data" / "processed").rglob("*"):
        if path.is_file():
            assert not [each for each in canaries if each.encode() in path.read_bytes()], path


def test_the_rulebook_says_that_it_is_for_made_up_data_and_is_valid_in_its_year_alone(demo):
    book = read_rulebook(demo.root / "data" / "rulebooks" / "minh-hoa.toml")
    assert "minh họa" in book.title_vi
    assert (str(book.valid_from), str(book.valid_until)) == ("2024-01-01", "2024-12-31")
    assert list(book.rules) == list(read_rulebook(FOLDER / "qd766-2026.toml").rules)


def test_a_folder_of_something_else_is_left_alone_and_an_earlier_year_is_replaced(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="is not a made-up year"):
        write_demo(tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notes.txt"]
    write_demo(tmp_path / "year", seed=1)
    was = fingerprints(tmp_path / "year")
    write_demo(tmp_path / "year", 2023, 2)
    assert fingerprints(tmp_path / "year") != was
    assert not (tmp_path / "year" / "data" / "raw" / "2024-01").exists()


@pytest.mark.parametrize("year", [2022, 2025, 1999])
def test_a_year_in_which_the_city_did_not_exist_whole_is_refused(year, tmp_path):
    with pytest.raises(InputError, match="does not exist in this month"):
        write_demo(tmp_path / "demo", year)
    assert not (tmp_path / "demo").exists()


def test_the_command_writes_a_root_and_says_how_to_go_on(tree):
    result = CliRunner().invoke(app, ["demo", "--root", str(tree), "--year", "2023"])
    assert result.exit_code == 0
    assert f"sadec run 2023-05 --root {tree / 'data' / 'demo'}" in result.output
    assert (tree / "data" / "demo" / TRUTH).is_file()
