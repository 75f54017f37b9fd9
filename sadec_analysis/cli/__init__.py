"""The command ``sadec``: options to calls, errors to one line; no logic."""

from __future__ import annotations

import io
import sys

import typer

# In the order they are listed by --help.
from sadec_analysis.cli import checking, making, preparing, reading  # noqa: F401 - importing them declares their commands
from sadec_analysis.cli.options import app
from sadec_analysis.errors import SadecError
from sadec_analysis.placing import disk_trouble

__all__ = ["app", "main"]


def _end(error: SadecError) -> None:
    typer.echo(f"sadec: {error}", err=True)
    sys.exit(error.exit_code)


def main() -> None:
    """Run the command; one line and exit 2 where the input needs mending, 1 where we failed."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a console of another code page cannot write Vietnamese
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except SadecError as error:
        _end(error)
    except OSError as error:
        if (trouble := disk_trouble(error)) is None:
            raise
        _end(trouble)
    except KeyboardInterrupt:
        sys.exit(130)
