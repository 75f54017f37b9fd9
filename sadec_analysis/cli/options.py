"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sadec_analysis.errors import InputError

WIDTH = 120  # of a table written to a file or a pipe
app = typer.Typer(
    help="Monthly analysis of the public-service index: from the month's report to its brief.",
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
)  # fmt: skip

Month = Annotated[str, typer.Argument(help="month, such as 2022-11")]
Place = Annotated[str, typer.Option(help="place file to use")]
Lang = Annotated[str, typer.Option(help="language of the outputs: vi or en")]
Root = Annotated[
    Path | None, typer.Option(help="folder that holds data and outputs; by default the nearest one above")
]
Jobs = Annotated[int | None, typer.Option(min=1, help="tasks done at the same time; by default one per core")]

Scheduler = Annotated[
    str,
    typer.Option(
        help="address of a Dask scheduler, such as tcp://10.0.0.1:8786, whose workers make the briefs"
    ),
]
Units = Annotated[
    str,
    typer.Option(help="briefs of units the months' responses list: all, or codes such as H20.902,H20.903"),
]
To = Annotated[str, typer.Option(help="folder, or URL that fsspec knows, to copy finished months to")]
Force = Annotated[bool, typer.Option("--force", help="make everything again, changed or not")]


def find_root(root: Path | None) -> Path:
    """Return ``root``, or the nearest folder from here upwards that has data/raw; raises InputError."""
    if root is not None:
        return root
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "data" / "raw").is_dir():
            return folder
    raise InputError(here, "no data/raw here or above", remedy="go to the project's folder, or give --root")
