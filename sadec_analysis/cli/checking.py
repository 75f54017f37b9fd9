"""The command that checks a month, or a report before it is signed."""

from __future__ import annotations

import enum
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sadec_analysis.cli.options import WIDTH, Lang, Root, app, find_root
from sadec_analysis.errors import InputError

if TYPE_CHECKING:
    from sadec_analysis.checking import Checkup


class Form(enum.StrEnum):
    """How a check is told."""

    text = "text"
    json = "json"


class FailOn(enum.StrEnum):
    """The severity from which findings make the command fail."""

    error = "error"
    warning = "warning"
    note = "note"
    never = "never"


@app.command()
def check(
    target: Annotated[
        str, typer.Argument(help="month, such as 2022-11, or a report of any city (.docx, .md, .html)")
    ],
    place: Annotated[
        str | None, typer.Option(help="place file to use; a report's own units where none fits it")
    ] = None,
    lang: Lang = "vi",
    root: Root = None,
    form: Annotated[Form, typer.Option("--format", help="a table to read, or JSON for machines")] = Form.text,
    fail_on: Annotated[
        FailOn, typer.Option(help="gravest finding let pass is the one below: exit 2 from this severity on")
    ] = FailOn.error,
) -> None:
    """Print the contradictions found in a month, or in a report before it is signed; exit 2 where there are grave ones."""
    from rich.console import Console

    from sadec_analysis import checking

    checkup = _checked(target, place, lang, root)
    console = Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False)
    if form is Form.json:
        typer.echo(checking.as_json(checkup))
    else:
        checking.tell(checkup, console)
    grave = 0 if fail_on is FailOn.never else checkup.count(fail_on.value)
    if grave:
        typer.echo(
            f"sadec: {target}: {grave} findings to mend or explain (--fail-on {fail_on.value})", err=True
        )
        raise typer.Exit(2)


def _checked(target: str, place: str | None, lang: str, root: Path | None) -> Checkup:
    """Check a file where there is one of that name, or else a month."""
    from sadec_analysis import checking

    if Path(target).is_file() or Path(target).suffix:
        return checking.check_file(Path(target), place, lang, _root_or_none(root))
    try:
        return checking.check_month(target, place or "sa_dec", lang, find_root(root))
    except InputError as error:  # a workbook tells all its problems at once
        for problem in getattr(error, "problems", ()):
            typer.echo(f"  ✗  {problem}", err=True)
        raise


def _root_or_none(root: Path | None) -> Path | None:
    """The root, where there is one: a report may lie anywhere."""
    try:
        return find_root(root)
    except InputError:
        return None
