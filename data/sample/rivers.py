"""Rivers, streams and canals as the water office's GeoJSON."""

from __future__ import annotations

import json
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from data.sample.dice import dice
from data.sample.ground import along_m, beside, lengths_m

if TYPE_CHECKING:
    from data.sample.ground import Numbers
    from data.sample.world import World

_PLAN = Path(__file__).parent / "plan" / "rivers.toml"
_VERTEX_M = 240.0
_BENDS_M = ((5_200.0, 260.0), (2_300.0, 170.0), (1_100.0, 90.0))  # lengths of bends, and how far they swing out
_STRAIGHTER = {"沟": 0.5, "干渠": 0.12}


def write_rivers(world: World, folder: Path) -> None:
    rivers = tomllib.loads(_PLAN.read_text("utf-8"))["river"] if world.scale.name == "county" else _larger(world)
    features = ",\n".join(
        json.dumps(_feature(number, river), ensure_ascii=False) for number, river in enumerate(rivers, start=1)
    )
    head = '{"type": "FeatureCollection", "name": "河流（示例数据，走向为虚构）", "features": [\n'
    (folder / "河流.geojson").write_text(f"{head}{features}\n]}}\n", encoding="utf-8")


def _feature(number: int, river: dict[str, Any]) -> dict[str, Any]:
    swing = _STRAIGHTER.get(river["kind"], 1.0)
    name = river["name"]
    return {
        "type": "Feature",
        "properties": {
            "河流编码": f"JC-H{number:03d}",
            "河流名称": name or None,
            "河流类型": river["kind"],
            "水面宽": f"{river['width_m']}米" if "width_m" in river else None,
        },
        "geometry": {
            "type": "LineString",
            "coordinates": _course(river["through"], f"{number} {name}", swing).tolist(),
        },
    }


def _course(through: list[list[float]], stream: str, swing: float) -> Numbers:
    """A line through all positions that meanders between them."""
    corners = np.array(through, dtype=np.float64)
    line = _rounded(corners)
    places = along_m(line)
    rng = dice(f"river {stream}")
    offsets = np.zeros(len(line))
    for length_m, out_m in _BENDS_M:
        turns = np.diff(places) / length_m * rng.uniform(3.5, 9, len(line) - 1)
        offsets += swing * out_m * np.sin(np.cumsum(np.append(rng.uniform(0, 2 * np.pi), turns)))
    # The corners stay where they are, so that rivers meet.
    at_corners = places[[int(np.hypot(*(line - corner).T).argmin()) for corner in corners]]
    offsets *= np.minimum(1.0, np.abs(places[:, None] - at_corners).min(axis=1) / 1_500.0)
    return np.round(beside(line, offsets[:, None]), 5)


def _rounded(corners: Numbers) -> Numbers:
    """A smooth curve through the corners, with a vertex about every 240 metres."""
    ends = np.vstack([2 * corners[0] - corners[1], corners, 2 * corners[-1] - corners[-2]])
    pieces = []
    for place, (start, end) in enumerate(pairwise(corners)):
        steps = max(2, round(float(lengths_m(np.array([start, end])).sum()) / _VERTEX_M))
        t = (np.arange(steps) / steps)[:, None]
        before, after = (end - ends[place]) / 2, (ends[place + 3] - start) / 2
        rise = 3 * (end - start) - 2 * before - after
        bend = 2 * (start - end) + before + after
        pieces.append(start + before * t + rise * t**2 + bend * t**3)
    return np.vstack([*pieces, corners[-1:]])


def _larger(world: World) -> list[dict[str, Any]]:
    """From each seat to the nearest one east of it."""
    names, seats = list(world.nodes), np.array(list(world.nodes.values()))
    rivers = []
    for name, seat in zip(names, seats, strict=True):
        apart = np.where(seats[:, 0] > seat[0], np.hypot(*(seats - seat).T), np.inf)
        if np.isfinite(apart.min()):
            through = [seat.tolist(), seats[apart.argmin()].tolist()]
            rivers.append({"name": f"{name[:-6]}河", "kind": "河流", "through": through})
    return rivers
