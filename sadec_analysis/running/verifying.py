"""Whether published outputs still follow from the raw data: made again elsewhere, and compared byte for byte."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sadec_analysis import fingerprints
from sadec_analysis.errors import InputError
from sadec_analysis.paths import Tree
from sadec_analysis.running.edited import FOLDER
from sadec_analysis.running.keys import RECORD, reasons, record_of
from sadec_analysis.running.month import run_month
from sadec_analysis.running.parameters import Parameters


@dataclass(frozen=True)
class Verdict:
    """Outputs that come out ``alike``, those that do not, by name, and the ``reasons`` known for it."""

    alike: tuple[str, ...]
    unlike: tuple[str, ...]
    reasons: tuple[str, ...]


def verified(parameters: Parameters, jobs: int | None = None) -> Verdict:
    """Make a month again from its raw files in a folder of its own and compare; nothing of the root is changed.

    A file changed by hand is unlike, as is one that is gone or that no run writes. The place and the language are
    those the outputs were made in. Raises InputError where there are no outputs, or the month cannot be made any more.
    """
    outputs = parameters.tree.outputs(parameters.month)
    told = record_of(outputs).get("parameters", {})
    if not told:
        raise InputError(
            outputs, "no outputs to verify", remedy=f"make them with: sadec run {parameters.month}"
        )
    own = Parameters.checked(str(parameters.month), told["place"], told["lang"], parameters.tree.root)
    with tempfile.TemporaryDirectory(prefix="sadec-") as folder:
        tree = _copied(own, Path(folder))
        again = run_month(replace(own, tree=tree), jobs)
        return _verdict(_files(outputs), _files(again), tuple(reasons(own)))


def _copied(parameters: Parameters, root: Path) -> Tree:
    """A root with what the month is made from."""
    tree = parameters.tree
    data = tree.root / "data"
    raw = [tree.raw(month) for month in tree.months() if month <= parameters.month]
    for source in (*raw, *(each for each in (tree.rulebooks, data / "places") if each.is_dir())):
        shutil.copytree(source, root / source.relative_to(tree.root))
    return replace(tree, root=root)


def _files(folder: Path) -> dict[str, str]:
    """Fingerprints of outputs by name; the record, which tells times, and what people changed are none."""
    return {name: fingerprints.of_file(folder / name) for name in _names(folder)}


def _names(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != RECORD and not name.startswith(f"{FOLDER}/"):
            yield name


def _verdict(published: dict[str, str], again: dict[str, str], found: tuple[str, ...]) -> Verdict:
    names = sorted(published.keys() | again.keys())
    alike = tuple(name for name in names if published.get(name) == again.get(name))
    return Verdict(alike, tuple(name for name in names if name not in alike), found)
