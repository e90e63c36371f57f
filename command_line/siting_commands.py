"""The commands about siting plans: site, report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from command_line.terminal import AsJson, Place, need_folder, print_json, tell, write_file
from wording import Refusal, say

COMMANDS = typer.Typer()


@COMMANDS.command(
    help=say("Say which stations to open next: a plan for a number or a budget, with reasons and a proven bound.")
)
def site(
    place: Place,
    new: Annotated[
        int | None, typer.Option("--new", min=0, help=say("So many stations; 3 where nothing is said."))
    ] = None,
    budget: Annotated[
        float | None, typer.Option("--budget", min=0, help=say("So much money, in units of 10,000 yuan."))
    ] = None,
    minutes: Annotated[
        float | None,
        typer.Option("--minutes", min=1, help=say("How near is near enough; the standard where nothing is said.")),
    ] = None,
    goal: Annotated[
        str, typer.Option("--goal", help=say("most, bays, least_money (with --share), worst_off or corridors."))
    ] = "most",
    rule: Annotated[
        str, typer.Option("--rule", help=say("For corridors: minutes, driver_homes or service_areas."))
    ] = "minutes",
    share: Annotated[
        float, typer.Option("--share", min=0, max=100, help=say("For least_money: the percentage to reach."))
    ] = 90.0,
    each_township: Annotated[
        bool, typer.Option("--each-township", help=say("For least_money: at least one station in every township."))
    ] = False,
    needs: Annotated[
        str,
        typer.Option("--needs", help=say("Facilities that a station must have; the five free services if left out.")),
    ] = "",
    seconds: Annotated[float, typer.Option("--seconds", min=0.1, help=say("The longest time to search."))] = 60.0,
    seed: Annotated[int, typer.Option("--seed", help=say("The same number gives the same plan."))] = 0,
    save: Annotated[str, typer.Option("--save", help=say("Keep the plan under this name."))] = "",
    as_json: AsJson = False,
    out: Annotated[
        Path | None, typer.Option("--out", help=say("Write the sites to this file: .gpkg, .xlsx, .kml or .geojson."))
    ] = None,
) -> None:
    from command_line.siting_table import (  # noqa: PLC0415
        asked_for,
        need_known_form,
        plan_answer,
        plan_of,
        show_plan,
        write_plan,
    )

    need_folder(place)
    if out is not None:
        need_known_form(out)
    question = asked_for(
        place, new=new, budget_wan=budget, minutes=minutes, goal=goal, rule=rule, needs=needs, share_pct=share,
        each_township=each_township, seed=seed,
    )  # fmt: skip
    answer = plan_of(place, question, seconds)
    if save:
        from planning.scenarios import save as keep  # noqa: PLC0415

        keep(answer, save, seconds)
        tell(say("The plan is kept as “{name}”.", name=save))
    if out is not None:
        write_file(out, lambda: write_plan(answer, out))
        tell(say("The sites are in {file}.", file=out))
    if as_json:
        print_json(plan_answer(answer))
    elif out is None:
        show_plan(answer)


@COMMANDS.command(help=say("Write a kept plan as a Word document, with basis, maps, table, money and method."))
def report(
    place: Place,
    scenario: Annotated[str, typer.Option("--scenario", help=say("The name of the kept plan."))],
    out: Annotated[Path, typer.Option("--out", help=say("The Word document to write: .docx."))],
) -> None:
    from command_line.siting_report import write_report  # noqa: PLC0415

    need_folder(place)
    if out.suffix.lower() != ".docx":
        raise Refusal("{file}: the name must end in one of {suffixes}.", file=out, suffixes=".docx")
    write_file(out, lambda: write_report(place, scenario, out))
    tell(say("The plan is in {file}.", file=out))
