"""A month's folder, its corrections, and opening what was built."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sadec_analysis.errors import InputError
from sadec_analysis.monthly import build_month, open_month
from sadec_analysis.months import Month

SOURCE = "source.toml"


def write(tree, name, text):
    (tree / "data" / "raw" / "2022-11" / name).write_text(text, encoding="utf-8")


def change(tree, name, old, new):
    path = tree / "data" / "raw" / "2022-11" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


MISTAKES = [
    (
        SOURCE,
        'kind = "report"',
        'kind = "poster"',
        "source.toml, file.1., kind: wrong type .got 'poster', expected portal or report",
    ),
    (SOURCE, "title =", "titel =", "unknown key.s. titel"),
    (SOURCE, 'data = "real"\n', "", "missing key.s. data"),
    (SOURCE, "[[file]]", "[[file]", "source.toml: not valid TOML"),
    (SOURCE, "bao-cao-2022-11.md", "bao-cao.md", "names a file that is not in the folder .got bao-cao.md"),
    (
        SOURCE,
        '"bao-cao-2022-11.md"',
        '"../2022-11/bao-cao-2022-11.md"',
        "names a file that is not in the folder",
    ),
    (
        "bao-cao-2022-11.md",
        "37,5/100",
        "57,5/100",
        "is not the file that was received .*record changes in corrections.toml",
    ),
    (
        "corrections.toml",
        'printed = "10,6/20"',
        'printed = "10,7/20"',
        '"10,7/20" of progress stands there 0 times',
    ),
    ("corrections.toml", 'place = "I.1, line 8"', 'place = "I.1, line 9"', "corrections.toml, I.1, line 9"),
    (
        "corrections.toml",
        'used = "6,4/22"',
        'used = "6,4,1"',
        'corrections.toml, I.1, line 8: cannot read "6,4,1"',
    ),
    (
        "corrections.toml",
        'by = "người',
        'bye = "người',
        "corrections.toml, correction.1.: unknown key.s. bye",
    ),
]


@pytest.mark.parametrize(("name", "old", "new", "message"), MISTAKES)
def test_a_mistake_in_the_folder_is_refused_and_nothing_is_written(name, old, new, message, tree):
    change(tree, name, old, new)
    with pytest.raises(InputError, match=message):
        build_month("2022-11", root=tree)
    assert not (tree / "data" / "processed" / "2022-11").exists()


def test_a_month_that_is_not_there_is_refused(tree):
    with pytest.raises(InputError, match="2022-12: no such month"):
        build_month("2022-12", root=tree)


@pytest.mark.parametrize(
    ("month", "message"),
    [
        ("2022-13", "not a month"),
        ("09", "not a month"),
        (202211, "not a month"),
        ("2026-08", "does not exist in this month"),
    ],
)
def test_a_month_outside_what_can_be_reported_is_refused(month, message, tree):
    with pytest.raises(InputError, match=message):
        build_month(month, root=tree)


def test_a_folder_without_raw_data_is_no_root(tmp_path):
    with pytest.raises(InputError, match="it has no data/raw"):
        build_month("2022-11", root=tmp_path)


def test_a_month_is_opened_only_when_built_by_this_version_for_this_place(tree):
    with pytest.raises(InputError, match="the month is not built; run 01_source, or: sadec build 2022-11"):
        open_month("2022-11", root=tree)
    build_month("2022-11", root=tree)
    documents = tree / "data" / "processed" / "2022-11" / "documents.json"
    text = documents.read_text(encoding="utf-8")
    documents.write_text(text.replace('"place": "sa_dec"', '"place": "elsewhere"'), encoding="utf-8")
    with pytest.raises(InputError, match="built for another place"):
        open_month("2022-11", root=tree)


@pytest.mark.parametrize(("name", "value"), [("lang", "fr"), ("place", "atlantis")])
def test_an_unknown_language_or_place_is_refused_with_the_known_ones(name, value, tree):
    build_month("2022-11", root=tree)
    with pytest.raises(InputError, match=f"{name}: unknown .*expected"):
        open_month("2022-11", root=tree, **{name: value})


def test_a_correction_is_used_and_the_printing_stays(november):
    progress = november.fact(november.place.city, "progress", "points")
    digitisation = november.fact(november.place.city, "digitisation", "points")
    assert (progress.value, progress.status) == (Decimal("12.3"), "corrected")
    assert (digitisation.value, digitisation.status, digitisation.place) == (
        Decimal("6.4"),
        "corrected",
        "II.6.2, line 1",
    )
    rows = november.figures[november.figures["indicator"] == "digitisation"]
    printed = rows[(rows["measure"] == "points") & (rows["status"] == "printed")]
    assert sorted(printed["printed"]) == ["5,8/22", "6,4/22"]


def test_without_corrections_the_first_printing_is_used(tree):
    (tree / "data" / "raw" / "2022-11" / "corrections.toml").unlink()
    build_month("2022-11", root=tree)
    view = open_month("2022-11", root=tree)
    assert view.fact(view.place.city, "digitisation", "points").printed == "5,8/22"


def test_raw_files_are_never_written(tree):
    raw = tree / "data" / "raw" / "2022-11"
    before = {path.name: path.read_bytes() for path in raw.iterdir()}
    build_month("2022-11", root=tree)
    assert {path.name: path.read_bytes() for path in raw.iterdir()} == before


def test_synthetic_data_is_known_as_such(tree):
    change(tree, SOURCE, 'data = "real"', 'data = "synthetic"')
    build_month("2022-11", root=tree)
    assert open_month("2022-11", root=tree).is_synthetic


def test_every_ward_is_bounded_when_the_bands_hold_all_of_them(november):
    facts = november.facts("satisfaction.reported", "percent", november.place.wards)
    assert {(fact.value, fact.lower, fact.upper, fact.status) for fact in facts} == {
        (None, 80, 100, "computed")
    }


def test_no_ward_is_bounded_when_the_bands_hold_fewer(edit):
    root = edit("06 đơn vị đạt **80%**", "05 đơn vị đạt **80%**")
    build_month("2022-11", root=root)
    view = open_month("2022-11", root=root)
    facts = view.facts("satisfaction.reported", "percent", view.place.wards)
    assert {(fact.value, fact.lower) for fact in facts} == {(None, None)}


def test_an_unknown_figure_is_unknown_and_not_zero(november):
    fact = november.fact(november.place.wards[0], "digitisation", "points")
    assert (fact.value, fact.is_bounded, fact.text(), fact.num().source) == (
        None,
        False,
        "chưa có số liệu",
        "",
    )


@pytest.mark.parametrize(("month", "previous"), [("2022-11", "2022-10"), ("2023-01", "2022-12")])
def test_the_month_before_is_known_across_years(month, previous):
    assert str(Month.parse(month).previous()) == previous


def test_what_an_open_program_keeps_beside_its_file_is_no_input(tree):
    raw = tree / "data" / "raw" / "2022-11"
    for name in ("~$figures.xlsx", ".~lock.figures.xlsx#", ".DS_Store"):
        (raw / name).write_bytes(b"x")
    build_month("2022-11", root=tree)
    inputs = open_month("2022-11", root=tree).documents["inputs"]
    assert set(inputs) == {"bao-cao-2022-11.md", "corrections.toml", "source.toml"}


def test_a_file_of_notepad_with_its_mark_is_read(tree):
    corrections = tree / "data" / "raw" / "2022-11" / "corrections.toml"
    corrections.write_bytes(b"\xef\xbb\xbf" + corrections.read_bytes())
    build_month("2022-11", root=tree)
    assert len(open_month("2022-11", root=tree).documents["corrections"]) == 2
