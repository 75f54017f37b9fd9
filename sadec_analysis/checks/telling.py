"""Pieces of a message, kept apart from any language until it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sadec_analysis.figures import Figure, part_of
from sadec_analysis.rulebook import Rulebook
from sadec_analysis.words import Bilingual, Words, load_words


@dataclass(frozen=True)
class Phrase:
    """A sentence of the catalogue with what fills it."""

    key: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True)
class Listed:
    """Things named one after the other: "A, B và C"."""

    items: tuple[Fact, ...]


@dataclass(frozen=True)
class Added:
    """Numbers added up: "0,0 + 12,3"."""

    terms: tuple[Decimal, ...]


@dataclass(frozen=True)
class Printings:
    """Figures as printed, each with the part of its source, or its file where ``by_file``."""

    figures: tuple[Figure, ...]
    by_file: bool = False


Fact = str | Decimal | int | Bilingual | Phrase | Listed | Added | Printings


def tell(fact: Fact, words: Words) -> str:
    """Write a piece in the language of ``words``.

    >>> tell(Listed((Decimal("12.3"), "Phường 1")), load_words("vi"))
    '12,3 và Phường 1'
    """
    match fact:
        case str() | Bilingual():
            return fact if isinstance(fact, str) else fact.text(words.lang)
        case Decimal() | int():
            return words.number(fact)
        case Phrase():
            return words.text(fact.key, **{name: tell(each, words) for name, each in fact.facts.items()})
        case Listed():
            return words.listed([tell(each, words) for each in fact.items])
        case Added():
            return " + ".join(words.number(each) for each in fact.terms)
    return _printed(fact, words)


def _printed(fact: Printings, words: Words) -> str:
    return ", ".join(
        f"{_in_marks(row.printed)} ({row.source if fact.by_file else _part(row, words)})"
        for row in fact.figures
    )


def _in_marks(printed: str) -> str:
    """What is printed, between quotation marks where it is a word and no number."""
    return printed if any(char.isdigit() for char in printed) else f"“{printed}”"


def _part(row: Figure, words: Words) -> str:
    """The part of the source a figure stands in, in the language of the message."""
    kind, _, rest = part_of(row.place).partition(" ")
    named = words.text(f"place.{kind}") if words.knows(f"place.{kind}") else kind
    return f"{named} {rest}".strip()


def named(indicator: str, measure: str, rulebook: Rulebook) -> Phrase:
    """Name a figure for a message: by the catalogue, or by its rule where the rulebook knows it."""
    found, key = rulebook.part_named(indicator), f"indicator.{indicator}.{measure}"
    if found is None or load_words("vi").knows(key):
        return Phrase(key)
    rule, part = found
    return Phrase(f"rule.{part or measure}", {"rule": rule.id, "name": rule.name})
