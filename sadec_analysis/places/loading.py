"""Place files: found by name, read strictly, and valid for a span of months."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sadec_analysis import fingerprints
from sadec_analysis.errors import InputError
from sadec_analysis.months import Month
from sadec_analysis.names import unit_key
from sadec_analysis.places.place import SOURCE_KINDS, Place
from sadec_analysis.strict import build, read_toml

DEFAULT_PLACE = "sa_dec"
FOLDER = Path(__file__).resolve().parent


def place_names(folder: Path = FOLDER) -> list[str]:
    """Names of the place files, in order."""
    return sorted(path.stem for path in folder.glob("*.toml"))


def load_place(name: str, folder: Path = FOLDER) -> Place:
    """Load ``name.toml``; raises InputError for an unknown place, key or repeated code or spelling."""
    known = place_names(folder)
    if name not in known:
        raise InputError(
            "place", "unknown place", got=repr(name), expected=", ".join(known), remedy="choose one"
        )
    return _read(folder / f"{name}.toml")


@fingerprints.once_while_same
def _read(path: Path) -> Place:
    place = build(Place, read_toml(path), path.name)
    _require_whole(place, path.name)
    _require_unique(place, [unit.code for unit in place.unit], "code")
    _require_unique(
        place,
        [key for unit in place.unit for key in {unit_key(each) for each in (unit.name, *unit.spellings)}],
        "name",
    )
    return place


def _require_whole(place: Place, where: str) -> None:
    """Raise InputError unless one unit is the city, and each kind of source has its turn."""
    cities = [unit.name for unit in place.unit if unit.level == "city"]
    if len(cities) != 1:
        raise InputError(
            where, 'not one unit has the level "city"', got=", ".join(cities) or "none",
            remedy="give it to the unit the place is about",
        )  # fmt: skip
    if sorted(place.source_order) != sorted(SOURCE_KINDS):
        raise InputError(
            where, "source_order does not name each kind of source once", got=", ".join(place.source_order),
            expected=", ".join(SOURCE_KINDS), remedy="mend it, or leave it out",
        )  # fmt: skip


def is_valid_in(place: Place, month: Month) -> bool:
    """Whether the place exists in ``month``: districts and communes come and go."""
    first, last = _span(place)
    return first <= month <= last


def _span(place: Place) -> tuple[Month, Month]:
    return (
        Month(place.valid_from.year, place.valid_from.month),
        Month(place.valid_until.year, place.valid_until.month),
    )


def require_valid_in(place: Place, month: Month) -> None:
    """Raise InputError where the place does not exist in ``month``."""
    if not is_valid_in(place, month):
        first, last = _span(place)
        raise InputError(
            f"{place.id}.toml", "the place does not exist in this month", got=month, expected=f"{first} to {last}",
            remedy="choose another place with --place, or another month",
        )  # fmt: skip


def _require_unique(place: Place, values: Iterable[str], what: str) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise InputError(f"{place.id}.toml", f"{what} given to two units", got=value, remedy="keep one")
        seen.add(value)
