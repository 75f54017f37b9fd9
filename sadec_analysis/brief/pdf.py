"""The brief as PDF, set by Typst from the same blocks: real text, tagged, the same bytes every time."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import json
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst
from fontTools.ttLib import TTFont

from sadec_analysis.blocks import blocks_of
from sadec_analysis.blocks.drawn import shows_its_table
from sadec_analysis.charts.style import FONTS
from sadec_analysis.errors import RunError

if TYPE_CHECKING:  # slow to import
    from nbformat import NotebookNode

TEMPLATES = Path(__file__).resolve().parent / "templates"


def to_pdf(
    notebook: NotebookNode, title: str, lang: str, day: dt.date, *, is_one_page: bool = False
) -> bytes:
    """Set the notebook's blocks as a tagged A4 document (PDF/UA-1, PDF/A-2a), dated ``day``.

    ``is_one_page`` sets only what stands before the first break, made as small as one page needs.
    Characters the typeface lacks become white squares. Raises RunError where Typst fails or warns.
    The blocks reach Typst as data, never as code, and only the project's fonts are used.
    """
    blocks = blocks_of(notebook)
    chosen = itertools.takewhile(lambda block: block["kind"] != "break", blocks) if is_one_page else blocks
    content = {
        "title": title, "lang": lang, "one_page": is_one_page, "blocks": [*map(for_paper, chosen)],
    }  # fmt: skip
    letters = letters_of(FONTS / "Inter-Regular.ttf")
    return set_document(TEMPLATES / "brief.typ", content, day, letters)


def for_paper(block: dict[str, Any]) -> dict[str, Any]:
    """Say whether paper needs the table behind a chart: not where the drawing shows all of its numbers."""
    if block["kind"] != "chart":
        return block
    return block | {"data": block["data"] | {"on_paper": not shows_its_table(block)}}


def set_document(template: Path, content: dict[str, Any], day: dt.date, letters: frozenset[int]) -> bytes:
    """Set a template with ``content``, of which only ``letters`` are shown, as PDF/UA-1 and PDF/A-2a.

    Raises RunError where Typst fails or warns.
    """
    known = _in_known_letters(content, letters)
    try:
        pdf, warnings = typst.compile_with_warnings(
            template,
            format="pdf",
            font_paths=typst.Fonts(
                include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
            ),
            sys_inputs={"brief": json.dumps(known, ensure_ascii=False)},
            pdf_standards=["ua-1", "a-2a"],
            timestamp=dt.datetime.combine(day, dt.time(), dt.UTC),
        )
    except typst.TypstError as error:
        raise RunError("PDF", f"cannot be set: {error.message}") from error
    if warnings:
        raise RunError("PDF", f"set with a warning: {warnings[0].message}")
    return bytes(pdf)


@functools.cache
def letters_of(font: Path) -> frozenset[int]:
    """The characters a font file can show."""
    return frozenset(TTFont(font).getBestCmap())


def _in_known_letters(content: Any, letters: frozenset[int]) -> Any:
    r"""Replace characters the typeface lacks by a white square, so that one odd sign does not stop a month.

    >>> _in_known_letters(["Hạ \u2756", {"n": 1}], frozenset(map(ord, "Hạ ")))
    ['Hạ □', {'n': 1}]
    """
    if isinstance(content, str):
        plain = unicodedata.normalize("NFC", content)
        return "".join(char if ord(char) in letters or char in "\n\t" else "□" for char in plain)
    if isinstance(content, list):
        return [_in_known_letters(each, letters) for each in content]
    if isinstance(content, dict):
        return {key: _in_known_letters(value, letters) for key, value in content.items()}
    return content
