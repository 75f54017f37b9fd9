"""Numbers as Vietnamese offices print them, read and written.

A comma is the decimal mark and a dot separates thousands, but the portal also
prints a decimal dot. The kind of figure decides: a count with a dot and three
digits has thousands, a rate with a dot and one or two digits has decimals, and
a rate with a dot and three digits is refused because it could be either.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from sadec_analysis.errors import InputError

Kind = Literal["count", "percent", "points", "change", "rank"]
_KINDS: dict[str, Kind] = {"rank_of": "rank", "growth": "change", "days": "points"}

_SIGNS = {"giảm": -1, "▼": -1, "-": -1, "−": -1, "tăng": 1, "▲": 1, "+": 1}
_FORM = re.compile(
    r"(?P<sign>giảm|tăng|[▼▲+\-−])?\s*(?P<number>[\d.,]+)\s*(?P<unit>%|điểm|hồ sơ|đơn vị)?(?:\s*/\s*(?P<of>[0-9]{1,6}))?\s*(?:điểm)?",
    re.IGNORECASE,
)
_MARKS = {"vi": str.maketrans(",.-", ".,−"), "en": str.maketrans("-", "−")}
_NO_WIDTH = dict.fromkeys((0x200B, 0x2060, 0xFEFF, 0x00AD)) | {0x00A0: " "}
_WHOLE = re.compile(r"\d+|\d{1,3}(?:\.\d{3})+", re.ASCII)
_COMMA = re.compile(r"(?:\d+|\d{1,3}(?:\.\d{3})+),\d+", re.ASCII)
_DOTTED = re.compile(r"\d+\.\d{1,2}", re.ASCII)
_LONGEST = 40
_MOST_DIGITS = 15  # tables hold so many exactly; no figure has more


@dataclass(frozen=True)
class Numeral:
    """One printed number: its value, the decimals printed and, after a slash, its maximum."""

    value: Decimal
    decimals: int
    of: int | None = None
    has_decimal_dot: bool = False

    @property
    def half_step(self) -> Decimal:
        """Half of one unit of the last printed digit: what rounding may have moved it.

        >>> read("61,54%", "percent").half_step
        Decimal('0.005')
        """
        return Decimal(1).scaleb(-self.decimals) / 2


def kind_of(measure: str) -> Kind:
    """Return how a figure of a measure is printed.

    >>> kind_of("rank_of"), kind_of("percent")
    ('rank', 'percent')
    """
    return _KINDS.get(measure, measure)  # type: ignore[arg-type]  # all other measures are kinds


def read(text: str, kind: Kind, where: object = "number") -> Numeral:
    """Read one printed number of a known ``kind``; raises InputError when it cannot be sure.

    >>> read("1.064", "count").value, read("51.53", "percent").value, read("Giảm 11,17", "change").value
    (Decimal('1064'), Decimal('51.53'), Decimal('-11.17'))
    >>> read("0,0/18", "points")
    Numeral(value=Decimal('0.0'), decimals=1, of=18, has_decimal_dot=False)
    >>> read("1.064", "percent")
    Traceback (most recent call last):
    sadec_analysis.errors.InputError: number: cannot read "1.064" as percent; write the decimal mark as a comma
    """
    found = _FORM.fullmatch(_plain(text))
    text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"  # told from here on
    number = found["number"] if found else ""
    if found is None or not _fits(number, kind):
        raise InputError(where, f'cannot read "{text}" as {kind}', remedy=_remedy(number, kind))
    if found["sign"] and kind != "change":
        raise InputError(
            where, f'"{text}" has a sign, and a {kind} has none', remedy="write it without the sign"
        )
    if found["unit"] == "%" and kind != "percent":
        raise InputError(where, f'"{text}" is a percentage, not {kind}', remedy="write it in its own unit")
    if found["of"] and kind in ("percent", "change"):
        raise InputError(
            where, f'"{text}" is a part of a whole, not {kind}', remedy="write it without the slash"
        )
    if kind == "change" and not found["sign"] and number.strip("0,."):
        raise InputError(
            where, f'"{text}" does not say whether it rose', remedy="write Tăng or Giảm before it"
        )
    return _numeral(found, number, kind)


def _plain(text: str) -> str:
    """Drop marks without width, which come with pasted numbers; marks that turn the order of digits stay and are refused."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_NO_WIDTH).split())


def _fits(number: str, kind: Kind) -> bool:
    if sum(map(str.isdigit, number)) > _MOST_DIGITS:
        return False
    if kind in ("count", "rank"):
        return bool(_WHOLE.fullmatch(number))
    return bool(
        re.fullmatch(r"\d+", number, re.ASCII) or _COMMA.fullmatch(number) or _DOTTED.fullmatch(number)
    )


def _remedy(number: str, kind: Kind) -> str:
    if kind in ("count", "rank"):
        return "write a whole number such as 1.064"
    return "write the decimal mark as a comma" if "." in number else "write a number such as 51,53"


def _numeral(found: re.Match[str], number: str, kind: Kind) -> Numeral:
    has_decimal_dot = kind not in ("count", "rank") and bool(_DOTTED.fullmatch(number))
    plain = number if has_decimal_dot else number.replace(".", "").replace(",", ".")
    sign = _SIGNS[found["sign"].lower()] if found["sign"] else 1
    decimals = len(plain.partition(".")[2])
    return Numeral(
        sign * Decimal(plain), decimals, int(found["of"]) if found["of"] else None, has_decimal_dot
    )


def half_up(value: Decimal, decimals: int = 2) -> Decimal:
    """Round half up, as the portal does.

    >>> half_up(Decimal("0.625")), half_up(Decimal("9.25"), 1)
    (Decimal('0.63'), Decimal('9.3'))
    """
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def show(value: Decimal | float, decimals: int | None = None, lang: str = "vi") -> str:
    """Write a number the Vietnamese way, or the English one; without ``decimals``, as many as it has.

    >>> show(1064), show(37.5), show(-11.17), show(12, 1), show(1064.5, lang="en")
    ('1.064', '37,5', '−11,17', '12,0', '1,064.5')
    """
    exact = Decimal(str(value))
    exact = exact if isinstance(value, Decimal) else _trimmed(exact)
    text = f"{exact:,.{decimals}f}" if decimals is not None else f"{exact:,f}"
    return text.translate(_MARKS[lang])


def retold(text: str, lang: str) -> str:
    """Write the numbers of a text that ``show`` wrote the Vietnamese way in the form of ``lang``.

    >>> retold("0 – 1.064,5", "en")
    '0 – 1,064.5'
    """
    return text if lang == "vi" else text.translate(str.maketrans(",.", ".,"))


def show_change(value: Decimal | float, decimals: int | None = None, lang: str = "vi") -> str:
    """Write a change with its arrow: ``▼ 13,96``, ``▲ 2,1``, ``0``.

    >>> show_change(-13.96), show_change(2.1), show_change(0)
    ('▼ 13,96', '▲ 2,1', '0')
    """
    if value == 0:
        return show(0, decimals, lang)
    return f"{'▲' if value > 0 else '▼'} {show(abs(Decimal(str(value))), decimals, lang)}"


def _trimmed(value: Decimal) -> Decimal:
    """Drop the ".0" that a float brings to a whole number."""
    return value.to_integral_value() if value == value.to_integral_value() else value
