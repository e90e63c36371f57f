"""A round of what if on the page: coverage, shares, gaps, the figures on the tiles, and one picture of the map.

Warm: the snapshot has been asked before. Either the minutes are dragged, or something else is asked (a facility, what
is planned), for which ways are searched anew; each question is a new one.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.coverage_choice import CoverageChoice
from dashboard.tiles.cell_pictures import cell_picture
from dashboard.tiles.coverage_cells import coverage_cells
from dashboard.tiles.tile_address import Tile, tile_holding
from etl.build import build_place
from planning.atlas import open_atlas
from planning.coverage_by_grid import covered_drivers
from planning.gaps import gaps
from planning.need import Need
from planning.road_graph import road_graph
from tests.bench.figure import Figure, Settings
from tests.bench.large_network import publish_large_network
from tests.bench.measuring import Clock, tried

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planning.atlas import Atlas

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"
CELLS, NODES, STATIONS = 450_000, 200_000, 200
GOALS_S = {"the sample": 0.3, "a large place": 1.0}
ROUNDS = 40
FACILITIES = ("parking", "hot_water", "meal_heating", "shower", "laundry")
ZOOM = 11


def figures(settings: Settings) -> Iterator[Figure]:
    sample, large = settings.folder / "sample", settings.folder / "large"
    tried(_build_sample, str(sample))
    made = tried(_publish, str(large), settings.rows(CELLS), settings.rows(NODES), settings.rows(STATIONS))
    yield Figure.of("what if, making the large place", made.value, made)
    for name, place in (("the sample", sample), ("a large place", large)):
        for kind in ("minutes", "needs"):
            trial = tried(ask, str(place), kind)
            took, told = np.array(trial.value["took_s"]), trial.value
            p95_s, goal_s = float(np.quantile(took, 0.95)), GOALS_S[name]
            yield Figure(
                f"what if on {name}, {kind}, p95", told["cells"], p95_s, trial.peak_mb, goal=f"{goal_s * 1000:g} ms",
                is_met=p95_s <= goal_s,
                note=f"p50 {np.median(took) * 1000:.0f} ms, worst {took.max() * 1000:.0f} ms, processors p95 "
                f"{np.quantile(told['cpu_s'], 0.95) * 1000:.0f} ms; {told['nodes']:,} nodes, {told['gaps']} gaps at last",
            )  # fmt: skip


def ask(clock: Clock, place: str, kind: str) -> dict[str, Any]:
    """Ask again and again, always something new; gives how long each answer took."""
    atlas = open_atlas(Path(place))
    tile = _tile_of(atlas)
    _round(atlas, CoverageChoice(30.0), tile)
    took, cpu, count = [], [], 0
    with clock.running():
        for choice in _choices(kind):
            started, cpu_before = time.perf_counter(), time.process_time()
            count = _round(atlas, choice, tile)
            took.append(time.perf_counter() - started)
            cpu.append(time.process_time() - cpu_before)
    cells = len(CoverageChoice(30.0).of(atlas).cells)
    return {"took_s": took, "cpu_s": cpu, "gaps": count, "cells": cells, "nodes": road_graph(atlas).nodes}


def _round(atlas: Atlas, choice: CoverageChoice, tile: Tile) -> int:
    found = choice.of(atlas)
    told = (*(share.pct for share in found.shares.values()), found.longest(95), covered_drivers(found))
    worst = gaps(atlas, found)
    picture = cell_picture(coverage_cells(atlas, choice), tile, "light")
    if not told or not picture:
        raise AssertionError
    return len(worst)


def _choices(kind: str) -> Iterator[CoverageChoice]:
    if kind == "minutes":
        yield from (CoverageChoice(float(minutes)) for minutes in range(31, 31 + ROUNDS))
        return
    for number in range(1, ROUNDS + 1):
        facilities = tuple(one for place, one in enumerate(FACILITIES) if number >> place & 1)
        yield CoverageChoice(30.0, Need(facilities, with_planned=number >= 1 << len(FACILITIES)))


def _tile_of(atlas: Atlas) -> Tile:
    cells = CoverageChoice(30.0).of(atlas).cells
    x, y = tile_holding(np.array([np.median(cells.lon)]), np.array([np.median(cells.lat)]), ZOOM)
    return Tile(ZOOM, int(x[0]), int(y[0]))


def _build_sample(clock: Clock, folder: str) -> None:
    ignored = shutil.ignore_patterns("snapshots", "*.key", "*.py", "plan")
    shutil.copytree(SAMPLE, folder, ignore=ignored)
    with clock.running():
        build_place(Path(folder))


def _publish(clock: Clock, folder: str, cells: int, nodes: int, stations: int) -> int:
    with clock.running():
        return publish_large_network(Path(folder), cells, nodes, stations)
