"""The brief as PDF, set by Typst from the same blocks: real text, tagged, the same bytes every time."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typst
from nbformat import NotebookNode

from sadec_analysis.blocks import MIME
from sadec_analysis.charts.style import FONTS
from sadec_analysis.errors import RunError

_TEMPLATE = Path(__file__).resolve().parent / "templates" / "brief.typ"


def blocks_of(notebook: NotebookNode) -> Iterator[dict[str, Any]]:
    """Yield the blocks displayed in an executed notebook, in order."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if MIME in output.get("data", {}):
                yield output["data"][MIME]


def to_pdf(notebook: NotebookNode, title: str, lang: str, day: dt.date) -> bytes:
    """Set the notebook's blocks as a tagged A4 document (PDF/UA-1), dated ``day``.

    Raises RunError where Typst fails or warns: a warning means a font or a letter it did not have.
    The blocks reach Typst as data, never as code, and only the project's fonts are used.
    """
    content = {"title": title, "lang": lang, "blocks": list(blocks_of(notebook))}
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    try:
        pdf, warnings = typst.compile_with_warnings(
            _TEMPLATE,
            format="pdf",
            font_paths=fonts,
            sys_inputs={"brief": json.dumps(content, ensure_ascii=False)},
            pdf_standards=["ua-1"],
            timestamp=dt.datetime.combine(day, dt.time(), dt.UTC),
        )
    except typst.TypstError as error:
        raise RunError("brief.pdf", f"cannot be set: {error.message}") from error
    if warnings:
        raise RunError("brief.pdf", f"set with a warning: {warnings[0].message}")
    return bytes(pdf)
