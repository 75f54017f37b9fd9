"""The floor: a month by the suite's own functions, without notebooks, kernels or worker processes.

Called by year.py as ``floor.py ROOT MONTH [MONTH ...]``; writes the same outputs, so that nothing is left out.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import IPython.display
import nbformat
from nbformat.v4 import new_output

from sadec_analysis.blocks import Block
from sadec_analysis.paths import notebook_folder
from sadec_analysis.placing import staged
from sadec_analysis.running import exports, tasks
from sadec_analysis.running.names import NAMES
from sadec_analysis.running.parameters import Parameters

EXPORTS = (
    exports.pages, exports.brief_page, exports.paper, exports.one_page, exports.word, exports.report, exports.charts, exports.tables,
)  # fmt: skip


def make(parameters: Parameters) -> None:
    """Everything a run makes of a month, in this process."""
    started = time.time()
    with staged(parameters.tree.outputs(parameters.month)) as folder:
        (folder / "notebooks").mkdir()
        for name in NAMES:
            nbformat.write(shown(name, parameters), folder / "notebooks" / f"{name}.ipynb")
        for export in EXPORTS:
            export(parameters, str(folder))
        tasks.write_record(parameters, str(folder), started)


def shown(name: str, parameters: Parameters) -> nbformat.NotebookNode:
    """A notebook with what its cells show, its code called as plain code."""
    notebook = nbformat.read(notebook_folder() / f"{name}.ipynb", as_version=4)
    names: dict[str, Any] = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            showing: list[Any] = []
            _listen(showing)
            exec(cell.source, names)  # noqa: S102 - the suite's own notebooks
            if "parameters" in cell.metadata.get("tags", []):
                names.update(parameters.for_notebook() | {"root": str(parameters.tree.root)})
            cell.outputs = [
                new_output("display_data", data=each._repr_mimebundle_())
                for each in showing
                if isinstance(each, Block)
            ]
    return notebook


def _listen(showing: list[Any]) -> None:
    """Keep what ``display`` is called with."""
    from sadec_analysis.brief import show

    IPython.display.display = show.display = lambda *shown, **_: showing.extend(shown)


if __name__ == "__main__":
    for month in sys.argv[2:]:
        make(Parameters.checked(month, root=Path(sys.argv[1])))
