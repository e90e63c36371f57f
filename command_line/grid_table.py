"""The responsibility grids as a tree in the terminal, or as an answer for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from planning.atlas import open_atlas
from planning.code_words import level_word
from planning.grids import Grids, grids_of
from wording import say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from planning.grids import Fault, GridRow


def grid_answer(place: Path) -> dict[str, Any]:
    """The grids for programs, and the build they are of."""
    return grids_of(open_atlas(place)).to_json_dict()


def show_grids(place: Path) -> None:
    """One line a grid, those below it set in; then what is wrong with them."""
    answer, console = grids_of(open_atlas(place)), Console(highlight=False)
    if not answer.rows:
        console.print(Text(say("This place has no responsibility grids yet.")))
        return
    console.print(_tree(answer.rows))
    for line in _faults(answer):
        console.print(Text(line))


def _tree(rows: Iterable[GridRow]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(say("Grid"), no_wrap=True)
    table.add_column(say("Level"))
    for heading in (say("Drivers"), say("Party drivers"), say("Open stations"), say("Open requests")):
        table.add_column(heading, justify="right")
    table.add_column(say("Post"), overflow="fold")
    for row in rows:
        stations = say("unknown") if row.stations_open is None else f"{row.stations_open:,}"
        table.add_row(
            Text("  " * row.depth + row.name), Text(level_word(row.level)), Text(row.drivers.text),
            Text(row.party_drivers.text), Text(stations), Text(row.requests_open.text),
            Text(row.post or say("none named")),
        )  # fmt: skip
    return table


def _faults(answer: Grids) -> Iterable[str]:
    for hole in answer.holes:
        yield say("{area} km² in {name} belong to no grid ({where}).", area=f"{hole.area_km2:.2f}",
                  name=hole.name or say("the place"), where=_where(hole))  # fmt: skip
    for overlap in answer.overlaps:
        yield say("{name} and {other} overlap on {area} km² ({where}).", name=overlap.name, other=overlap.other_name,
                  area=f"{overlap.area_km2:.2f}", where=_where(overlap))  # fmt: skip
    for row in answer.without_post:
        yield say("{name} has no post.", name=row.name)
    if answer.slivers:
        yield say("{count} slits are narrower than a border is drawn.", count=len(answer.slivers))
    if answer.conflicts:
        yield say("{count} drivers or plates are told differently by survey channels.", count=len(answer.conflicts))


def _where(fault: Fault) -> str:
    return f"{fault.lat:.5f}, {fault.lon:.5f}"
