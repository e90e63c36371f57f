"""The command line, the front door of Yitu: its own commands, and those of `command_line`."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from command_line.questions import COMMANDS
from command_line.siting_commands import COMMANDS as SITING_COMMANDS
from command_line.terminal import FINE, REFUSED, AsJson, Place, need_folder, print_json, tell, write_file
from wording import Refusal, say

if TYPE_CHECKING:
    from planning.data_health import HealthReport


PORT = 8501

app = typer.Typer(
    help=say("驿图 Yitu: where truck drivers find no station, and which stations to open next."),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

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
        tell(line)


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
    engine: Annotated[
        str, typer.Option("--engine", help=say("What reads the tracks: duckdb, spark, or sc://host:port of a cluster."))
    ] = "duckdb",
    pings: Annotated[
        str, typer.Option("--pings", help=say("Where Spark finds the pings as Parquet; else those of the files."))
    ] = "",
) -> None:
    from command_line.progress_display import shown_progress  # noqa: PLC0415
    from etl.build import build_place  # noqa: PLC0415

    need_folder(place, *also_read)
    _need_sources(place)
    if if_changed and _is_up_to_date(place, also_read):
        if as_json:
            print_json({"snapshot": str(_snapshot_in_force(place)), "took_s": 0, "refused": {}})
        tell(say("{place} is up to date.", place=place))
        return
    with shown_progress() as progress:
        result = build_place(place, progress=progress, also=tuple(also_read), anyway=anyway, engine=engine, pings=pings)
    if as_json:
        print_json(
            {
                "snapshot": str(result.snapshot),
                "took_s": round(result.took_s, 2),
                "refused": {source: str(message) for source, message in result.refusals.items()},
            }
        )
    else:
        tell(
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

    need_folder(place, *also_read)
    _need_sources(place)
    with tempfile.TemporaryDirectory(prefix="yitu-check-") as rehearsal:
        checked = place
        if not _is_up_to_date(place, also_read):
            checked = Path(rehearsal)
            with shown_progress() as progress:
                build_place(place, progress=progress, also=tuple(also_read), snapshots_in=checked)
        report = _report(checked)
        if as_json:
            print_json(report.to_json_dict())
        else:
            _tell_report(report)
        if rejects is not None:
            write_file(rejects, lambda: write_rejects(report, rejects))
            tell(say("The refused rows are in {file}.", file=rejects))
        refused = any(source.refusal is not None for source in report.sources)
    raise typer.Exit(REFUSED if refused else FINE)


app.add_typer(COMMANDS)
app.add_typer(SITING_COMMANDS)


@app.command(help=say("Show the dashboard of a place in the browser."))
def serve(
    place: Place,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help=say("Port on this machine."))] = PORT,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help=say("Open the browser."))] = True,
) -> None:
    need_folder(place)
    _need_free_port(port)
    root = Path(__file__).resolve().parent
    options = [
        f"--server.port={port}",
        f"--server.headless={str(not browser).lower()}",
        "--logger.hideWelcomeMessage=true",
    ]
    command = [sys.executable, "-m", "streamlit", "run", str(root / "dashboard" / "app.py"), *options]
    environment = {**os.environ, "YITU_PLACE": str(place.resolve())}
    tell(say("{place} is shown at {address} (Ctrl+C ends it).", place=place, address=f"http://127.0.0.1:{port}"))
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
        print_json({"checks": [finding.to_json_dict() for finding in found]})
    else:
        for finding in found:
            typer.echo(f"{'✓' if finding.is_fine else '✗'} {finding.sentence}")
    raise typer.Exit(FINE if all(finding.is_fine for finding in found) else REFUSED)


def _need_sources(place: Path) -> None:
    from etl.manifest import read_manifest  # noqa: PLC0415

    if not read_manifest(place).sources:
        tell(say("sources.toml names no source yet. Take the # away from a [[source]] in {file} and name your file.",
                  file=place / "sources.toml"))  # fmt: skip


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


def main() -> None:
    """Run the command line; a refusal ends it with its sentence, not with a traceback."""
    try:
        app()
    except Refusal as refusal:
        typer.echo(str(refusal), err=True)
        sys.exit(REFUSED)


if __name__ == "__main__":
    main()
