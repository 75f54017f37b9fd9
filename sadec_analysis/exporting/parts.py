"""A notebook as a list of parts, in the order it shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbconvert.filters import strip_ansi
from nbformat import NotebookNode

from sadec_analysis.blocks import MIME
from sadec_analysis.exporting.markdown import Markdown, formula
from sadec_analysis.exporting.pictures import encoded, picture
from sadec_analysis.exporting.tables import table_of
from sadec_analysis.words import Words

Json = dict[str, Any]
_DEEPEST = 6


@dataclass(frozen=True)
class Source:
    """What is exported: a notebook, where it lies, and whether its code is shown."""

    notebook: NotebookNode
    name: str
    folder: Path | None = None
    has_code: bool = True


def parts_of(source: Source, words: Words) -> list[Json]:
    """Return every part; the first heading is the title of the document, and no level of heading is left out."""
    parts: list[Json] = []
    for cell in source.notebook.cells:
        name = words.text("export.picture", section=_section(parts) or source.name)
        reader = Markdown(cell.get("attachments", {}), source.folder, name)
        if cell.cell_type == "markdown":
            parts += reader.parts(cell.source)
        elif cell.cell_type == "code":
            parts += _code(cell, source)
            parts += [part for output in cell.get("outputs", []) for part in _output(output, reader)]
    return list(_levelled(parts, source.name))


def title_of(parts: list[Json]) -> str:
    """The words of the first heading."""
    return next(_heading(part) for part in parts if _heading(part))


def _code(cell: NotebookNode, source: Source) -> list[Json]:
    if not source.has_code or not cell.source.strip():
        return []
    language = source.notebook.metadata.get("language_info", {}).get("name", "python")
    return [{"kind": "code", "text": cell.source, "lang": str(language)}]


def _output(output: NotebookNode, reader: Markdown) -> list[Json]:
    """An output in the richest form that can be shown; text where there is no other."""
    if output.output_type == "stream":
        return _text(output.text, "error" if output.get("name") == "stderr" else "plain")
    if output.output_type == "error":
        told = "\n".join(output.get("traceback", [])) or f"{output.get('ename')}: {output.get('evalue')}"
        return _text(told, "error")
    data = output.get("data", {})
    return _rich(data, reader) or _text(data.get("text/plain", ""), "plain")


def _rich(data: Json, reader: Markdown) -> list[Json]:
    if MIME in data:
        return [{"kind": "block", "block": data[MIME]}]
    for kind in ("image/svg+xml", "image/png", "image/jpeg", "image/gif"):
        content = (
            _joined(data.get(kind, "")).encode() if kind.endswith("xml") else encoded(data.get(kind, ""))
        )
        drawing = picture(content, reader.picture_name) if content else None
        if drawing:
            return [drawing]
    table = table_of(_joined(data["text/html"])) if "text/html" in data else None
    if table:
        return [table]
    if "text/latex" in data:
        return [formula(_joined(data["text/latex"]))]
    return reader.parts(_joined(data["text/markdown"])) if "text/markdown" in data else []


def _text(text: str | list[str], role: str) -> list[Json]:
    plain = strip_ansi(_joined(text)).rstrip()
    return [{"kind": "output", "text": plain, "role": role}] if plain else []


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def _heading(part: Json) -> str:
    if part["kind"] == "title":
        return _words(part["c"])
    block = part.get("block", {})
    spans = block["text"] if block.get("kind") == "heading" else []
    return "".join(span if isinstance(span, str) else span["text"] for span in spans)


def _words(spans: list[Json]) -> str:
    return "".join(span.get("s") or span.get("tex") or _words(span.get("c", [])) for span in spans)


def _section(parts: list[Json]) -> str:
    """The heading the end of ``parts`` stands under."""
    return next((_heading(part) for part in reversed(parts) if _heading(part)), "")


def _levelled(parts: list[Json], name: str) -> Iterator[Json]:
    """Headings that begin at 1 and go down by one at most, as readers of a document's outline need."""
    if not parts or not _heading(parts[0]):
        yield {"kind": "title", "level": 1, "c": [{"t": "text", "s": name}]}
    level = 0 if parts and _heading(parts[0]) else 1
    for part in parts:
        if not _heading(part):
            if part["kind"] != "title":  # a heading without words is none
                yield part
            continue
        holder = part if part["kind"] == "title" else part["block"]
        level = min(holder["level"], level + 1, _DEEPEST)
        yield (
            part | {"level": level}
            if part["kind"] == "title"
            else part | {"block": holder | {"level": level}}
        )
