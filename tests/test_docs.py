"""The documents: every indicator, column, check, command and folder that exists is told, and nothing else."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
import shlex
import shutil
import subprocess
import sys

import pytest
import typer
from conftest import REPOSITORY, SAMPLE, copy_tree

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


def told_columns(table):
    """The first cell of each row of the section of a table: names of columns, and the text beside them."""
    section = COLUMNS[COLUMNS.index(f"## `tables/{table}`") :].split("\n## ")[0]
    for names, text in re.findall(r"^\| (`.*?) \| (.*) \|$", section, re.MULTILINE):
        yield from ((name, text) for name in re.findall(r"`([^`]+)`", names))


@pytest.mark.parametrize(
    ("table", "columns"), [("figures.csv", figures.COLUMNS), ("findings.csv", FINDING_COLUMNS)]
)
def test_every_column_of_a_table_is_told_in_its_section_in_order_and_no_other(table, columns):
    assert tuple(name for name, _ in told_columns(table)) == columns


def test_every_column_of_the_counts_of_dossiers_is_told_and_no_other(listed):
    assert {name for name, _ in told_columns("dossiers.csv")} == {*listed.tallies.columns}


@pytest.mark.parametrize(("column", "names"), [("measure", figures.MEASURES), ("status", figures.STATUSES)])
def test_every_measure_and_status_is_told_beside_its_column(column, names):
    assert set(names) <= set(re.findall(r"`(\w+)`", dict(told_columns("figures.csv"))[column]))


@pytest.mark.parametrize("month", ["november", "ward", "listed"])
def test_every_indicator_and_measure_of_a_month_is_told(month, request):
    view = request.getfixturevalue(month)
    found = set(zip(view.figures["indicator"], view.figures["measure"], strict=True))
    ruled = {rule.indicator for rule in view.rulebook.rules.values()}
    told = {
        *told_indicators(),
        *((each, measure) for each in ruled for measure in ("points", "percent", "days")),
    }
    told |= {(f"{each}.{side}", "count") for each in ruled for side in ("numerator", "denominator")}
    assert len(found) > 20
    assert found - told == {(f"{each}.numerator", "days") for each in ruled} & found


def test_every_finding_of_a_month_has_an_id_whose_check_is_told(november):
    ids = november.findings["id"]
    assert len(ids) > 10
    assert {each.partition("/")[0] for each in ids} <= set(re.findall(r"^### (\w+)$", METHOD, re.MULTILINE))


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


def flags(command):
    """The options of a command, each by the names one may type."""
    commands = typer.main.get_command(cli.app).commands
    return [
        [flag for flag in (*each.opts, *each.secondary_opts) if flag.startswith("--")]
        for each in commands[command].params
        if each.param_type_name == "option"
    ]


@pytest.mark.parametrize("command", sorted(typer.main.get_command(cli.app).commands))
def test_the_readme_tells_every_option_of_a_command_in_its_row_or_for_all(command):
    rows = re.findall(rf"^\| `sadec {command}[ `].*$", README, re.MULTILINE)
    for_all = next(line for line in README.splitlines() if line.startswith("`--lang en` writes"))
    told = set(re.findall(r"`(?:[^`]* )?(--[a-z-]+)", "\n".join([*rows, for_all])))
    assert [names for names in flags(command) if not told & set(names)] == []


@pytest.mark.slow
@pytest.mark.parametrize("page", ["README.md", "docs/demo.md"])
def test_the_commands_of_a_page_run_as_written(page, tmp_path):
    """Those of the suite, one after the other; what sets up the environment is run by whoever runs the tests."""
    text = (REPOSITORY / page).read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    commands = re.findall(r"^\.venv/bin/sadec (.*)$", "".join(blocks), re.MULTILINE)
    assert len(commands) >= 2
    shutil.copytree(SAMPLE, copy_tree(tmp_path) / SAMPLE.relative_to(REPOSITORY))
    for command in commands:
        typed = [sys.executable, "-m", "sadec_analysis.cli", *shlex.split(command, comments=True)]
        done = subprocess.run(typed, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"


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
    assert len(examples) >= 95
    assert sum(count for _, count in examples) >= 125
    assert "--doctest-modules" in (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
