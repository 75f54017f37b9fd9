"""The documents: every indicator, column, check, command and folder that exists is told, and nothing else."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re

import pytest
from conftest import REPOSITORY

import sadec_analysis
from sadec_analysis import cli, figures
from sadec_analysis.checks import CHECKS
from sadec_analysis.checks.finding import COLUMNS as FINDING_COLUMNS
from sadec_analysis.months import Month
from sadec_analysis.rulebook import load_rulebook
from sadec_analysis.words import load_words

COLUMNS = (REPOSITORY / "docs" / "columns.md").read_text(encoding="utf-8")
METHOD = (REPOSITORY / "docs" / "method.md").read_text(encoding="utf-8")
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")


def told_indicators():
    section = COLUMNS[COLUMNS.index("## Indicators") : COLUMNS.index("## `tables/findings.csv`")]
    for line in section.splitlines():
        cells = line.split("|")
        if line.startswith("| `") and len(cells) == 5:
            for name in re.findall(r"`([^`]+)`", cells[1]):
                yield from ((name, measure.strip()) for measure in cells[2].split(","))


def test_every_indicator_with_its_measures_is_told_and_no_other():
    section = COLUMNS[COLUMNS.index("### Sub-indicators") :]
    rules = load_rulebook(Month(2026, 8)).rules.values()
    assert {rule.indicator for rule in rules} == set(
        re.findall(r"^\| `([^`]+)` \| [\w.]+ \| points, (?:percent|days) \|", section, re.MULTILINE)
    )
    known = {
        tuple(key.removeprefix("indicator.").rsplit(".", 1))
        for key in load_words("vi").entries
        if key.startswith("indicator.")
    }
    assert set(told_indicators()) == known


@pytest.mark.parametrize("column", [*figures.COLUMNS, *FINDING_COLUMNS])
def test_every_column_is_told(column):
    assert f"`{column}`" in COLUMNS


@pytest.mark.parametrize("name", [*figures.MEASURES, *figures.STATUSES])
def test_every_measure_and_status_is_told(name):
    assert f"`{name}`" in COLUMNS


def test_every_check_is_explained_under_its_name_and_no_other():
    section = METHOD[METHOD.index("## 4. Checks") : METHOD.index("## 5. Change")]
    assert re.findall(r"^### (\w+)$", section, re.MULTILINE) == sorted_as(CHECKS, section)
    for told in section.split("\n### ")[1:]:
        assert re.search(r"\b(Error|Warning|Note)\b", told), told[:30]


def sorted_as(names, text):
    """Names in the order they stand in a text."""
    return sorted(names, key=lambda name: text.index(f"### {name}\n"))


def test_the_readme_tells_every_command_and_no_other():
    commands = {command.name or command.callback.__name__ for command in cli.app.registered_commands}
    assert set(re.findall(r"\| `sadec ([\w-]+)", README)) == commands


def test_the_readme_shows_files_that_exist():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (REPOSITORY / target).exists()


def test_the_make_targets_of_the_readme_exist():
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"\bmake (\w+)", README)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)
    assert {"help", "brief", "test", "check", "lab", "clean"} <= set(
        re.findall(r"^(\w+):.*##", makefile, re.MULTILINE)
    )


@pytest.mark.parametrize(
    "path", sorted((REPOSITORY / "docs" / "decisions").glob("*.md")), ids=lambda path: path.stem
)
def test_a_decision_is_one_page(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 40


def test_the_examples_in_docstrings_are_many_and_are_run():
    """pytest runs them with --doctest-modules; here only that they are there."""
    examples = [
        (test.name, len(test.examples))
        for module in pkgutil.walk_packages(sadec_analysis.__path__, "sadec_analysis.")
        if not module.name.endswith("__main__")
        for test in doctest.DocTestFinder(exclude_empty=True).find(importlib.import_module(module.name))
        if test.examples
    ]
    assert len(examples) >= 20
    assert "--doctest-modules" in (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
