"""Saved JSON read without trust: numbers as they are written, no repeated keys, no bottomless nesting."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from sadec_analysis import numerals
from sadec_analysis.errors import InputError
from sadec_analysis.reading.texts import read_text

_PLAIN = re.compile(r"-?\d{1,12}(?:\.\d{1,15})?", re.ASCII)
_HALF = re.compile(r"\\u[dD][89a-fA-F]")  # of a character: \ud800
_LONGEST = 40
_ROUNDED = ("points", "percent", "change", "growth", "days")
_HUNDREDTH = Decimal("0.01")


def read_json(path: Path) -> Any:
    """Read a JSON file; raises InputError where it is not JSON, repeats a key, or nests too deeply."""
    text = read_text(path)
    try:
        found = json.loads(
            text, parse_float=Decimal, parse_int=_whole, parse_constant=_refused, object_pairs_hook=_object
        )
        if _HALF.search(text):
            json.dumps(found, ensure_ascii=False, default=str).encode()  # fails for one without the other
    except InputError:
        raise
    except (ValueError, ArithmeticError) as error:
        raise InputError(
            path,
            f"is not JSON: {error}",
            expected="a saved response of the portal",
            remedy="save it again as received",
        ) from error
    except RecursionError:
        raise InputError(path, "nests too deeply", remedy="save the portal's response again") from None
    return found


def _whole(text: str) -> Decimal:
    return Decimal(text)


def _refused(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        repeated = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {repeated!r} stands twice in one object")
    return found


def number(given: Any, measure: str, where: str) -> Decimal | None:
    """Read a number of a response: a JSON number, or a string of one; null and "" are unknown.

    JSON writes its decimal mark as a dot, whatever the figure, and drops closing zeros: the portal
    rounds to two decimals. A string with a comma is read as Vietnamese. Raises InputError for
    anything else, and for a count that is not whole.

    >>> number(Decimal("17.7"), "points", "row 1"), number("8,8", "points", "row 1"), number(None, "points", "row 1")
    (Decimal('17.70'), Decimal('8.8'), None)
    """
    if given is None or (isinstance(given, str) and not given.strip()):
        return None
    text = (
        format(given, "f")
        if isinstance(given, Decimal) and abs(given.adjusted()) < _LONGEST
        else str(given).strip()
    )
    if isinstance(given, (str, Decimal)) and _PLAIN.fullmatch(text):
        value = Decimal(text)
    elif isinstance(given, str):
        value = numerals.read(given, numerals.kind_of(measure), where).value
    else:
        raise InputError(
            where, "is no number", got=repr(given)[:_LONGEST], remedy="save the portal's response again"
        )
    if measure in _ROUNDED:
        return value if isinstance(given, str) else value.quantize(min(_HUNDREDTH, _step(value)))
    if value != value.to_integral_value():
        raise InputError(where, "is not a whole number", got=text, remedy="check the response")
    return value.to_integral_value()


def _step(value: Decimal) -> Decimal:
    return Decimal(1).scaleb(int(value.as_tuple().exponent))


def written(value: Decimal | None, measure: str) -> str:
    """Write a number of a response as a Vietnamese reader prints it; "null" where it is unknown.

    >>> written(Decimal("17.69"), "percent"), written(Decimal("-2.5"), "change"), written(None, "points")
    ('17,69%', '▼ 2,5', 'null')
    """
    if value is None:
        return "null"
    if measure in ("change", "growth"):
        return numerals.show_change(value)
    return numerals.show(value) + ("%" if measure == "percent" else "")
