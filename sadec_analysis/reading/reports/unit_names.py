"""Names of units as reports print them: what kind of unit a name tells, and the name without its accidents."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from sadec_analysis.errors import InputError
from sadec_analysis.names import is_foreign, text_key

_LONGEST = 80
_LEAD = re.compile(r"^(?:\d+\s*[.)]\s*)?(?:(?:ubnd|[uủ][yỷ] ban nhân dân)\s+)?", re.IGNORECASE)
# Cities the central government runs: they stand where a province does, above districts.
CENTRAL = ("Hà Nội", "Hồ Chí Minh", "Hải Phòng", "Đà Nẵng", "Cần Thơ")
_PROVINCE = re.compile(
    rf"\s*[-–,]\s*(?:tỉnh\s+(?P<province>\S.*)|(?:thành phố|tp\.?)\s*(?P<central>{'|'.join(CENTRAL)}))$",
    re.IGNORECASE,
)
# Numbers, and letters alone, name nothing without their kind.
_NAMES_NOTHING = re.compile(r"\d+\w?|[A-ZĐ]{1,4}")


@dataclass(frozen=True)
class Kind:
    """One kind of unit: its word, how charts shorten it, and all forms it is written in."""

    word: str
    short: str
    form: str
    is_ward: bool = False


KINDS = (
    Kind("thành phố", "TP", r"thành phố|tp\.?"),
    Kind("thị xã", "TX", r"thị xã|tx\.?"),
    Kind("huyện", "H.", r"huyện|h\."),
    Kind("quận", "Q.", r"quận|q\."),
    Kind("phường", "P.", r"phường|p\.", is_ward=True),
    Kind("thị trấn", "TT.", r"thị trấn|tt\.?", is_ward=True),
    Kind("xã", "X.", r"xã|x\.", is_ward=True),
)
_FORMS = tuple((kind, re.compile(rf"({kind.form})(?:(?<=\.)|\s|$)", re.IGNORECASE)) for kind in KINDS)


@dataclass(frozen=True)
class Named:
    """A unit as it was named: ``text`` is the name cleaned, ``own`` the part after the word of its kind."""

    kind: Kind
    text: str
    own: str
    province: str = ""

    @property
    def key(self) -> str:
        """The same for every spelling of one unit.

        >>> named("5. UBND P. An Hòa - Tỉnh Đồng Tháp", "").key
        'phường an hoà'
        """
        return f"{self.kind.word} {text_key(self.own)}"

    @property
    def is_numbered(self) -> bool:
        """Whether the name says nothing without its kind: Phường 1, Phường II."""
        return bool(_NAMES_NOTHING.fullmatch(self.own))


def named(cell: str, where: str) -> Named | None:
    """Read a unit's name; None for what names no unit of a known kind.

    Raises InputError for a kind without a name, and for a name too long or not in Latin letters.

    >>> named("UBND xã Tân Khánh Đông - Tỉnh Đồng Tháp", "a cell").text
    'xã Tân Khánh Đông'
    >>> named("Tổng cộng", "a cell")
    """
    text = visible(cell)
    outer = _PROVINCE.search(text)
    text = _LEAD.sub("", text[: outer.start()] if outer else text)
    for kind, form in _FORMS:
        if found := form.match(text):
            own = _not_shouted(text[found.end() :].strip())
            _require_name(own, cell, where)
            province = (outer["province"] or outer["central"]) if outer else ""
            return Named(kind, f"{_not_shouted(found[1])} {own}", own, province)
    return None


def visible(text: str) -> str:
    """Text in composed form without what cannot be seen, its spaces single."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(char for char in composed if unicodedata.category(char) != "Cf").split())


def _not_shouted(text: str) -> str:
    """A name in capitals as it is otherwise written; letters that stand for themselves stay."""
    return text if _NAMES_NOTHING.fullmatch(text) or not text.isupper() else text.title()


def _require_name(own: str, cell: str, where: str) -> None:
    if not own or len(own) > _LONGEST:
        raise InputError(
            where, "is no name of a unit", got=f'"{cell[:_LONGEST]}"', expected="a name such as Phường 1",
            remedy="write the unit's name",
        )  # fmt: skip
    foreign = [char for char in own if is_foreign(char)]
    if foreign:
        raise InputError(
            where, f'"{own}" has a letter that only looks Latin', got=f"U+{ord(foreign[0]):04X}",
            remedy="type the name again",
        )  # fmt: skip
