"""Words of the other language in a month's outputs, names and sources' own words apart."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from sadec_analysis.monthly import MonthView
from sadec_analysis.places.crosswalk import load_crosswalk
from sadec_analysis.words import LANGUAGES, load_words

WORD = re.compile(r"[^\W\d_]+")
MARKS = re.compile("đ|[\u0300-\u036f]")  # of a word taken apart: no English word has any
WITHOUT_MARKS = {
    "theo",
    "cho",
    "trong",
    "khi",
    "xem",
    "trang",
    "nhau",
    "khai",
    "thay",
    "nay",
    "sau",
    "tin",
    "sang",
    "hai",
    "qua",
    "kinh",
}
LAWS = ("Quyết định 766/QĐ-TTg", "766/QĐ-TTg", "1663/NQ-UBTVQH15")
# Words a Vietnamese reader of such papers uses as they are.
LOANS = {"excel", "word", "html", "pdf", "log", "byte", "markdown"}
FILES = re.compile(r"[\w./-]+\.(?:md|json|csv|toml|xlsx|docx|html|ipynb)\b|\bdata/\w+")
QUOTED = re.compile("“[^”]*”")
MADE_UP = tuple(load_words(lang).text("brief.synthetic") + ": " for lang in LANGUAGES)


def words_of(lang):
    """Words of a catalogue, names of placeholders left out."""
    pieces = (piece for text in load_words(lang).entries.values() for piece in Formatter().parse(text))
    said = " ".join(f"{literal} {forms or ''}" for literal, _, forms, _ in pieces)
    return {word.lower() for word in WORD.findall(said) if len(word) > 2}


ENGLISH = words_of("en") - words_of("vi") - LOANS


@dataclass(frozen=True)
class Run:
    """A month run in one language: its folder of outputs, its view, and what its sources say in their own words."""

    folder: Path
    view: MonthView

    @property
    def names(self):
        units = [
            *self.view.place.names,
            *(unit.name for unit in self.view.place.unit),
            self.view.place.province,
        ]
        units += [old.name for each in load_crosswalk().successor for old in each.predecessor]
        return re.compile(
            "|".join(map(re.escape, sorted({*units, *LAWS}, key=len, reverse=True))), re.IGNORECASE
        )

    @property
    def sources(self):
        """Whole texts of the sources: their words, what is printed for a figure, names of procedures and fields."""
        kept = [row for name in ("files", "passages", "corrections") for row in self.view.documents[name]]
        said = {str(value) for row in kept for value in row.values()}
        return said | set(self.view.figures["printed"]) | set(self.view.tallies["member"])


def strange(run, texts):
    """Words of the other language, each with where it stands."""
    names, sources = run.names, run.sources
    triples = {three for text in sources for three in threes(text)}
    for where, text in texts:
        plain = unicodedata.normalize("NFC", text).replace("\u00a0", " ")
        bare = plain.removeprefix(MADE_UP[0]).removeprefix(MADE_UP[1])
        if plain in sources or {piece.strip() for piece in bare.split(" | ")} <= sources:
            continue
        left = names.sub(" ", FILES.sub(" ", QUOTED.sub(" ", plain)))
        said = said_by_sources(plain, triples) if re.search(r"\.(?:pdf|docx)", where) else set()
        found = {word for word in WORD.findall(left) if is_strange(word.lower(), run.view.words.lang)}
        yield from ((word, where) for word in sorted(found - said))


def is_strange(word, lang):
    if lang == "en":
        return word in WITHOUT_MARKS or bool(MARKS.search(unicodedata.normalize("NFD", word)))
    return word in ENGLISH


def threes(text):
    words = WORD.findall(unicodedata.normalize("NFC", text))
    return zip(words, words[1:], words[2:], strict=False)


def said_by_sources(text, triples):
    """On paper nothing marks a quoted word: one counts as quoted where it stands between the words it has in a source."""
    return {word for three in threes(text) if three in triples for word in three}
