"""Which grid or fault the page has chosen: in the address as `grid`, or as the thing that was clicked on the map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

import streamlit as st

from dashboard.map_view import chosen_spot
from dashboard.url_state import tell_and_show, told

if TYPE_CHECKING:
    from planning.grids import Fault, GridRow, Grids

# What was chosen beside the map, which then moves there; what was clicked on it is in sight already.
_MOVES_FOR = "grids_moves_for"


@dataclass(frozen=True)
class Chosen:
    """A grid, a fault, or neither."""

    grid: GridRow | None = None
    fault: Fault | None = None
    thing: str = ""  # any other thing that was clicked, as noun/id
    moves_for: str = ""

    @property
    def geom(self) -> bytes | None:
        thing = self.fault or self.grid
        return thing.geom if thing else None


def chosen_on_page(answer: Grids) -> Chosen:
    """What the address says, the thing on the map before the grid."""
    spot, grid = chosen_spot(), answer.row(told("grid"))
    noun, name = (spot and spot.noun_and_id) or ("", "")
    moves_for = str(st.session_state.get(_MOVES_FOR, ""))
    if noun == "grid_faults":
        fault = next((one for one in answer.faults if one.fault_id == name), None)
        return Chosen(grid, fault, moves_for=moves_for)
    if noun == "grids" and answer.row(name):
        return Chosen(answer.row(name), moves_for=moves_for)
    # A grid that the address alone names is moved to where the map has no view of its own yet.
    return Chosen(grid, thing=f"{noun}/{name}" if noun else "", moves_for=moves_for or (grid.grid_id if grid else ""))


def choose_grid(grid_id: str) -> NoReturn:
    """Choose a grid beside the map; none closes what is open."""
    st.session_state[_MOVES_FOR] = grid_id
    tell_and_show(grid=grid_id, at="", thing="")


def choose_fault(fault: Fault) -> None:
    """Choose a fault in the table; for a button, whose page runs again."""
    from dashboard.url_state import tell  # noqa: PLC0415

    st.session_state[_MOVES_FOR] = fault.fault_id
    tell(at=f"{fault.lat:.6f},{fault.lon:.6f}", thing=f"grid_faults/{fault.fault_id}")
