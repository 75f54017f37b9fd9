"""Parts as one HTML page: no script, no request; everything but checked pictures and formulas is escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape, unescape
from pathlib import Path
from typing import Any

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import TextLexer, get_lexer_by_name
from pygments.util import ClassNotFound

from sadec_analysis.blocks import html as blocks_html
from sadec_analysis.brief.html import TEMPLATES
from sadec_analysis.brief.webfont import font_faces
from sadec_analysis.words import Words

Json = dict[str, Any]
_CSS = Path(__file__).resolve().parent / "page.css"
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
LINES_SHOWN = 200
_WRAPPED = {"strong": "strong", "em": "em", "strike": "s"}


def to_html(parts: Sequence[Json], title: str, words: Words) -> str:
    """Return the page of a notebook's parts."""
    body = "".join(_part(part, words) for part in parts)
    faces = font_faces(re.sub(r"<[^>]+>", "", unescape(title + body)))
    css = (
        (TEMPLATES / "page.css").read_text(encoding="utf-8")
        + blocks_html.css()
        + _CSS.read_text(encoding="utf-8")
    )
    return (
        f'<!doctype html>\n<html lang="{words.lang}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f'<title>{escape(title)}</title><style>{faces}{css}</style></head>\n<body><main class="sadec">{body}</main></body></html>\n'
    )


def _part(part: Json, words: Words) -> str:
    if part["kind"] == "output":
        return _output(part, words)
    return _MAKERS[part["kind"]](part)


def _parts(parts: Sequence[Json]) -> str:
    return "".join(_MAKERS[part["kind"]](part) for part in parts)


def _inline(spans: Sequence[Json]) -> str:
    return "".join(_span(span) for span in spans)


def _span(span: Json) -> str:
    kind = span["t"]
    if kind == "text":
        return escape(span["s"], quote=False).replace("\n", "<br>")
    if kind == "code":
        return f"<code>{escape(span['s'], quote=False)}</code>"
    if kind == "math":
        return span["mathml"] or f"<code>{escape(span['tex'], quote=False)}</code>"
    if kind == "link":
        return f'<a href="{escape(span["url"])}" rel="noreferrer">{_inline(span["c"])}</a>'
    tag = _WRAPPED[kind]
    return f"<{tag}>{_inline(span['c'])}</{tag}>"


def _title(part: Json) -> str:
    return f"<h{part['level']}>{_inline(part['c'])}</h{part['level']}>"


def _list(part: Json) -> str:
    tag = f"ol start={part['start']}" if part["ordered"] else "ul"
    items = "".join(f"<li>{_parts(item)}</li>" for item in part["items"])
    return f"<{tag}>{items}</{tag[:2]}>"


def _code(part: Json) -> str:
    try:
        lexer = get_lexer_by_name(part["lang"]) if part["lang"] else TextLexer()
    except ClassNotFound:
        lexer = TextLexer()
    coloured = highlight(part["text"], lexer, HtmlFormatter(nowrap=True, classprefix="hl-"))
    return f"<pre class=source-code tabindex=0><code>{coloured}</code></pre>"


def _output(part: Json, words: Words) -> str:
    lines = part["text"].count("\n") + 1
    shown = f'<pre class="said {part["role"]}" tabindex=0>{escape(part["text"], quote=False)}</pre>'
    if lines <= LINES_SHOWN:
        return shown
    summary = words.text("export.long", count=words.number(lines))
    return f"<details><summary>{escape(summary)}</summary>{shown}</details>"


def _table(part: Json) -> str:
    caption = f"<caption>{escape(part['caption'])}</caption>" if part["caption"] else ""
    head = "".join(f"<tr>{''.join(_cell(cell) for cell in row)}</tr>" for row in part["head"])
    body = "".join(f"<tr>{''.join(_cell(cell) for cell in row)}</tr>" for row in part["rows"])
    head = f"<thead>{head}</thead>" if head else ""
    return f"<div class=scroll tabindex=0><table>{caption}{head}<tbody>{body}</tbody></table></div>"


def _cell(cell: Json) -> str:
    tag = "th" if cell["is_head"] and _inline(cell["c"]).strip() else "td"
    spans = "".join(f" {name}={cell[name]}" for name in ("colspan", "rowspan") if cell[name] > 1)
    number = " class=num" if cell["is_number"] else ""
    return f"<{tag}{spans}{number}>{_inline(cell['c'])}</{tag}>"


def _image(part: Json) -> str:
    return f'<img src="{part["uri"]}" alt="{escape(part["alt"])}" width="{part["width"]:.0f}">'


def _formula(part: Json) -> str:
    shown = part["mathml"] or f"<code>{escape(part['tex'], quote=False)}</code>"
    return f"<div class=formula tabindex=0>{shown}</div>"


_MAKERS: dict[str, Callable[[Json], str]] = {
    "title": _title,
    "prose": lambda part: f"<p>{_inline(part['c'])}</p>",
    "list": _list,
    "citation": lambda part: f"<blockquote class=citation>{_parts(part['parts'])}</blockquote>",
    "rule": lambda _: "<hr>",
    "code": _code,
    "table": _table,
    "image": _image,
    "formula": _formula,
    "block": lambda part: blocks_html.render(part["block"]),
}
