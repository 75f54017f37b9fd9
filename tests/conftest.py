"""Trees of files for tests: the real month, copies of it to change, and one month run to the end."""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from sadec_analysis.intake.filing import Provenance, file_source
from sadec_analysis.monthly import MonthView, build_month, open_month
from sadec_analysis.months import Month
from sadec_analysis.places import load_place
from sadec_analysis.rulebook import load_rulebook

REPOSITORY = Path(__file__).resolve().parents[1]
SAMPLE = REPOSITORY / "data" / "samples" / "phuong_sa_dec"
REPORT = "bao-cao-2022-11.md"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that run notebooks: one left to the end keeps the other processes waiting."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


def copy_tree(folder: Path) -> Path:
    """A root with the real November 2022 as received, and nothing else."""
    shutil.copytree(REPOSITORY / "data" / "raw" / "2022-11", folder / "data" / "raw" / "2022-11")
    return folder


@pytest.fixture
def tree(tmp_path):
    return copy_tree(tmp_path)


@pytest.fixture
def edit(tree):
    """Change the report of a copied tree, recording the change as if it had been received so."""

    def change(old, new, *, corrections=False):
        raw = tree / "data" / "raw" / "2022-11"
        text = (raw / REPORT).read_text(encoding="utf-8")
        assert old in text
        was = hashlib.sha256((raw / REPORT).read_bytes()).hexdigest()
        (raw / REPORT).write_text(text.replace(old, new), encoding="utf-8")
        now = hashlib.sha256((raw / REPORT).read_bytes()).hexdigest()
        source = raw / "source.toml"
        source.write_text(source.read_text(encoding="utf-8").replace(was, now), encoding="utf-8")
        if not corrections:
            (raw / "corrections.toml").unlink(missing_ok=True)
        return tree

    return change


@pytest.fixture(scope="module")
def browser():
    """Chromium, for tests of pages."""
    from browsers import chromium
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def november(tmp_path_factory):
    """The real November 2022, built and opened."""
    root = copy_tree(tmp_path_factory.mktemp("november"))
    build_month("2022-11", root=root)
    return open_month("2022-11", root=root)


@pytest.fixture(scope="session")
def ward(tmp_path_factory):
    """The synthetic month of the two-tier government that holds only a saved response, built and opened."""
    root = tmp_path_factory.mktemp("ward")
    shutil.copytree(SAMPLE / "data" / "raw", root / "data" / "raw")
    build_month("2026-08", "phuong_sa_dec", root)
    return open_month("2026-08", "phuong_sa_dec", root=root)


@pytest.fixture(scope="session")
def listed(tmp_path_factory):
    """The real November with a made-up list of dossiers beside its report, built and opened."""
    from dossier_lists import november as dossiers
    from dossier_lists import write_csv

    root = copy_tree(tmp_path_factory.mktemp("listed"))
    file = write_csv(tmp_path_factory.mktemp("export") / "dossiers.csv", dossiers())
    file_source(
        file, "2022-11", Provenance.checked("Danh sách hồ sơ", "thử nghiệm", "", "synthetic"), root=root
    )
    build_month("2022-11", root=root)
    return open_month("2022-11", root=root)


@pytest.fixture(scope="session")
def place():
    return load_place("sa_dec")


@pytest.fixture(scope="session")
def rulebook():
    return load_rulebook(Month(2022, 11))


class Demo:
    """The made-up year: its root, and its months, each built when first asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._views: dict[str, MonthView] = {}

    def view(self, month: str) -> MonthView:
        if month not in self._views:
            build_month(month, root=self.root)
            self._views[month] = open_month(month, root=self.root)
        return self._views[month]


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The made-up year as ``sadec demo`` writes it."""
    from sadec_analysis.demo import write_demo

    return Demo(write_demo(tmp_path_factory.mktemp("demo") / "demo"))
