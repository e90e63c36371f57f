"""The place's figures as a table in the terminal, or as an answer for programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from planning.atlas import open_atlas
from planning.kpis import Kpi, kpis
from wording import say


def kpi_answer(place: Path) -> dict[str, Any]:
    """The figures for programs, and the build they are of."""
    atlas = open_atlas(place)
    return {"kpis": [one.to_json_dict() for one in kpis(atlas)], "build": atlas.build_id}


def show_kpis(place: Path) -> None:
    """One line a figure, by group."""
    table = Table(box=None, pad_edge=False)
    for heading in (say("Group"), say("Figure")):
        table.add_column(heading)
    table.add_column(say("Value"), justify="right")
    table.add_column(say("Unit"))
    group = ""
    for one in kpis(open_atlas(place)):
        table.add_row(Text("" if one.group == group else one.group_label), Text(one.label), *_value(one))
        group = one.group
    Console(highlight=False).print(table)


def _value(one: Kpi) -> tuple[Text, Text]:
    return Text(one.value_text), Text("" if one.value is None else one.unit)
