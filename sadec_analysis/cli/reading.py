"""Commands for reading and sending: share, a notebook of one's own, JupyterLab."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sadec_analysis.cli.options import Lang, Place, Root, app, find_root


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
