from __future__ import annotations

import numpy as np
import pytest
from pyproj import Transformer

from dashboard.tiles.tile_address import UNITS, Tile, frame_of, tile_holding
from etl.datum import Datum, from_wgs84

HALF_M = 20037508.342789244
TO_METRES = Transformer.from_crs("EPSG:4326", "EPSG:3857", always_xy=True)
PLACES = [(107.42, 35.35), (87.6, 43.8), (121.5, 31.2), (113.3, 23.1)]
ZOOMS = range(23)


@pytest.mark.parametrize(
    ("z", "x", "y"),
    [
        ("-1", "0", "0"), ("23", "0", "0"), ("3", "8", "0"), ("3", "0", "8"), ("3", "-1", "0"), ("0", "1", "0"),
        ("1.0", "0", "0"), ("", "0", "0"), ("03", "0", "0"), ("٣", "0", "0"), ("3", "１", "0"), ("1e1", "0", "0"),
        ("3", "0\n", "0"), (" 3", "0", "0"), ("9" * 5000, "0", "0"), ("3", "9" * 5000, "0"), ("99999999", "1", "1"),
    ],
)  # fmt: skip
def test_there_is_no_such_tile(z: str, x: str, y: str) -> None:
    assert Tile.parse(z, x, y) is None


def test_the_first_and_the_last_tile_of_each_zoom_are_tiles() -> None:
    for zoom in ZOOMS:
        last = 2**zoom - 1
        assert Tile.parse(str(zoom), "0", str(last)) == Tile(zoom, 0, last)
        assert Tile.parse(str(zoom), str(last + 1), "0") is None
    assert Tile.parse("0", "0", "0", "gcj02") == Tile(0, 0, 0, Datum.GCJ02)
    for datum in ("bd09", "cgcs2000", "GCJ02", "", "x"):
        assert Tile.parse("0", "0", "0", datum) is None


@pytest.mark.parametrize("datum", [Datum.WGS84, Datum.GCJ02])
@pytest.mark.parametrize("place", PLACES)
def test_the_straight_way_into_a_tile_is_right_to_a_fraction_of_a_pixel(
    place: tuple[float, float], datum: Datum
) -> None:
    worst_px = 0.0
    for zoom in ZOOMS:
        x, y = tile_holding(*place, zoom)
        tile = Tile(zoom, int(x), int(y), datum)
        px, py = np.random.default_rng(zoom).uniform(0, 256, (2, 200))
        lon, lat = tile.degrees(px, py)
        frame = frame_of(tile)
        x_m, y_m = TO_METRES.transform(lon, lat)
        found_x = (frame.x_by_x * x_m + frame.x_by_y * y_m + frame.x_off) * 256 / UNITS
        found_y = (frame.y_by_x * x_m + frame.y_by_y * y_m + frame.y_off) * 256 / UNITS
        worst_px = max(worst_px, np.abs(found_x - px).max(), np.abs(found_y - py).max())
        assert frame.west_m <= x_m.min() <= x_m.max() <= frame.east_m
        assert frame.south_deg <= lat.min() <= lat.max() <= frame.north_deg
    assert worst_px < (1e-4 if datum is Datum.WGS84 else 0.4)


@pytest.mark.parametrize("place", PLACES)
def test_degrees_of_a_tile_are_those_of_its_datum(place: tuple[float, float]) -> None:
    for zoom in (5, 11, 17):
        x, y = tile_holding(*place, zoom)
        lon, lat = Tile(zoom, int(x), int(y), Datum.GCJ02).degrees([10.0, 200.0], [30.0, 90.0])
        shown_lon, shown_lat = from_wgs84(lon, lat, Datum.GCJ02)
        x_m, y_m = TO_METRES.transform(shown_lon, shown_lat)
        span_m = 2 * HALF_M / 2**zoom
        assert ((x_m + HALF_M) / span_m - x) * 256 == pytest.approx([10.0, 200.0], abs=1e-4)
        assert ((HALF_M - y_m) / span_m - y) * 256 == pytest.approx([30.0, 90.0], abs=1e-4)


def test_each_place_lies_in_one_tile_edges_and_poles_included() -> None:
    lon = [-180.0, 180.0, 0.0, 107.42, 179.999999]
    lat = [89.0, -89.0, 0.0, 35.35, 85.06]
    for zoom in ZOOMS:
        x, y = tile_holding(lon, lat, zoom)
        last = 2**zoom - 1
        assert x.tolist()[:2] == [0, last]
        assert y.tolist()[:2] == [0, last]
        assert ((x >= 0) & (x <= last) & (y >= 0) & (y <= last)).all()
        assert [x[2], y[2]] == [(last + 1) // 2, (last + 1) // 2]
