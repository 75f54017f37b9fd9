"""Excel workbooks as they are written here: words stay words, and a full disk is told by the disk."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_AS_WORDS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@contextmanager
def new_workbook(path: Path) -> Iterator[Any]:
    """Yield an empty workbook, written to ``path`` when the block ends well; raises OSError.

    What begins with = + - or @, an address and a number typed as text are text like any other.
    """
    import xlsxwriter

    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {**_AS_WORDS, "in_memory": True}) as book:
        yield book
    path.write_bytes(held.getvalue())
