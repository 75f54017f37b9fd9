"""The month before, read from its own folder; and rulebooks of one's own."""

from __future__ import annotations

import hashlib
import shutil

import pytest
from conftest import REPORT
from dossier_lists import november as dossiers
from dossier_lists import write_csv

from sadec_analysis.history import before
from sadec_analysis.intake.filing import Provenance, file_source
from sadec_analysis.monthly import build_month, open_month
from sadec_analysis.months import Month
from sadec_analysis.paths import Tree
from sadec_analysis.rulebook import FOLDER

OCTOBER = "bao-cao-2022-10.md"


def add_october(tree, total="48,67", *, broken=False):
    """A month of October that says the total November implies, and keeps the wards' rows."""
    raw = tree / "data" / "raw"
    shutil.copytree(raw / "2022-11", raw / "2022-10")
    (raw / "2022-10" / "corrections.toml").unlink()
    (raw / "2022-10" / REPORT).rename(raw / "2022-10" / OCTOBER)
    text = (raw / "2022-10" / OCTOBER).read_text(encoding="utf-8").replace("tháng 11", "tháng 10")
    text = text.replace("**37,5/100 điểm**", f"**{total}/100 điểm**").replace("47,34", "61,30")
    text = "không có gì" if broken else text
    (raw / "2022-10" / OCTOBER).write_text(text, encoding="utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    (raw / "2022-10" / "source.toml").write_text(
        f'[[file]]\nname = "{OCTOBER}"\nkind = "report"\ntitle = "t"\nprovided_by = "x"\nreceived = 2022-11-01\n'
        f'data = "synthetic"\nsha256 = "{digest}"\n', encoding="utf-8",
    )  # fmt: skip
    return tree


def view_of(tree):
    build_month("2022-11", root=tree)
    return open_month("2022-11", root=tree)


def of(view, check):
    return view.findings[view.findings["check"] == check]


def test_a_month_without_a_month_before_compares_nothing_with_it(november):
    assert november.documents["past"] == []
    assert november.documents["compared"]["change_previous"] == 0


def test_the_month_before_is_compared_from_its_own_folder(tree):
    view = view_of(add_october(tree))
    assert set(view.documents["past"][0]["inputs"]) == {OCTOBER, "source.toml"}
    assert view.documents["compared"]["change_previous"] == 10
    found = of(view, "change_previous")
    assert "000.00.36.H20" not in set(found["unit"])
    assert "000.27.36.H20" not in set(found["unit"])
    assert len(found) == 8


def test_another_total_stored_contradicts_score_and_change(tree):
    found = of(view_of(add_october(tree, "49,67")), "change_previous").set_index("unit").loc["000.00.36.H20"]
    assert (found["printed"], found["expected"], found["slack"]) == ("Giảm 11,17", "−12,17", "0,060")
    assert (
        "cho tháng trước 48,67, nhưng tháng trước đã lưu là 49,67 (bao-cao-2022-10.md): lệch 1,00"
        in found["message"]
    )


def test_a_month_before_that_cannot_be_read_is_told_and_takes_nothing_away(tree, november):
    view = view_of(add_october(tree, broken=True))
    assert "the report does not say its month" in view.documents["past"][0]["trouble"]
    assert list(view.findings["id"]) == list(november.findings["id"])


def test_what_the_checks_compare_holds_no_counts_of_a_list(tree, place):
    """A list counts in its own way, so a figure only it gives is no evidence against a report."""
    add_october(tree)
    file = write_csv(tree / "list.csv", dossiers())
    file_source(file, "2022-10", Provenance.checked("Danh sách", "thử", "", "synthetic"), root=tree)
    last = before(Tree.at(tree), Month(2022, 11), place)
    assert set(last.rows["source"]) == {OCTOBER, "dossiers-list.csv"}
    assert {row.source for row in last.previous.figures} == {OCTOBER}


def test_history_holds_one_row_per_figure_of_every_month_and_its_rules(tree):
    history = view_of(add_october(tree)).history
    assert set(history["period"]) == {"2022-09", "2022-10", "2022-11"}
    assert not history.duplicated(["period", "unit", "indicator", "measure"]).any()
    totals = history[(history["indicator"] == "total") & (history["measure"] == "points")]
    city = totals[totals["unit"] == "000.00.36.H20"].set_index("period")
    assert city["value"].to_dict() == {"2022-09": 59.84, "2022-10": 48.67, "2022-11": 37.5}
    assert city["kind"].to_dict() == {"2022-09": "implied", "2022-10": "report", "2022-11": "report"}
    assert set(history["rulebook"]) == {"qd766-2022"}


def test_what_a_month_gives_itself_wins_over_what_the_next_one_implies(tree):
    history = view_of(add_october(tree, "49,67")).history
    city = history[(history["unit"] == "000.00.36.H20") & (history["indicator"] == "total")]
    assert city[(city["period"] == "2022-10") & (city["measure"] == "points")]["value"].tolist() == [49.67]


def test_months_after_this_one_and_folders_that_are_no_months_are_not_read(tree):
    add_october(tree)
    (tree / "data" / "raw" / "ghi-chu").mkdir()
    (tree / "data" / "raw" / "2022-13").mkdir()
    shutil.copytree(tree / "data" / "raw" / "2022-11", tree / "data" / "raw" / "2022-12")
    assert [each["month"] for each in view_of(tree).documents["past"]] == ["2022-10"]


@pytest.mark.parametrize(("shape", "found"), [("", 5), ('shape = "threshold"\nthreshold_percent = 90', 9)])
def test_a_local_rulebook_is_used_without_code(tree, shape, found):
    """A province where 90% on time earns all 20 points: every ward's points then contradict its rate."""
    folder = tree / "data" / "rulebooks"
    folder.mkdir()
    text = (FOLDER / "qd766-2022.toml").read_text(encoding="utf-8").replace('id = "qd766-2022"', 'id = "own"')
    assert 'shape = "linear"' in text
    (folder / "own.toml").write_text(
        text.replace('shape = "linear"', shape or 'shape = "linear"'), encoding="utf-8"
    )
    view = view_of(tree)
    assert view.rulebook.id == "own"
    assert len(of(view, "points_rate")) == found


def test_a_month_after_a_made_up_one_says_so(tree, november):
    assert not november.is_synthetic
    view = view_of(add_october(tree))
    assert view.is_synthetic
    assert view.has_synthetic_past
