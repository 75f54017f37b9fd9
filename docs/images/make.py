# ruff: noqa: INP001 - a script beside its pictures, no package
"""Make every picture of the documents again from what the suite itself writes.

    python docs/images/make.py [ROOT]

ROOT holds the outputs of November 2022 (``sadec run 2022-11``); by default this repository. Beside the suite this
needs LibreOffice (``soffice``) and Poppler (``pdftoppm``, ``pdftotext``); nothing else of the project does.
"""

from __future__ import annotations

import base64
import io
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from PIL import Image
from rich.console import CONSOLE_SVG_FORMAT, Console
from rich.text import Text

from sadec_analysis import checking
from sadec_analysis.charts.style import FONTS
from sadec_analysis.intake.new_month import prepare_month

IMAGES = Path(__file__).resolve().parent
MONTH, NEXT = "2022-11", "2022-12"
_COLOURS = 128  # of a palette: text, lines and tints stay clear, files small
_COLUMNS = 104  # of the terminal
_SHOWN = 3  # findings in the picture of the terminal
_POINTS = 72  # per inch
_ROOM = 6  # points above a phrase
_PAPER = 250  # of 255: a lighter grey is paper
_SHEET = "Tiến độ giải quyết"
_WORD = "{http://www.w3.org/1999/xhtml}word"
_FONTS = re.compile(r"@font-face \{\{.*?\}\}\s*", re.DOTALL)  # fetched from elsewhere: left out


def main(root: Path) -> None:
    """Write all pictures."""
    outputs = root / "outputs" / MONTH
    brief = outputs / "brief.pdf"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        save("brief", picture(brief, "Ba điều đáng chú ý"))
        save("finding", picture(brief, "Những con số cần đối chiếu", "Mâu thuẫn: quá hạn", dpi=105))
        save("correction", picture(brief, "Đính chính đã ghi nhận", "Đã đọc được", dpi=105))
        save("report", picture(as_pdf(outputs / "report.docx", folder), "Độc lập"))
        sheets = as_pdf(workbook(root, folder), folder)
        save("workbook", trimmed(picture(sheets, f"{_SHEET} (tối đa", "Trang", dpi=120)))
    (IMAGES / "check.svg").write_text(terminal(root), encoding="utf-8", newline="\n")


def save(name: str, image: Image.Image) -> None:
    """Write a small PNG."""
    palette = image.convert("RGB").quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    palette.save(IMAGES / f"{name}.png", optimize=True)


def workbook(root: Path, folder: Path) -> Path:
    """Prepare the next month beside a copy of this one, and return its workbook."""
    shutil.copytree(root / "data" / "raw" / MONTH, folder / "data" / "raw" / MONTH)
    return prepare_month(NEXT, root=folder) / "figures.xlsx"


def as_pdf(file: Path, folder: Path) -> Path:
    """Convert an office document with LibreOffice, with settings of its own."""
    settings = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    _run("soffice", settings, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(file))
    return folder / f"{file.stem}.pdf"


def picture(pdf: Path, start: str, end: str = "", *, dpi: int = 84) -> Image.Image:
    """Draw the first page that holds two phrases, from one down to the other; the whole page where one is given."""
    number, top, bottom = _found(pdf, start, end)
    page = ["-f", str(number), "-l", str(number), "-singlefile"]
    image = Image.open(io.BytesIO(_run("pdftoppm", "-r", str(dpi), "-png", *page, str(pdf))))
    if not end:
        return image
    return image.crop((0, int((top - _ROOM) * dpi / _POINTS), image.width, int(bottom * dpi / _POINTS)))


def _found(pdf: Path, start: str, end: str) -> tuple[int, float, float]:
    """Page, top of the first phrase and top of the second, in points; raises LookupError where they are not."""
    tree = ET.fromstring(_run("pdftotext", "-bbox", str(pdf), "-"))  # noqa: S314 - written by Poppler just now
    for number, page in enumerate((each for each in tree.iter() if each.tag.endswith("page")), 1):
        words = list(page.iter(_WORD))
        tops = [_top(words, phrase.split()) for phrase in (start, end)]
        if None not in tops:
            return number, tops[0] or 0.0, tops[1] or 0.0
    raise LookupError(f"{pdf}: no page with {start!r} and {end!r}")


def _top(words: list[ET.Element], phrase: list[str]) -> float | None:
    texts = [word.text for word in words]
    starts = [at for at in range(len(texts)) if texts[at : at + len(phrase)] == phrase]
    return float(words[starts[0]].get("yMin", "")) if starts else None


def trimmed(image: Image.Image) -> Image.Image:
    """Cut the empty paper below and beside a sheet away."""
    inked = image.convert("L").point(lambda shade: 255 * (shade < _PAPER))
    left, top, right, bottom = inked.getbbox() or (0, 0, *image.size)
    return image.crop((max(0, left - 8), max(0, top - 8), right + 8, bottom + 8))


def terminal(root: Path) -> str:
    """Draw what ``sadec check`` prints: the first findings and the last line."""
    shown = io.StringIO()
    console = Console(file=shown, width=_COLUMNS, force_terminal=True, color_system="standard")
    checking.tell(checking.check_month(MONTH, "sa_dec", "vi", root), console)
    lines = [Text.from_ansi(line) for line in shown.getvalue().splitlines()]
    cut = next(at for at, line in enumerate(lines) if line.plain.startswith(f"{_SHOWN + 1} "))
    last = next(at for at, line in enumerate(lines) if " ghi chú; " in line.plain)
    drawn = Console(file=io.StringIO(), width=_COLUMNS, record=True)
    for line in (Text(f"> sadec check {MONTH}"), *lines[:cut], Text("…\n", style="dim"), *lines[last:]):
        drawn.print(line)
    letters = f"<style>{typeface(shown.getvalue() + '> sadec…')}"
    form = _FONTS.sub("", CONSOLE_SVG_FORMAT).replace("<style>", letters)
    return drawn.export_svg(title="PowerShell", code_format=form, unique_id="check")


def typeface(text: str) -> str:
    """Return CSS that carries the letters of a text, for a template of braces."""
    font, stream = TTFont(FONTS / "JetBrainsMono-Regular.ttf", recalcTimestamp=False), io.BytesIO()
    cutter = subset.Subsetter(subset.Options(hinting=False, layout_features=["ccmp", "mark"]))
    cutter.populate(text=text)
    cutter.subset(font)
    font.flavor = "woff2"
    font.save(stream)
    source = f"url(data:font/woff2;base64,{base64.b64encode(stream.getvalue()).decode()})"
    return f'@font-face {{{{font-family: "Fira Code"; src: {source} format("woff2")}}}}'


def _run(program: str, *arguments: str) -> bytes:
    """Run a program and return what it writes; raises where it fails."""
    command = [shutil.which(program) or program, *arguments]
    return subprocess.run(command, check=True, capture_output=True).stdout  # noqa: S603 - our own arguments


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES.parents[1])
