"""Text as its readers see it: nothing in it that steers a terminal, turns a line round or hides."""

from __future__ import annotations

import unicodedata
from typing import TypeVar, cast

T = TypeVar("T")
_KEPT = "\t\n"
_SPACES = {"\r": "", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"}  # other ways to end a line
_NO_LETTER = "\ufffd"


def plain(text: str) -> str:
    r"""Return a text without what cannot be seen: marks of direction and joiners go, controls become a sign.

    >>> plain("Sa\u202e Đéc\x1b[31m")
    'Sa Đéc\ufffd[31m'
    """
    return text if text.isprintable() else "".join(map(_plain, text))


def _plain(char: str) -> str:
    if char in _KEPT:
        return char
    if char in _SPACES:
        return _SPACES[char]
    kind = unicodedata.category(char)
    is_none = kind in ("Cc", "Cs") or (kind == "Cn" and _is_no_character(ord(char)))
    return "" if kind == "Cf" else _NO_LETTER if is_none else char


def _is_no_character(code: int) -> bool:
    """Whether Unicode will never give a code to a letter; those it has not given yet may be new letters."""
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF  # noqa: PLR2004 - the two ranges of the standard


def plain_all(given: T) -> T:
    """Return data of texts, lists and tables of keys with every text plain; everything else as it is."""
    found: object = given
    if isinstance(given, str):
        found = plain(given)
    elif isinstance(given, dict):
        found = {plain_all(key): plain_all(value) for key, value in given.items()}
    elif isinstance(given, (list, tuple)):
        found = type(given)(map(plain_all, given))
    return cast("T", found)


def escaped(text: str) -> str:
    r"""Return a text in one line, with what cannot be seen written as code points: for messages, which must name it.

    >>> escaped("a\x1b[31m\nb")
    'a\\u001b[31m b'
    """
    one_line = " ".join(text.split())
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in one_line)
