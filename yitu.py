"""The command line, the front door of Yitu: init, build, check, kpis, coverage, grids, clusters, serve, doctor."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wording import Refusal, language_of_machine, mark, say, use_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from planning.data_health import HealthReport

use_language(language_of_machine())

FINE, REFUSED, WRONG_USAGE = 0, 1, 2
PORT = 8501

app = typer.Typer(
    help=say("驿图 Yitu: where truck drivers find no station, and which stations to open next."),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Place = Annotated[Path, typer.Argument(metavar="PLACE", help=say("The folder of the place, for example data/sample."))]
AsJson = Annotated[bool, typer.Option("--json", help=say("Print the answer as JSON, for programs."))]
AlsoRead = Annotated[
    list[Path], typer.Option("--also-read", help=say("Another folder whose files sources.toml may name."))
]


@app.command(help=say("Begin a place: its outline, its roads from OpenStreetMap, workbooks to fill in, sources.toml."))
def init(
    place: Place,
    county: Annotated[
        list[str],
        typer.Option("--county", help=say("County by 6-digit code or name; may be given several times.")),
    ] = [],
    province: Annotated[
        list[str], typer.Option("--province", help=say("Province by code or name; may be given several times."))
    ] = [],
    boundary: Annotated[
        Path | None, typer.Option("--boundary", help=say("A file with the outline of a place anywhere in the world."))
    ] = None,
    osm: Annotated[
        Path | None, typer.Option("--osm", help=say("A file of OpenStreetMap: .osm.pbf, .osm or .osm.gz."))
    ] = None,
    name: Annotated[str, typer.Option("--name", help=say("Name of the place."))] = "",
) -> None:
    from command_line.first_steps import first_steps  # noqa: PLC0415  (the command line starts quickly)
    from command_line.progress_display import shown_progress  # noqa: PLC0415
    from etl.new_place.beginning import Wanted, begin_place  # noqa: PLC0415

    with shown_progress() as progress:
        begun = begin_place(place, Wanted(county, province, boundary, osm, name), progress)
    for line in first_steps(place, begun):
        _tell(line)


@app.command(help=say("Read all files of a place and build its next snapshot."))
def build(
    place: Place,
    as_json: AsJson = False,
    if_changed: Annotated[
        bool, typer.Option("--if-changed", help=say("Only where a file or the program has changed."))
    ] = False,
    anyway: Annotated[
        bool, typer.Option("--anyway", help=say("Build even where a source that brought rows before is refused now."))
    ] = False,
    also_read: AlsoRead = [],
) -> None:
    from command_line.progress_display import shown_progress  # noqa: PLC0415
    from etl.build import build_place  # noqa: PLC0415

    _need_folder(place, *also_read)
    _need_sources(place)
    if if_changed and _is_up_to_date(place, also_read):
        if as_json:
            _print_json({"snapshot": str(_snapshot_in_force(place)), "took_s": 0, "refused": {}})
        _tell(say("{place} is up to date.", place=place))
        return
    with shown_progress() as progress:
        result = build_place(place, progress=progress, also=tuple(also_read), anyway=anyway)
    if as_json:
        _print_json(
            {
                "snapshot": str(result.snapshot),
                "took_s": round(result.took_s, 2),
                "refused": {source: str(message) for source, message in result.refusals.items()},
            }
        )
    else:
        _tell(
            say(
                "{snapshot} is in force after {seconds} s.",
                snapshot=result.snapshot,
                seconds=f"{result.took_s:.1f}",
            )
        )
        _tell_report(_report(place))
    raise typer.Exit(REFUSED if result.refusals else FINE)


@app.command(help=say("Say what each source brings and what would be refused, without building."))
def check(
    place: Place,
    as_json: AsJson = False,
    rejects: Annotated[
        Path | None, typer.Option("--rejects", help=say("Write the refused rows to this Excel file."))
    ] = None,
    also_read: AlsoRead = [],
) -> None:
    from command_line.progress_display import shown_progress  # noqa: PLC0415
    from dashboard.exports.rejects_workbook import write_rejects  # noqa: PLC0415
    from etl.build import build_place  # noqa: PLC0415

    _need_folder(place, *also_read)
    _need_sources(place)
    with tempfile.TemporaryDirectory(prefix="yitu-check-") as rehearsal:
        checked = place
        if not _is_up_to_date(place, also_read):
            checked = Path(rehearsal)
            with shown_progress() as progress:
                build_place(place, progress=progress, also=tuple(also_read), snapshots_in=checked)
        report = _report(checked)
        if as_json:
            _print_json(report.to_json_dict())
        else:
            _tell_report(report)
        if rejects is not None:
            _write_file(rejects, lambda: write_rejects(report, rejects))
            _tell(say("The refused rows are in {file}.", file=rejects))
        refused = any(source.refusal is not None for source in report.sources)
    raise typer.Exit(REFUSED if refused else FINE)


@app.command(help=say("Say how the place stands: stations, bays, drivers, requests, as figures."))
def kpis(place: Place, as_json: AsJson = False) -> None:
    from command_line.kpi_table import kpi_answer, show_kpis  # noqa: PLC0415

    _need_folder(place)
    if as_json:
        _print_json(kpi_answer(place))
    else:
        show_kpis(place)


@app.command(help=say("Say where repair shops cluster, in patches or strips, and which to inspect first."))
def clusters(place: Place, as_json: AsJson = False) -> None:
    from command_line.cluster_table import cluster_answer, show_clusters  # noqa: PLC0415

    _need_folder(place)
    if as_json:
        _print_json(cluster_answer(place))
    else:
        show_clusters(place)


@app.command(help=say("Say who has no station within reach: shares, and the gaps with who answers for them."))
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

    _need_folder(place)
    choice = asked_for(place, minutes, needs, with_planned=planned)
    if out is not None:
        _write_file(out, lambda: write_gaps(place, choice, out))
        _tell(say("The gaps are in {file}.", file=out))
    if as_json:
        _print_json(coverage_answer(place, choice))
    elif out is None:
        show_coverage(place, choice)


@app.command(help=say("Say who answers for what: the responsibility grids, rolled up, and what is wrong with them."))
def grids(place: Place, as_json: AsJson = False) -> None:
    from command_line.grid_table import grid_answer, show_grids  # noqa: PLC0415

    _need_folder(place)
    if as_json:
        _print_json(grid_answer(place))
    else:
        show_grids(place)


@app.command(help=say("Show the dashboard of a place in the browser."))
def serve(
    place: Place,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help=say("Port on this machine."))] = PORT,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help=say("Open the browser."))] = True,
) -> None:
    _need_folder(place)
    _need_free_port(port)
    root = Path(__file__).resolve().parent
    options = [
        f"--server.port={port}",
        f"--server.headless={str(not browser).lower()}",
        "--logger.hideWelcomeMessage=true",
    ]
    command = [sys.executable, "-m", "streamlit", "run", str(root / "dashboard" / "app.py"), *options]
    environment = {**os.environ, "YITU_PLACE": str(place.resolve())}
    _tell(say("{place} is shown at {address} (Ctrl+C ends it).", place=place, address=f"http://127.0.0.1:{port}"))
    try:
        code = subprocess.run(command, cwd=root, env=environment, check=False).returncode  # noqa: S603  (our own interpreter)
    except KeyboardInterrupt:
        code = FINE
    raise typer.Exit(FINE if code <= 0 else REFUSED)  # ended by a signal is ended as asked


@app.command(help=say("Look whether everything that Yitu needs is here, and say what is missing."))
def doctor(as_json: AsJson = False) -> None:
    from command_line.doctor import checkups  # noqa: PLC0415

    found = checkups()
    if as_json:
        _print_json({"checks": [finding.to_json_dict() for finding in found]})
    else:
        for finding in found:
            typer.echo(f"{'✓' if finding.is_fine else '✗'} {finding.sentence}")
    raise typer.Exit(FINE if all(finding.is_fine for finding in found) else REFUSED)


def _need_folder(*folders: Path) -> None:
    for folder in folders:
        if not folder.is_dir():
            sentence = mark("There is no folder {place}. Run `yitu init {place}` to begin a place there.")
            typer.echo(say(sentence, place=folder), err=True)
            raise typer.Exit(WRONG_USAGE)


def _need_sources(place: Path) -> None:
    from etl.manifest import read_manifest  # noqa: PLC0415

    if not read_manifest(place).sources:
        _tell(say("sources.toml names no source yet. Take the # away from a [[source]] in {file} and name your file.",
                  file=place / "sources.toml"))  # fmt: skip


def _write_file(file: Path, write: Callable[[], object]) -> None:
    """Refuse in a sentence where a file cannot be written: its folder is missing, or Excel has it open."""
    try:
        with file.open("ab"):
            pass
        write()
    except OSError as fault:
        raise Refusal(
            "{file} cannot be written: {fault}. Close it in Excel, or choose another name.",
            file=file,
            fault=fault.strerror or fault,
        ) from fault


def _need_free_port(port: int) -> None:
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise Refusal("Port {port} is taken. Close what uses it, or choose another with --port.", port=port)


def _snapshot_in_force(place: Path) -> Path:
    from planning.atlas import open_atlas  # noqa: PLC0415

    return open_atlas(place).path


def _is_up_to_date(place: Path, also_read: list[Path]) -> bool:
    """Whether the snapshot in force was made from the files as they are now."""
    from etl.build import inputs_digest  # noqa: PLC0415
    from planning.atlas import open_atlas  # noqa: PLC0415

    try:
        found = open_atlas(place).cursor().execute("select inputs from build").fetchone()
    except Refusal:
        return False
    return found is not None and found[0] == inputs_digest(place, tuple(also_read))


def _report(place: Path) -> HealthReport:
    from planning.atlas import open_atlas  # noqa: PLC0415
    from planning.data_health import health_report  # noqa: PLC0415

    return health_report(open_atlas(place))


def _tell_report(report: HealthReport) -> None:
    from command_line.report_table import show_report  # noqa: PLC0415

    show_report(report)


def _tell(sentence: str) -> None:
    typer.echo(sentence, err=True)


def _print_json(answer: dict[str, Any]) -> None:
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=2, default=str))


def main() -> None:
    """Run the command line; a refusal ends it with its sentence, not with a traceback."""
    try:
        app()
    except Refusal as refusal:
        typer.echo(str(refusal), err=True)
        sys.exit(REFUSED)


if __name__ == "__main__":
    main()
