"""The packages one can build: what is in them, and that the suite works from a wheel where there is no clone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest
from conftest import REPOSITORY, copy_tree

pytestmark = pytest.mark.slow
# What an office has in its clone and no package may hold; all but its own month is known to git as ignored.
OWN = (
    "data/raw/2099-01/report.md", "data/raw/2022-11/dossiers.csv", "data/processed/2022-11/figures.parquet",
    "data/demo/truth.json", "outputs/2022-11/brief.html", ".venv/pyvenv.cfg", "sadec_analysis/__pycache__/figures.pyc", "notebooks/.ipynb_checkpoints/brief-checkpoint.ipynb",
)  # fmt: skip


def said(*command, cwd=None, exit_code=0):
    """What a command says, in an environment that names no folder of ours."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [*map(str, command)],
        cwd=cwd, env=env | {"PYTHONUTF8": "1"}, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == exit_code, done.stdout + done.stderr
    return done.stdout + done.stderr


def files_of(folder):
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not re.search(r"(^|/)(\.|__pycache__)", path.relative_to(folder).as_posix())
    }


def build(source, target, *more):
    said(sys.executable, "-m", "hatchling", "build", "-d", target, *more, cwd=source)
    return next(iter(target.glob("*.whl")))


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A wheel and an sdist, built from a clone in which an office has worked."""
    clone, target = tmp_path_factory.mktemp("clone") / "suite", tmp_path_factory.mktemp("dist")
    away = shutil.ignore_patterns(
        ".git", ".venv", ".*_cache", "__pycache__", "processed", "outputs", "demo", "dist"
    )
    shutil.copytree(REPOSITORY, clone, ignore=away)
    shutil.copytree(REPOSITORY / "sadec_analysis", clone / "sadec_analysis", dirs_exist_ok=True)
    for name in OWN:
        (clone / name).parent.mkdir(parents=True, exist_ok=True)
        (clone / name).write_text("x", encoding="utf-8")
    build(clone, target)
    return target


@pytest.fixture(scope="module")
def wheel(built):
    return next(built.glob("*.whl"))


@pytest.fixture(scope="module")
def sdist(built, tmp_path_factory):
    """The sdist, unpacked."""
    folder = tmp_path_factory.mktemp("sdist")
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        archive.extractall(folder, filter="data")
    return next(folder.iterdir())


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The folder of programs of an environment that has the wheel, sees the dependencies, and knows no clone."""
    folder = tmp_path_factory.mktemp("installed") / "venv"
    said(sys.executable, "-m", "venv", "--without-pip", folder)
    paths = sysconfig.get_paths("venv", vars={"base": str(folder), "platbase": str(folder)})
    python = Path(paths["scripts"]) / Path(sys.executable).name
    # Python runs no .pth file of a folder that is named in one, so the clone's own is not followed.
    here = dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib")))
    (Path(paths["purelib"]) / "dependencies.pth").write_text("\n".join(here), encoding="utf-8")
    pip = (sys.executable, "-m", "pip", "--isolated", "--disable-pip-version-check", "--python", python)
    said(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel)
    found = said(python, "-c", "import sadec_analysis; print(sadec_analysis.__file__)", cwd=folder)
    assert Path(found.strip()).is_relative_to(folder.resolve())
    return Path(paths["scripts"])


@pytest.fixture(scope="module")
def root(installed, tmp_path_factory):
    """A root in which the installed command has made November, called from elsewhere."""
    root = copy_tree(tmp_path_factory.mktemp("root"))
    said(installed / "sadec", "run", "2022-11", "--root", root, cwd=tmp_path_factory.mktemp("elsewhere"))
    return root


def test_a_wheel_holds_the_package_and_the_notebooks_and_nothing_else(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    package = {f"sadec_analysis/{name}" for name in files_of(REPOSITORY / "sadec_analysis")}
    notebooks = {
        f"sadec_analysis/notebooks/{path.name}" for path in (REPOSITORY / "notebooks").glob("*.ipynb")
    }
    assert {name for name in names if ".dist-info/" not in name} == package | notebooks
    endings = {".py", ".typ", ".j2", ".css", ".json", ".toml", ".ttf", ".woff2", ".txt", ".md", ".ipynb"}
    assert {Path(name).suffix for name in package | notebooks} == endings


def test_a_wheel_carries_both_licences_and_names_them(wheel):
    with zipfile.ZipFile(wheel) as archive:
        told = {name.partition(".dist-info/")[2]: name for name in archive.namelist()}
        metadata = archive.read(told["METADATA"]).decode()
    assert "License-Expression: MIT AND OFL-1.1\n" in metadata
    assert {"licenses/LICENSE", "licenses/sadec_analysis/fonts/OFL.txt"} <= set(told)


def test_an_sdist_holds_the_sources_and_nothing_of_an_office(sdist):
    names = {path.relative_to(sdist).as_posix() for path in sdist.rglob("*") if path.is_file()}
    assert not names & set(OWN)
    assert {path for path in names if path.startswith("data/raw/")} == {
        f"data/raw/2022-11/{name}" for name in ("bao-cao-2022-11.md", "corrections.toml", "source.toml")
    }
    for folder in ("sadec_analysis", "notebooks", "tests", "docs", "benchmarks"):
        assert {f"{folder}/{name}" for name in files_of(REPOSITORY / folder)} <= names
    assert {"LICENSE", "README.md", "Makefile", "requirements.lock", "environment.yml"} <= names


def test_an_sdist_builds_the_same_wheel(sdist, wheel, tmp_path):
    assert build(sdist, tmp_path, "-t", "wheel").read_bytes() == wheel.read_bytes()


def test_building_and_installing_run_no_code_of_ours(sdist):
    """No hook of hatchling, no setup script: what is built is what lies there."""
    assert "hooks" not in (sdist / "pyproject.toml").read_text(encoding="utf-8")
    assert not {"setup.py", "setup.cfg", "hatch_build.py"} & files_of(sdist)


def test_an_installed_wheel_makes_the_month_as_the_clone_does(root):
    outputs = root / "outputs" / "2022-11"
    assert {"brief.html", "brief.pdf", "brief.docx", "report.docx"} <= files_of(outputs)
    clone = (sys.executable, "-m", "sadec_analysis.cli")
    told = said(*clone, "verify", "2022-11", "--root", root, cwd=REPOSITORY)
    assert f"{len(files_of(outputs)) - 1} outputs come out the same byte for byte, 0 do not" in told
    assert "nothing to do" in said(*clone, "why", "2022-11", "--root", root, cwd=REPOSITORY)


@pytest.mark.parametrize(
    ("command", "exit_code", "told"),
    [
        ("why 2022-11", 0, "nothing to do"),
        ("check 2022-11", 2, "4 findings to mend or explain"),
        ("new-month 2022-12", 0, "fill in figures.xlsx"),
        ("share 2022-11", 0, "sadec-2022-11.zip"),
        ("demo", 0, "then: sadec run 2024-05"),
        ("brief outputs/2022-11/notebooks/02_scores.ipynb --out own", 0, "02_scores.pdf"),
        ("lab --help", 0, "Open explore.ipynb"),
    ],
)
def test_every_command_works_from_an_installed_wheel(installed, root, command, exit_code, told):
    assert told in said(installed / "sadec", *command.split(), cwd=root, exit_code=exit_code)


def test_an_installed_lab_opens_a_copy_of_its_notebook_beside_the_data(installed, root):
    opened = "from sadec_analysis.exploring.lab import prepare_lab; from pathlib import Path; "
    asked = opened + "print(prepare_lab(Path(), None, 'sa_dec', 'vi').notebook)"
    told = said(installed / Path(sys.executable).name, "-c", asked, cwd=root)
    assert Path(told.strip()).samefile(root / "notebooks" / "explore.ipynb")
