"""Vietnamese names compared without their accidents of spelling."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable

_TONES = "\u0300\u0301\u0303\u0309\u0323"
# oa, oe, uy: the old style puts the tone on the first vowel (hòa), the new one on the second (hoà).
_OPEN_PAIR = re.compile(
    rf"(?<!q)(o)([{_TONES}])([ae])(?![\w\u0300-\u036f])|(?<!q)(u)([{_TONES}])(y)(?![\w\u0300-\u036f])"
)
_OFFICE = re.compile(r"^(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân)\s+")
_PROVINCE = re.compile(r"\s*[-–,]\s*tỉnh\s+\S.*$")


def text_key(text: str) -> str:
    """Fold case, Unicode form, invisible characters, spaces and tone placement.

    >>> text_key("Số hoá  hồ sơ") == text_key("SỐ HÓA HỒ SƠ")
    True
    """
    visible = "".join(char for char in text if unicodedata.category(char) != "Cf")
    parts = unicodedata.normalize("NFD", visible.casefold())
    moved = _OPEN_PAIR.sub(lambda m: f"{m[1]}{m[3]}{m[2]}" if m[1] else f"{m[4]}{m[6]}{m[5]}", parts)
    return " ".join(unicodedata.normalize("NFC", moved).split())


def is_foreign(char: str) -> bool:
    """Whether a letter is none of the Latin ones, though it may look like one.

    >>> is_foreign("\u0430"), is_foreign("ặ"), is_foreign("1")
    (True, False, False)
    """
    return char.isalpha() and "LATIN" not in unicodedata.name(char, "")


def unit_key(name: str) -> str:
    """Key of a unit's name: kind and name, without "UBND", list number or province.

    >>> unit_key("5. UBND Phường An Hòa - Tỉnh Đồng Tháp")
    'phường an hoà'
    """
    bare = re.sub(r"^\d+\s*[.)]\s*", "", text_key(name))
    return _OFFICE.sub("", _PROVINCE.sub("", bare))


def nearest(name: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Known names most like ``name``, best first.

    >>> nearest("Phường An Hoa", ["Phường An Hoà", "xã Tân Quy Tây"])
    ['Phường An Hoà']
    """
    by_key = {unit_key(each): each for each in known}
    return [by_key[key] for key in difflib.get_close_matches(unit_key(name), by_key, n=most, cutoff=0.6)]


def slug(name: str) -> str:
    """Lower-case ASCII letters and digits, joined by hyphens.

    >>> slug("Xã Tân Khánh Đông")
    'xa-tan-khanh-dong'
    """
    plain = unicodedata.normalize("NFD", name.casefold().replace("đ", "d"))
    return "-".join(re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c))))
