"""Word reports (.docx) into paragraphs and tables, as a reader of the accepted document sees them.

Footnotes, headers, footers, comments and hidden text are left out; automatic numbers are
written out; the text of a text box stands after the paragraph it is anchored in.
"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import Any

from sadec_analysis.errors import InputError
from sadec_analysis.reading.documents.body import Body
from sadec_analysis.reading.documents.items import document_of
from sadec_analysis.reading.documents.numbering import Numbering
from sadec_analysis.reading.documents.outline import Document
from sadec_analysis.reading.documents.styles import Styles
from sadec_analysis.reading.documents.trees import LARGEST_MARKUP, Element, require_shallow
from sadec_analysis.reading.documents.wordml import W
from sadec_analysis.reading.doors import require_archive

LARGEST_UNPACKED = 256 * 2**20
MOST_PARTS = 5_000
# What python-docx and lxml raise on packages no office program writes.
_MALFORMED = (
    LookupError, ValueError, TypeError, AttributeError, RuntimeError, SyntaxError, OSError, zlib.error,
    zipfile.BadZipFile,
)  # fmt: skip


def read_word(path: Path) -> Document:
    """Read a report; raises InputError where the file is no sound .docx, or holds no text in Unicode."""
    require_archive(path, "word/document.xml")
    _require_modest(path)
    opened = _opened(path)
    root = opened.part.element
    require_shallow(root, path)
    for name in ("altChunk", "subDoc"):
        if next(root.iter(f"{W}{name}"), None) is not None:
            raise InputError(
                path, "holds another document inside it", remedy="open it in Word and save it again"
            )
    styles = Styles(opened.styles.element)
    body = Body(path, styles, Numbering(_numbering(opened), styles))
    return document_of(path, body.items(root))


def _require_modest(path: Path) -> None:
    """Raise InputError for what would take the memory or the time of a hundred reports."""
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
    text = sum(info.file_size for info in infos if info.filename.lower().endswith((".xml", ".rels")))
    unpacked = sum(info.file_size for info in infos)
    sizes = (
        (text, LARGEST_MARKUP, "bytes of text"), (unpacked, LARGEST_UNPACKED, "bytes"), (len(infos), MOST_PARTS, "parts"),
    )  # fmt: skip
    for got, most, unit in sizes:
        if got > most:
            raise InputError(
                path, "is too large for a report", got=f"{got} {unit}", expected=f"at most {most}",
                remedy="take out its pictures and lists, and save it again",
            )  # fmt: skip


def _opened(path: Path) -> Any:
    import docx

    try:
        opened = docx.Document(str(path))
        if opened.part.element.find(f"{W}body") is None:
            raise ValueError
        opened.styles.element  # noqa: B018 - read here, so that a broken one is told here
    except _MALFORMED as error:
        raise InputError(
            path, "cannot be read as a Word document", remedy="open it in Word and save it again as .docx"
        ) from error
    return opened


def _numbering(opened: Any) -> Element | None:
    """Return the definitions of the file's lists, None where it has none."""
    for relation in opened.part.rels.values():
        if relation.reltype.endswith("/numbering") and not relation.is_external:
            return getattr(relation.target_part, "element", None)
    return None
