"""Folders put in place whole, and the project's own data files read strictly."""

from __future__ import annotations

import datetime as dt
import pickle
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest

from sadec_analysis.errors import InputError, RunError, SadecError
from sadec_analysis.months import Month
from sadec_analysis.paths import Tree, notebook_folder
from sadec_analysis.places import FOLDER as PLACES
from sadec_analysis.places import load_place
from sadec_analysis.placing import staged
from sadec_analysis.strict import build, read_toml


def files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_a_staged_folder_replaces_the_old_one_when_all_went_well(tmp_path):
    target = tmp_path / "deep" / "2022-11"
    for content in ("one", "two"):
        with staged(target) as folder:
            (folder / content).write_text(content)
    assert files(target) == {"two": "two"}
    assert list(target.parent.iterdir()) == [target]


def test_after_a_failure_the_old_folder_is_as_it_was(tmp_path):
    target = tmp_path / "2022-11"
    with staged(target) as folder:
        (folder / "good").write_text("good")
    with pytest.raises(FileNotFoundError), staged(target) as folder:
        (folder / "missing" / "half").write_text("half")
    assert files(target) == {"good": "good"}
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_cannot_be_replaced_is_told_and_kept(tmp_path, monkeypatch):
    target = tmp_path / "2022-11"
    with staged(target) as folder:
        (folder / "good").write_text("good")
    real = Path.replace

    def refuse(self, other):
        if self.name == "new":
            raise PermissionError(13, "in use")
        return real(self, other)

    monkeypatch.setattr(Path, "replace", refuse)
    monkeypatch.setattr(
        "sadec_analysis.placing._exchanged", lambda *_: False
    )  # as where files in use hold folders
    with (
        pytest.raises(InputError, match="cannot be replaced: in use; close any of its files"),
        staged(target) as folder,
    ):
        (folder / "new").write_text("new")
    assert files(target) == {"good": "good"}


def test_a_folder_that_another_puts_in_place_at_the_same_moment_is_replaced_all_the_same(
    tmp_path, monkeypatch
):
    target = tmp_path / "2022-11"
    real = Path.replace

    def meanwhile(self, other):
        if self.name == "new" and not target.exists():
            monkeypatch.setattr(Path, "replace", real)
            target.mkdir()
            (target / "theirs").write_text("theirs")
        return real(self, other)

    monkeypatch.setattr(Path, "replace", meanwhile)
    with staged(target) as folder:
        (folder / "ours").write_text("ours")
    assert files(target) == {"ours": "ours"}
    assert list(tmp_path.iterdir()) == [target]


def test_the_notebooks_are_found():
    assert (notebook_folder() / "brief.ipynb").is_file()


def test_a_tree_names_its_folders(tree):
    opened = Tree.at(tree)
    names = [
        path.relative_to(tree).as_posix() for path in (opened.raw(M), opened.processed(M), opened.outputs(M))
    ]
    assert names == ["data/raw/2022-11", "data/processed/2022-11", "outputs/2022-11"]


M = Month(2022, 11)


@dataclass(frozen=True)
class Inner:
    name: str
    size: float = 1


@dataclass(frozen=True)
class Outer:
    kind: Literal["a", "b"]
    day: dt.date
    inner: tuple[Inner, ...] = ()
    words: dict[str, str] | None = None
    is_on: bool = True


GOOD = {"kind": "a", "day": dt.date(2022, 11, 1)}


def test_a_table_becomes_its_class():
    made = build(Outer, GOOD | {"inner": [{"name": "x", "size": 2}]}, "file.toml")
    assert made.inner == (Inner("x", 2),)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (GOOD | {"colour": 1}, "file.toml: unknown key.s. colour"),
        ({"kind": "a"}, "file.toml: missing key.s. day"),
        (GOOD | {"kind": "c"}, "file.toml, kind: wrong type .got 'c', expected a or b"),
        (GOOD | {"day": "2022"}, "file.toml, day: wrong type .got '2022', expected date"),
        (GOOD | {"inner": [{"name": 1}]}, r"file.toml, inner\[1\], name: wrong type"),
        (GOOD | {"inner": {"name": "x"}}, "file.toml, inner: wrong type"),
        (
            GOOD | {"inner": [{"name": "x", "size": True}]},
            "size: wrong type .got True, expected int or float",
        ),
        (GOOD | {"is_on": 1}, "is_on: wrong type"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(given, message):
    with pytest.raises(InputError, match=message):
        build(Outer, given, "file.toml")


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_toml(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = " + "[" * 3000 + "]" * 3000, "nests too deeply"),
        ("[" + ".".join("a" * 25) + "]\nb = 1", "nests too deeply"),
        ("a = " + "9" * 5000, "not valid TOML: Exceeds the limit"),
        ("a = [0x" + "F" * 5000 + "]", "holds a number that is too large"),
        ("a = 31\nb = 2022-02-31", "not valid TOML"),
    ],
)
def test_what_could_not_be_told_or_held_is_refused(text, message, tmp_path):
    path = tmp_path / "a.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_toml(path)


def test_a_file_that_may_not_be_read_is_refused(tmp_path):
    with pytest.raises(InputError, match="cannot be read: Is a directory"):
        read_toml(tmp_path)


def test_letters_are_composed_but_where_they_name_files(tmp_path):
    path = tmp_path / "a.toml"
    path.write_text(unicodedata.normalize("NFD", 'a = "Giảm"'), encoding="utf-8")
    assert read_toml(path) == {"a": "Giảm"}
    assert read_toml(path, is_composed=False) == {"a": unicodedata.normalize("NFD", "Giảm")}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('level = "city"', 'level = "ward"', 'sa_dec.toml: not one unit has the level "city" .got none'),
        ('level = "ward"', 'level = "city"', "not one unit has the level"),
        ("province = ", 'source_order = ["report"]\nprovince = ', "does not name each kind of source once"),
    ],
)
def test_a_place_that_lacks_something_is_refused(old, new, message, tmp_path):
    text = (PLACES / "sa_dec.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "sa_dec.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError, match=message):
        load_place("sa_dec", tmp_path)


@pytest.mark.parametrize("kind", [InputError, RunError, SadecError])
def test_an_error_says_the_same_after_crossing_processes(kind):
    error = kind("sheet 1", "cannot read", got="x", expected="y", remedy="write y")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (type(again), str(again), again.exit_code) == (kind, str(error), error.exit_code)


def test_the_place_has_the_city_and_its_nine_wards(place):
    assert (place.city.code, len(place.wards), len(place.own)) == ("000.00.36.H20", 9, 10)
    assert place.match("UBND thành phố Hồng Ngự", "here").code == "H20/hong-ngu"
    assert place.find("Phường 99") is None


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('code = "000.22.36.H20"', 'code = "000.21.36.H20"', "code given to two units .got 000.21.36.H20"),
        ('name = "Phường 2"', 'name = "Phường 1"', "name given to two units .got phường 1"),
    ],
)
def test_a_place_that_names_two_units_alike_is_refused(old, new, message, tmp_path):
    text = (PLACES / "sa_dec.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "sa_dec.toml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError, match=message):
        load_place("sa_dec", tmp_path)
