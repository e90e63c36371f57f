"""The commands that ask a snapshot: kpis, coverage, grids, clusters, corridors, heat."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from command_line.terminal import AsJson, Place, need_folder, print_json, tell, write_file
from wording import say

COMMANDS = typer.Typer()


@COMMANDS.command(help=say("Say how the place stands: stations, bays, drivers, requests, as figures."))
def kpis(place: Place, as_json: AsJson = False) -> None:
    from command_line.kpi_table import kpi_answer, show_kpis  # noqa: PLC0415

    need_folder(place)
    if as_json:
        print_json(kpi_answer(place))
    else:
        show_kpis(place)


@COMMANDS.command(help=say("Say where repair shops cluster, in patches or strips, and which to inspect first."))
def clusters(place: Place, as_json: AsJson = False) -> None:
    from command_line.cluster_table import cluster_answer, show_clusters  # noqa: PLC0415

    need_folder(place)
    if as_json:
        print_json(cluster_answer(place))
    else:
        show_clusters(place)


@COMMANDS.command(help=say("Say who has no station within reach: shares, and the gaps with who answers for them."))
def coverage(
    place: Place,
    minutes: Annotated[
        float | None,
        typer.Option("--minutes", help=say("How near is near enough; the standard where nothing is said.")),
    ] = None,
    needs: Annotated[
        str, typer.Option("--needs", help=say("Facilities that the station must have: shower,parking."))
    ] = "",
    planned: Annotated[bool, typer.Option("--planned", help=say("As if planned stations were open."))] = False,
    as_json: AsJson = False,
    out: Annotated[
        Path | None, typer.Option("--out", help=say("Write all gaps to this file: .gpkg, .xlsx, .kml or .geojson."))
    ] = None,
) -> None:
    from command_line.coverage_table import asked_for, coverage_answer, show_coverage, write_gaps  # noqa: PLC0415

    need_folder(place)
    choice = asked_for(place, minutes, needs, with_planned=planned)
    if out is not None:
        write_file(out, lambda: write_gaps(place, choice, out))
        tell(say("The gaps are in {file}.", file=out))
    if as_json:
        print_json(coverage_answer(place, choice))
    elif out is None:
        show_coverage(place, choice)


@COMMANDS.command(
    help=say("Say who answers for what: the responsibility grids, rolled up, and what is wrong with them.")
)
def grids(place: Place, as_json: AsJson = False) -> None:
    from command_line.grid_table import grid_answer, show_grids  # noqa: PLC0415

    need_folder(place)
    if as_json:
        print_json(grid_answer(place))
    else:
        show_grids(place)


@COMMANDS.command(help=say("Say of each corridor how its stations, gaps and driving hours stand."))
def corridors(place: Place, as_json: AsJson = False) -> None:
    from command_line.corridor_table import corridor_answer, show_corridors  # noqa: PLC0415

    need_folder(place)
    if as_json:
        print_json(corridor_answer(place))
    else:
        show_corridors(place)


@COMMANDS.command(help=say("Write the freight heat, trucks a day by hour, to a file."))
def heat(
    place: Place,
    out: Annotated[Path, typer.Option("--out", help=say("The file: its name ends in .parquet or .gpkg."))],
    of: Annotated[str, typer.Option("--of", help=say("cells, or sections of road by direction."))] = "cells",
    day: Annotated[str, typer.Option("--day", help=say("all, weekday or weekend."))] = "all",
    cargo: Annotated[str, typer.Option("--cargo", help=say("all trucks, or hazmat."))] = "all",
) -> None:
    from command_line.corridor_table import write_heat  # noqa: PLC0415

    need_folder(place)
    rows: list[int] = []
    write_file(out, lambda: rows.append(write_heat(place, out, of, day, cargo)))
    tell(say("{count} rows are in {file}.", count=rows[0], file=out))
