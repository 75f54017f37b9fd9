"""The office's own words: causes, remedies and requests, section by section."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sadec_analysis.names import text_key
from sadec_analysis.reading.documents.outline import Document, Section
from sadec_analysis.rulebook import Rulebook

Topic = Literal["causes", "remedies", "requests"]

_CLOSING = re.compile(r"^(?:trên đây là|nơi nhận)")
# Marks that open a list item, the private ones of Word included.
_LEAD = re.compile(r"^(?:[-+•*▪➢❖►⇒☐★\uf000-\uf0ff]+\s*)+")
_CAUSE_LABEL = re.compile(r"^[-+•*\s]*(?:[a-z]\)\s*)?[Nn]guyên nhân\s*(?::\s*|$)")
_NOT_PROSE = re.compile(r"^hình \d+")


@dataclass(frozen=True)
class Passage:
    """One paragraph of the office's own; ``criterion`` is empty for requests."""

    topic: Topic
    criterion: str
    text: str
    source: str
    place: str


def read_narrative(document: Document, rulebook: Rulebook) -> list[Passage]:
    """Collect causes (II), remedies (III) and requests (IV) of a report or of a narrative file."""
    return [
        passage for section in document.sections for passage in _passages(document.source, section, rulebook)
    ]


def _passages(source: str, section: Section, rulebook: Rulebook) -> Iterator[Passage]:
    topic = topic_of(section)
    named = None if topic == "requests" else rulebook.criterion_named(" ".join(section.titles[1:2]))
    for line in section.lines:
        key = text_key(line.text)
        if _CLOSING.match(key):
            return
        label = _CAUSE_LABEL.match(line.text)
        if label and topic is None:
            topic = "causes"
        text = _LEAD.sub("", line.text[label.end() :] if label else line.text)
        if topic and text and text != text.upper() and not _NOT_PROSE.match(key):
            yield Passage(topic, named.id if named else "", text, source, section.line_place(line))


def topic_of(section: Section) -> Topic | None:
    """What a section tells in words: causes, remedies or requests; None where it gives results."""
    part, last = (text_key(" ".join(titles)) for titles in (section.titles[:1], section.titles[-1:]))
    if "nguyên nhân" in last:
        return "causes"
    if re.search(r"giải pháp|phương hướng|nhiệm vụ", part) or "giải pháp" in last:
        return "remedies"
    return "requests" if "kiến nghị" in part or "đề xuất" in part else None
