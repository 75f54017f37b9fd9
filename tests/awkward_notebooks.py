"""Notebooks that engines trip over, by what they do."""

from __future__ import annotations

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

_KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


def notebook(*sources: str) -> NotebookNode:
    """Code cells after one of prose."""
    cells = [
        new_markdown_cell("# Thử", id="prose"),
        *(new_code_cell(source, id=f"c{at}") for at, source in enumerate(sources)),
    ]
    return new_notebook(cells=cells, metadata=_KERNEL)


AWKWARD: dict[str, NotebookNode] = {
    "results": notebook("1 + 1", "", "x = 3", "x; x * 2", "print('a'); x"),
    "exception": notebook("x = 1", "def fail(n):\n    return 1 / n\nfail(0)", "x"),
    "exception of its own": notebook("class Bad(Exception):\n    pass\nraise Bad('xấu')"),
    "syntax": notebook("x = = 2"),
    "input": notebook("input('tên? ')"),
    "exit": notebook("import sys\nprint('trước')\nsys.exit(3)", "print('sau')"),
    "streams": notebook("import sys\nprint('ra'); print('lỗi', file=sys.stderr); sys.stdout.write('ra nữa')"),
    "child process": notebook("import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'print(\"con\")']);", "!echo vỏ"),
    "descriptor": notebook("import os\nos.write(1, b'thang\\n');"),
    "thread": notebook("import threading\nt = threading.Thread(target=lambda: print('từ luồng'))\nt.start(); t.join()"),
    "displays": notebook("from IPython.display import HTML, Markdown, Latex, display\ndisplay(HTML('<b>a</b>'), Markdown('**b**'), Latex('$c$'))\nHTML('<i>d</i>')"),
    "display updates": notebook("from IPython.display import display\nh = display('một', display_id='m')", "h.update('hai')", "display('ba', display_id='m2').update('bốn')"),
    "cleared": notebook("from IPython.display import clear_output\nprint('a')\nclear_output()\nprint('b')\nclear_output(wait=True)\nprint('c')"),
    "large output": notebook("print('x' * 3_000_000)\nfor n in range(3000):\n    print(n)"),
    "async": notebook("import asyncio\nawait asyncio.sleep(0.01)\nprint('xong')", "async def f():\n    return 7\nawait f()"),
    "frame": notebook("import pandas as pd\npd.DataFrame({'a': [1, None], 'b': ['x', 'y']})"),
    "figure": notebook("import matplotlib.pyplot as plt\nfig, ax = plt.subplots(figsize=(2, 1))\nax.plot([1, 2, 3])", "plt.gcf().axes"),
    "magics": notebook("%%capture out\nprint('bắt')", "out.stdout", "%env SADEC_X=1", "import os\nos.environ['SADEC_X']"),
    "place": notebook("import os, sys\nos.getcwd() == os.path.realpath('.'), sys.argv[0].endswith('ipykernel_launcher.py') or sys.argv[0].endswith('ipykernel_launcher')"),
    "modules": notebook("import sys\n[each for each in sys.path if 'site-packages' in each] != [], __name__, sorted(globals().keys() - {'_sh'})[:5]"),
    "random": notebook("import random, numpy as np\nrandom.seed(1); np.random.seed(1)\nrandom.random(), np.random.rand()"),
    "warning": notebook("import warnings\nwarnings.warn('coi chừng')"),
    "logging": notebook("import logging\nlogging.getLogger('a').warning('ghi')"),
    "comm": notebook("import ipywidgets\nipywidgets.IntSlider(value=3)"),
}  # fmt: skip
KILLED = notebook("print('trước')", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "print('sau')")
SLOW = notebook("print('bắt đầu')", "import time\ntime.sleep(30)", "print('sau')")
