"""A million positions as AMap and Baidu write them, brought to WGS-84."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tests.bench.figure import Figure, Settings
from tests.bench.measuring import Clock, median_tried

ROWS = 1_000_000


def figures(settings: Settings) -> Iterator[Figure]:
    rows = settings.rows(ROWS)
    for name in ("gcj02", "bd09"):
        back = median_tried(_back, rows, name)
        once = median_tried(_forward, rows, name)
        note = f"the way there and back misses by at most {back.value:.1e} m"
        yield Figure.of(f"datum, {name}", rows, back, peer="one way there", peer_s=once.seconds, note=note)


def _back(clock: Clock, rows: int, name: str) -> float:
    from etl.datum import from_wgs84, to_wgs84  # noqa: PLC0415

    lon, lat = _positions(rows)
    written = from_wgs84(lon, lat, name)
    with clock.running():
        found_lon, found_lat = to_wgs84(*written, name)
    missed_deg = np.hypot(found_lon - lon, found_lat - lat)
    return float(missed_deg.max() * 111_320)


def _forward(clock: Clock, rows: int, name: str) -> None:
    from etl.datum import from_wgs84  # noqa: PLC0415

    lon, lat = _positions(rows)
    with clock.running():
        from_wgs84(lon, lat, name)


def _positions(rows: int) -> tuple[np.ndarray, np.ndarray]:
    dice = np.random.default_rng(7)
    return dice.uniform(107.0, 107.8, rows), dice.uniform(35.0, 35.6, rows)
