"""All months at a glance, and a month as one file to send."""

from __future__ import annotations

import io
import json
import re
import zipfile
from decimal import Decimal

import pytest
from conftest import copy_tree
from typer.testing import CliRunner

from sadec_analysis.cli import app
from sadec_analysis.errors import InputError
from sadec_analysis.months import Month
from sadec_analysis.paths import Tree
from sadec_analysis.sharing import archive
from sadec_analysis.sharing.index import page, write_index
from sadec_analysis.sharing.published import headline, published
from sadec_analysis.words import load_words

VI, EN = load_words("vi"), load_words("en")


@pytest.fixture
def outputs(tmp_path, november):
    """November 2022 as published, its formats reduced to a line each."""
    root = copy_tree(tmp_path)
    written(root / "outputs" / "2022-11", headline(november))
    return root / "outputs"


def written(folder, told, data=""):
    for name in ("brief.html", "brief.pdf", "brief-1page.pdf", "report.docx"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(
            zipped("word/document.xml", "Báo cáo") if name.endswith("x") else b"Ban tin"
        )
    (folder / "tables").mkdir(exist_ok=True)
    (folder / "tables" / "figures.csv").write_text(
        "\ufeffperiod,unit\n2022-11,000.00.36.H20\n", encoding="utf-8"
    )
    (folder / "tables" / "dossiers.csv").write_text("member\n", encoding="utf-8")
    (folder / "run.json").write_text(json.dumps({"headline": told, "data": data}), encoding="utf-8")


def zipped(name, text):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr(name, text)
    return stream.getvalue()


def both(name, english=""):
    return {"vi": name, "en": english or name}


def told(**values):
    return {
        "place": both("thành phố Sa Đéc", "Sa Đéc city"), "total": "48.67", "change": None, "rank": None, "rank_of": None,
        "grade": both("Yếu"), "findings": {"error": 0, "warning": 0, "note": 0},
    } | values  # fmt: skip


def test_a_record_says_the_month_in_a_few_numbers(november):
    said = headline(november)
    assert (said["total"], said["change"], said["grade"], said["rank"], said["rank_of"]) == (
        "37.5",
        "-11.17",
        both("Yếu", "Weak"),
        "5",
        "12",
    )
    assert sum(said["findings"].values()) == 21


def test_the_index_shows_every_month_with_total_grade_trend_findings_and_links(outputs):
    written(outputs / "2022-10", told())
    write_index(outputs, VI)
    text = (outputs / "index.html").read_text(encoding="utf-8")
    assert re.findall(r"<h3>(Tháng \d+ năm \d+)", text) == ["Tháng 11 năm 2022", "Tháng 10 năm 2022"]
    for expected in (
        "37,5",
        "▼ 11,17",
        "Yếu",
        "hạng 5/12",
        "48,67",
        "10/2022: 48,67; 11/2022: 37,5",
        "Mâu thuẫn: 4",
        "Không có mâu thuẫn nào",
    ):
        assert expected in text
    links = re.findall(r'href="([^"]+)"', text)
    assert len(links) == 8
    assert all((outputs / link).is_file() for link in links)
    assert "<script" not in text
    assert "http" not in re.sub(r"http-equiv|http://www.w3.org/2000/svg", "", text)


def test_the_index_speaks_one_language_whatever_the_months_were_run_in_and_marks_made_up_data(outputs):
    written(outputs / "2024-05", told(grade=both("Tốt", "Good")), data="DỮ LIỆU MINH HỌA")
    text = page(published(outputs), EN)
    assert "Good" in text
    assert "Weak" in text
    assert "Sa Đéc city" in text
    assert not re.search("Yếu|Tốt|MINH", text)
    assert '<html lang="en">' in text
    assert "SYNTHETIC DATA" in text
    assert "Report in Word" in text


@pytest.mark.parametrize("record", ["", "[]", '{"headline": {"total": "x"}}', '{"headline": 3}', "\x00"])
def test_a_damaged_month_is_told_and_hides_no_other(outputs, record):
    (outputs / "2022-12").mkdir()
    (outputs / "2022-12" / "run.json").write_text(record, encoding="utf-8")
    text = page(published(outputs), VI)
    assert "Chạy lại: sadec run 2022-12" in text
    assert "37,5" in text


def test_names_in_a_record_are_text_and_never_markup(outputs):
    written(outputs / "2022-10", told(place=both('<script>alert(1)</script>"'), grade=both("<img src=x>")))
    text = page(published(outputs), VI)
    assert "<script>alert" not in text
    assert "<img" not in text


def test_an_archive_holds_what_readers_need_and_says_what_is_in_it(outputs):
    packed = archive.share(Month.span("2022-11"), Tree.at(outputs.parent), VI)
    assert packed.path == outputs / "sadec-2022-11.zip"
    assert packed.size == packed.path.stat().st_size
    with zipfile.ZipFile(packed.path) as content:
        names = content.namelist()
        listed = content.read("contents.txt").decode()
        assert content.testzip() is None
    assert set(names) == set(packed.files) | {"contents.txt"} == {
        "index.html", "contents.txt", *(f"2022-11/{name}" for name in ("brief.html", "brief.pdf", "brief-1page.pdf", "report.docx", "tables/figures.csv")),
    }  # fmt: skip
    assert all(name in listed for name in names if name != "contents.txt")
    first = packed.path.read_bytes()
    assert archive.share(Month.span("2022-11"), Tree.at(outputs.parent), VI).path.read_bytes() == first


@pytest.mark.parametrize(
    "text", ["Gọi 0912 345 678", "Số 079123456789 của bà A", "viết cho a.b@example.com", "+84912345678"]
)
@pytest.mark.parametrize("name", ["brief.html", "report.docx", "tables/figures.csv"])
def test_what_may_name_a_person_is_not_shared(outputs, name, text):
    path = outputs / "2022-11" / name
    path.write_bytes(
        zipped("word/document.xml", f"<w:t>{text}</w:t>") if name.endswith("x") else text.encode()
    )
    with pytest.raises(InputError, match="holds what looks like") as error:
        archive.share(Month.span("2022-11"), Tree.at(outputs.parent), VI)
    assert name in str(error.value)
    assert text not in str(error.value)
    assert not list(outputs.glob("*.zip"))


@pytest.mark.parametrize(
    "text", ["1.064 hồ sơ, 61,54%", "Quyết định 766/QĐ-TTg", "0,912345678901", "000.27.36.H20", "2022-11"]
)
def test_figures_and_codes_are_no_personal_data(outputs, text):
    (outputs / "2022-11" / "brief.html").write_text(text, encoding="utf-8")
    assert archive.share(Month.span("2022-11"), Tree.at(outputs.parent), VI).path.is_file()


def test_several_months_are_one_archive_and_a_month_without_a_brief_is_named(outputs):
    written(outputs / "2022-10", told())
    tree = Tree.at(outputs.parent)
    assert archive.share(Month.span("2022-10..2022-11"), tree, VI).path.name == "sadec-2022-10..2022-11.zip"
    with pytest.raises(InputError, match="has no brief to share; sadec run 2022-09"):
        archive.share(Month.span("2022-09..2022-11"), tree, VI)


def test_the_command_tells_each_file_and_the_size(outputs):
    done = CliRunner().invoke(app, ["share", "2022-11", "--root", str(outputs.parent)])
    assert done.exit_code == 0
    assert "2022-11/report.docx" in done.output
    assert re.search(r"sadec-2022-11\.zip: 7 files, \d+\.\d MB", done.output)


@pytest.mark.parametrize(
    "text", ["2022-11..", "..2022-11", "2022-12..2022-11", "2022-13", "a..b", "2022-11...2022-12"]
)
def test_a_span_of_months_is_written_one_way(text):
    with pytest.raises(InputError):
        Month.span(text)


def test_an_index_that_cannot_be_written_is_told_and_leaves_nothing_behind(outputs):
    (outputs / "index.html").mkdir()
    before = sorted(outputs.iterdir())
    with pytest.raises(InputError, match="cannot be written"):
        write_index(outputs, VI)
    assert sorted(outputs.iterdir()) == before


def test_totals_stay_exact(outputs):
    assert published(outputs)[0].total == Decimal("37.5")
