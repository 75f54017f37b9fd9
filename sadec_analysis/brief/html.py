"""Executed notebooks as HTML pages: one file, no script, no request."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from sadec_analysis.blocks import MIME, blocks_of, html
from sadec_analysis.blocks.links import contents, linked_back
from sadec_analysis.brief.webfont import font_faces

if TYPE_CHECKING:  # slow to import
    from nbconvert import HTMLExporter
    from nbformat import NotebookNode

TEMPLATES = Path(__file__).resolve().parent / "templates"
_FONTS_MARK = "/*fonts*/"
_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)


@dataclass(frozen=True)
class Page:
    """What a page needs besides its notebook; ``is_brief`` hides code, prose and plain outputs."""

    title: str
    lang: str
    is_brief: bool
    code_label: str
    contents_label: str
    mime: str = MIME
    fonts: str = _FONTS_MARK

    @property
    def css(self) -> str:
        """The style of the page and of all blocks."""
        return (TEMPLATES / "page.css").read_text(encoding="utf-8") + html.css()


@functools.cache
def _exporter() -> HTMLExporter:
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(template_name="sadec", extra_template_basedirs=[str(TEMPLATES)])
    exporter.register_filter("block", html.render)
    return exporter


def to_pages(documents: Sequence[tuple[NotebookNode, Page]]) -> list[str]:
    """Return the page of each executed notebook; all carry one typeface, with the letters any of them uses."""
    pages = [_without_fonts(notebook, page) for notebook, page in documents]
    faces = font_faces("".join(unescape(_STYLE.sub("", page)) for page in pages))
    return [page.replace(_FONTS_MARK, faces, 1) for page in pages]


def _without_fonts(notebook: NotebookNode, page: Page) -> str:
    # The template alone: what nbconvert does around it is for its own pages, and parses ours once more.
    text = _exporter().template.render(nb=notebook, resources={"page": page})
    links = contents(list(blocks_of(notebook)), page.contents_label) if page.is_brief else ""
    whole = re.sub(r"\n\s*\n+", "\n", text).replace("</header>", f"</header>{links}", 1)
    return linked_back(whole)
