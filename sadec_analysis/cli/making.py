"""Commands that make months: one, many, and why."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sadec_analysis.cli.options import (
    Force,
    Jobs,
    Lang,
    Month,
    Place,
    Root,
    Scheduler,
    To,
    Units,
    app,
    find_root,
)

if TYPE_CHECKING:
    from sadec_analysis.running.month import Batch


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
    from sadec_analysis.running.month import run_months
    from sadec_analysis.running.parameters import Parameters
    from sadec_analysis.running.progress import Lines

    chosen, started = [Parameters.checked(month, place, lang, find_root(root))], time.perf_counter()
    with Lines(is_full=True) as telling:
        done = run_months(chosen, jobs, telling, is_forced=force)
    _tell(done, time.perf_counter() - started, is_many=False)


@app.command()
def batch(
    months: Annotated[str, typer.Argument(help="months, such as 2022-01..2022-12 or 2022-11")],
    place: Place = "sa_dec",
    lang: Lang = "vi",
    root: Root = None,
    jobs: Jobs = None,
    units: Units = "",
    scheduler: Scheduler = "",
    to: To = "",
    force: Force = False,  # noqa: FBT002 - a flag
) -> None:
    """Run many months at once; one that fails does not stop the others, a rerun goes on where it stopped."""
    from sadec_analysis.months import Month as Period
    from sadec_analysis.running.batches import run_batch
    from sadec_analysis.running.progress import Bars, Lines
    from sadec_analysis.running.units import chosen_briefs

    chosen, failed = chosen_briefs(Period.span(months), place, units, lang, find_root(root))
    where = to if "://" in to or not to else str(Path(to).resolve())
    started = time.perf_counter()
    with Bars(len(chosen), steps=1 if scheduler else None) if sys.stdout.isatty() else Lines() as telling:
        done = run_batch(chosen, jobs, scheduler, where, telling, is_forced=force)
    done.failed |= failed
    _tell(done, time.perf_counter() - started, is_many=len(chosen) + len(failed) > 1)


def _tell(done: Batch, seconds: float, *, is_many: bool) -> None:
    """Tell what became of months, exit with the gravest error's code."""
    for line in done.told(seconds):
        typer.echo(line)
    for parameters, error in done.failed.items():
        typer.echo(f"sadec: {parameters.name}: {error}" if is_many else f"sadec: {error}", err=True)
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
def verify(month: Month, place: Place = "sa_dec", root: Root = None, jobs: Jobs = None) -> None:
    """Make a month again elsewhere and say whether its outputs follow from the raw data; exit 2 where they do not."""
    from sadec_analysis.running.parameters import Parameters
    from sadec_analysis.running.verifying import verified

    verdict = verified(Parameters.checked(month, place, "vi", find_root(root)), jobs)
    for name in verdict.unlike:
        typer.echo(f"  ✗  {name}")
    for reason in verdict.reasons if verdict.unlike else ():
        typer.echo(f"     {reason}")
    typer.echo(
        f"{month}: {len(verdict.alike)} outputs come out the same byte for byte, {len(verdict.unlike)} do not"
    )
    if verdict.unlike:
        raise typer.Exit(2)
