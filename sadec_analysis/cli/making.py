"""Commands that make months: one, many, and why."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Annotated

import typer

from sadec_analysis.cli.options import Force, Jobs, Lang, Month, Place, Root, Scheduler, app, find_root

if TYPE_CHECKING:
    from sadec_analysis.running.parameters import Parameters
    from sadec_analysis.running.progress import Bars, Lines


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
    scheduler: Scheduler = "",
    force: Force = False,  # noqa: FBT002 - a flag
) -> None:
    """Run many months at once; one that fails does not stop the others, a rerun goes on where it stopped."""
    from sadec_analysis.months import Month as Period
    from sadec_analysis.running.parameters import Parameters
    from sadec_analysis.running.progress import Bars, Lines

    folder = find_root(root)
    chosen = [Parameters.checked(str(each), place, lang, folder) for each in Period.span(months)]
    telling = Bars(len(chosen), steps=1 if scheduler else None) if sys.stdout.isatty() else Lines()
    _make(chosen, jobs, telling, force=force, scheduler=scheduler)


def _make(
    chosen: list[Parameters], jobs: int | None, telling: Lines | Bars, *, force: bool, scheduler: str = ""
) -> None:
    """Make months, tell what became of them, exit with the gravest error's code."""
    started = time.perf_counter()
    with telling:
        if scheduler:
            from sadec_analysis.running.distributed import run_distributed

            done = run_distributed(chosen, scheduler, telling, is_forced=force)
        else:
            from sadec_analysis.running.month import run_months

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
