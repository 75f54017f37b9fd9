"""The official report: it reads back as the figures it was made from, and is a document an office can work with."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import replace

import docx
import pytest
from conftest import REPOSITORY
from docx.oxml.ns import qn

from sadec_analysis.errors import InputError
from sadec_analysis.figures import value_of
from sadec_analysis.office.package import packed
from sadec_analysis.reading.documents.word import read_word
from sadec_analysis.reading.reports.narrative import read_narrative
from sadec_analysis.reading.reports.reader import ReportReader
from sadec_analysis.report import write_report
from sadec_analysis.report.base import MARK, base_document

DAY = dt.date(2026, 1, 1)
NOWHERE = REPOSITORY / "data" / "places" / "none.docx"


def read_back(data, view, folder):
    path = folder / "report.docx"
    path.write_bytes(data)
    document = read_word(path)
    return ReportReader(document, view.month, view.place, view.rulebook).read(), document


def values(figure):
    """A reader leaves limits out where it knows the value; the table of figures repeats it."""
    row = {"value": figure.value, "lower": figure.lower, "upper": figure.upper}
    return (figure.value,) if figure.value is not None else tuple(row.values())


def stated(view):
    rows = view.settled[(view.settled["period"] == str(view.month)) & (view.settled["status"] != "computed")]
    told = {}
    for row in rows.to_dict("records"):
        value, *limits = (value_of(row, name) for name in ("value", "lower", "upper"))
        told[row["unit"], row["indicator"], row["measure"]] = (
            (value,) if value is not None else (value, *limits)
        )
    return told


@pytest.fixture(scope="module")
def report(november):
    return write_report(november, DAY, NOWHERE)


@pytest.fixture(scope="module")
def opened(report):
    return docx.Document(io.BytesIO(report))


def test_november_reads_back_as_exactly_the_figures_in_use(november, report, tmp_path):
    reading, _ = read_back(report, november, tmp_path)
    assert {(f.unit, f.indicator, f.measure): values(f) for f in reading.figures} == stated(november)
    assert {(f.unit, f.indicator, f.measure, values(f)) for f in reading.figures} == {
        (*key, value) for key, value in stated(november).items()
    }  # no figure stands with two values
    assert [each.text for each in reading.unread] == []


def test_novembers_words_read_back_as_they_were(november, report, tmp_path):
    _, document = read_back(report, november, tmp_path)
    told = [(p.topic, p.criterion, p.text) for p in read_narrative(document, november.rulebook)]
    assert told == [(p["topic"], p["criterion"], p["text"]) for p in november.documents["passages"]]


@pytest.mark.parametrize("month", ["2024-02", "2024-07"])
def test_a_month_from_other_sources_reads_back_without_a_wrong_figure(demo, month, tmp_path):
    view = demo.view(month)
    reading, _ = read_back(write_report(view, DAY, NOWHERE), view, tmp_path)
    known = stated(view)
    read = {(f.unit, f.indicator, f.measure): values(f) for f in reading.figures}
    shared = read.keys() & known.keys()
    assert {key: read[key] for key in shared} == {key: known[key] for key in shared}
    own = {("total", "points"), ("progress", "points"), ("progress.on_time", "percent")}
    wanted = {key for key in known if key[1:] in own and key[0] in {unit.code for unit in view.place.own}}
    assert len(wanted) >= 20
    assert wanted <= read.keys()
    assert [each.text for each in reading.unread] == []


def test_a_place_without_wards_has_a_report(ward):
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(write_report(ward, DAY, NOWHERE))).paragraphs)
    assert "Đối với UBND xã, phường" not in text
    assert ward.place.name in text


def test_made_up_data_say_so_in_the_report(demo, report):
    data = write_report(demo.view("2024-02"), DAY, NOWHERE)
    label = demo.view("2024-02").words.text("brief.synthetic")
    assert label in "\n".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs)
    assert label not in "\n".join(p.text for p in docx.Document(io.BytesIO(report)).paragraphs)


def test_the_form_of_the_decree(opened):
    section = opened.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert 20 <= section.top_margin.mm <= 25
    assert 30 <= section.left_margin.mm <= 35
    assert 15 <= round(section.right_margin.mm) <= 20
    assert opened.styles["Normal"].font.name == "Times New Roman"
    head, foot = opened.tables[0], opened.tables[-1]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in head.cell(0, 1).text
    assert "năm 2022" in head.cell(0, 1).text
    assert "Nơi nhận:" in foot.cell(0, 0).text
    assert "Nguyễn Văn Hon" in foot.cell(0, 1).text


def test_headings_captions_and_text_have_styles_of_their_own(opened):
    by_style = {}
    for paragraph in opened.paragraphs:
        by_style.setdefault(paragraph.style.name, []).append(paragraph.text)
    assert [text.split(".")[0] for text in by_style["Heading 1"]] == ["I", "II", "III", "IV"]
    assert len(by_style["Heading 2"]) == 2 + 6 + 5
    assert by_style["Title"] == ["BÁO CÁO"]
    captions = [text for text in by_style["Caption"] if text]
    assert len(captions) == 5 + 6
    fields = [each.get(qn("w:instr")) for each in opened.element.body.iter(qn("w:fldSimple"))]
    assert len([each for each in fields if each.startswith("SEQ")]) == len(captions)


def test_tables_repeat_their_header_and_never_split_a_row(opened):
    tables = opened.tables[1:-1]
    assert len(tables) == 5
    for table in tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_pictures_say_what_they_show(opened):
    described = [each.get("descr") for each in opened.element.body.iter(qn("wp:docPr"))]
    assert len(described) == 6
    assert all(len(text) > 40 for text in described)


def test_corrections_are_footnoted_once_with_what_was_printed_and_why(november, report):
    with zipfile.ZipFile(io.BytesIO(report)) as archive:
        notes = archive.read("word/footnotes.xml").decode()
        body = archive.read("word/document.xml").decode()
    assert body.count("<w:footnoteReference ") == len(november.documents["corrections"]) == 2
    for row in november.documents["corrections"]:
        assert row["printed"] in notes
        assert row["reason"] in notes


def test_the_same_month_gives_the_same_bytes(november, report):
    assert write_report(november, DAY, NOWHERE) == report


def test_nothing_in_it_leads_outside(report):
    with zipfile.ZipFile(io.BytesIO(report)) as archive:
        relations = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".rels")]
    assert not any('TargetMode="External"' in each for each in relations)


def test_words_that_are_code_elsewhere_stay_words(november):
    hostile = "**=cmd()** {city} <w:br/> \x0c\ud800 {{x}}"
    passage = {**november.documents["passages"][0], "text": hostile}
    view = replace(november, documents={**november.documents, "passages": [passage]})
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(write_report(view, DAY, NOWHERE))).paragraphs)
    assert "**=cmd()** {city} <w:br/> \ufffd\ufffd {{x}}" in text


def test_the_office_may_change_letterhead_and_styles_in_word(november, tmp_path):
    own = docx.Document(str(REPOSITORY / "data" / "places" / "sa_dec.docx"))
    own.tables[0].cell(0, 0).paragraphs[0].runs[0].text = "VĂN PHÒNG"
    own.styles["Body Text"].font.name = "Arial"
    own.save(str(tmp_path / "own.docx"))
    made = docx.Document(io.BytesIO(write_report(november, DAY, tmp_path / "own.docx")))
    assert made.tables[0].cell(0, 0).text.startswith("VĂN PHÒNG")
    assert made.styles["Body Text"].font.name == "Arial"
    assert MARK not in "\n".join(p.text for p in made.paragraphs)


def test_the_base_document_at_hand_makes_the_same_report(november, report):
    own = write_report(november, DAY, REPOSITORY / "data" / "places" / "sa_dec.docx")
    one, other = (docx.Document(io.BytesIO(data)) for data in (own, report))
    assert [p.text for p in one.paragraphs] == [p.text for p in other.paragraphs]


def test_a_base_document_without_its_mark_is_refused(november, place, tmp_path):
    base = base_document(place)
    next(p for p in base.paragraphs if p.text == MARK).text = "x"
    (tmp_path / "own.docx").write_bytes(packed(base))
    with pytest.raises(InputError, match="no paragraph that marks"):
        write_report(november, DAY, tmp_path / "own.docx")


def test_a_base_document_without_a_style_is_refused(november, place, tmp_path):
    base = base_document(place)
    base.styles["Footnote Text"].delete()
    (tmp_path / "own.docx").write_bytes(packed(base))
    with pytest.raises(InputError, match=r"lacks a style.*Footnote Text"):
        write_report(november, DAY, tmp_path / "own.docx")


def test_a_base_document_of_another_kind_is_refused(november, tmp_path):
    (tmp_path / "own.docx").write_bytes(b"%PDF-1.7")
    with pytest.raises(InputError, match="another kind of file"):
        write_report(november, DAY, tmp_path / "own.docx")
