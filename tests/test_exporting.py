"""Any notebook as a page and as a document: everything in it, in one order, nothing active, nothing fetched."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pikepdf
import pytest
from browsers import chromium
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from nbconvert.exporters import get_exporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from own_notebooks import FRAME, png, rich_notebook, text64
from PIL import Image
from playwright.sync_api import sync_playwright
from pypdf import PdfReader

from sadec_analysis.errors import InputError
from sadec_analysis.exporting.exporters import HtmlPage, PdfPaper
from sadec_analysis.exporting.files import export_file
from sadec_analysis.exporting.formulas import drawn, mathml
from sadec_analysis.exporting.html import to_html
from sadec_analysis.exporting.markdown import Markdown
from sadec_analysis.exporting.paper import to_paper
from sadec_analysis.exporting.parts import Source, parts_of
from sadec_analysis.exporting.pictures import encoded, picture
from sadec_analysis.exporting.tables import table_of
from sadec_analysis.words import load_words

VI = load_words("vi")


@pytest.fixture(scope="module")
def rich(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own")
    nbformat.write(rich_notebook(), folder / "so_tay.ipynb")
    page, paper = export_file(folder / "so_tay.ipynb")
    return folder, page.read_text(encoding="utf-8"), paper


def parts(*cells, folder=None, **options):
    return parts_of(Source(new_notebook(cells=list(cells)), "sổ tay", folder, **options), VI)


def kinds(found):
    return [part["kind"] for part in found]


def shown(*outputs):
    return parts(new_code_cell("", outputs=list(outputs)))[1:]  # after the title


def words(page):
    """The text of a page as a reader meets it."""
    root = lxml_html.document_fromstring(page)
    for element in root.xpath("//style|//math"):
        element.drop_tree()
    return re.sub(r"\s+", " ", root.find("body").text_content())


ORDER = [
    "Hồ sơ quá hạn của Sa Đéc", "đã giải quyết", "Quyết định 766", "Việc phải làm", "theo lĩnh vực", "gọi công dân",
    "Không đoán khi chưa có số liệu", "Tân Quy Tây", "import pandas as pd", "def rate", "đỏ và thường", "đúng hạn", "10/2022", "1064",
    "98.79", "Khối của bộ công cụ", "print(long)", "dòng 60", "ValueError: không có số", "Kết luận", "Hết.",
]  # fmt: skip


def test_a_page_has_everything_in_order(rich):
    text, at = words(rich[1]), 0
    for expected in ORDER:
        at = text.index(expected, at)
    assert "dòng 260" in text
    assert rich[1].count("<img ") == 4
    assert rich[1].count("<math") == 4
    assert rich[1].count("<table>") == 2


def test_a_document_has_the_same_in_the_same_order(rich):
    told = " ".join(page.extract_text() for page in PdfReader(rich[2]).pages)
    text, at = re.sub(r"\s+", " ", told), 0
    for expected in (*ORDER[:9], "# đọc bảng, bỏ dòng trống", *ORDER[9:]):
        at = text.index(expected, at)
    assert "còn 200 dòng, xem trang HTML" in text


def test_a_document_is_tagged_titled_and_describes_its_pictures(rich):
    with pikepdf.open(rich[2]) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Hồ sơ quá hạn của Sa Đéc"
        assert str(pdf.Root.Lang) == "vi"
        metadata = pdf.Root.Metadata.read_bytes().decode()
        assert "pdfuaid:part" in metadata
        assert "<pdfaid:part>2<" in metadata
        told = [
            str(each.Alt) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each
        ]
    assert "Ảnh đính kèm" in told
    assert told.count("Hình trong mục Việc phải làm") == 3
    assert r"r = \frac{d}{n}" in told


def test_a_page_runs_nothing_and_fetches_nothing(rich):
    _, page, _ = rich
    assert "<script" not in page
    assert not re.search(r'(?:src|href)="(?!data:|https://example\.gov\.vn/766)', page)


def test_a_second_run_gives_the_same_bytes(rich, tmp_path):
    again = export_file(rich[0] / "so_tay.ipynb", tmp_path)
    assert again[0].read_text(encoding="utf-8") == rich[1]
    assert again[1].read_bytes() == rich[2].read_bytes()


def test_code_is_left_out_on_request():
    cell = new_code_cell("secret = 1", outputs=[new_output("stream", text="kết quả")])
    assert kinds(parts(cell, has_code=False)) == ["title", "output"]
    assert kinds(parts(cell)) == ["title", "code", "output"]


def test_a_data_frame_keeps_its_shape_and_alignment():
    table = table_of(FRAME.to_html())
    assert table["columns"] == 5
    assert [cell["colspan"] for cell in table["head"][0]] == [1, 1, 2, 1]
    assert table["rows"][0][0]["rowspan"] == 2
    assert [cell["is_number"] for cell in table["rows"][0]] == [False, False, True, True, True]
    assert [cell["is_number"] for cell in table["head"][1]][2:] == [True, True, True]


@pytest.mark.parametrize(
    "text",
    [
        "<p>không có bảng</p>",
        "<table><tr><td><table><tr><td>1</td></tr></table></td></tr></table>",
        "",
        "<table></table>",
        "<table><tr><td>1</td></tr></table><table><tr><td>2</td></tr></table>",
    ],
)
def test_other_html_falls_back_to_its_text(text):
    assert table_of(text) is None
    (part,) = shown(new_output("display_data", data={"text/html": text, "text/plain": "chữ thường"}))
    assert (part["kind"], part["text"]) == ("output", "chữ thường")


@pytest.mark.parametrize("tex", [r"\nosuch{x}", r"\frac{a", r"\begin{align} a &= b \end{align}", ""])
def test_a_formula_that_cannot_be_set_shows_its_source(tex):
    found = Markdown().parts(f"Công thức ${tex}$ đây." if tex else "Công thức $$ $$ đây.")
    page, pdf = to_html([*TITLE, *found], "Thử", VI), to_paper([*TITLE, *found], "Thử", VI)
    assert pdf.startswith(b"%PDF")
    assert drawn(tex) is None
    assert mathml(tex) or not tex or tex in lxml_html.document_fromstring(page).text_content()


TITLE = [{"kind": "title", "level": 1, "c": [{"t": "text", "s": "Thử"}]}]


def test_headings_begin_at_one_and_leave_no_level_out():
    found = parts(new_markdown_cell("### A\n\n##### B\n\n# C\n\n###### D"))
    assert [part["level"] for part in found] == [1, 2, 1, 2]
    assert parts(new_markdown_cell("chữ"))[0]["c"][0]["s"] == "sổ tay"


def test_a_heading_without_words_is_none():
    assert kinds(parts(new_markdown_cell("#\n\n## \n\nchữ"))) == ["title", "prose"]


def test_pictures_come_from_the_notebook_and_its_folder_only(tmp_path):
    folder = tmp_path / "sổ"
    folder.mkdir()
    (folder / "trong.png").write_bytes(png())
    (tmp_path / "ngoai.png").write_bytes(png())
    (folder / "lien_ket.png").symlink_to(tmp_path / "ngoai.png")
    for url, count in {
        "trong.png": 1, "./trong.png": 1, "../ngoai.png": 0, str(tmp_path / "ngoai.png"): 0, "lien_ket.png": 0, "file:///etc/hosts": 0,
        "https://example.com/a.png": 0, f"data:image/png;base64,{text64(png())}": 1, "attachment:khong_co.png": 0,
    }.items():  # fmt: skip
        found = parts(new_markdown_cell(f"![mô tả]({url})"), folder=folder)
        assert kinds(found).count("image") == count, url
        if not count:
            assert "mô tả" in words(to_html(found, "Thử", VI))


def test_a_drawing_keeps_the_raster_inside_it_and_nothing_from_outside():
    inside = f"data:image/png;base64,{text64(png())}"
    for url, is_kept in {
        inside: True,
        "https://example.com/z.png": False,
        "data:image/svg+xml;base64,PHN2Zz4=": False,
    }.items():
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image width="9" height="9" href="{url}"/></svg>'
        (part,) = shown(new_output("display_data", data={"image/svg+xml": svg, "text/plain": "p"}))
        assert ("href" in part["svg"]) is is_kept, url


HOSTILE = [
    "<script>alert(1)</script>", '<img src="https://example.com/x.png" onerror="alert(1)">', "[x](javascript:alert(1))", "[x](data:text/html,<script>alert(1)</script>)",
    "![x](https://example.com/x.png)", '#read("/etc/passwd")', '#import "@preview/x:1.0"', "{{ 1 + 1 }} {% for x in y %}", "<iframe src=https://example.com></iframe>",
    "<style>body{background:url(https://example.com/a)}</style>", "$\\href{javascript:alert(1)}{x}$", "$\\text{<img src=https://example.com/y onerror=alert(1)>}$", "</main></body><script>alert(1)</script>",
]  # fmt: skip
BAD_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="alert(1)"><script>alert(1)</script><image href="https://example.com/z.png"/><rect style="fill:url(https://example.com/s)" width="9" height="9"/></svg>'


def hostile_notebook():
    outputs = [
        new_output(
            "display_data", data={"text/html": f"<table><tr><td>{text}</td></tr></table>", "text/plain": "p"}
        )
        for text in HOSTILE
    ]
    outputs += [new_output("stream", text=text) for text in HOSTILE]
    outputs += [
        new_output("display_data", data={kind: text, "text/plain": "p"})
        for text in HOSTILE
        for kind in ("text/markdown", "text/latex")
    ]
    outputs += [
        new_output("display_data", data={"image/svg+xml": BAD_SVG, "text/plain": "p"}),
        new_output("display_data", data={"application/javascript": "alert(1)"}),
    ]
    outputs += [new_output("error", ename="<b>", evalue="<script>alert(1)</script>", traceback=[])]
    return new_notebook(
        cells=[
            *(new_markdown_cell(text) for text in HOSTILE),
            new_code_cell("</code><script>alert(1)</script>", outputs=outputs),
        ]
    )


def test_a_hostile_notebook_runs_nothing_in_a_browser_and_asks_for_nothing(tmp_path):
    nbformat.write(hostile_notebook(), tmp_path / "doc.ipynb")
    page, paper = export_file(tmp_path / "doc.ipynb")
    asked, ran = [], []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        tab = browser.new_page(bypass_csp=True)  # what holds without the policy holds with it
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
        tab.goto(page.as_uri())
        tab.wait_for_timeout(300)
        assert tab.eval_on_selector_all("script, iframe, object, embed, link, form", "all => all.length") == 0
        assert (
            tab.evaluate(
                "[...document.querySelectorAll('*')].flatMap(each => each.getAttributeNames()).filter(name => name.startsWith('on'))"
            )
            == []
        )
        assert (
            tab.evaluate(
                "[...document.querySelectorAll('[href]')].filter(each => !/^(https?|mailto):/.test(each.getAttribute('href'))).length"
            )
            == 0
        )
        browser.close()
    assert ran == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert b"root:" not in paper.read_bytes()


@pytest.mark.slow
@settings(max_examples=40, deadline=None)  # the tests of readers change more, faster
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_becomes_a_page_and_a_document(markdown, output):
    found = parts(
        new_markdown_cell(markdown), new_code_cell(markdown, outputs=[new_output("stream", text=output)])
    )
    assert to_html(found, "Thử", VI).endswith("</html>\n")
    assert to_paper(found, "Thử", VI).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "not a notebook"),
        ("{}", "not a notebook"),
        ("[1]", "not a notebook"),
        ('{"cells": 3, "nbformat": 4}', "not a notebook"),
        ("\x00", "not a notebook"),
    ],
)
def test_what_is_no_notebook_is_told_and_nothing_written(tmp_path, content, said):
    (tmp_path / "a.ipynb").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        export_file(tmp_path / "a.ipynb")
    assert [path.name for path in tmp_path.iterdir()] == ["a.ipynb"]


def test_a_missing_file_and_a_folder_that_is_a_file_are_told(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        export_file(tmp_path / "khong.ipynb")
    nbformat.write(new_notebook(), tmp_path / "trong.ipynb")
    (tmp_path / "tep").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be written"):
        export_file(tmp_path / "trong.ipynb", tmp_path / "tep")


def test_an_older_notebook_is_read(tmp_path):
    old = {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": ""},
        "worksheets": [
            {"metadata": {}, "cells": [{"cell_type": "markdown", "metadata": {}, "source": ["# Cũ"]}]}
        ],
    }
    (tmp_path / "cu.ipynb").write_text(json.dumps(old), encoding="utf-8")
    page, _ = export_file(tmp_path / "cu.ipynb")
    assert "<h1>Cũ</h1>" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "kind", "ending"), [("sadec-html", HtmlPage, ".html"), ("sadec-pdf", PdfPaper, ".pdf")]
)
def test_nbconvert_knows_both_formats(name, kind, ending, tmp_path):
    assert get_exporter(name) is kind
    nbformat.write(rich_notebook(), tmp_path / "so_tay.ipynb")
    done = subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", name, "so_tay.ipynb"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    export_file(tmp_path / "so_tay.ipynb", tmp_path / "out")
    assert (tmp_path / f"so_tay{ending}").read_bytes() == (tmp_path / "out" / f"so_tay{ending}").read_bytes()


def test_the_suite_s_own_notebook_exports_too(tmp_path):
    source = Path(__file__).parent.parent / "notebooks" / "brief.ipynb"
    page, paper = export_file(source, tmp_path, "en")
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    with pikepdf.open(io.BytesIO(paper.read_bytes())) as pdf:
        assert len(pdf.pages) >= 1
        assert str(pdf.Root.Lang) == "en"


def test_a_document_is_dated_the_same_every_day(rich):
    with pikepdf.open(rich[2]) as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:" + dt.date(2020, 1, 1).strftime("%Y%m%d"))


def pictured(form, size=(9, 9)):
    """A small picture in another form than PNG."""
    held = io.BytesIO()
    Image.new("RGB", size, "red").save(held, form)
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "nothing"), (b"no picture", "text"), (png()[:40], "cut short"), (b"<svg><g></svg>", "broken"), (b"<x><svg/></x>", "another root"),
        (b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><text>&a;</text></svg>', "an entity"),
        (b"\x89PNG" + bytes(20_000_001), "too many bytes"), (pictured("PNG", (5000, 5000)), "too many pixels"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)  # fmt: skip
def test_what_is_no_modest_picture_is_left_out(content, reason):
    part = picture(content, reason)
    assert part is None or b"root:" not in json.dumps(part).encode()
    assert part is None or reason == "an entity"


@pytest.mark.parametrize(("form", "kind"), [("GIF", "png"), ("JPEG", "jpeg"), ("PNG", "png")])
def test_a_picture_of_another_form_is_kept(form, kind):
    part = picture(pictured(form), "đỏ")
    assert part["uri"].startswith(f"data:image/{kind};base64,")
    assert part["width"] == 9


@pytest.mark.parametrize(
    ("size", "width"),
    [('width="30pt"', 40), ('width="30px"', 30), ('viewBox="0 0 55 10"', 55), ('viewBox="0,0,55,10"', 55), ('width="100%"', 700)],
)  # fmt: skip
def test_a_drawing_has_the_width_it_asks_for(size, width):
    assert picture(f'<svg xmlns="http://www.w3.org/2000/svg" {size}/>'.encode(), "")["width"] == width


def test_what_is_not_base64_is_no_picture():
    assert encoded("a") == b""
    assert encoded(["iVBO", "Rw0K"]) == b"\x89PNG\r\n"
