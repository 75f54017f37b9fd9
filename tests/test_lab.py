"""`sadec lab` as a person meets it: JupyterLab in a real browser, choices made by hand, nothing asked of another machine."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest
from browsers import chromium
from conftest import REPOSITORY, copy_tree
from explored_months import add_month, add_unreadable

from sadec_analysis.errors import InputError
from sadec_analysis.exploring import lab as labs
from sadec_analysis.exploring.lab import prepare_lab

TOKEN = "t0ken"  # noqa: S105 - of a server that lives for a minute
# Runs before every module of the server and its kernels; writes down each address another machine has.
WATCH = """
import os, sys
def _watch(event, args):
    if event not in ("socket.connect", "socket.getaddrinfo"):
        return
    where = args[0] if event == "socket.getaddrinfo" else args[1]
    host = where[0] if isinstance(where, tuple) else where
    host = host.decode(errors="replace") if isinstance(host, bytes) else str(host or "localhost")
    is_file = event == "socket.connect" and not isinstance(where, tuple)
    if not is_file and host not in ("localhost", "127.0.0.1", "::1", "0.0.0.0"):
        with open(os.environ["SADEC_WATCH"], "a") as file:
            file.write(f"{event} {host}\\n")
sys.addaudithook(_watch)
"""


@pytest.fixture
def clone(tmp_path):
    """A clone of its own: the real November, before it a made-up response of the portal and a month that cannot be read."""
    root = copy_tree(tmp_path / "clone")
    for name in ("notebooks", "sadec_analysis"):
        shutil.copytree(
            REPOSITORY / name, root / name, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        )
    add_month(root, tmp_path, "2022-10")
    add_unreadable(root, "2022-09")
    return root


@dataclass
class Served:
    """A JupyterLab that runs: its address, and what it and its kernels asked of other machines."""

    address: str
    process: int
    watched: Path

    @property
    def asked(self):
        return self.watched.read_text(encoding="utf-8") if self.watched.exists() else ""

    @property
    def kernels(self):
        """The interpreters the kernels run with."""
        commands = [each.cmdline() for each in psutil.Process(self.process).children(recursive=True)]
        return [command[0] for command in commands if "ipykernel_launcher" in command]


@contextmanager
def served(clone, folder):
    """`sadec lab` in a clone, in settings of its own, ready to be asked; ended with all it started."""
    port = free_port()
    sadec = Path(sys.executable).with_name("sadec")
    with (folder / "log.txt").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [sadec, "lab", "--no-browser", "--port", str(port)], cwd=clone, env=own_settings(clone, folder),
            stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            address = f"http://127.0.0.1:{port}"
            wait_until_up(f"{address}/api?token={TOKEN}", process, folder / "log.txt")
            yield Served(address, process.pid, folder / "asked.txt")
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(20)


def own_settings(clone, folder):
    (folder / "watch").mkdir()
    (folder / "watch" / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    (folder / "config").mkdir()
    config = {"ServerApp": {"allow_root": True}}
    (folder / "config" / "jupyter_server_config.json").write_text(json.dumps(config), encoding="utf-8")
    names = {
        "JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data", "JUPYTER_RUNTIME_DIR": "runtime", "IPYTHONDIR": "ipython",
        "JUPYTERLAB_SETTINGS_DIR": "settings", "JUPYTERLAB_WORKSPACES_DIR": "workspaces", "SADEC_WATCH": "asked.txt", "HOME": "home",
    }  # fmt: skip
    paths = f"{clone}{os.pathsep}{folder / 'watch'}"
    return (
        os.environ
        | {key: str(folder / name) for key, name in names.items()}
        | {"JUPYTER_TOKEN": TOKEN, "PYTHONPATH": paths}
    )


def free_port():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


def wait_until_up(address, process, log):
    for _ in range(150):
        assert process.poll() is None, log.read_text(encoding="utf-8")
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own server
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    pytest.fail(log.read_text(encoding="utf-8"))


@dataclass
class Reader:
    """A person at the page: runs the notebook, chooses, and reads what is shown."""

    page: object
    requests: list = field(default_factory=list)
    errors: list = field(default_factory=list)

    def open(self, address):
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto(f"{address}/?token={TOKEN}")
        self.page.wait_for_selector(".jp-Notebook .jp-CodeCell")
        self.page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()

    def run_all(self):
        self.page.click(".lm-MenuBar-itemLabel:text-is('Run')")
        self.page.click(".lm-Menu-itemLabel:text-is('Run All Cells')")
        self.page.wait_for_selector(".sadec.explore figure.chart svg")

    def choose(self, label, *options):
        """Choose in the list under ``label``, as a click with Ctrl does; wait until the page shows something else."""
        control = self.page.locator(
            ".widget-vbox", has=self.page.locator(f".widget-label:text-is('{label}')")
        )
        before = self.shown
        control.last.locator("select").select_option(label=list(options))
        self.page.wait_for_function(
            "before => { const e = document.querySelector('.sadec.explore');"
            " return e && e.innerText !== before && !e.innerText.startsWith('Đang đọc'); }",
            arg=before,
        )

    @property
    def shown(self):
        return self.page.inner_text(".sadec.explore")

    @property
    def title(self):
        return self.page.inner_text(".sadec.explore figcaption strong")

    @property
    def svg(self):
        return " ".join(self.page.locator(".sadec.explore figure svg text").all_text_contents())

    @property
    def figures(self):
        """The first table: each unit's numbers, without the marks of findings."""
        rows = self.page.locator(".sadec.explore table").first.locator("tbody tr").all()
        return {row.locator("th, td").first.inner_text(): row.locator(".n").all_inner_texts() for row in rows}

    @property
    def sources(self):
        rows = self.page.locator(".sadec.explore table").last.locator("tbody tr").all()
        return [row.locator("th, td").all_inner_texts() for row in rows]

    @property
    def findings(self):
        return self.page.locator(".sadec.explore .findings li").all_inner_texts()

    def count(self, selector):
        return self.page.locator(selector).count()


@pytest.fixture
def reader():
    from playwright.sync_api import sync_playwright

    path = chromium()
    with sync_playwright() as playwright:
        window = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = window.new_page(viewport={"width": 1400, "height": 1000})
        page.set_default_timeout(40_000)
        yield Reader(page)
        window.close()


@pytest.mark.slow
def test_a_choice_made_in_the_browser_redraws_table_chart_findings_and_sources(clone, tmp_path, reader):
    with served(clone, tmp_path) as lab:
        reader.open(lab.address)
        reader.run_all()

        assert reader.title == "Tổng điểm: mười đơn vị, tháng 11/2022"
        assert reader.figures["Sa Đéc"] == ["37,5/100"]
        assert reader.figures["Tân Khánh Đông"] == ["47,34"]
        assert "36,8 (0,0 + 12,3 + 6,7 + 2,3 + 9,7 + 5,8)" in reader.findings[0]
        assert reader.sources[0] == [
            "Sa Đéc", "Tháng 11/2022", "37,5/100", "bao-cao-2022-11.md", "mục I.1, đoạn 1", "đọc",
        ]  # fmt: skip
        total = reader.svg

        reader.choose("Tiêu chí", "Tiến độ giải quyết")
        assert reader.title == "Điểm tiến độ giải quyết: mười đơn vị, tháng 11/2022"
        assert reader.svg != total
        assert "16,3" in reader.svg
        assert reader.figures["An Hoà"] == ["16,3/20"]
        assert "12,3/20 (I.1), 10,6/20 (II.2.1)" in reader.findings[0]
        assert not any("0,0 + 12,3" in each for each in reader.findings)

        reader.choose("Số liệu", "Số hồ sơ quá hạn toàn địa bàn")
        assert reader.figures["Sa Đéc"] == ["1.064"]

        reader.choose("Tiêu chí", "Chỉ số chung")
        assert reader.svg == total


@pytest.mark.slow
def test_months_and_units_chosen_in_the_browser(clone, tmp_path, reader):
    with served(clone, tmp_path) as lab:
        reader.open(lab.address)
        reader.run_all()

        reader.choose("Tháng", "Tháng 10/2022", "Tháng 11/2022")
        assert reader.title == "Tổng điểm: mười đơn vị, tháng 10/2022 đến tháng 11/2022"
        assert reader.figures["Phường 1"] == ["61,3", "42,36"]
        assert reader.figures["Phường 2"][1] == "40,17"
        assert "10/2022" in reader.svg

        reader.choose("Tháng", "Tháng 10/2022")
        assert reader.title == "Tổng điểm: mười đơn vị, tháng 10/2022"
        assert reader.figures["Sa Đéc"] == ["48,67"]
        assert reader.sources[0][3:] == ["response.json", "phản hồi của Cổng, dòng 1, TONG_SCORE", "minh họa"]
        assert not any("36,8" in each for each in reader.findings)

        reader.choose("Đơn vị", "Phường 1")
        assert reader.title == "Tổng điểm: Phường 1, tháng 10/2022"
        assert list(reader.figures) == ["Phường 1"]

        reader.choose("Tháng", "Tháng 9/2022")
        assert reader.shown.startswith("Không đọc được. tháng 9/2022.")
        assert reader.count("figure.chart") == 0

        reader.choose("Tháng", "Tháng 11/2022")
        assert reader.figures == {"Phường 1": ["42,36"]}


@pytest.mark.slow
def test_the_lab_shows_no_error_asks_no_other_machine_and_uses_its_own_interpreter(clone, tmp_path, reader):
    with served(clone, tmp_path) as lab:
        reader.open(lab.address)
        reader.run_all()
        reader.choose("Tiêu chí", "Số hóa hồ sơ")
        reader.page.wait_for_timeout(1_000)  # what asks late has asked

        assert reader.count("[data-mime-type='application/vnd.jupyter.error']") == 0
        assert reader.count("[data-mime-type='application/vnd.jupyter.stderr']") == 0
        assert reader.count(".jp-Dialog, .Toastify__toast") == 0
        assert reader.errors == []
        assert len(reader.requests) > 20
        assert {
            urlsplit(each).hostname for each in reader.requests if not each.startswith(("data:", "blob:"))
        } == {"127.0.0.1"}
        assert [
            each for each in reader.requests if re.search(r"/lab/api/(news|update|extensions)", each)
        ] == []
        assert lab.asked == ""
        assert [Path(each) for each in lab.kernels] == [Path(sys.executable)]


def test_the_watch_on_the_server_writes_down_what_another_machine_is_asked(tmp_path):
    ask = "import socket\ntry: socket.create_connection(('192.0.2.1', 9), 0.01)\nexcept OSError: pass"
    (tmp_path / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    env = os.environ | {"PYTHONPATH": str(tmp_path), "SADEC_WATCH": str(tmp_path / "asked.txt")}
    subprocess.run([sys.executable, "-c", ask], env=env, check=True)
    assert "192.0.2.1" in (tmp_path / "asked.txt").read_text(encoding="utf-8")


def test_what_the_page_is_told_is_checked_and_stays_text(tree):
    started = prepare_lab(tree, None, "sa_dec", "en", browser=False, port=8899)
    told = {name: value for name, value in started.environment.items() if name.startswith("SADEC_")}
    assert told == {
        "SADEC_MONTH": "2022-11", "SADEC_PLACE": "sa_dec", "SADEC_LANG": "en", "SADEC_ROOT": str(tree),
    }  # fmt: skip
    assert started.notebook == REPOSITORY / "notebooks" / "explore.ipynb"
    assert started.command[:3] == (sys.executable, "-m", "jupyterlab")
    assert started.command[-2:] == ("--no-browser", "--ServerApp.port=8899")
    assert "--LabApp.default_url=/lab/tree/notebooks/explore.ipynb" in started.command
    assert not any(
        "2022-11" in part or "sa_dec" in part.split("=")[-1].split("/") for part in started.command
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"month": "2023-05"}, r"no such month .got 2023-05, expected 2022-11"),
        ({"month": "2022-11'); x = ('"}, r"no such month"),
        ({"place": "nowhere"}, r"place: unknown place .got 'nowhere'"),
        ({"lang": "fr"}, r"lang: unknown language"),
        ({"root": Path("nowhere")}, r"not a root"),
    ],
)
def test_what_cannot_be_shown_is_refused_before_anything_starts(tree, changes, message):
    given = {"root": tree, "month": None, "place": "sa_dec", "lang": "vi"} | changes
    with pytest.raises(InputError, match=message):
        prepare_lab(**given)


def test_settings_of_the_users_own_come_after_ours(tree, monkeypatch):
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "theirs")
    ours, theirs = (
        prepare_lab(tree, None, "sa_dec", "vi").environment["JUPYTER_CONFIG_PATH"].split(os.pathsep)
    )
    assert theirs == "theirs"
    assert json.loads((Path(ours) / "labconfig" / "page_config.json").read_text(encoding="utf-8")) == {
        "disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}
    }


def test_an_installed_package_puts_a_copy_beside_the_data_and_keeps_it(tree, tmp_path, monkeypatch):
    inside = tmp_path / "site-packages" / "sadec_analysis" / "notebooks"
    shutil.copytree(REPOSITORY / "notebooks", inside)
    monkeypatch.setattr(labs, "PACKAGE", inside.parent)
    monkeypatch.setattr(labs, "notebook_folder", lambda: inside)
    started = prepare_lab(tree, None, "sa_dec", "vi")
    assert started.notebook == tree / "notebooks" / "explore.ipynb"
    assert started.notebook.read_bytes() == (inside / "explore.ipynb").read_bytes()
    assert f"--ServerApp.root_dir={tree}" in started.command
    started.notebook.write_text("mine", encoding="utf-8")
    assert prepare_lab(tree, None, "sa_dec", "vi").notebook.read_text(encoding="utf-8") == "mine"
