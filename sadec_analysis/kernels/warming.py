"""What kernels, notebooks and exports of the suite need, imported before it is needed."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
from collections.abc import Iterator, Sequence
from typing import cast

# What is not there is left to the notebook that asks for it.
# The backend that shows figures in notebooks is left out: it joins the kernel in which it is imported, and no other.
WARM = (
    "numpy", "pandas", "pandas.core.arrays.arrow.extension_types", "pandas.core.reshape.reshape", "pyarrow.dataset", "pyarrow.parquet", "matplotlib",
    "matplotlib.font_manager", "matplotlib.backends.backend_svg", "seaborn", "IPython", "IPython.core.oinspect", "IPython.extensions.storemagic",
    "ipykernel.debugger", "ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.zmqshell", "sqlite3", "tornado.platform.asyncio", "zmq.utils.garbage",
    "encodings.utf_8_sig", "encodings.utf_16_be", "encodings.latin_1", "sadec_analysis.running.tasks", "sadec_analysis.brief.results",
    "sadec_analysis.brief.closing", "sadec_analysis.brief.sources", "sadec_analysis.brief.about", "sadec_analysis.brief.predecessors",
    "sadec_analysis.brief.show",
)  # fmt: skip
_COSTLY = "rfc3987_syntax"  # a second to import, for addresses that jsonschema checks only when asked to
INLINE = "module://matplotlib_inline.backend_inline"  # what a kernel draws with unless told otherwise


def warm_up(modules: Sequence[str] = WARM) -> None:
    """Import what notebooks will need."""
    os.environ.setdefault("MPLBACKEND", INLINE)
    os.environ.setdefault(
        "PYDEVD_DISABLE_FILE_VALIDATION", "1"
    )  # its remark is for those who debug this process
    with _without(_COSTLY):
        for name in modules:
            with contextlib.suppress(ImportError):
                importlib.import_module(name)


@contextlib.contextmanager
def _without(name: str) -> Iterator[None]:
    """Import as where one optional module is not installed; it can be imported afterwards."""
    blocked = dict.fromkeys({name} - sys.modules.keys())
    cast("dict[str, object]", sys.modules).update(blocked)  # None there: an import fails
    yield
    for each in blocked:
        del sys.modules[each]
