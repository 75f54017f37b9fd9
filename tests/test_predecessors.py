"""A ward of today followed back into the wards it was made of: dossiers added up, scores left alone."""

from __future__ import annotations

import pytest
from responses import new_form, row, write

from sadec_analysis import charts
from sadec_analysis.blocks import Grid, Note
from sadec_analysis.blocks.html import plain_text
from sadec_analysis.brief.predecessors import predecessors
from sadec_analysis.exploring.choice import Choice, look
from sadec_analysis.intake.filing import Provenance, file_source
from sadec_analysis.monthly import build_month, open_month
from sadec_analysis.months import Month
from sadec_analysis.places import load_place

JULY = Month(2025, 7)


def metric(done, due):
    ratio = round(100 * done / due, 2)
    return {
        "code": "2.1",
        "numerator": done,
        "denominator": due,
        "ratio": ratio,
        "score": round(ratio / 5, 2),
        "maxScore": 20,
    }


def filed(root, month, place, rows):
    response = new_form(*rows, overview={"totalScore": rows[0]["totalScore"]})
    source = Provenance.checked("Phản hồi", "thử", "2026-09-01", "synthetic")
    file_source(write(root, response, f"{place}-{month}.json"), month, source, place=place, root=root)


@pytest.fixture(scope="module")
def view_root(tmp_path_factory):
    """June 2025 of the city and its nine wards, July 2025 of the ward eight of them became; made up."""
    root = tmp_path_factory.mktemp("crossing")
    (root / "data" / "raw").mkdir(parents=True)
    units = load_place("sa_dec").own
    old = [
        row(unit.name, unit.code, metrics=[metric(80 + at, 100)], totalScore=50.0 + at)
        for at, unit in enumerate(units)
    ]
    filed(root, "2025-06", "sa_dec", old)
    filed(root, "2025-07", "phuong_sa_dec", [row("phường Sa Đéc", "", metrics=[metric(700, 900)])])
    build_month("2025-07", "phuong_sa_dec", root)
    return root


@pytest.fixture(scope="module")
def view(view_root):
    return open_month("2025-07", "phuong_sa_dec", root=view_root)


def test_dossiers_of_the_eight_stand_before_those_of_their_successor(view):
    note, grid = predecessors(view)
    assert isinstance(note, Note)
    assert isinstance(grid, Grid)
    rows = [["".join(map(str, cell)) for cell in line] for line in grid.rows]
    assert rows[-2][:4] == ["6/2025", "8 đơn vị", "800", "677"]
    assert rows[-1] == ["7/2025", "phường Sa Đéc", "900", "700", "77,78"]
    assert "không so sánh được qua mốc này" in plain_text(note.as_json())
    assert "1663/NQ-UBTVQH15" in plain_text(note.as_json())


def test_totals_of_the_former_units_are_not_drawn_as_the_wards(view):
    assert "2025-06" in set(view.history["period"])
    chart = charts.small_multiples(view)
    assert "50" not in [str(cell[0]) for line in chart.data.rows for cell in line]


def test_a_place_made_of_no_others_says_nothing(november):
    assert predecessors(november) == []


def test_exploring_opens_a_month_after_its_predecessors_without_building_it_again(view_root, monkeypatch):
    def fail(*_):
        raise AssertionError

    monkeypatch.setattr("sadec_analysis.exploring.choice.build_month", fail)
    seen = look(Choice((JULY,), ("H20/phuong-sa-dec",), place="phuong_sa_dec", root=view_root))
    assert seen.view is not None
    assert seen.view.month == JULY
