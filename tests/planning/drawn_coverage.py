"""Coverage of small lattices by dice, without a search: costs, drivers and grids as they fall."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import strategies as st

from planning.cell_raster import lattice_of
from planning.cell_table import CellTable
from planning.coverage import Coverage
from planning.need import Need
from planning.reach import Reach
from planning.truck_km import TruckKm

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.need import Station

SIDE = 6
UNKNOWN = float("nan")
FAR = float("inf")


@dataclass(frozen=True)
class DrawnCell:
    """One square; `least_cost` also counts a station that may fit."""

    i: int
    j: int
    cost: float
    least_cost: float
    drivers: float
    people: float
    area_km2: float
    is_partly_unknown: bool
    grid: int


@dataclass(frozen=True)
class Piece:
    """A piece of counted road in a cell, and what it is from there to a station."""

    cell: int
    truck_km_per_day: float
    cost: float
    least_cost: float


@st.composite
def drawn_cells(draw: st.DrawFn, grids: int) -> list[DrawnCell]:
    squares = draw(st.sets(st.tuples(st.integers(0, SIDE - 1), st.integers(0, SIDE - 1)), min_size=1))
    return [_cell(draw, i, j, grids) for j, i in sorted(squares)]


def _cell(draw: st.DrawFn, i: int, j: int, grids: int) -> DrawnCell:
    cost = draw(st.sampled_from([0.0, 10.0, 30.0, 30.1, 55.0, FAR]))
    amounts = st.sampled_from([UNKNOWN, 0.0, 0.5, 1.0, 7.0])
    return DrawnCell(
        i=i,
        j=j,
        cost=cost,
        least_cost=min(cost, draw(st.sampled_from([5.0, 30.0, 40.0, FAR]))),
        drivers=draw(amounts),
        people=draw(amounts),
        area_km2=draw(st.sampled_from([0.1, 0.25])),
        is_partly_unknown=draw(st.booleans()),
        grid=draw(st.integers(-1, grids - 1)),
    )


def drawn_pieces(cells: int) -> st.SearchStrategy[list[Piece]]:
    cost = st.sampled_from([0.0, 12.0, 30.0, 45.0, FAR])
    piece = st.builds(
        lambda cell, weight, one, other: Piece(cell, weight, one, min(one, other)),
        st.integers(0, cells - 1), st.sampled_from([1.0, 2.5, 40.0]), cost, cost,
    )  # fmt: skip
    return st.lists(piece, max_size=8)


def coverage_of(
    atlas: Atlas,
    drawn: list[DrawnCell],
    pieces: list[Piece],
    within: float,
    stations: tuple[Station, ...] = (),
    grid_ids: tuple[str, ...] = (),
) -> Coverage:
    """What the atlas of the place would give, had it these cells; the nearest station is always the first one."""

    def column(name: str, kind: type = np.float64) -> np.ndarray:
        return np.array([getattr(one, name) for one in drawn], dtype=kind)

    cells = CellTable(
        lattice=lattice_of(atlas),
        cell_id=np.arange(len(drawn)),
        i=column("i", np.int64),
        j=column("j", np.int64),
        lon=107.3 + column("i") / 100,
        lat=35.3 + column("j") / 100,
        area_km2=column("area_km2"),
        drivers=column("drivers"),
        is_drivers_partly_unknown=column("is_partly_unknown", np.bool_),
        people=column("people"),
        is_people_partly_unknown=np.zeros(len(drawn), dtype=np.bool_),
        grid=column("grid", np.int64),
        grid_ids=grid_ids,
    )
    cost, nobody = column("cost"), np.zeros(0)
    reach = Reach(
        need=Need(),
        stations=stations,
        cost=cost,
        station=np.where(np.isfinite(cost) & (len(stations) > 0), 0, -1),
        least_cost=column("least_cost"),
        place_ids=(),
        place_cost=nobody,
        place_station=nobody.astype(np.int64),
        place_least_cost=nobody,
        edge_cost=np.array([piece.cost for piece in pieces]),
        edge_least_cost=np.array([piece.least_cost for piece in pieces]),
    )
    traffic = TruckKm(
        edge=np.arange(len(pieces)),
        cell=np.array([piece.cell for piece in pieces], dtype=np.int64),
        truck_km_per_day=np.array([piece.truck_km_per_day for piece in pieces]),
        uncounted_km=0.0,
    )
    return Coverage(within, reach, cells, traffic)
