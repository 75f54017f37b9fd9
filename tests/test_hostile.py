"""Broken and hostile files, by the road a user takes: one line, exit 2, nothing written, in bounded time and memory."""

from __future__ import annotations

import json
import re
import resource
import sys
import time

import pytest
from hostile_files import (
    LAUGHS,
    OUTSIDE,
    PASSWORD,
    PNG,
    REPORT,
    TCVN3,
    VNI,
    archive,
    bomb,
    cells,
    lying_sizes,
    windows_1258,
    workbook,
)  # fmt: skip
from responses import old_row, write

from sadec_analysis import cli

MOST_SECONDS = 20
MOST_MEMORY = 1500 * 2**10  # KiB, of the whole process with everything imported
WORD = archive({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"})
XLSX = workbook()


UNTRUE = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="2" uniqueCount="99999999999"/>'


def entities(main_part, text):
    return archive({"[Content_Types].xml": "<x/>", main_part: text})


def one_number(written):
    """A response whose one total is written so."""
    return json.dumps([CITY | {"TONG_SCORE": "?"}]).replace('"?"', written).encode()


CITY = old_row("UBND thành phố Sa Đéc", "000.00.36.H20")
LIST = "Số hồ sơ;Thủ tục;Đơn vị;Ngày tiếp nhận;Ngày hẹn trả;Ngày kết thúc\n"
CASES = [
    # reports
    ("report", "a.md", b"", "holds no text"),
    ("report", "a.md", b" \n\t\n", "holds no text"),
    ("report", "a.md", REPORT.encode("utf-16"), "not UTF-8 .got UTF-16"),
    ("report", "a.md", REPORT.encode("utf-16-le"), "not UTF-8 .got UTF-16"),
    ("report", "a.md", REPORT.encode("utf-16-be"), "UTF-16|not a text"),
    ("report", "a.md", windows_1258(REPORT), "not UTF-8 .*got Windows-1258"),
    ("report", "a.md", TCVN3, r"not UTF-8 .*got TCVN3 \(ABC\)"),
    ("report", "a.md", VNI, "not UTF-8 .*got VNI"),
    ("report", "a.md", TCVN3.decode("latin-1").encode(), r"typed in TCVN3 \(ABC\), not in Unicode"),
    ("report", "a.md", VNI.decode("latin-1").encode(), "typed in VNI, not in Unicode"),
    ("report", "a.md", PNG, "is a PNG picture, not a text"),
    ("report", "a.md", WORD, "is a zip archive, not a text"),
    ("report", "a.md", REPORT[:200].encode()[:-1] + b"\xff", "not UTF-8 at byte"),
    ("report", "a.md", b"Kh\xc3\xb4ng c\xc3\xb3 g\xc3\xac", "does not say its month"),
    ("report", "a.md", REPORT.replace("tháng 11", "tháng 10").encode(), "about another month .got 2022-10, expected 2022-11"),
    ("report", "a.docx", b"", "is empty .expected a Word document"),
    ("report", "a.docx", PNG, "is another kind of file .got a PNG picture, expected a Word document"),
    ("report", "a.docx", XLSX, "is another kind of file .got an Excel workbook, expected a Word document"),
    ("report", "a.docx", WORD[: len(WORD) // 2], "is damaged or cut short"),
    ("report", "a.docx", PASSWORD, "is protected by a password"),
    ("report", "a.docx", entities("word/document.xml", LAUGHS), "declares XML entities"),
    ("report", "a.docx", entities("word/document.xml", OUTSIDE), "declares XML entities"),
    ("report", "a.docx", entities("word/document.xml", LAUGHS.encode("utf-16")), "declares XML entities"),
    ("report", "a.docx", bomb("word/document.xml"), "unpacks to too much"),
    ("report", "a.docx", lying_sizes(WORD), "unpacks to too much|damaged"),
    ("report", "a.docx", WORD, "a.docx"),
    ("report", "a.html", b"", "holds no text"),
    ("report", "a.html", PNG, "is a PNG picture, not a text"),
    ("report", "a.html", LAUGHS.encode(), "a.html"),
    ("report", "a.html", ("<div>" * 100_000 + "x").encode(), "a.html"),
    ("report", "a.html", b"<html><body><script>1</script></body></html>", "a.html"),
    ("report", "a.html", windows_1258("<p>" + REPORT + "</p>"), "Windows-1258"),
    ("report", "a.md", (REPORT + "\n" + "9" * 200_000).encode(), "holds a number that is too long"),
    ("report", "a.md", (REPORT + "\n" + "9." * 100_000).encode(), "holds a number that is too long"),
    ("report", "a.md", ("<!--" * 100_000).encode(), "does not say its month"),
    # workbooks
    ("workbook", "figures.xlsx", b"", "is empty .expected an Excel workbook"),
    ("workbook", "figures.xlsx", PNG, "got a PNG picture, expected an Excel workbook"),
    ("workbook", "figures.xlsx", WORD, "got a Word document, expected an Excel workbook"),
    ("workbook", "figures.xlsx", XLSX[:-30], "is damaged or cut short"),
    ("workbook", "figures.xlsx", PASSWORD, "is protected by a password"),
    ("workbook", "figures.xlsx", entities("xl/workbook.xml", LAUGHS), "declares XML entities"),
    ("workbook", "figures.xlsx", workbook(**{"xl/sharedStrings.xml": OUTSIDE}), "declares XML entities.*got xl/sharedStrings.xml"),
    ("workbook", "figures.xlsx", bomb("xl/workbook.xml"), "unpacks to too much"),
    ("workbook", "figures.xlsx", lying_sizes(XLSX), "unpacks to too much|damaged"),
    ("workbook", "figures.xlsx", workbook(cells("A1", "XFD1048576")), "figures.xlsx"),
    ("workbook", "figures.xlsx", XLSX, "figures.xlsx"),
    ("workbook", "figures.xlsx", workbook(**{"xl/sharedStrings.xml": UNTRUE}), "cannot be read as a workbook"),
    ("workbook", "figures.xlsx", b"a;b;c\n1;2;3\n", "is another kind of file"),
    # lists of dossiers
    ("dossiers", "dossiers.csv", b"", "dossiers.csv"),
    ("dossiers", "dossiers.csv", PNG, "dossiers.csv"),
    ("dossiers", "dossiers.csv", (LIST * 2).encode("utf-16"), "UTF-16"),
    ("dossiers", "dossiers.csv", windows_1258(LIST * 2), "Windows-1258"),
    ("dossiers", "dossiers.csv", b"a;b;c\n1;2;3\n", "dossiers.csv"),
    ("dossiers", "dossiers.csv", LIST.encode(), "dossiers.csv"),
    ("dossiers", "dossiers.csv", (LIST + "1;x;UBND Phường 1;31/02/2022;01/11/2022;\n").encode(), "row 2"),
    ("dossiers", "dossiers.csv", (LIST + "1;x;UBND Phường 99;01/11/2022;05/11/2022;\n").encode(), "row 2"),
    ("dossiers", "dossiers.csv", (LIST + "1;x;UBND Phường 1;01/11/2019;05/11/2019;06/11/2019\n").encode(), "another month"),
    ("dossiers", "dossiers.csv", (LIST + "1;x;UBND Phường 1;01/11/2022\n").encode(), "dossiers.csv"),
    ("dossiers", "dossiers.csv", (LIST + '1;"x;UBND Phường 1;01/11/2022;05/11/2022;\n').encode(), "dossiers.csv"),
    ("dossiers", "dossiers.xlsx", b"", "is empty"),
    ("dossiers", "dossiers.xlsx", WORD, "got a Word document, expected an Excel workbook"),
    ("dossiers", "dossiers.xlsx", PASSWORD, "is protected by a password"),
    ("dossiers", "dossiers.xlsx", workbook(cells("A1", "XFD1048576")), "dossiers.xlsx"),
    ("dossiers", "dossiers.xlsx", workbook(cells("A1")), "dossiers.xlsx"),
    # responses
    ("portal", "response.json", b"", "holds no text"),
    ("portal", "response.json", PNG, "is a PNG picture"),
    ("portal", "response.json", b"[1, 2", "is not JSON"),
    ("portal", "response.json", b"[" * 200_000, "nests too deeply|is not JSON"),
    ("portal", "response.json", '[{"TONG_SCORE": "1"}]'.encode("utf-16"), "UTF-16"),
    ("portal", "response.json", b'[{"TONG_SCORE": "1"}]', "names no unit"),
    ("portal", "response.json", one_number("1e-999999999"), "TONG_SCORE: is no number"),
    ("portal", "response.json", one_number("1" * 15 + "." + "1" * 15), "TONG_SCORE: is no number"),
    ("portal", "response.json", one_number('"\\ud800"'), "is not JSON"),
    ("portal", "response.json", b'{"code": "OK", "data": {"evaluation": "none"}}', "not a response of the portal"),
    ("portal", "response.json", b'{"code": "OK", "data": {"overview": {}}}', "gives no figure"),
]  # fmt: skip


def folder_with(tree, kind, name, content):
    """A month's folder whose only source is one file."""
    raw = tree / "data" / "raw" / "2022-11"
    for path in raw.iterdir():
        path.unlink()
    (raw / name).write_bytes(content)
    (raw / "source.toml").write_text(
        f'[[file]]\nname = "{name}"\nkind = "{kind}"\ntitle = "x"\nprovided_by = "x"\nreceived = 2022-12-01\ndata = "real"\n',
        encoding="utf-8",
    )
    return raw


def sadec(monkeypatch, capsys, *arguments):
    """Run the command in this process; return its exit code and what it said."""
    monkeypatch.setattr(sys, "argv", ["sadec", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return ended.value.code, capsys.readouterr()


@pytest.mark.parametrize(
    ("kind", "name", "content", "message"), CASES, ids=[f"{at}-{case[1]}" for at, case in enumerate(CASES)]
)
def test_a_broken_file_ends_in_one_line_and_nothing_is_written(
    kind, name, content, message, tree, monkeypatch, capsys
):
    raw = folder_with(tree, kind, name, content)
    before = {path: path.read_bytes() for path in raw.iterdir()}
    started = time.monotonic()
    code, said = sadec(monkeypatch, capsys, "build", "2022-11", "--root", tree)
    assert code == 2, said
    assert re.search(message, said.err)
    assert said.err.count("\n") == 1
    assert said.err.startswith("sadec: ")
    assert len(said.err) < 1000
    assert time.monotonic() - started < MOST_SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < MOST_MEMORY
    assert {path: path.read_bytes() for path in raw.iterdir()} == before
    assert not (tree / "data" / "processed" / "2022-11").exists()
    assert not (tree / "outputs").exists()


def test_the_table_of_broken_files_is_long_and_holds_each_once():
    assert len(CASES) >= 60
    assert len({(kind, name, content) for kind, name, content, _ in CASES}) == len(CASES)


def test_a_file_that_cannot_be_read_is_not_filed_either(tree, tmp_path, monkeypatch, capsys):
    raw = tree / "data" / "raw" / "2022-11"
    before = {path: path.read_bytes() for path in raw.iterdir()}
    file = write(tmp_path, [CITY, CITY])
    code, said = sadec(monkeypatch, capsys, "import", file, "--month", "2022-11", "--root", tree)
    assert (code, "lists a unit twice" in said.err) == (2, True)
    assert {path: path.read_bytes() for path in raw.iterdir()} == before
