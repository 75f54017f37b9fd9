"""Everything a reader sees, by language: one TOML catalogue each, with the same keys."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from string import Formatter
from typing import Any, Literal, get_args

from sadec_analysis.errors import InputError, SadecError
from sadec_analysis.numerals import show, show_change

Lang = Literal["vi", "en"]
LANGUAGES: tuple[Lang, ...] = get_args(Lang)
FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Bilingual:
    """A name or remark that a data file gives in both languages."""

    vi: str
    en: str

    def text(self, lang: str) -> str:
        """The text in ``vi`` or ``en``."""
        return self.vi if lang == "vi" else self.en


@dataclass(frozen=True)
class Words:
    """The catalogue of one language."""

    lang: Lang
    entries: dict[str, str]

    def text(self, key: str, **values: object) -> str:
        """Fill the sentence ``key``; raises SadecError where the key or a value is missing.

        >>> load_words("vi").text("month", month_name="tháng 11", year=2022)
        'tháng 11 năm 2022'
        """
        return "".join(str(part) for part in self.parts(key, **values))

    def parts(self, key: str, **values: object) -> Iterator[object]:
        """Yield the pieces of a sentence, values as they are, so that a number can keep its source.

        ``{count:ward|wards}`` is not the value but the word that goes with it.
        """
        for literal, name, forms, _ in Formatter().parse(self._entry(key)):
            if literal:
                yield literal
            if name is not None:
                if name not in values:
                    raise SadecError(f"words {self.lang}, {key}", "no value for a placeholder", got=name)
                value = values[name]
                if forms:
                    yield self._form(str(value), forms)
                else:
                    yield from value if isinstance(value, (list, tuple)) else (value,)

    def _form(self, count: str, forms: str) -> str:
        """The singular for one, the plural for any other number."""
        one, many = forms.split("|")
        return one if count.lower() in ("1", self.entries["number.1"]) else many

    def knows(self, key: str) -> bool:
        """Whether the catalogue has a sentence of that name."""
        return key in self.entries

    def number(self, value: Decimal | float, decimals: int | None = None) -> str:
        """Write a number in the language's own form."""
        return show(value, decimals, self.lang)

    def change(self, value: Decimal | float, decimals: int | None = None) -> str:
        """Write a change with its arrow in the language's own form."""
        return show_change(value, decimals, self.lang)

    def count(self, number: int) -> str:
        """Write a small whole number as a word, a larger one in digits."""
        key = f"number.{number}"
        return self.text(key) if key in self.entries else self.number(number)

    def month(self, number: int, year: int) -> str:
        """Name a month.

        >>> load_words("vi").month(11, 2022)
        'tháng 11 năm 2022'
        """
        return self.text("month", month_name=self.text(f"month_names.{number}"), year=year)

    def month_short(self, number: int, year: int) -> str:
        """Name a month where there is little room.

        >>> load_words("vi").month_short(11, 2022), load_words("en").month_short(11, 2022)
        ('tháng 11/2022', 'Nov 2022')
        """
        return self.text("month_short", number=self.text(f"month_numbers.{number}"), year=year)

    def date(self, written: str) -> str:
        """Write a day given as YYYY-MM-DD.

        >>> load_words("vi").date("2022-12-05"), load_words("en").date("2022-12-05")
        ('5 tháng 12 năm 2022', '5 December 2022')
        """
        year, month, day = map(int, written.split("-"))
        return self.text("date", day=day, month=self.month(month, year))

    def listed(self, names: Sequence[str], joint: Literal["and", "or"] = "and") -> str:
        """Join names as a sentence does: "A, B và C", "A hoặc B"."""
        return (
            self.text(joint, first=", ".join(names[:-1]), last=names[-1])
            if len(names) > 1
            else "".join(names)
        )

    def _entry(self, key: str) -> str:
        if key not in self.entries:
            raise SadecError(f"words {self.lang}", "no such sentence", got=key)
        return self.entries[key]


def capital(text: str) -> str:
    """Write a text as the beginning of a sentence.

    >>> capital("phường 1")
    'Phường 1'
    """
    return text[:1].upper() + text[1:]


def uncapital(text: str) -> str:
    """Write a name inside a sentence."""
    return text[:1].lower() + text[1:]


@functools.cache
def load_words(lang: str) -> Words:
    """Load the catalogue of ``vi`` or ``en``; raises InputError for another language."""
    if lang not in LANGUAGES:
        raise InputError("lang", "unknown language", got=repr(lang), expected=" or ".join(LANGUAGES))
    tree = tomllib.loads((FOLDER / f"{lang}.toml").read_text(encoding="utf-8"))
    return Words(lang, dict(_flat(tree)))


def _flat(tree: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value
