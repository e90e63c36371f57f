"""Whose a gap is: the grid with most of its drivers, and the posts above it; and what people call the spot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from etl.derived.grid_tree import Grid, GridTree
from planning.cell_table import NOWHERE
from planning.snapshot_cache import SnapshotCache
from wording import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planning.atlas import Atlas
    from planning.cell_table import CellTable, Places

LEVELS = (1, 2, 3, 4)


@dataclass(frozen=True)
class Post:
    """A grid and who answers for it; None where nobody is named."""

    grid_id: str
    name: str
    level: int | None
    post: str | None
    unit: str | None


@dataclass(frozen=True)
class GapOwner:
    """The grids that hold most of a gap, from the county down to the smallest, and the town nearest to it."""

    posts: tuple[Post, ...]
    town: str | None

    @property
    def smallest(self) -> Post | None:
        return self.posts[-1] if self.posts else None

    def at_level(self, level: int) -> Post | None:
        return next((post for post in self.posts if post.level == level), None)

    @property
    def name(self) -> str:
        """As people would call it: by its grid and the town nearby."""
        grid = self.smallest
        if grid is not None and self.town is not None and self.town not in grid.name:
            return say("{grid}, near {town}", grid=grid.name, town=self.town)
        if grid is not None:
            return grid.name
        return say("near {town}", town=self.town) if self.town is not None else say("without a name")


@dataclass(frozen=True)
class _Known:
    tree: GridTree
    posts: Mapping[str, Post]
    town_names: tuple[str, ...]
    town_lon: np.ndarray[tuple[int], np.dtype[np.float64]]
    town_lat: np.ndarray[tuple[int], np.dtype[np.float64]]


_known: SnapshotCache[_Known] = SnapshotCache(limit=4)


def owners(atlas: Atlas, cells: CellTable, groups: Sequence[Places], middles: Places) -> list[GapOwner]:
    """The owner of each group of cells; `middles` are the cells that stand for them."""
    known = _known.get(atlas.path, "owners", lambda: _read(atlas))
    drivers, people = np.nan_to_num(cells.drivers), np.nan_to_num(cells.people)
    weight = drivers + people / 1e6 + cells.area_km2 / 1e12  # drivers decide; where they are alike, people, then land
    return [
        GapOwner(_posts(known, cells, group, weight), _town(known, cells.lon[middle], cells.lat[middle]))
        for group, middle in zip(groups, middles.tolist(), strict=True)
    ]


def posts_of(atlas: Atlas) -> Mapping[str, Post]:
    """Every grid of the place and who answers for it."""
    return _known.get(atlas.path, "owners", lambda: _read(atlas)).posts


def _posts(
    known: _Known, cells: CellTable, group: Places, weight: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> tuple[Post, ...]:
    held = group[cells.grid[group] != NOWHERE]
    if not len(held):
        return ()
    most = int(np.argmax(np.bincount(cells.grid[held], weights=weight[held])))
    line = list(known.tree.line_up(cells.grid_ids[most]))
    return tuple(known.posts[grid_id] for grid_id in reversed(line))


def _town(known: _Known, lon: float, lat: float) -> str | None:
    if not known.town_names:
        return None
    east = (known.town_lon - lon) * np.cos(np.radians(lat))
    return known.town_names[int(np.argmin(np.hypot(east, known.town_lat - lat)))]


def _read(atlas: Atlas) -> _Known:
    rows = atlas.query("grid_posts").to_pylist()
    towns = atlas.query("ground_towns", kinds=["city", "town"])
    if not len(towns):
        towns = atlas.query("ground_towns", kinds=["village"])
    return _Known(
        tree=GridTree(
            {row["grid_id"]: Grid(row["grid_id"], row["name"], row["level"], row["parent_id"]) for row in rows}
        ),
        posts={
            row["grid_id"]: Post(row["grid_id"], row["name"], row["level"], row["post"], row["unit"]) for row in rows
        },
        town_names=tuple(towns.column("name").to_pylist()),
        town_lon=towns.column("lon").to_numpy(),
        town_lat=towns.column("lat").to_numpy(),
    )
