"""The gate: every rule that is set aside has its reason, and the code of the notebooks is held to the types of the package."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib

import nbformat
import pytest
from conftest import REPOSITORY

SETTINGS = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
ASIDE = re.compile(r"# (?:ruff: )?(?:noqa|type: ignore|fmt: off|mypy:).*")
# Ruff takes what follows the code, mypy a comment of its own; both name what is set aside.
REASONED = re.compile(
    r"# (?:ruff: )?noqa: [A-Z]+\d+(?:, [A-Z]+\d+)* - \w.*|# type: ignore\[[\w, -]+\]  # (?!fmt:)\w.*"
)


def without_reason(text):
    """What a text sets aside without saying why."""
    return [found for found in ASIDE.findall(text) if not REASONED.fullmatch(found)]


def settings_without_reason(text):
    """Lines of lint settings that set a rule aside and do not say why."""
    lines = text[text.index("\nignore = [") : text.index("[tool.mypy]")].splitlines()
    named = [line.strip() for line in lines if re.search(r'"[A-Z]+\d*"', line)]
    assert len(named) > 20
    return [line for line in named if not re.search(r"# \w.{10}", line)]


def test_every_rule_that_is_set_aside_in_the_settings_has_its_reason():
    assert settings_without_reason(SETTINGS) == []
    assert settings_without_reason(SETTINGS.replace(" # SQL is put", " SQL is put")) != []
    assert tomllib.loads(SETTINGS)["tool"]["ruff"]["lint"]["select"] == ["ALL"]
    assert tomllib.loads(SETTINGS)["tool"]["mypy"]["strict"] is True


@pytest.mark.parametrize("folder", ["sadec_analysis", "notebooks", "tests", "benchmarks", "docs"])
def test_every_rule_that_is_set_aside_in_a_file_has_its_reason(folder):
    paths = [
        path for ending in ("py", "ipynb") for path in sorted((REPOSITORY / folder).rglob(f"*.{ending}"))
    ]
    texts = {path.name: path.read_text(encoding="utf-8") for path in paths if path.name != "test_gate.py"}
    assert texts
    assert {name: found for name, text in texts.items() if (found := without_reason(text))} == {}


@pytest.mark.parametrize(
    ("line", "is_told"),
    [
        ("x = 1  # noqa: S311 - the same every time", True),
        ("x = 1  # noqa: S311, S101 - the same every time", True),
        ("x = 1  # noqa: S311", False),
        ("x = 1  # noqa - it is fine", False),
        ("x = y  # type: ignore[misc]  # papermill has no types", True),
        ("x = y  # type: ignore[misc]", False),
        ("x = y  # type: ignore[misc]  # fmt: skip", False),
        ("x = y  # type: ignore  # papermill has no types", False),
        ("# ruff: noqa", False),
        ("# ruff: noqa: INP001 - a script", True),
        ("# mypy: ignore-errors", False),
        ("# fmt: off", False),
        ("x = 1  # what it is", True),
    ],
)
def test_a_rule_set_aside_without_a_reason_is_noticed(line, is_told):
    assert (without_reason(line) == []) is is_told


@pytest.fixture(scope="module")
def modules(tmp_path_factory):
    """The code of each notebook as a module, and of one notebook with a call that cannot be right."""
    folder = tmp_path_factory.mktemp("notebooks")
    for path in sorted((REPOSITORY / "notebooks").glob("*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        code = "\n\n".join(cell.source for cell in cells if cell.cell_type == "code")
        (folder / f"notebook_{path.stem}.py").write_text(code + "\n", encoding="utf-8")
    scores = (folder / "notebook_02_scores.py").read_text(encoding="utf-8")
    wrong = scores.replace("open_month(month, place, lang, root)", "open_month(11, place, lang, root)")
    (folder / "wrong.py").write_text(wrong, encoding="utf-8")
    return folder


def test_the_code_of_the_notebooks_is_as_strictly_typed_as_the_package(modules):
    """In one run, with the cache that mypy keeps of the package."""
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--no-error-summary",
        "--no-pretty",
        *sorted(map(str, modules.glob("*.py"))),
    ]
    env = os.environ | {"MYPYPATH": str(REPOSITORY), "COLUMNS": "400"}
    done = subprocess.run(
        command, cwd=REPOSITORY, env=env, capture_output=True, encoding="utf-8", check=False
    )
    assert done.stderr == ""
    assert [line for line in done.stdout.splitlines() if "wrong.py" not in line] == []
    assert re.search(r'wrong.py:\d+: error: Argument 1 to "open_month" has incompatible type', done.stdout)
