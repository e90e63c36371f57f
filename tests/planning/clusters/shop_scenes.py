"""Scenes of repair shops whose shape is known: one strip or patch, roads, and shops scattered around, in metres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import shapely

if TYPE_CHECKING:
    import numpy.typing as npt

    from planning.clusters.shape import ClusterShape

    Numbers = npt.NDArray[np.float64]

SIDE_M = 10_000.0
_STEP_M = 25.0


@dataclass(frozen=True)
class Scene:
    """Where shops lie, which of them make the cluster, which roads there are, and what the cluster is."""

    shape: ClusterShape
    kind: str
    spots_m: Numbers
    is_member: npt.NDArray[np.bool_]
    roads: list[Any]


def scene(rng: np.random.Generator, shape: Literal["strip", "patch"]) -> Scene:
    kind, members, roads = _strip(rng) if shape == "strip" else _patch(rng)
    around = rng.uniform(-SIDE_M / 2, SIDE_M / 2, (int(rng.integers(8, 40)), 2))
    spots = np.vstack([members, around])
    order = rng.permutation(len(spots))
    is_member = np.arange(len(spots)) < len(members)
    roads = [*roads, *(_straight_road(rng) for _ in range(int(rng.integers(0, 3))))]
    return Scene(shape, kind, spots[order], is_member[order], roads)


def _strip(rng: np.random.Generator) -> tuple[str, Numbers, list[Any]]:
    """Shops on both sides of a road that is straight, winds, or turns away; one in eight is on no map."""
    kind = str(rng.choice(["straight", "winding", "bent"]))
    length_m = rng.uniform(700, 3000)
    line = _road(rng, kind, length_m + 2000)
    count = int(length_m / rng.uniform(25, 75))
    along = 1000 + np.sort(rng.uniform(0, length_m, count))
    points = shapely.get_coordinates(shapely.line_interpolate_point(line, along))
    ahead = shapely.get_coordinates(shapely.line_interpolate_point(line, along + 1))
    across = (ahead - points)[:, ::-1] * [-1, 1]
    offset = rng.choice([-1, 1], count) * rng.uniform(12, 50, count)
    members = points + across * offset[:, None] + rng.normal(0, 5, (count, 2))
    is_on_the_map = rng.random() < 7 / 8
    return kind, members, [line] if is_on_the_map else []


def _patch(rng: np.random.Generator) -> tuple[str, Numbers, list[Any]]:
    """Shops about a yard, in a block or a heap, with one road or two that pass it or cross it."""
    kind = str(rng.choice(["yard", "heap", "block"]))
    count = int(rng.integers(10, 70))
    if kind == "heap":
        members = rng.normal(0, rng.uniform(60, 170), (count, 2))
    else:
        wide_m, high_m = rng.uniform(150, 600), 0.0
        high_m = wide_m / rng.uniform(1, 1.9)
        members = rng.uniform(-0.5, 0.5, (count, 2)) * [wide_m, high_m]
        if kind == "block":  # along streets 100 m apart
            members[:, 1] = np.round(members[:, 1] / 100) * 100 + rng.normal(0, 12, count)
    roads = [_past(rng, rng.uniform(0, 250)) for _ in range(int(rng.integers(1, 3)))]
    return kind, members, roads


def _road(rng: np.random.Generator, kind: str, length_m: float) -> Any:
    steps = int(length_m / _STEP_M)
    turns = np.zeros(steps)
    if kind == "winding":
        turns = np.repeat(rng.normal(0, 0.02, steps // 10 + 1), 10)[:steps]
    elif kind == "bent":
        turns[int(steps * rng.uniform(0.4, 0.6))] = rng.choice([-1, 1]) * rng.uniform(0.7, 1.6)
    heading = rng.uniform(0, 2 * np.pi) + np.cumsum(turns)
    way = np.cumsum(_STEP_M * np.column_stack([np.cos(heading), np.sin(heading)]), axis=0)
    return shapely.LineString(way - way[steps // 2])


def _past(rng: np.random.Generator, distance_m: float) -> Any:
    heading = rng.uniform(0, np.pi)
    ahead = np.array([np.cos(heading), np.sin(heading)])
    beside = ahead[::-1] * [-1, 1] * distance_m
    return shapely.LineString([beside - ahead * 4000, beside + ahead * 4000])


def _straight_road(rng: np.random.Generator) -> Any:
    return shapely.LineString(rng.uniform(-SIDE_M / 2, SIDE_M / 2, (2, 2)))
