"""Briefs of many units of one response: each its own figures, its own folders, and nothing of the office that saved it."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from decimal import Decimal
from html import unescape

import pytest
from conftest import SAMPLE
from typer.testing import CliRunner

from sadec_analysis.cli import app
from sadec_analysis.errors import InputError
from sadec_analysis.monthly import build_month, open_month, units_of
from sadec_analysis.months import Month
from sadec_analysis.paths import Tree
from sadec_analysis.running.batches import run_batch
from sadec_analysis.running.copies import copied, opened
from sadec_analysis.running.parameters import Parameters
from sadec_analysis.running.units import ALL, chosen_briefs
from sadec_analysis.sharing.index import page
from sadec_analysis.sharing.published import published, published_units
from sadec_analysis.words import load_words

MONTH = Month(2026, 8)
NAME = "phan-hoi-minh-hoa.json"
ROWS = json.loads((SAMPLE / "data" / "raw" / str(MONTH) / NAME).read_text(encoding="utf-8"))["data"][
    "evaluation"
]
COMMUNES = {row["departmentCode"]: row for row in ROWS if row["childGroup"] == "COMMUNE"}
TWINS = ("H20.902", "H20.904")  # of one total, with other parts


@pytest.fixture
def root(tmp_path):
    shutil.copytree(SAMPLE / "data" / "raw", tmp_path / "data" / "raw")
    return tmp_path


def of(code):
    return f"phuong_sa_dec@{code}"


def change(root, edit):
    """Change the response as if it had been received so."""
    folder = root / "data" / "raw" / str(MONTH)
    was = (folder / NAME).read_bytes()
    content = json.loads(was)
    edit(content["data"])
    now = json.dumps(content, ensure_ascii=False).encode()
    (folder / NAME).write_bytes(now)
    source = (folder / "source.toml").read_text(encoding="utf-8")
    told = source.replace(hashlib.sha256(was).hexdigest(), hashlib.sha256(now).hexdigest())
    (folder / "source.toml").write_text(told, encoding="utf-8")


def opened_unit(root, code):
    build_month(str(MONTH), of(code), root)
    return open_month(str(MONTH), of(code), root=root)


def test_all_units_are_the_communes_of_the_response_and_no_agency(root):
    assert [*units_of(Tree.at(root), MONTH)] == [*COMMUNES]
    chosen, failed = chosen_briefs([MONTH], "phuong_sa_dec", ALL, "vi", root)
    assert [each.place for each in chosen] == [of(code) for code in COMMUNES]
    assert failed == {}


def test_every_unit_has_the_figures_of_its_own_row_and_all_others_as_peers(root):
    for code, row in COMMUNES.items():
        view = opened_unit(root, code)
        facts = {
            name: view.fact(view.place.city, name, "points").value
            for name in ("total", "progress", "digitisation")
        }
        told = {
            "total": row["totalScore"],
            "progress": row["groupScores"]["TDGQ"],
            "digitisation": row["groupScores"]["MDSH"],
        }
        assert facts == {name: Decimal(str(value)) for name, value in told.items()}
        assert row["departmentName"].removeprefix("UBND ").startswith(view.place_name)
        assert sum(unit.level in ("city", "peer") for unit in view.place.unit) == len(COMMUNES)
        assert (root / "data" / "processed" / "units").is_dir()
    assert {path.name for path in (root / "data" / "processed" / "units").iterdir()} == {*COMMUNES}


@pytest.mark.slow
def test_each_brief_of_a_batch_shows_its_own_name_and_figures_on_page_and_charts(root):
    chosen, _ = chosen_briefs([MONTH], "phuong_sa_dec", ",".join(TWINS).lower(), "vi", root)
    url = "memory://copies"
    batch = run_batch(chosen, to=url)
    assert ({*batch.made}, batch.failed) == ({*chosen}, {})
    for code, other in zip(TWINS, reversed(TWINS), strict=True):
        folder = root / "outputs" / "units" / code / str(MONTH)
        chart = unescape((folder / "charts" / "criteria.svg").read_text(encoding="utf-8"))
        brief = unescape((folder / "brief.html").read_text(encoding="utf-8"))
        name, foreign = (
            COMMUNES[each]["departmentName"].split(" ", 1)[1].split(" - ")[0] for each in (code, other)
        )
        assert name in " ".join(re.sub(r"<[^>]+>", " ", chart).split())
        assert foreign not in chart
        for key, most in (("TDGQ", 20), ("MDSH", 22), ("CKMB", 18)):
            own, others = (
                f"{COMMUNES[each]['groupScores'][key]:.2f}".replace(".", ",") for each in (code, other)
            )
            assert f"{own}/{most}" in chart
            assert f"{others}/{most}" not in chart
            assert own in brief
    index = unescape((root / "outputs" / "index.html").read_text(encoding="utf-8"))
    assert all(f'href="units/{code}/{MONTH}/brief.html"' in index for code in TWINS)
    system, base = opened(url)
    for code in TWINS:
        folder = root / "outputs" / "units" / code / str(MONTH)
        there = {path.partition(f"{code}/{MONTH}/")[2] for path in system.find(f"{base}/units/{code}")}
        assert there == {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert run_batch(chosen, to=url).unchanged == chosen
    assert [copied(each, url) for each in chosen] == [False, False]


def test_sub_indicators_beside_the_overview_go_to_no_other_unit_of_the_same_total(root):
    def same_total(data):
        data["evaluation"][1]["totalScore"] = data["evaluation"][0]["totalScore"]

    change(root, same_total)
    view = opened_unit(root, "H20.902")
    assert not any(place.startswith("response, 2.1") for place in view.figures["place"])
    assert any(each["place"] == "response, overview" for each in view.documents["unread"])
    own = opened_unit(root, "H20.901")
    assert any(place.startswith("response, 2.1") for place in own.figures["place"])


def test_a_unit_whose_criteria_are_those_beside_the_overview_has_its_sub_indicators(root):
    def first_is_another(data):
        data["evaluation"][0] |= {"departmentName": "UBND xã Minh họa 99 - Tỉnh Đồng Tháp"}

    change(root, first_is_another)
    view = opened_unit(root, "H20.901")
    assert view.place_name == "xã Minh họa 99"
    assert any(place.startswith("response, 2.1") for place in view.figures["place"])


def test_words_corrections_and_letterhead_of_the_office_stay_with_its_own_unit(root):
    folder = root / "data" / "raw" / str(MONTH)
    (folder / "narrative.md").write_text(
        "# Nguyên nhân\n\n## Số hóa hồ sơ\n\nThiếu máy quét.\n", encoding="utf-8"
    )
    own, other = opened_unit(root, "H20.901"), opened_unit(root, "H20.902")
    assert (len(own.documents["passages"]) > 0, other.documents["passages"]) == (True, [])
    assert own.place.letterhead.body == "ỦY BAN NHÂN DÂN PHƯỜNG SA ĐÉC"
    assert other.place.letterhead.body == "ỦY BAN NHÂN DÂN XÃ MINH HỌA 01"
    assert (other.place.letterhead.signer_name, other.place.recipients) == ("", ())
    assert (own.place.kind.vi, other.place.kind.vi, other.place.kind.en) == ("Phường", "Xã", "The commune")


@pytest.mark.parametrize(
    "code", ["../x1", "a/b1", "a\\b1", "..", "H20", "", "c:1", "COM1", "1" * 41, "h20.9o2 ", "Ｈ20"]
)
def test_a_code_names_one_folder_below_units_or_is_refused(root, code):
    tree = Tree.at(root)
    if code == "H20":
        assert tree.for_unit(code).outputs(MONTH) == root / "outputs" / "units" / "H20" / "2026-08"
        return
    with pytest.raises(InputError, match="is no code of a unit"):
        tree.for_unit(code)


def test_a_unit_that_no_response_lists_is_an_error_that_shows_the_form(root):
    with pytest.raises(
        InputError, match=r"no response lists this unit \(got H20.999, expected H20.901, .*…\)"
    ):
        build_month(str(MONTH), of("H20.999"), root)


def test_a_response_with_a_unit_without_a_code_is_refused(root):
    change(root, lambda data: data["evaluation"][3].update(departmentCode=""))
    with pytest.raises(InputError, match="row 4: names no unit"):
        units_of(Tree.at(root), MONTH)


def test_a_month_that_lists_no_unit_fails_alone_and_is_told(root):
    (root / "data" / "raw" / "2026-07").mkdir()
    (root / "data" / "raw" / "2026-07" / "source.toml").write_text("", encoding="utf-8")
    chosen, failed = chosen_briefs(Month.span("2026-06..2026-08"), "phuong_sa_dec", ALL, "vi", root)
    assert len(chosen) == len(COMMUNES)
    assert [(str(each.month), str(error)) for each, error in failed.items()] == [
        ("2026-06", f"{root}/data/raw/2026-06: no such month; prepare it with: sadec new-month 2026-06"),
        (
            "2026-07",
            f"{root}/data/raw/2026-07: no response lists units; file one with: sadec import FILE.json --month",
        ),
    ]
    told = CliRunner().invoke(
        app, ["batch", "2026-07", "--place", "phuong_sa_dec", "--units", ALL, "--root", str(root)]
    )
    assert told.exit_code == 2
    assert "1 failed" in told.output


def test_the_page_lists_units_under_their_place_and_stays_small(root):
    record = {
        "parameters": {"place": ""}, "data": "x", "headline": {
            "place": {"vi": "xã Minh họa", "en": "Xã Minh họa"}, "total": "62.83", "change": None, "rank": "1", "rank_of": "9",
            "grade": {"vi": "Khá", "en": "Fair"}, "findings": {"error": 0, "warning": 0, "note": 0},
        },
    }  # fmt: skip

    def write(folder, place):
        folder.mkdir(parents=True)
        (folder / "run.json").write_text(
            json.dumps(record | {"parameters": {"place": place}}), encoding="utf-8"
        )

    outputs = root / "outputs"
    write(outputs / "2026-08", "phuong_sa_dec")
    plain = len(page(published(outputs), load_words("vi")))
    for number in range(103):
        for month in range(1, 13):
            write(outputs / "units" / f"H20.{number:03}" / f"2026-{month:02}", of(f"H20.{number:03}"))
    write(outputs / "units" / "H01.1" / "2026-01", "sa_dec@H01.1")
    text = page(published(outputs), load_words("vi"), published_units(outputs))
    assert text.index("103 đơn vị") < text.index("Thành phố Sa Đéc") < text.index("1 đơn vị theo")
    assert text.count('<a href="units/') == 103 * 12 + 1
    assert len(text) - plain < 120_000
    assert "<script" not in text


def test_a_copy_that_was_interrupted_has_no_record_and_is_made_whole_by_the_next(root, monkeypatch):
    parameters = Parameters.checked(str(MONTH), "phuong_sa_dec", "vi", root)
    folder, url = parameters.tree.outputs(MONTH), (root / "copy").as_uri()
    folder.mkdir(parents=True)
    for name, text in {"a.html": "a", "b.html": "b", "run.json": "{}"}.items():
        (folder / name).write_text(text, encoding="utf-8")
    assert copied(parameters, url)
    (folder / "run.json").write_text('{"new": 1}', encoding="utf-8")
    (folder / "b.html").unlink()
    (folder / "c.html").write_text("c", encoding="utf-8")
    target = root / "copy" / str(MONTH)
    with monkeypatch.context() as patch:
        patch.setattr(type(opened(url)[0]), "pipe_file", _full)
        with pytest.raises(OSError, match="disk full"):
            copied(parameters, url)
    assert not (target / "run.json").exists()
    assert copied(parameters, url)
    assert sorted(path.name for path in target.iterdir()) == ["a.html", "c.html", "run.json"]


def _full(*_, **__):
    raise OSError("disk full")


def test_a_place_to_copy_to_that_cannot_be_used_is_told_before_anything_is_made(root):
    parameters = Parameters.checked(str(MONTH), "phuong_sa_dec", "vi", root)
    with pytest.raises(InputError, match="--to: cannot be used"):
        run_batch([parameters], to="nosuch://x")
    assert not (root / "outputs").exists()
