"""The direction of the house: a module imports only from rooms before its own."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import sadec_analysis

PACKAGE = Path(sadec_analysis.__file__).parent
ROOMS = [
    "plain", "personal", "errors", "months", "paths", "placing", "locks", "fingerprints", "numerals", "names", "strict", "spreadsheets", "words", "places", "rulebook", "figures",
    "reading", "cleaning", "scoring", "checks", "analysis", "history", "blocks", "facts", "monthly", "intake", "charts", "office", "brief", "exporting", "report", "exploring",
    "sharing", "kernels", "running", "checking", "demo", "cli",
]  # fmt: skip


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def backward_imports(source: str, room: str) -> list[str]:
    """Modules that ``source``, standing in ``room``, imports from its own side of the house or later."""
    imported = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name their room"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            imported += names if node.module == "sadec_analysis" else [node.module or ""]
        elif isinstance(node, ast.Import):
            imported += [alias.name for alias in node.names]
    rooms = [name.split(".")[1] for name in imported if name.startswith("sadec_analysis.")]
    return [
        each for each in rooms if each in ROOMS and each != room and ROOMS.index(each) > ROOMS.index(room)
    ]


MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_knows_only_the_rooms_before_its_own(path):
    assert backward_imports(path.read_text(encoding="utf-8"), room_of(path)) == []


def test_every_room_of_the_package_has_its_place_in_the_order():
    assert {room_of(path) for path in MODULES} == set(ROOMS)


def test_an_import_against_the_direction_is_noticed():
    assert backward_imports("from sadec_analysis.charts import style", "scoring") == ["charts"]
    assert backward_imports("from sadec_analysis import brief, errors", "checks") == ["brief"]
    assert backward_imports("import sadec_analysis.running.month", "brief") == ["running"]


def test_only_reading_opens_raw_files():
    """The folder of raw files is asked for where it is handed to reading, received into, fingerprinted, or copied to be verified."""
    callers = {room_of(path) for path in MODULES if ".raw(" in path.read_text(encoding="utf-8")}
    assert callers == {"monthly", "history", "intake", "fingerprints", "paths", "running"}
    for name in ("monthly/files", "history/months"):
        assert "read_month(tree.raw(" in (PACKAGE / f"{name}.py").read_text(encoding="utf-8")
