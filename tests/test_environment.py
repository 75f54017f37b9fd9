"""The environment: pins in step, hashes for all, and nothing that ties the project to one machine."""

from __future__ import annotations

import re
import subprocess
import tomllib

import pytest
import yaml
from conftest import REPOSITORY
from packaging.requirements import Requirement

PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8")
LOCKED = dict(re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", LOCK, re.MULTILINE))
CONDA_NAMES = {
    "brotli": "brotli-python",
    "matplotlib": "matplotlib-base",
    "typst": "typst-py",
    "duckdb": "python-duckdb",
    "playwright": "playwright-python",
}
NOT_ON_CONDA = {"axe-playwright-python"}
DECLARED = [
    re.match(r"[a-z0-9-]+", requirement)[0]
    for requirement in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
]


def conda():
    content = yaml.safe_load((REPOSITORY / "environment.yml").read_text(encoding="utf-8"))
    return content, [each for each in content["dependencies"] if isinstance(each, str)]


@pytest.mark.parametrize("name", DECLARED)
def test_every_dependency_is_locked_and_conda_has_the_same_version(name):
    content, pins = conda()
    if name in NOT_ON_CONDA:
        assert f"{name}=={LOCKED[name]}" in content["dependencies"][-1]["pip"]
    else:
        assert f"{CONDA_NAMES.get(name, name)} ={LOCKED[name]}" in pins


def test_what_is_locked_is_what_the_project_asks_for():
    extras = [each for extra in PROJECT["optional-dependencies"].values() for each in extra]
    for asked in map(Requirement, [*PROJECT["dependencies"], *extras]):
        assert LOCKED[asked.name] in asked.specifier, asked


@pytest.mark.parametrize("name", ["Makefile", "README.md", "README.vi.md", "docs/huong-dan.md"])
def test_what_is_installed_from_the_lock_is_checked_and_runs_no_setup_script(name):
    text = (REPOSITORY / name).read_text(encoding="utf-8")
    installs = re.findall(r"pip install(.*) -r requirements\.lock$", text, re.MULTILINE)
    assert installs
    assert all("--require-hashes --only-binary :all:" in options for options in installs)
    assert "--no-binary" not in text


def test_conda_pins_nothing_else_and_knows_the_same_pythons():
    content, pins = conda()
    assert len(pins) == len(DECLARED) - len(NOT_ON_CONDA) + 2
    assert "python >=3.11,<3.14" in pins
    assert PROJECT["requires-python"] == ">=3.11"
    assert content["channels"] == ["conda-forge", "nodefaults"]


def test_every_locked_package_has_a_hash_and_the_lock_names_no_host():
    blocks = re.split(r"(?m)^(?=[a-z0-9-]+==)", LOCK)[1:]
    assert {block.partition("==")[0] for block in blocks} == set(LOCKED)
    assert len(LOCKED) > 100
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in LOCK
    assert "index-url" not in LOCK


def tracked():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [REPOSITORY / name for name in listed.stdout.decode().split("\0") if name]


def test_no_tracked_text_names_a_folder_of_one_machine_or_a_package_host():
    machine = re.compile(
        r"/(?:home|root|work|Users)/\w|[A-Z]:\\Users|pypi\.org|pythonhosted|registry\.npmjs|deb\.debian"
    )
    named = [
        (path.name, match[0])
        for path in tracked()
        if path.suffix in {".py", ".md", ".toml", ".yml", ".txt", ".lock", ".ipynb", ".typ", ".j2", ""}
        and path.is_file()
        for match in machine.finditer(path.read_text(encoding="utf-8"))
        if path.name != "test_environment.py"
    ]
    assert named == []


def test_fonts_are_carried_with_their_licence():
    folder = REPOSITORY / "sadec_analysis" / "fonts"
    assert {path.name for path in folder.glob("*.ttf")} == {
        "Inter-Regular.ttf",
        "Inter-SemiBold.ttf",
        "JetBrainsMono-Regular.ttf",
    }
    assert "SIL Open Font License, Version 1.1" in (folder / "OFL.txt").read_text(encoding="utf-8")


def test_fonts_have_every_vietnamese_letter():
    import unicodedata

    from fontTools.ttLib import TTFont

    marks = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    letters = {
        unicodedata.normalize("NFC", base + mark) for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for mark in marks
    } | {"đ", "Đ"}
    assert len(letters) == 146
    for path in (REPOSITORY / "sadec_analysis" / "fonts").glob("*.ttf"):
        known = TTFont(path).getBestCmap()
        assert [letter for letter in sorted(letters | set("▲▼−≥“”…×→·")) if ord(letter) not in known] == []
