"""The candidates of each township, for plans that give every township a station."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from planning.cell_table import NOWHERE

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.cell_table import Places
    from planning.siting.setting import Setting

TOWNSHIP = 3


def candidates_by_township(setting: Setting) -> dict[str, list[int]]:
    """By the name of the township; one that has a fitting station already asks for none and is left out."""
    above = township_of_grid(setting.atlas)
    cells, served = setting.before.cells, _served(setting, above)
    found: dict[str, list[int]] = {name: [] for name in above.values() if name not in served}
    for number, row in enumerate(setting.candidates.rows):
        grid = int(cells.grid[row.cell]) if row.cell != NOWHERE else NOWHERE
        name = above.get(cells.grid_ids[grid]) if grid != NOWHERE else None
        if name in found:
            found[name].append(number)
    return found


def township_of_most(setting: Setting, cells: Places) -> str | None:
    """The township where most of the demand in some cells is; None where no grid holds any."""
    above, table = township_of_grid(setting.atlas), setting.before.cells
    found: dict[str, float] = {}
    for grid, weight in zip(table.grid[cells].tolist(), setting.weight[cells].tolist(), strict=True):
        name = above.get(table.grid_ids[grid]) if grid != NOWHERE else None
        if name is not None:
            found[name] = found.get(name, 0.0) + weight
    most = max(found, key=lambda name: (found[name], name), default=None)
    return most if most is not None and found[most] > 0 else None


def _served(setting: Setting, above: dict[str, str]) -> set[str]:
    cells, stations = setting.before.cells, setting.before.reach.stations
    at = cells.at(np.array([one.lon for one in stations]), np.array([one.lat for one in stations]))
    grids = (int(cells.grid[cell]) for cell in at if cell != NOWHERE)
    return {above[cells.grid_ids[grid]] for grid in grids if grid != NOWHERE and cells.grid_ids[grid] in above}


def township_of_grid(atlas: Atlas) -> dict[str, str]:
    """Of each grid the township that it is, or lies in."""
    rows = {row["grid_id"]: row for row in atlas.query("grid_posts").to_pylist()}
    found: dict[str, str] = {}
    for grid_id in rows:
        at, steps = grid_id, 0
        while at in rows and steps < len(rows):
            if rows[at]["level"] == TOWNSHIP:
                found[grid_id] = rows[at]["name"]
                break
            at, steps = rows[at]["parent_id"], steps + 1
    return found
