"""The engine with warm kernels gives what papermill's stock engine gives, and gives it sooner."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
from copy import deepcopy

import nbformat
import papermill
import pytest
from awkward_notebooks import AWKWARD, KILLED, SLOW, notebook
from conftest import REPOSITORY, copy_tree
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.engines import papermill_engines

from sadec_analysis.kernels.engines import NAME, ForkedEngine, PooledEngine
from sadec_analysis.kernels.server import CAN_FORK
from sadec_analysis.monthly import build_month
from sadec_analysis.running.names import NAMES

pytestmark = pytest.mark.slow
_NOISE = [
    (re.compile(r"0x[0-9a-f]+"), "0x"), (re.compile(r"ipykernel_\d+/\d+\.py"), "cell"), (re.compile(r"[0-9a-f]{32}"), "id"),
    (re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[,.]\d+"), "time"), (re.compile(r"(?<=['\" ])/[\w/.-]+/[\w.-]+"), "path"),
]  # fmt: skip


def ran(source, engine, tmp_path, **options):
    """What an engine makes of a notebook: the file it writes, and the error it ends with."""
    target = tmp_path / f"{engine}.ipynb"
    error = None
    try:
        papermill.execute_notebook(
            deepcopy(source),
            target,
            {},
            engine_name=engine,
            kernel_name="python3",
            progress_bar=False,
            cwd=tmp_path,
            **options,
        )
    except Exception as raised:  # noqa: BLE001 - whatever it is, the other engine must raise the same
        error = raised
    return nbformat.read(target, 4) if target.is_file() else None, error


def told(executed):
    """An executed notebook without times, ids and addresses."""
    cells = []
    for cell in executed.cells:
        marks = cell.metadata.get("papermill", {})
        outputs = [dict(output) for output in cell.get("outputs", [])]
        cells.append(
            (
                cell.cell_type,
                cell.source,
                cell.get("execution_count"),
                marks.get("status"),
                marks.get("exception"),
                repr(_streams(outputs)),
            )
        )
    text = repr((cells, executed.metadata.get("language_info"), sorted(executed.metadata)))
    for pattern, plain in _NOISE:
        text = pattern.sub(plain, text)
    return text


def _streams(outputs):
    """Outputs, what was written to one stream in several pieces put together: how it is cut is chance."""
    joined = []
    for output in outputs:
        if (
            joined
            and output["output_type"] == "stream" == joined[-1]["output_type"]
            and output["name"] == joined[-1]["name"]
        ):
            joined[-1] = {**joined[-1], "text": joined[-1]["text"] + output["text"]}
        else:
            joined.append(output)
    return joined


@pytest.fixture(scope="module", params=["fork", "pool"])
def engine(request):
    if request.param == "fork" and not CAN_FORK:
        pytest.skip("this system does not fork")
    kind = ForkedEngine if request.param == "fork" else PooledEngine
    name = NAME if request.param == "fork" else "sadec-pool"
    papermill_engines.register(name, kind)
    yield name
    if request.param == "pool":
        PooledEngine.end()


@pytest.mark.parametrize("name", AWKWARD)
def test_an_awkward_notebook_gives_what_the_stock_engine_gives(name, engine, tmp_path):
    stock, stock_error = _stock(name, tmp_path)
    warm, warm_error = ran(AWKWARD[name], engine, tmp_path)
    assert told(warm) == told(stock)
    assert type(warm_error) is type(stock_error)
    assert getattr(warm_error, "ename", None) == getattr(stock_error, "ename", None)


_stocks = {}


def _stock(name, tmp_path):
    """The stock engine's result, once for both ways to be warm."""
    if name not in _stocks:
        _stocks[name] = ran(AWKWARD[name], None, tmp_path)
    return _stocks[name]


def test_a_killed_kernel_is_told_as_by_the_stock_engine(engine, tmp_path):
    stock, stock_error = ran(KILLED, None, tmp_path)
    warm, warm_error = ran(KILLED, engine, tmp_path)
    assert isinstance(warm_error, DeadKernelError)
    assert type(warm_error) is type(stock_error)
    for each in (stock, warm):
        each.cells[2].execution_count = None  # whether it was told before the end is chance
    assert told(warm) == told(stock)
    assert ran(notebook("1 + 1"), engine, tmp_path)[1] is None


def test_a_cell_out_of_time_is_told_as_by_the_stock_engine(engine, tmp_path):
    stock, stock_error = ran(SLOW, None, tmp_path, execution_timeout=1)
    warm, warm_error = ran(SLOW, engine, tmp_path, execution_timeout=1)
    assert isinstance(warm_error, CellTimeoutError)
    assert type(warm_error) is type(stock_error)
    assert told(warm) == told(stock)


def test_an_interrupt_ends_the_cell(engine, tmp_path):
    """Ctrl-C at the program is passed on to the kernel by nothing; an interrupt of the kernel is an error of the cell."""
    source = notebook(
        "import os, signal, threading\nthreading.Timer(0.3, lambda: os.kill(os.getpid(), signal.SIGINT)).start()\nimport time\ntime.sleep(20)"
    )
    started = time.monotonic()
    _, error = ran(source, engine, tmp_path)
    assert error.ename == "KeyboardInterrupt"
    assert time.monotonic() - started < 15


@pytest.fixture(scope="module")
def stock(tmp_path_factory):
    """A root, and what the engine of papermill itself gives of each notebook there."""
    tree = copy_tree(tmp_path_factory.mktemp("stock"))
    build_month("2022-11", root=tree)
    return tree, {name: by_engine(name, None, tree) for name in NAMES}


def by_engine(name, engine, tree):
    """What an engine gives of one of the suite's notebooks."""
    target = tree / f"{name}-{engine}.ipynb"
    papermill.execute_notebook(
        REPOSITORY / "notebooks" / f"{name}.ipynb", target, {"root": str(tree)}, engine_name=engine, kernel_name="python3",
        progress_bar=False,
    )  # fmt: skip
    return told(nbformat.read(target, 4))


def test_the_suite_s_notebooks_give_the_same(engine, stock):
    tree, results = stock
    for name in NAMES if engine == NAME else NAMES[::3]:  # a pool begins a process for each
        assert by_engine(name, engine, tree) == results[name], name


def test_notebooks_do_not_see_each_other(engine, tmp_path):
    ran(
        notebook(
            "left = 1\nimport os, pandas as pd, matplotlib as mpl\nos.environ['LEFT'] = '1'\nos.chdir('/')\npd.set_option('display.max_rows', 3)\nmpl.rcParams['lines.linewidth'] = 9"
        ),
        engine,
        tmp_path,
    )
    found, _ = ran(
        notebook(
            "import os, pandas as pd, matplotlib as mpl\n'left' in globals(), 'LEFT' in os.environ, os.getcwd() == '/', pd.get_option('display.max_rows'), mpl.rcParams['lines.linewidth']"
        ),
        engine,
        tmp_path,
    )
    assert found.cells[1].outputs[0]["data"]["text/plain"] == "(False, False, False, 60, 1.5)"
    assert found.cells[1].execution_count == 1


def test_copies_do_not_share_their_random_numbers(tmp_path):
    papermill_engines.register(NAME, ForkedEngine)
    source = notebook("import random, numpy as np\nrandom.random(), np.random.rand()")
    drawn = {ran(source, NAME, tmp_path)[0].cells[1].outputs[0]["data"]["text/plain"] for _ in range(3)}
    assert len(drawn) == 3


def test_several_notebooks_at_a_time_keep_their_own_outputs(engine):
    results = {}

    def run(at):
        source = notebook(f"import time\ntime.sleep({at / 20})\nmine = {at}", "mine")
        results[at] = papermill.execute_notebook(
            source, None, engine_name=engine, progress_bar=False, kernel_name="python3"
        )

    threads = [threading.Thread(target=run, args=(at,)) for at in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert {at: found.cells[2].outputs[0]["data"]["text/plain"] for at, found in results.items()} == {
        at: str(at) for at in range(4)
    }


def test_papermill_s_own_command_knows_the_engine(tmp_path):
    nbformat.write(notebook("1 + 1"), tmp_path / "a.ipynb")
    command = [sys.executable, "-m", "papermill", "--engine", NAME, "--no-progress-bar", "a.ipynb", "b.ipynb"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert nbformat.read(tmp_path / "b.ipynb", 4).cells[1].outputs[0]["data"]["text/plain"] == "2"


def test_the_warm_process_ends_with_the_program(tmp_path):
    code = f"import papermill, nbformat\npapermill.execute_notebook(nbformat.read('a.ipynb', 4), None, engine_name={NAME!r}, progress_bar=False)\nfrom sadec_analysis.kernels.server import address\nprint(address())"
    nbformat.write(notebook("1 + 1"), tmp_path / "a.ipynb")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    alive = subprocess.run(
        ["pgrep", "-f", done.stdout.split()[-1]], capture_output=True, text=True, check=False
    )
    assert alive.stdout == ""
