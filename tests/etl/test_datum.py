from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from etl.datum import (
    EAST_DEG,
    NORTH_DEG,
    SOUTH_DEG,
    WEST_DEG,
    Datum,
    from_wgs84,
    geometries_to_wgs84,
    to_wgs84,
)
from etl.projection import LocalProjection

if TYPE_CHECKING:
    import numpy.typing as npt

SHIFTED = (Datum.GCJ02, Datum.BD09)
# China's own extremes, from the Pamirs to the Ussuri and from the Zengmu Shoal to the Amur.
china_lon = st.floats(73.4, 135.2)
china_lat = st.floats(3.3, 53.7)
shifted = st.sampled_from(SHIFTED)
# A busy machine is no fault of the mathematics.
unhurried = settings(deadline=None)


def metres_apart(first: tuple[float, float], second: tuple[npt.ArrayLike, npt.ArrayLike]) -> float:
    here = LocalProjection(*first)
    x_m, y_m = here.forward(*second)
    return float(np.hypot(x_m, y_m))


@unhurried
@given(china_lon, china_lat, shifted)
@example(73.4, 3.3, Datum.GCJ02)
@example(135.2, 53.7, Datum.BD09)
@example(105.0, 35.0, Datum.GCJ02)
@example(105.0 + 1e-13, 35.0 - 1e-13, Datum.BD09)
def test_there_and_back_is_exact_to_a_millimetre(lon: float, lat: float, datum: Datum) -> None:
    there = from_wgs84(lon, lat, datum)
    back = to_wgs84(*there, datum)
    assert metres_apart((lon, lat), back) < 0.001


@unhurried
@given(china_lon, china_lat, shifted)
def test_back_and_there_is_exact_to_a_millimetre(lon: float, lat: float, datum: Datum) -> None:
    back = to_wgs84(lon, lat, datum)
    assert metres_apart((lon, lat), from_wgs84(*back, datum)) < 0.001


@unhurried
@given(china_lon, china_lat, shifted)
def test_every_point_of_china_moves_by_hundreds_of_metres(lon: float, lat: float, datum: Datum) -> None:
    moved_m = metres_apart((lon, lat), from_wgs84(lon, lat, datum))
    assert 10 < moved_m < 2500


@unhurried
@given(china_lon, china_lat, st.floats(0.0001, 1), shifted)
def test_east_stays_east_and_north_stays_north(lon: float, lat: float, step: float, datum: Datum) -> None:
    lons, lats = from_wgs84([lon, lon + step, lon], [lat, lat, lat + step], datum)
    assert lons[1] > lons[0]
    assert lats[2] > lats[0]


@unhurried
@given(
    st.one_of(st.floats(-180, WEST_DEG, exclude_max=True), st.floats(EAST_DEG, 180, exclude_min=True)),
    st.floats(-90, 90),
    st.sampled_from(list(Datum)),
)
def test_beyond_chinas_longitudes_nothing_moves(lon: float, lat: float, datum: Datum) -> None:
    assert [float(part) for part in to_wgs84(lon, lat, datum)] == [lon, lat]
    assert [float(part) for part in from_wgs84(lon, lat, datum)] == [lon, lat]


@unhurried
@given(
    st.floats(-180, 180),
    st.one_of(st.floats(-90, SOUTH_DEG, exclude_max=True), st.floats(NORTH_DEG, 90, exclude_min=True)),
    st.sampled_from(list(Datum)),
)
def test_beyond_chinas_latitudes_nothing_moves(lon: float, lat: float, datum: Datum) -> None:
    assert [float(part) for part in to_wgs84(lon, lat, datum)] == [lon, lat]
    assert [float(part) for part in from_wgs84(lon, lat, datum)] == [lon, lat]


@pytest.mark.parametrize("datum", [Datum.WGS84, Datum.CGCS2000])
def test_wgs84_and_cgcs2000_are_taken_as_they_are(datum: Datum) -> None:
    assert [float(part) for part in to_wgs84(107.35, 35.33, datum)] == [107.35, 35.33]


@pytest.mark.parametrize(
    ("lon", "lat", "datum", "expected_m"),
    [(107.35, 35.33, "gcj02", 455), (121.4737, 31.2304, "gcj02", 495), (107.35, 35.33, "bd09", 1211)],
)
def test_the_shift_has_its_known_size(lon: float, lat: float, datum: str, expected_m: float) -> None:
    assert metres_apart((lon, lat), from_wgs84(lon, lat, datum)) == pytest.approx(expected_m, abs=40)


def test_published_pairs_come_out_to_the_last_digit() -> None:
    """The square of Tian'anmen, as published with the open formulas."""
    assert from_wgs84(116.404, 39.915, "gcj02") == pytest.approx((116.41024449916938, 39.91640428150164), abs=1e-11)
    wgs84 = to_wgs84(116.404, 39.915, "gcj02")
    assert from_wgs84(*wgs84, "bd09") == pytest.approx((116.41036949371029, 39.92133699351021), abs=1e-9)


def test_around_jingchuan_gcj02_lies_428_to_465_m_off() -> None:
    lons, lats = (grid.ravel() for grid in np.meshgrid(np.linspace(107.1, 107.75, 30), np.linspace(35.17, 35.53, 30)))
    here = LocalProjection(107.42, 35.35)
    x_m, y_m = here.forward(lons, lats)
    moved_x_m, moved_y_m = here.forward(*from_wgs84(lons, lats, "gcj02"))
    shift_m = np.hypot(moved_x_m - x_m, moved_y_m - y_m)
    assert shift_m.min() > 428
    assert shift_m.max() < 465


def test_what_is_no_number_stays_none_and_nobody_is_warned() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        lon, lat = to_wgs84([np.nan, 107.35, np.inf, 107.35], [np.nan, np.nan, 35.0, 35.33], "gcj02")
    assert np.isnan(lon[0])
    assert np.isnan(lat[[0, 1]]).all()
    assert lon[2] == np.inf
    assert lon[3] == pytest.approx(107.345, abs=0.001)


def test_the_arrays_that_came_in_are_left_alone() -> None:
    lon, lat = np.array([107.35]), np.array([35.33])
    from_wgs84(lon, lat, "bd09")
    assert (lon[0], lat[0]) == (107.35, 35.33)


def test_an_unknown_datum_is_refused() -> None:
    with pytest.raises(ValueError, match="beijing54"):
        to_wgs84(107.35, 35.33, "beijing54")


@pytest.mark.parametrize("as_binary", [True, False])
@pytest.mark.parametrize("datum", list(Datum))
def test_geometries_come_out_flat_and_in_wgs84(datum: Datum, as_binary: bool) -> None:  # noqa: FBT001
    solid = shapely.from_wkt("POLYGON Z ((107 35 9, 107.1 35 9, 107.1 35.1 9, 107 35 9))")
    given_ones = [solid.wkb if as_binary else solid, None]
    flat, missing = geometries_to_wgs84(given_ones, datum)
    assert missing is None
    assert not flat.has_z
    expected = np.column_stack(to_wgs84([107, 107.1, 107.1, 107], [35, 35, 35.1, 35], datum))
    assert np.array_equal(shapely.get_coordinates(flat), expected)


def test_no_geometries_are_no_trouble() -> None:
    assert len(geometries_to_wgs84([], "gcj02")) == 0
