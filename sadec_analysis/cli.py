"""The command ``sadec``: options to calls, errors to one line; no logic."""

from __future__ import annotations

import enum
import io
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sadec_analysis.errors import InputError, SadecError

if TYPE_CHECKING:
    from sadec_analysis.checking import Checkup
    from sadec_analysis.running.parameters import Parameters
    from sadec_analysis.running.progress import Bars, Lines

_WIDTH = 120  # of a table written to a file or a pipe
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


Force = Annotated[bool, typer.Option("--force", help="make everything again, changed or not")]


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


def find_root(root: Path | None) -> Path:
    """Return ``root``, or the nearest folder from here upwards that has data/raw; raises InputError."""
    if root is not None:
        return root
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "data" / "raw").is_dir():
            return folder
    raise InputError(here, "no data/raw here or above", remedy="go to the project's folder, or give --root")


@app.command("new-month")
def new_month(month: Month, place: Place = "sa_dec", root: Root = None) -> None:
    """Prepare a month's folder: a workbook to fill in, and where to write sources, corrections and causes."""
    from sadec_analysis.intake.new_month import prepare_month
    from sadec_analysis.intake.templates import arguments

    folder = prepare_month(month, place, find_root(root))
    typer.echo(f"{folder}: fill in figures.xlsx, then: sadec check {arguments(month, place)}")


@app.command("import")
def import_file(
    file: Annotated[
        Path, typer.Argument(help="a saved response (.json), report, workbook or list of dossiers")
    ],
    month: Annotated[str, typer.Option(help="month it belongs to, such as 2022-11")],
    provided_by: Annotated[str, typer.Option("--from", help="who provided it")] = "chưa ghi",
    title: Annotated[str, typer.Option(help="what it is; by default its name")] = "",
    received: Annotated[str, typer.Option(help="day it came, YYYY-MM-DD; by default today")] = "",
    kind: Annotated[
        str, typer.Option(help="report, workbook, portal or dossiers, where the ending does not tell")
    ] = "",
    data: Annotated[str, typer.Option(help="real, or synthetic: then every output says so")] = "real",
    place: Place = "sa_dec",
    root: Root = None,
) -> None:
    """File a received file under its month, with where it came from; it is read first, and refused if it cannot be."""
    from sadec_analysis.intake.filing import Provenance, file_source

    provenance = Provenance.checked(title or file.name, provided_by, received, data)
    typer.echo(f"{file_source(file, month, provenance, kind, place, find_root(root))}: filed")


@app.command()
def build(month: Month, place: Place = "sa_dec", root: Root = None) -> None:
    """Read, clean and check a month's raw files into data/processed."""
    from sadec_analysis.monthly import build_month

    build_month(month, place, find_root(root))
    typer.echo(f"{month}: built")


@app.command()
def run(
    month: Month,
    place: Place = "sa_dec",
    lang: Lang = "vi",
    root: Root = None,
    jobs: Jobs = None,
    force: Force = False,  # noqa: FBT002 - a flag
) -> None:
    """Run all notebooks of a month and export its brief, charts and tables to outputs."""
    from sadec_analysis.running.parameters import Parameters
    from sadec_analysis.running.progress import Lines

    _make([Parameters.checked(month, place, lang, find_root(root))], jobs, Lines(is_full=True), force=force)


@app.command()
def batch(
    months: Annotated[str, typer.Argument(help="months, such as 2022-01..2022-12 or 2022-11")],
    place: Place = "sa_dec",
    lang: Lang = "vi",
    root: Root = None,
    jobs: Jobs = None,
    force: Force = False,  # noqa: FBT002 - a flag
) -> None:
    """Run many months at once; one that fails does not stop the others, a rerun goes on where it stopped."""
    from sadec_analysis.months import Month as Period
    from sadec_analysis.running.parameters import Parameters
    from sadec_analysis.running.progress import Bars, Lines

    folder = find_root(root)
    chosen = [Parameters.checked(str(each), place, lang, folder) for each in Period.span(months)]
    _make(chosen, jobs, Bars(len(chosen)) if sys.stdout.isatty() else Lines(), force=force)


def _make(chosen: list[Parameters], jobs: int | None, telling: Lines | Bars, *, force: bool) -> None:
    """Make months, tell what became of them, exit with the gravest error's code."""
    from sadec_analysis.running.month import run_months

    started = time.perf_counter()
    with telling:
        done = run_months(chosen, jobs, telling, is_forced=force)
    for line in done.told(time.perf_counter() - started):
        typer.echo(line)
    for parameters, error in done.failed.items():
        typer.echo(f"sadec: {parameters.month}: {error}" if len(chosen) > 1 else f"sadec: {error}", err=True)
    if done.failed:
        raise typer.Exit(min(error.exit_code for error in done.failed.values()))


@app.command()
def why(month: Month, place: Place = "sa_dec", lang: Lang = "vi", root: Root = None) -> None:
    """Say what a run of a month would make, and why."""
    from sadec_analysis.running.keys import reasons
    from sadec_analysis.running.parameters import Parameters

    found = reasons(Parameters.checked(month, place, lang, find_root(root)))
    for reason in found:
        typer.echo(f"  {reason}")
    told = "would be made; analyses are kept where the figures and findings they show are the same"
    typer.echo(f"{month}: {told if found else 'nothing to do, its outputs follow from what is there'}")


@app.command()
def share(
    months: Annotated[
        str, typer.Argument(help="month, such as 2022-11, or months, such as 2022-01..2022-12")
    ],
    lang: Lang = "vi",
    root: Root = None,
) -> None:
    """Pack the outputs of a month, or of several, as one file for e-mail; nothing in it names a citizen."""
    from sadec_analysis.months import Month as Period
    from sadec_analysis.paths import Tree
    from sadec_analysis.sharing.archive import share as packed
    from sadec_analysis.words import load_words

    archive = packed(Period.span(months), Tree.at(find_root(root)), load_words(lang))
    for name, size in archive.files.items():
        typer.echo(f"{size / 1000:>9,.1f} kB  {name}")
    typer.echo(f"{archive.path}: {len(archive.files)} files, {archive.size / 1e6:.1f} MB")


@app.command()
def brief(
    file: Annotated[Path, typer.Argument(help="any executed notebook (.ipynb)")],
    out: Annotated[
        Path | None, typer.Option(help="folder to write to; by default beside the notebook")
    ] = None,
    lang: Lang = "vi",
    code: Annotated[bool, typer.Option(help="show the code, or only what it gave")] = True,  # noqa: FBT002 - typer makes --no-code of it
) -> None:
    """Write a notebook of one's own as an HTML page and as PDF, as it was executed."""
    from sadec_analysis.exporting.files import export_file

    for path in export_file(file, out, lang, has_code=code):
        typer.echo(f"{path}  ({path.stat().st_size / 1000:,.0f} kB)")


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
    console = Console(width=None if sys.stdout.isatty() else _WIDTH, highlight=False)
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


@app.command()
def demo(
    root: Root = None,
    year: Annotated[int, typer.Option(help="year to make up, of those the city existed in whole")] = 2024,
    seed: Annotated[int, typer.Option(help="the same seed gives the same year")] = 766,
) -> None:
    """Write a made-up year with planted causes and contradictions to data/demo, a root of its own."""
    from sadec_analysis.demo import write_demo

    folder = write_demo(find_root(root) / "data" / "demo", year, seed)
    typer.echo(f"{folder}: written; then: sadec run {year}-05 --root {folder}")


@app.command()
def lab(
    month: Annotated[str | None, typer.Option(help="month shown first; by default the latest")] = None,
    place: Place = "sa_dec",
    lang: Lang = "vi",
    root: Root = None,
    browser: Annotated[bool, typer.Option(help="open the browser, or only tell the address")] = True,  # noqa: FBT002 - typer makes --no-browser of it
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="port to serve it on")] = None,
) -> None:
    """Open explore.ipynb in JupyterLab: months, units and figures chosen by hand, shown at once."""
    from sadec_analysis.exploring.lab import prepare_lab

    started = prepare_lab(find_root(root), month, place, lang, browser=browser, port=port)
    typer.echo(f"{started.notebook}: run all its cells, then choose")
    raise typer.Exit(started.run())


def main() -> None:
    """Run the command; one line and exit 2 where the input needs mending, 1 where we failed."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a console of another code page cannot write Vietnamese
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except SadecError as error:
        typer.echo(f"sadec: {error}", err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
