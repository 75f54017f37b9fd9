"""What ``jupyter nbconvert --to sadec-html`` and ``--to sadec-pdf`` call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import Bool, Unicode

from sadec_analysis.exporting.html import to_html
from sadec_analysis.exporting.paper import to_paper
from sadec_analysis.exporting.parts import Source, parts_of, title_of
from sadec_analysis.words import load_words


class _Page(Exporter):
    """A notebook as the suite shows it, whatever made it."""

    export_from_notebook = ""
    write: Callable[..., str | bytes]
    lang = Unicode("vi", help="language of the few words added: vi or en").tag(config=True)
    has_code = Bool(default_value=True, help="whether code is shown").tag(config=True)

    def from_notebook_node(  # type: ignore[override]  # the base takes and gives text of one kind
        self, nb: NotebookNode, resources: Any = None, **options: Any
    ) -> tuple[str | bytes, dict[str, Any]]:
        """Return the page and nbconvert's resources; raises InputError for an unknown language."""
        notebook, told = super().from_notebook_node(nb, resources, **options)
        named = told.get("metadata", {})
        folder = Path(named["path"] or ".") if "path" in named else None
        source = Source(notebook, str(named.get("name", "notebook")), folder, self.has_code)
        words = load_words(self.lang)
        parts = parts_of(source, words)
        return self.write(parts, title_of(parts), words), told


class HtmlPage(_Page):
    """One HTML file: no script, no request, light and dark."""

    export_from_notebook = "Sa Đéc HTML"
    output_mimetype = "text/html"
    write = staticmethod(to_html)

    def _file_extension_default(self) -> str:
        return ".html"


class PdfPaper(_Page):
    """A tagged A4 document."""

    export_from_notebook = "Sa Đéc PDF"
    output_mimetype = "application/pdf"
    write = staticmethod(to_paper)

    def _file_extension_default(self) -> str:
        return ".pdf"
