"""Blocks as HTML. Everything that is not a chart's drawing is escaped."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import Any

from sadec_analysis.blocks.links import SECTION, anchor

Json = dict[str, Any]
_CSS = Path(__file__).resolve().parent / "block.css"
_TAG = re.compile(r"<[^>]+>")
_APART = re.compile(r"(?<=\() | (?=[),.;:])")
_MAXIMUM = re.compile(r"/\d+")
_MOST_ON_PHONES = 4  # columns side by side at 360 pixels


def render(block: Json) -> str:
    """Render one block, given as JSON, to HTML."""
    return _RENDERERS[block["kind"]](block)


@functools.cache
def css() -> str:
    """The style of all blocks."""
    return _CSS.read_text(encoding="utf-8")


def page_fragment(block: Json) -> str:
    """Render a block for a notebook, with the style it needs."""
    return f'<div class="sadec"><style>{css()}</style>{render(block)}</div>'


def plain_text(block: Json) -> str:
    """Return the words of a block, for places that show neither HTML nor pictures."""
    if block["kind"] == "chart":
        return f"{block['title']}. {block['alt']}"
    return _APART.sub("", " ".join(_TAG.sub(" ", render(block)).split()))


def inline(spans: Sequence[str | Json]) -> str:
    """Render running text; a number shows its source on hover and on focus, and links to its findings.

    No line splits points from their maximum.

    >>> inline([{"text": "0,0", "source": "", "badges": [5], "status": ""}, "/", "18", " điểm"])
    '<span class=whole><span class=n>0,0</span><a class=badge href="#finding-5">5</a>/18</span> điểm'
    """
    told, rest = "", _joined(spans)
    for at, span in enumerate(rest):
        if isinstance(span, str):
            told += escape(span, quote=False)
            continue
        after = rest[at + 1] if at + 1 < len(rest) else ""
        maximum = None
        if span["badges"] and isinstance(after, str) and (maximum := _MAXIMUM.match(after)):
            rest[at + 1] = after[maximum.end() :]
        told += f"<span class=whole>{_number(span)}{maximum[0]}</span>" if maximum else _number(span)
    return told


def _joined(spans: Sequence[str | Json]) -> list[str | Json]:
    """Running text with what is written in one stretch in one piece."""
    pieces: list[str | Json] = []
    for span in spans:
        last = pieces[-1] if pieces else None
        if isinstance(span, str) and isinstance(last, str):
            pieces[-1] = last + span
        else:
            pieces.append(span)
    return pieces


def references(spans: Sequence[str | Json]) -> str:
    """Numbers of the report's sections that running text draws on, each once."""
    found = dict.fromkeys(
        section for span in spans if not isinstance(span, str) for section in span["sections"]
    )
    return f" <small class=ref>{escape(', '.join(found))}</small>" if found else ""


def _lang(block: Json) -> str:
    """Name the language of words in another one than the page's, for those who listen to it."""
    return f' lang="{escape(block["lang"])}"' if block.get("lang") else ""


def _number(number: Json) -> str:
    if number.get("lang"):
        return f"<span{_lang(number)}>{escape(number['text'], quote=False)}</span>"
    source = escape(number["source"])
    told = f' tabindex=0 data-source="{source}"' if source else ""
    kind = f' data-status="{number["status"]}"' if number["status"] else ""
    return (
        f"<span class=n{told}{kind}>{escape(number['text'], quote=False)}</span>{_badges(number['badges'])}"
    )


def _badges(numbers: Sequence[int]) -> str:
    return "".join(f'<a class=badge href="#finding-{number}">{number}</a>' for number in numbers)


def _masthead(block: Json) -> str:
    warning = f"<p class=synthetic>{escape(block['warning'])}</p>" if block["warning"] else ""
    return (
        f"<header class=masthead><p class=kicker>{escape(block['kicker'])}</p>"
        f"<p class=paper>{escape(block['title'])}</p><p class=month>{escape(block['month'])}</p>{warning}</header>"
    )


def _heading(block: Json) -> str:
    number = f"<span class=secno>{escape(block['number'])}</span> " if block["number"] else ""
    return f"<h{block['level']}{_anchor(block)}>{number}{inline(block['text'])}</h{block['level']}>"


def _anchor(block: Json) -> str:
    """A place for links to a section; the headings below it have none."""
    return f" id={anchor(block)}" if block["level"] == SECTION else ""


def _text(block: Json) -> str:
    return f"<p class={block['role']}>{inline(block['text'])}{references(block['text'])}</p>"


def _cards(block: Json) -> str:
    cards = "".join(
        f'<div class="card {card["tone"]}"><dt>{escape(card["label"])}</dt>'
        f"<dd><span class=value>{inline(card['value'])}</span><span class=note>{inline(card['note'])}{references([*card['value'], *card['note']])}</span>{drawn_trend(card['trend'])}</dd></div>"
        for card in block["cards"]
    )
    return f"<dl class=cards>{cards}</dl>"


def drawn_trend(trend: Json | None) -> str:
    """A trend, told in words to those who do not see it; nothing where there is none."""
    named = f'<svg class=trend role="img" aria-label="{escape(trend["alt"])}" ' if trend else ""
    return trend["svg"].replace("<svg ", named, 1) if trend else ""


def _points(block: Json) -> str:
    items = "".join(f"<li>{inline(item)}{references(item)}</li>" for item in block["items"])
    return f"<section class=points><p class=label>{escape(block['label'])}</p><ol>{items}</ol></section>"


def _grid(block: Json) -> str:
    caption = f"<caption>{escape(block['caption'])}</caption>" if block["caption"] else ""
    note = f"<p class=source>{escape(block['note'])}</p>" if block["note"] else ""
    table = _stacked(block, caption) if len(block["header"]) > _MOST_ON_PHONES else _table(block, caption)
    return f"<div class=scroll tabindex=0>{table}</div>{note}"


def _table(block: Json, caption: str) -> str:
    head = _row(block["header"], block["numeric"], "th scope=col", escape)
    body = "".join(_row(row, block["numeric"], "td", inline) for row in block["rows"])
    return f"<table>{caption}<thead>{head}</thead><tbody>{body}</tbody></table>"


def _stacked(block: Json, caption: str) -> str:
    """A table of many columns: on a phone each row is a card of names and values.

    Its parts are named by roles too, for a browser forgets that a table laid out otherwise is one.
    """
    head = _row(block["header"], block["numeric"], "th role=columnheader scope=col", escape)
    body = "".join(_stacked_row(row, block) for row in block["rows"])
    return (
        f"<table class=stack role=table>{caption}<thead role=rowgroup>{head.replace('<tr>', '<tr role=row>')}</thead>"
        f"<tbody role=rowgroup>{body}</tbody></table>"
    )


def _stacked_row(row: Sequence[Any], block: Json) -> str:
    cells = "".join(
        f'<td role=cell data-label="{escape(name)}"{" class=num" if at in block["numeric"] else ""}><span>{inline(cell)}</span></td>'
        for at, (name, cell) in enumerate(zip(block["header"], row, strict=True))
        if at
    )
    return f"<tr role=row><th role=rowheader scope=row>{inline(row[0])}</th>{cells}</tr>"


def _row(cells: Sequence[Any], numeric: Sequence[int], tag: str, write: Callable[[Any], str]) -> str:
    name = tag.split(maxsplit=1)[0]
    row = "".join(
        f"<{tag}{' class=num' if at in numeric else ''}>{write(cell)}</{name}>"
        for at, cell in enumerate(cells)
    )
    return f"<tr>{row}</tr>"


def _chart(block: Json) -> str:
    svg = block["svg"].replace("<svg ", f'<svg role="img" aria-label="{escape(block["alt"])}" ', 1)
    data = _grid({**block["data"], "caption": "", "note": ""})
    summary = escape(block["data"]["caption"])
    return (
        f"<figure class=chart id=chart-{escape(block['name'])}>"
        f"<figcaption><strong>{escape(block['title'])}</strong><span>{escape(block['subtitle'])}</span></figcaption>"
        f"{svg}<p class=source>{escape(block['source'])}</p>"
        f"<details><summary>{summary}</summary>{data}</details></figure>"
    )


def _quote(block: Json) -> str:
    paragraphs = "".join(f"<p>{escape(each, quote=False)}</p>" for each in block["paragraphs"])
    return (
        f"<section class=quote><p class=label>{escape(block['label'])}</p>"
        f"<blockquote{_lang(block)}>{paragraphs}</blockquote><p class=source>{escape(block['source'])}</p></section>"
    )


def _note(block: Json) -> str:
    label = f"<b>{escape(block['label'])}</b> " if block["label"] else ""
    return f'<p class="remark {block["role"]}">{label}{inline(block["text"])}{references(block["text"])}</p>'


def _contradictions(block: Json) -> str:
    items = "".join(
        f"<li{' id=finding-' + str(item['number']) if block['is_full'] else ''}>"
        f'<a class="badge {item["severity"]}" href="#finding-{item["number"]}">{item["number"]}</a>'
        f"<div><b>{escape(item['severity_name'])}.</b> {escape(item['message'], quote=False)}"
        f" <span class=place>{escape(item['place'])}</span>{_back(item, block['back'])}</div></li>"
        for item in block["items"]
    )
    more = f"<p class=source>{escape(block['more'])}</p>" if block["more"] else ""
    label = f"<p class=label>{escape(block['label'])}</p>" if block["label"] else ""
    return f"<section class=findings>{label}<ul>{items}</ul>{more}</section>"


def _back(item: Json, label: str) -> str:
    return f' <a class=back href="#mark-{item["number"]}">{escape(label)}</a>' if label else ""


def _break(_: Json) -> str:
    return "<hr class=page>"


_RENDERERS: dict[str, Callable[[Json], str]] = {
    "masthead": _masthead,
    "heading": _heading,
    "text": _text,
    "cards": _cards,
    "points": _points,
    "grid": _grid,
    "chart": _chart,
    "quote": _quote,
    "note": _note,
    "contradictions": _contradictions,
    "break": _break,
}
