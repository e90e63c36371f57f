"""How long the tiles of a large place take: a million cells, 200,000 road sections, 100,000 repair shops.

Cold is the first time after the file was dropped from the system's memory; warm is made again from a file that is in
memory. Tiles that the server keeps cost neither.
"""

from __future__ import annotations

import gzip
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.tiles.cell_pictures import cell_picture, drawn_cells
from dashboard.tiles.labels import label_tile
from dashboard.tiles.tile_address import Tile, frame_of, tile_holding
from dashboard.tiles.vector_tiles import SHAPE_MARGIN_PX, cells_from_zoom, heap_side_px, vector_tile
from planning.atlas import open_atlas
from tests.bench.figure import Figure, Settings
from tests.bench.large_map import publish_large_map
from tests.bench.measuring import Clock, Trial, forget_file, tried
from tests.etl.derived.small_county import HERE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from planning.atlas import Atlas

CELLS, ROADS, SHOPS = 1_000_000, 200_000, 100_000
ZOOMS = range(5, 15)
TILES_A_ZOOM = 12
GOAL_MS = 50.0
SEED = 7
KINDS = ("cells.png", "cells", "base", "grids", "repair_shops", "labels")
CLIPPED = """
with drawn as (
    select st_asmvtgeom(geom, st_extent(st_makeenvelope($west_m, $south_m, $east_m, $north_m)), 4096, 128, true) as geom
    from cells_on_map
    where x_m between $west_m and $east_m and y_m between $south_m and $north_m
)

select st_asmvt({'geom': geom}, 'cells') from drawn
"""


def figures(settings: Settings) -> Iterator[Figure]:
    """One line for each kind of tile."""
    place = settings.folder / "large"
    published = tried(_publish, place, *(settings.rows(full) for full in (CELLS, ROADS, SHOPS)))
    yield Figure.of("tiles, making the place", settings.rows(CELLS), published, note=f"{published.value:.0f} MB")
    for kind in KINDS:
        trial = tried(ask, str(place), kind)
        yield _figure(kind, trial)


def _figure(kind: str, trial: Trial) -> Figure:
    told = trial.value
    cold, warm, sizes = (np.array(told[name]) for name in ("cold_ms", "warm_ms", "bytes"))
    note = (
        f"p50 {np.median(warm):.1f} ms, worst {warm.max():.0f} ms; cold p50 {np.median(cold):.1f}, "
        f"p95 {np.quantile(cold, 0.95):.0f}, the very first {told['first_ms']:.0f} ms; "
        f"p95 by zoom {', '.join(f'z{zoom} {ms:.0f}' for zoom, ms in told['by_zoom'].items())}; "
        f"KB p50 {np.median(sizes) / 1000:.1f}, most {sizes.max() / 1000:.0f}"
    )
    p95_ms = float(np.quantile(warm, 0.95))
    return Figure(
        f"tile {kind}, p95 warm",
        len(warm),
        p95_ms / 1000,
        trial.peak_mb,
        peer=told["peer"],
        peer_s=told["peer_ms"] / 1000 if told["peer_ms"] else None,
        goal=f"{GOAL_MS:g} ms",
        is_met=p95_ms <= GOAL_MS,
        note=note,
    )


def ask(clock: Clock, folder: str, kind: str) -> dict[str, Any]:
    """Ask for tiles of all zooms, twice; gives how long each took."""
    place = Path(folder)
    atlas = open_atlas(place)
    tiles = _tiles(atlas, kind)
    forget_file(atlas.path)  # opening it for the first time has read it whole
    with clock.running():
        started = time.perf_counter()
        _maker(atlas, kind)(tiles[0])
        first_ms = (time.perf_counter() - started) * 1000
        cold = [_timed(_maker(atlas, kind), tile)[0] for tile in tiles]
        warm, sizes = zip(*(_timed(_maker(atlas, kind), tile) for tile in tiles), strict=True)
    by_zoom = {
        zoom: float(np.quantile([ms for ms, tile in zip(warm, tiles, strict=True) if tile.z == zoom], 0.95))
        for zoom in dict.fromkeys(tile.z for tile in tiles)
    }
    peer, peer_ms = _peer(atlas, kind, tiles)
    return {
        "first_ms": first_ms, "cold_ms": cold, "warm_ms": list(warm), "bytes": list(sizes), "by_zoom": by_zoom,
        "peer": peer, "peer_ms": peer_ms,
    }  # fmt: skip


def _maker(atlas: Atlas, kind: str) -> Callable[[Tile], bytes]:
    if kind == "cells.png":
        return lambda tile: cell_picture(drawn_cells(atlas, "drivers"), tile, "light")
    if kind == "labels":
        return lambda tile: label_tile(atlas, tile)
    return lambda tile: vector_tile(atlas, kind, tile)


def _timed(make: Callable[[Tile], bytes], tile: Tile) -> tuple[float, int]:
    started = time.perf_counter()
    made = make(tile)
    return (time.perf_counter() - started) * 1000, len(made)


def _tiles(atlas: Atlas, kind: str) -> list[Tile]:
    """Tiles in the place, chosen by lot, without those that are empty by rule."""
    dice = np.random.default_rng(SEED)
    first = cells_from_zoom(atlas) if kind == "cells" else ZOOMS[0]
    reach_m = float(np.sqrt(atlas.cursor().execute("select count(*) from cells").fetchall()[0][0]) * 500 / 2)
    lon, lat = HERE.inverse(*dice.uniform(-reach_m / 1.5, reach_m / 1.5, (2, TILES_A_ZOOM)))
    found = {
        Tile(zoom, int(x), int(y))
        for zoom in ZOOMS
        if zoom >= first
        for x, y in zip(*tile_holding(lon, lat, zoom), strict=True)
    }
    return sorted(found, key=lambda tile: (tile.z, tile.x, tile.y))


def _peer(atlas: Atlas, kind: str, tiles: list[Tile]) -> tuple[str, float | None]:
    """The usual way to the same picture, p95 over a few tiles."""
    if kind == "cells":
        took = []
        for tile in tiles[:: max(1, len(tiles) // 5)]:
            frame = vars(frame_of(tile, SHAPE_MARGIN_PX))
            box = {side: frame[side] for side in ("west_m", "south_m", "east_m", "north_m")}
            started = time.perf_counter()
            made = atlas.cursor().execute(CLIPPED, box).fetchall()[0][0]
            gzip.compress(bytes(made), 5)
            took.append((time.perf_counter() - started) * 1000)
        return "ST_AsMVTGeom", float(np.quantile(took, 0.95))
    if kind == "cells.png":
        px = np.arange(256) + 0.5
        projection = drawn_cells(atlas, "drivers").lattice.projection
        took = []
        for tile in tiles[::10]:
            started = time.perf_counter()
            projection.forward(*tile.degrees(*np.meshgrid(px, px)))
            took.append((time.perf_counter() - started) * 1000)
        return "projecting each pixel", float(np.quantile(took, 0.95))
    if kind == "repair_shops":
        return f"heaps of {heap_side_px(atlas, kind, ZOOMS[0])} px at z{ZOOMS[0]}", None
    return "", None


def _publish(clock: Clock, folder: Path, cells: int, roads: int, shops: int) -> float:
    with clock.running():
        snapshot = publish_large_map(folder, cells, roads, shops)
    return snapshot.stat().st_size / 1e6
