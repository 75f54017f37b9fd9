"""A place named by a place file and the code of one unit that responses list: ``phuong_sa_dec@H20.902``."""

from __future__ import annotations

from pathlib import Path

from sadec_analysis.paths import Tree

MARK = "@"


def parted(place: str) -> tuple[str, str]:
    """The name of the place file, and the code of the unit; none where the place is the file's own.

    >>> parted("phuong_sa_dec@h20.902"), parted("sa_dec")
    (('phuong_sa_dec', 'H20.902'), ('sa_dec', ''))
    """
    name, _, code = place.partition(MARK)
    return name, code.upper()


def unit_place(name: str, code: str) -> str:
    """The one name of both."""
    return f"{name}{MARK}{code.upper()}"


def tree_of(root: str | Path, place: str) -> Tree:
    """The tree at ``root``, where the place's tables and outputs lie; raises InputError for a code that names no folder."""
    tree, code = Tree.at(root), parted(place)[1]
    return tree.for_unit(code) if MARK in place else tree
