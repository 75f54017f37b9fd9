"""Commands before a month is made: its folder, its files, a made-up year."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sadec_analysis.cli.options import Month, Place, Root, app, find_root


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
    from sadec_analysis.locks import held
    from sadec_analysis.monthly import build_month
    from sadec_analysis.running.parameters import Parameters

    chosen = Parameters.checked(month, place, "vi", find_root(root))
    with held(chosen.tree, chosen.month):
        build_month(month, place, chosen.tree.root)
    typer.echo(f"{month}: built")


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
