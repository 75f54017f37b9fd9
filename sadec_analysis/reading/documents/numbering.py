"""The automatic numbers of a Word file, counted as Word counts them when it shows the page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from sadec_analysis.reading.documents.runs import BULLET
from sadec_analysis.reading.documents.styles import Styles
from sadec_analysis.reading.documents.trees import Element, whole
from sadec_analysis.reading.documents.wordml import W, path_of, switch, value

# Bullets people also type; every other sign of a symbol font shows as some bullet.
_TYPED_BULLETS = ("-", "–", "+", "*")
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_MOST_ROMAN, _MOST_LETTERS, _LONGEST_TEXT = 3999, 26 * 30, 64


@dataclass(frozen=True)
class _Level:
    style: str | None
    start: int
    form: str
    text: str
    is_legal: bool
    # Counting starts again after a level before this one; 0 is never.
    restart: int


@dataclass
class _List:
    """One w:num: its levels, and the counts it shares with other lists of the same definition."""

    levels: dict[int, _Level]
    counts: dict[int, int]
    begins: set[int] = field(default_factory=set)


class Numbering:
    """Gives each paragraph its number; to be asked once for each, in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        nums, abstracts = [], []
        if root is not None:
            nums, abstracts = root.findall(path_of("num")), root.findall(path_of("abstractNum"))
        self._styles = styles
        self._nums = {num.get(f"{W}numId"): num for num in nums}
        self._abstracts = {each.get(f"{W}abstractNumId"): each for each in abstracts}
        self._counts: dict[str, dict[int, int]] = {}
        self._lists: dict[str, _List] = {}

    def label(self, paragraph: Element) -> str:
        """Count a paragraph and return its number or bullet as Word shows it, "" for one in no list."""
        number, given, style = self._place(paragraph)
        if number is None or number not in self._nums:
            return ""
        found = self._list(number)
        linked = (at for at, level in found.levels.items() if style and level.style == style)
        at = whole(given, 0) if given is not None else next(linked, 0)
        if at not in found.levels:
            return ""
        _count(found, at)
        return _shown(found, at)

    def _place(self, paragraph: Element) -> tuple[str | None, str | None, str | None]:
        """The list and level a paragraph is in by itself, and by its style where it does not say."""
        number, level = (value(paragraph, "pPr", "numPr", name) for name in ("numId", "ilvl"))
        if number is not None:
            return number, level or "0", None
        number, by_style, style = self._styles.list_of(self._styles.of_paragraph(paragraph))
        return number, level or by_style, style

    def _list(self, number: str) -> _List:
        if number not in self._lists:
            num = self._nums[number]
            abstract = self._abstract(value(num, "abstractNumId"))
            levels = _levels(abstract) if abstract is not None else {}
            begins = _overridden(num, levels)
            key = number if abstract is None else abstract.get(f"{W}abstractNumId", number)
            self._lists[number] = _List(levels, self._counts.setdefault(key, {}), begins)
        return self._lists[number]

    def _abstract(self, number: str | None) -> Element | None:
        """Return a definition, or the one it names through a list style."""
        found = self._abstracts.get(number)
        link = None if found is None else value(found, "numStyleLink")
        if link is None:
            return found
        linked = self._nums.get(self._styles.list_of(link)[0])
        return found if linked is None else self._abstracts.get(value(linked, "abstractNumId"), found)


def _levels(parent: Element) -> dict[int, _Level]:
    return {whole(each.get(f"{W}ilvl"), 0): _level(each) for each in parent.findall(path_of("lvl"))}


def _level(element: Element) -> _Level:
    return _Level(
        value(element, "pStyle"),
        whole(value(element, "start"), 0),
        value(element, "numFmt") or "decimal",
        (value(element, "lvlText") or "")[:_LONGEST_TEXT],
        switch(element, "isLgl") is True,
        whole(value(element, "lvlRestart"), whole(element.get(f"{W}ilvl"), 0)),
    )


def _overridden(num: Element, levels: dict[int, _Level]) -> set[int]:
    """Put a list's own levels and starts over its definition's; return the levels that begin anew."""
    begins = set()
    for override in num.findall(path_of("lvlOverride")):
        at = whole(override.get(f"{W}ilvl"), 0)
        levels.update(_levels(override))
        start = value(override, "startOverride")
        if start is not None and at in levels:
            levels[at] = replace(levels[at], start=whole(start, 0))
            begins.add(at)
    return begins


def _count(found: _List, at: int) -> None:
    counts = found.counts
    counts[at] = counts[at] + 1 if at in counts and at not in found.begins else found.levels[at].start
    found.begins.discard(at)
    for deeper in [each for each in counts if each > at]:
        if deeper not in found.levels or at < found.levels[deeper].restart:
            del counts[deeper]


def _shown(found: _List, at: int) -> str:
    level = found.levels[at]
    if level.form == "bullet":
        sign = level.text.strip()
        return sign if sign in _TYPED_BULLETS else BULLET if sign else ""

    def number(match: re.Match[str]) -> str:
        upper = found.levels.get(int(match[1]) - 1)
        if upper is None:
            return ""
        form = "decimal" if level.is_legal else upper.form
        return written(found.counts.get(int(match[1]) - 1, upper.start), form)

    return re.sub(r"%([1-9])", number, level.text).strip()


def written(number: int, form: str) -> str:
    """Write a number in one of Word's forms; in digits where the form is not known or would not hold it.

    >>> written(4, "upperRoman"), written(28, "lowerLetter"), written(7, "decimalZero"), written(7, "decimal")
    ('IV', 'bb', '07', '7')
    """
    if form == "none":
        return ""
    if form.endswith("Roman") and 0 < number <= _MOST_ROMAN:
        return _cased(roman(number), form)
    if form.endswith("Letter") and 0 < number <= _MOST_LETTERS:
        return _cased(chr(ord("A") + (number - 1) % 26) * ((number + 25) // 26), form)
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _cased(text: str, form: str) -> str:
    return text.lower() if form.startswith("lower") else text


def roman(number: int) -> str:
    """Write 1 to 3999 in Roman capitals.

    >>> roman(1994)
    'MCMXCIV'
    """
    text = ""
    for size, sign in _ROMAN:
        text += sign * (number // size)
        number %= size
    return text
