"""Markdown to parts: text, formulas, pictures, lists and tables; raw HTML gives its words at most."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbconvert.filters.markdown_mistune import MarkdownWithMath

from sadec_analysis.exporting.formulas import drawn, mathml
from sadec_analysis.exporting.pictures import found, picture

Json = dict[str, Any]
_TAG = re.compile(r"<(script|style)\b.*?(?:</\1>|$)|<[^>]*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_LINK = re.compile(r"https?://[^\s\"'<>]+|mailto:[^\s\"'<>]+")
_BREAKS = {"linebreak": "\n", "softbreak": " "}
_WRAPPED = {"strong": "strong", "emphasis": "em", "strikethrough": "strike"}
_FORMULAS = ("block_math", "multiline_math")


@dataclass(frozen=True)
class Markdown:
    """A markdown cell: where its pictures lie, and what one without a description is called."""

    attachments: Json = field(default_factory=dict)
    folder: Path | None = None
    picture_name: str = ""

    def parts(self, source: str) -> list[Json]:
        """Return the parts of a markdown text, in order."""
        tokens = MarkdownWithMath(renderer=None).parse(source)[0]  # type: ignore[arg-type]  # without one it gives tokens, as we want
        return self._blocks(tokens if isinstance(tokens, list) else [])

    def _blocks(self, tokens: Sequence[Json]) -> list[Json]:
        return [part for token in tokens for part in self._block(token)]

    def _block(self, token: Json) -> list[Json]:
        makers: dict[str, Callable[[Json], list[Json]]] = {
            "heading": lambda it: [{"kind": "title", "level": it["attrs"]["level"], "c": self._inline(it["children"])}],
            "paragraph": self._paragraph,
            "block_text": self._paragraph,
            "list": self._list,
            "block_quote": lambda it: [{"kind": "citation", "parts": self._blocks(it["children"])}],
            "block_code": lambda it: [{"kind": "code", "text": it["raw"].rstrip("\n"), "lang": it.get("attrs", {}).get("info") or ""}],
            "thematic_break": lambda _: [{"kind": "rule"}],
            "table": self._table,
            "block_math": lambda it: [formula(it["raw"])],
            "multiline_math": lambda it: [formula(it["raw"])],
            "latex_environment": lambda it: [formula(_environment(it))],
            "block_html": lambda it: self._paragraph({"children": [{"type": "text", "raw": _words(it["raw"])}]}),
        }  # fmt: skip
        maker = makers.get(token["type"])
        return maker(token) if maker else []

    def _paragraph(self, token: Json) -> list[Json]:
        """Text, with pictures and displayed formulas on lines of their own."""
        parts: list[Json] = []
        line: list[Json] = []
        for child in token["children"]:
            own = self._own_line(child)
            if own is None:
                line.append(child)
            else:
                parts += [*self._prose(line), own]
                line = []
        return parts + self._prose(line)

    def _own_line(self, token: Json) -> Json | None:
        if token["type"] in _FORMULAS:
            return formula(token["raw"])
        if token["type"] == "latex_environment":
            return formula(_environment(token))
        return self._picture(token) if token["type"] == "image" else None

    def _prose(self, tokens: Sequence[Json]) -> list[Json]:
        content = self._inline(tokens)
        is_empty = all(span["t"] == "text" and not span["s"].strip() for span in content)
        return [] if is_empty else [{"kind": "prose", "c": content}]

    def _picture(self, token: Json) -> Json | None:
        alt = _plain(token.get("children", [])) or self.picture_name
        return picture(found(token["attrs"]["url"], self.attachments, self.folder), alt)

    def _list(self, token: Json) -> list[Json]:
        items = [self._blocks(item.get("children", [])) for item in token["children"]]
        attributes = token["attrs"]
        return [{"kind": "list", "ordered": attributes["ordered"], "start": attributes.get("start") or 1, "items": items}]  # fmt: skip

    def _table(self, token: Json) -> list[Json]:
        none: Json = {"children": []}
        head = next((each for each in token["children"] if each["type"] == "table_head"), none)
        body = next((each for each in token["children"] if each["type"] == "table_body"), none)
        first = [self._cell(cell, is_head=True) for cell in head["children"]]
        rows = [[self._cell(cell, is_head=False) for cell in row["children"]] for row in body["children"]]
        return [{"kind": "table", "head": [first], "rows": rows, "columns": len(first), "caption": ""}]

    def _cell(self, token: Json, *, is_head: bool) -> Json:
        is_number = token["attrs"].get("align") == "right"
        return {
            "c": self._inline(token["children"]), "colspan": 1, "rowspan": 1, "is_head": is_head, "is_number": is_number,
        }  # fmt: skip

    def _inline(self, tokens: Sequence[Json]) -> list[Json]:
        return [span for token in tokens for span in self._span(token)]

    def _span(self, token: Json) -> list[Json]:
        kind = token["type"]
        if kind in _WRAPPED:
            return [{"t": _WRAPPED[kind], "c": self._inline(token["children"])}]
        if kind == "inline_math" or kind in _FORMULAS:
            return [{"t": "math", **formula(token["raw"], is_block=False)}]
        if kind == "link":
            return self._link(token)
        if kind == "codespan":
            return [{"t": "code", "s": token["raw"]}]
        return [{"t": "text", "s": _words_of(token)}]

    def _link(self, token: Json) -> list[Json]:
        """A link to another site or an address; the words alone of any other."""
        content = self._inline(token["children"])
        url = token["attrs"]["url"]
        return [{"t": "link", "url": url, "c": content}] if _LINK.fullmatch(url) else content


def formula(tex: str, *, is_block: bool = True) -> Json:
    """A formula with all that the formats need: its source, MathML, drawing and how far that reaches below the line."""
    source = tex.strip().strip("$").strip()
    svg, depth = drawn(source) or ("", 0.0)
    return {
        "kind": "formula",
        "tex": source,
        "mathml": mathml(source, is_block=is_block),
        "svg": svg,
        "depth": depth,
    }


def _environment(token: Json) -> str:
    name, body = token["attrs"]["name"], token["attrs"]["body"]
    return rf"\begin{{{name}}}{body}\end{{{name}}}"


def _words_of(token: Json) -> str:
    """The words of what has no form of its own: a picture's description, a break, text; of raw HTML only its breaks."""
    if token["type"] == "inline_html":
        return "\n" if token["raw"].lower().startswith("<br") else ""
    if token["type"] == "image":
        return _plain(token.get("children", []))
    return _BREAKS.get(token["type"]) or str(token.get("raw", ""))


def _words(text: str) -> str:
    return " ".join(_TAG.sub(" ", text).split())


def _plain(tokens: Sequence[Json]) -> str:
    return "".join(token.get("raw", "") or _plain(token.get("children", [])) for token in tokens)
