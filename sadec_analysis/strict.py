"""Strict reading of the project's own data files (TOML): every key known, every type right."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import tomllib
import typing
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from sadec_analysis.errors import InputError
from sadec_analysis.plain import plain_all

T = TypeVar("T")
_DEEPEST = 20
_LARGEST = 2**63 - 1  # TOML promises no more
_LONGEST = 200


def read_toml(path: Path, *, is_composed: bool = True) -> dict[str, Any]:
    """Read a TOML file, its letters composed (NFC) or as they are, without what cannot be seen.

    Raises InputError naming the line that cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")  # Notepad may write the mark
        tables = tomllib.loads(unicodedata.normalize("NFC", text) if is_composed else text)
    except FileNotFoundError as error:
        raise InputError(
            path, "no such file", remedy="create it after the one of another month, or check the name"
        ) from error
    except OSError as error:
        raise InputError(
            path, f"cannot be read: {error.strerror}", remedy="check that you may read it"
        ) from error
    except RecursionError:
        raise _too_deep(path) from None
    except ValueError as error:  # of TOML, of UTF-8, of a number with too many digits
        raise InputError(
            path, f"not valid TOML: {error}", remedy="mend that line; the file must be UTF-8"
        ) from error
    _require_modest(tables, path, 0)
    return plain_all(tables)


def _require_modest(value: object, path: Path, depth: int) -> None:
    """Raise InputError for tables nested too deeply, and for a whole number too large to be written out."""
    if depth > _DEEPEST:
        raise _too_deep(path)
    if isinstance(value, int) and abs(value) > _LARGEST:
        raise InputError(
            path, "holds a number that is too large", expected=f"at most {_LARGEST}", remedy="mend it"
        )
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _require_modest(inner, path, depth + 1)


def _too_deep(path: Path) -> InputError:
    return InputError(
        path, "nests too deeply", expected=f"at most {_DEEPEST} levels", remedy="mend the brackets"
    )


def build(kind: type[T], given: Mapping[str, Any], where: str) -> T:
    """Make a frozen dataclass from a table, refusing unknown, missing and mistyped keys.

    >>> @dataclasses.dataclass(frozen=True)
    ... class Rule:
    ...     max_points: float
    >>> build(Rule, {"max_point": 20}, "rule 2.1")
    Traceback (most recent call last):
    sadec_analysis.errors.InputError: rule 2.1: unknown key(s) max_point (expected max_points); mend the name
    """
    types, fields = _declared(kind)  # type: ignore[arg-type]  # a dataclass, of whatever kind
    unknown = sorted(set(given) - set(fields))
    if unknown:
        raise InputError(
            where, f"unknown key(s) {', '.join(unknown)}", expected=", ".join(fields), remedy="mend the name"
        )
    missing = [name for name, field in fields.items() if name not in given and _is_required(field)]
    if missing:
        raise InputError(where, f"missing key(s) {', '.join(missing)}", remedy="add them")
    return kind(**{name: _typed(types[name], value, f"{where}, {name}") for name, value in given.items()})


@functools.cache
def _declared(kind: Any) -> tuple[dict[str, Any], dict[str, dataclasses.Field[Any]]]:
    """Types and fields of a dataclass, by name."""
    return typing.get_type_hints(kind), {field.name: field for field in dataclasses.fields(kind)}


def _is_required(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _typed(hint: Any, value: Any, where: str) -> Any:
    origin, options = typing.get_origin(hint), typing.get_args(hint)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return build(hint, _require(value, dict, where), where)
    if origin is tuple:
        items = _require(value, list, where)
        return tuple(_typed(options[0], item, f"{where}[{number}]") for number, item in enumerate(items, 1))
    if origin in (dict, Mapping):
        table = _require(value, dict, where)
        return {key: _typed(options[1], item, f"{where}.{key}") for key, item in table.items()}
    if origin is not None:
        return _require(value, tuple(each for each in options if isinstance(each, type)), where, options)
    return _require(value, (int, float) if hint is float else hint, where)


def _require(value: Any, kind: Any, where: str, literals: tuple[Any, ...] = ()) -> Any:
    is_right = isinstance(value, kind) if kind else False
    # To Python true is a number, and a time of day is a day.
    if isinstance(value, (bool, dt.datetime)) and kind is not type(value):
        is_right = False
    if value in literals or is_right:
        return value
    names = literals or (kind if isinstance(kind, tuple) else (kind,))
    wanted = " or ".join(getattr(each, "__name__", str(each)) for each in names)
    raise InputError(
        where, "wrong type", got=repr(value)[:_LONGEST], expected=wanted, remedy="mend the value"
    )
