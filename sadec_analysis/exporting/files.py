"""A notebook file beside its page and its document."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat import NotebookNode

from sadec_analysis.errors import InputError
from sadec_analysis.exporting.html import to_html
from sadec_analysis.exporting.paper import to_paper
from sadec_analysis.exporting.parts import Source, parts_of, title_of
from sadec_analysis.placing import replaced
from sadec_analysis.words import load_words

_REMEDY = "give a Jupyter notebook, NAME.ipynb"
_LARGEST = 200_000_000  # bytes


def export_file(
    file: Path, out: Path | None = None, lang: str = "vi", *, has_code: bool = True
) -> list[Path]:
    """Write ``NAME.html`` and ``NAME.pdf`` beside a notebook, or in ``out``; return both paths.

    The notebook is not executed. Raises InputError where it cannot be read; both files are made before one is written.
    """
    words = load_words(lang)
    source = Source(read_any(file), file.stem, file.resolve().parent, has_code)
    parts = parts_of(source, words)
    title = title_of(parts)
    made = {".html": to_html(parts, title, words).encode(), ".pdf": to_paper(parts, title, words)}
    folder = out or file.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for ending, content in made.items():
            replaced(folder / f"{file.stem}{ending}", content)
    except OSError as error:
        raise InputError(
            folder, f"cannot be written: {error.strerror}", remedy="choose another with --out"
        ) from error
    return [folder / f"{file.stem}{ending}" for ending in made]


def read_any(file: Path) -> NotebookNode:
    """Read a notebook of any version; raises InputError where the file is none."""
    try:
        size = file.stat().st_size
        text = file.read_text(encoding="utf-8") if size <= _LARGEST else ""
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(file, "cannot be read", got=type(error).__name__, remedy=_REMEDY) from error
    if size > _LARGEST:
        raise InputError(file, "too large", got=f"{size:,} bytes", expected=f"at most {_LARGEST:,}")
    try:
        notebook: NotebookNode = nbformat.reads(text, as_version=4)
        nbformat.validate(notebook)
    except Exception as error:
        raise InputError(file, "not a notebook", got=type(error).__name__, remedy=_REMEDY) from error
    return notebook
