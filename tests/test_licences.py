"""The page of licences: a row for every package of the lock, as the package says, and none that forbids what we do."""

from __future__ import annotations

import runpy

import pytest
from conftest import REPOSITORY

LICENCES = runpy.run_path(str(REPOSITORY / "docs" / "licences.py"))
PAGE = LICENCES["PAGE"].read_text(encoding="utf-8")
NEEDED, DEVELOPMENT = (
    [[cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines()]
    for table in LICENCES["TABLE"].findall(PAGE)
)


def test_every_package_of_the_lock_has_one_row_and_no_other_has():
    names = [name for name, _, _ in NEEDED + DEVELOPMENT]
    assert sorted(names) == sorted(LICENCES["locked"]())


def test_the_tables_are_what_the_installed_packages_say():
    assert LICENCES["written"](PAGE) == PAGE


def test_every_licence_is_known_and_none_forbids_what_we_do():
    for name, licence, kind in NEEDED + DEVELOPMENT:
        assert (name, kind) == (name, LICENCES["kind"](licence))
        assert (name, kind) != (name, "unknown")
    assert [name for name, _, kind in NEEDED if kind == "strong copyleft"] == []


def test_every_package_that_asks_something_of_its_users_is_of_a_licence_the_page_explains():
    asking = {licence for _, licence, kind in NEEDED if kind != "permissive"}
    assert asking == {"MPL-2.0", "MPL-2.0 AND MIT"}


@pytest.mark.parametrize(
    ("licence", "kind"),
    [
        ("MIT", "permissive"),
        ("BSD-3-Clause AND MIT", "permissive"),
        ("MPL-2.0 AND MIT", "weak copyleft"),
        ("LGPL-2.1-or-later", "weak copyleft"),
        ("GPL-3.0-only", "strong copyleft"),
        ("MIT AND AGPL-3.0-or-later", "strong copyleft"),
        ("Apache-2.0 OR GPL-3.0-only", "permissive"),
        ("see LICENSE", "unknown"),
        ("MIT AND see LICENSE", "unknown"),
    ],
)
def test_of_licences_to_choose_from_the_mildest_counts_and_of_all_others_the_strictest(licence, kind):
    assert LICENCES["kind"](licence) == kind


def test_a_package_of_another_system_keeps_its_row_and_one_that_is_not_locked_loses_it():
    row = "| pywinpty | MIT | permissive |\n"
    assert row in PAGE
    changed = PAGE.replace("| rich | MIT |", "| rich | GPL-3.0 |").replace(
        row, row + "| gone | MIT | permissive |\n"
    )
    assert changed != PAGE
    assert LICENCES["written"](changed) == PAGE


def test_each_typeface_of_the_package_stands_on_the_page():
    families = {
        path.name.partition("-")[0] for path in (REPOSITORY / "sadec_analysis" / "fonts").glob("*.ttf")
    }
    assert families == {"Inter", "JetBrainsMono"}
    assert "| Inter 4.1 | OFL-1.1" in PAGE
    assert "| JetBrains Mono 2.242 | OFL-1.1" in PAGE
