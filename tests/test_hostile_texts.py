"""Words made to hurt are words in every format: nothing of them runs, is fetched, is worked out, or turns what stands beside it."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile

import openpyxl
import pikepdf
import pypdf
import pytest
from conftest import REPOSITORY
from hostile_texts import MONTH, PLACE, SPOKEN, UNSEEN, VISIBLE, package, root, run
from lxml import etree, html

from sadec_analysis.cli import main
from sadec_analysis.office.package import in_xml
from sadec_analysis.plain import escaped, plain

pytestmark = pytest.mark.slow
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\U000e0000-\U000e007f]")  # fmt: skip
PAGES = ["brief.html", "../index.html", *(f"notebooks/{path.stem}.html" for path in sorted((REPOSITORY / "notebooks").glob("0*.ipynb")))]  # fmt: skip
# What a page of ours is made of; nothing in this list runs or fetches anything.
TAGS = {
    "html", "head", "meta", "title", "style", "body", "main", "header", "nav", "section", "article", "div", "span", "p", "small", "b", "strong",
    "em", "a", "ol", "ul", "li", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "hr", "br", "table", "caption", "thead", "tbody", "tr", "th", "td",
    "figure", "figcaption", "details", "summary", "blockquote", "pre", "code", "footer", "svg", "g", "path", "text", "tspan", "circle", "rect",
    "defs", "use", "clippath", "line", "polyline", "polygon", "pattern", "desc",
}  # fmt: skip
OWN_LINKS = re.compile(r"#[^\s\"'<>]+|2022-11/[\w./-]+")


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    return package(tmp_path_factory.mktemp("package"))


@pytest.fixture(scope="module", params=["vi", "en"])
def outputs(request, installed, tmp_path_factory):
    at = root(tmp_path_factory.mktemp(f"hostile-{request.param}"))
    done = run(installed, "run", MONTH, "--place", PLACE, "--root", at, "--lang", request.param)
    assert done.returncode == 0, done.stderr
    assert not HIDDEN.search((done.stdout + done.stderr).replace("\n", ""))
    return at / "outputs" / MONTH


def everything(text):
    """A text without its spaces: lines break where they will."""
    return re.sub(r"\s+", "", text)


def require_inert(element):
    """Fail for an element that runs, fetches or submits anything, or that no page of ours is made of."""
    assert isinstance(element.tag, str), f"a comment: {element}"
    assert element.tag.lower() in TAGS
    for key, value in element.attrib.items():
        assert not key.startswith("on")
        assert key not in ("src", "srcdoc", "action", "formaction", "autofocus", "ping", "data")
        if key.endswith("href"):
            assert OWN_LINKS.fullmatch(value)
        if key == "style":
            assert not re.search(r"url\((?!#)|expression|@import", value)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_holds_no_markup_of_theirs(outputs, name):
    text = (outputs / name).read_text(encoding="utf-8")
    assert not HIDDEN.search(text.replace("\n", ""))
    for element in html.fromstring(text.encode()).iter():
        require_inert(element)


@pytest.mark.parametrize("name", ["brief.html", "notebooks/01_source.html"])
def test_a_page_shows_them_as_they_are_written(outputs, name):
    shown = everything(html.fromstring((outputs / name).read_bytes()).text_content())
    assert everything(plain(SPOKEN)) in shown


@pytest.mark.parametrize("name", ["brief.html", "../index.html", "notebooks/01_source.html", "notebooks/07_change.html"])  # fmt: skip
def test_nothing_runs_in_a_browser_and_no_request_leaves(browser, outputs, name):
    context = browser.new_context(bypass_csp=True)  # were the policy not there
    page = context.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    address = (outputs / name).resolve().as_uri()
    page.goto(address, wait_until="networkidle")
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    page.evaluate("document.querySelectorAll('*').forEach(each => each.dispatchEvent(new Event('focus')))")
    assert asked == [address]
    assert said == []
    assert page.evaluate("window.hurt") is None
    context.close()


def test_the_browser_would_tell(browser, tmp_path):
    """The same look at a page that takes the words for markup."""
    path = tmp_path / "hurt.html"
    path.write_text("<!doctype html><p>" + " ".join(VISIBLE.values()), encoding="utf-8")
    page = browser.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    page.wait_for_function("window.hurt === 1")
    assert len(asked) > 1


@pytest.mark.parametrize("name", ["brief.pdf", "brief-1page.pdf"])
def test_a_pdf_acts_on_nothing_and_reads_no_file(outputs, name):
    with pikepdf.open(outputs / name) as document:
        for held in document.objects:
            keys = set(held.keys()) if isinstance(held, (pikepdf.Dictionary, pikepdf.Stream)) else set()
            assert not keys & {"/JS", "/JavaScript", "/AA", "/Launch", "/EmbeddedFiles", "/EF", "/URI", "/OpenAction"}  # fmt: skip
            if "/S" in keys and "/Type" in keys and held["/Type"] == "/Action":
                assert held["/S"] == "/GoTo"
    text = "".join(page.extract_text() for page in pypdf.PdfReader(outputs / name).pages)
    assert "root:" not in text
    assert not HIDDEN.search(text.replace("\n", ""))


def test_a_pdf_shows_them_as_they_are_written(outputs):
    text = everything("".join(page.extract_text() for page in pypdf.PdfReader(outputs / "brief.pdf").pages))
    for name, words in VISIBLE.items():
        assert everything(f"{words} hết.") in text, name


@pytest.mark.parametrize("name", ["brief.docx", "report.docx"])
def test_a_word_document_has_no_field_and_no_relation_of_theirs(outputs, name):
    with zipfile.ZipFile(outputs / name) as package_:
        for part in package_.namelist():
            if part.endswith(".rels"):
                assert b"External" not in package_.read(part), part
            elif part.endswith(".xml"):
                content = package_.read(part)
                assert not HIDDEN.search(content.decode().replace("\n", "")), part
                tree = etree.fromstring(content)
                codes = list(tree.xpath("//@*[local-name()='instr']"))
                codes += [each.text for each in tree.xpath("//*[local-name()='instrText']")]
                assert {code.split()[0] for code in codes} <= {"PAGE", "SEQ"}, part
                assert not tree.xpath("//*[local-name()='hyperlink' or local-name()='altChunk' or local-name()='object']")  # fmt: skip


@pytest.mark.parametrize("name", ["brief.docx", "report.docx"])
def test_a_word_document_shows_them_as_they_are_written(outputs, name):
    with zipfile.ZipFile(outputs / name) as package_:
        text = everything("".join(etree.fromstring(package_.read("word/document.xml")).itertext()))
    for key, words in {**VISIBLE, **UNSEEN}.items():
        assert everything(in_xml(f"{plain(words)} hết.")) in text, key


def test_a_workbook_holds_no_formula_no_link_and_their_words(outputs):
    with zipfile.ZipFile(outputs / "tables" / "tables.xlsx") as package_:
        for part in package_.namelist():
            content = package_.read(part)
            assert b"External" not in content, part
            assert not re.search(rb"<f[ >]|<hyperlink|<ddeLink|<externalReference", content), part
    book = openpyxl.load_workbook(outputs / "tables" / "tables.xlsx")
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    words = "\n".join(str(cell.value) for cell in cells)
    assert all(each in words for each in VISIBLE.values())
    assert not HIDDEN.search(words.replace("\n", ""))


@pytest.mark.parametrize("name", ["figures.csv", "findings.csv"])
def test_a_table_of_text_holds_no_cell_that_a_spreadsheet_works_out(outputs, name):
    text = (outputs / "tables" / name).read_text(encoding="utf-8-sig")
    assert not HIDDEN.search(text.replace("\n", ""))
    for row in csv.reader(io.StringIO(text)):
        for cell in row:
            assert not re.match(r"[=@\t\r]|[+-](?![\d.,]+%?$)", cell), cell


def test_charts_are_drawings_and_show_names_letter_by_letter(outputs):
    shown = ""
    for path in sorted((outputs / "charts").glob("*.svg")):
        tree = etree.parse(path)
        shown += "".join(tree.getroot().itertext())
        for element in tree.iter():
            assert etree.QName(element).localname.lower() in TAGS - {"a"} | {"style", "image", "title"}
            for key, value in element.attrib.items():
                local = etree.QName(key).localname
                assert not local.startswith("on")
                if local == "href":
                    assert re.match(r"#|data:image/png;base64,", value)
    assert not HIDDEN.search(shown.replace("\n", ""))
    drawn = [words[:24] for words in VISIBLE.values() if words[:24] in shown]
    assert len(drawn) >= 10  # the city and its nine units, all with these names
    assert VISIBLE["tex"][:24] not in drawn or "\\frac" in shown


def test_executed_notebooks_hold_them_as_data_alone(outputs):
    for path in sorted((outputs / "notebooks").glob("*.ipynb")):
        text = path.read_text(encoding="utf-8")
        assert not HIDDEN.search(text.replace("\n", ""))
        notebook = json.loads(text)
        code = "".join("".join(cell["source"]) for cell in notebook["cells"])
        assert not any(words in code for words in VISIBLE.values())
        for cell in notebook["cells"]:
            for output in cell.get("outputs", []):
                if page := "".join(output.get("data", {}).get("text/html", [])):
                    for element in html.fromstring(page).iter():
                        require_inert(element)


def test_the_terminal_shows_no_control_of_theirs(outputs, installed):
    at = outputs.parents[1]
    for form in ("text", "json"):
        done = run(
            installed, "check", MONTH, "--place", PLACE, "--root", at, "--format", form, "--fail-on", "never"
        )
        assert done.returncode == 0, done.stderr
        assert not HIDDEN.search((done.stdout + done.stderr).replace("\n", ""))


@pytest.mark.parametrize("words", [*VISIBLE.values(), *UNSEEN.values()])
@pytest.mark.parametrize("option", ["place", "lang", "root", "month"])
def test_what_no_option_can_be_is_refused_in_one_plain_line(tree, monkeypatch, capsys, option, words):
    given = {"month": MONTH, "place": "sa_dec", "lang": "vi", "root": str(tree)} | {option: words}
    named = [f"--{name}={given[name]}" for name in ("place", "lang", "root")]
    monkeypatch.setattr("sys.argv", ["sadec", "run", *named, "--", given["month"]])
    before = sorted(tree.rglob("*"))
    with pytest.raises(SystemExit) as ended:
        main()
    told = capsys.readouterr().err
    assert ended.value.code == 2
    assert not HIDDEN.search(told.replace("\n", ""))
    assert told.startswith("sadec: ") or "Invalid value for" in told
    assert sorted(tree.rglob("*")) == before


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Sa\u202eĐéc", "SaĐéc"), ("a\x1b[31mb", "a\ufffd[31mb"), ("a\r\nb\x85c\u2028d", "a\nb\nc\nd"), ("\ufffe", "\ufffd"),
        ("\ue000 \u0378 e\u0301", "\ue000 \u0378 e\u0301"), ("tab\tline\n", "tab\tline\n"), ("👩\u200d🌾", "👩🌾"), ("", ""),
    ],
)  # fmt: skip
def test_what_cannot_be_seen_is_left_out_or_made_a_sign(text, seen):
    assert plain(text) == seen
    assert plain(seen) == seen


def test_a_message_names_what_cannot_be_seen():
    assert escaped("tệp\u202e\x1b[31m.md\n") == "tệp\\u202e\\u001b[31m.md"
