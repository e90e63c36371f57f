from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from etl.projection import LocalProjection

HERE = LocalProjection.around(shapely.box(107.1, 35.1, 107.7, 35.5))
GEOD = Geod(ellps="WGS84")
# A busy machine is no fault of the mathematics.
unhurried = settings(deadline=None)


def test_the_centre_is_the_middle_of_the_place() -> None:
    assert LocalProjection(107.4, 35.3) == HERE
    assert HERE.proj_string.startswith("+proj=laea +lat_0=35.3 +lon_0=107.4 ")
    assert [float(part) for part in HERE.forward(107.4, 35.3)] == pytest.approx([0, 0], abs=1e-6)


@unhurried
@given(st.floats(97, 117), st.floats(28, 42))
def test_there_and_back(lon: float, lat: float) -> None:
    back = HERE.inverse(*HERE.forward(lon, lat))
    assert [float(part) for part in back] == pytest.approx([lon, lat], abs=2e-8)


@unhurried
@given(st.floats(105, 110), st.floats(34, 37))
def test_lengths_near_the_place_are_right_to_a_thousandth(lon: float, lat: float) -> None:
    true_m = GEOD.inv(lon, lat, lon + 0.05, lat + 0.05)[2]
    measured_m = HERE.distance_m(shapely.Point(lon, lat), shapely.Point(lon + 0.05, lat + 0.05))
    assert measured_m == pytest.approx(true_m, rel=1e-3)


@pytest.mark.parametrize("west", [90.0, 107.0, 120.0])
def test_areas_are_right_however_far_away(west: float) -> None:
    ring = shapely.segmentize(shapely.box(west, 30, west + 1, 31), 0.01)
    true_km2 = abs(GEOD.geometry_area_perimeter(ring)[0]) / 1e6
    assert HERE.area_km2(ring) == pytest.approx(true_km2, rel=1e-6)


def test_longitude_comes_first_and_east_is_positive() -> None:
    x_m, y_m = HERE.forward([107.5, 107.4], [35.3, 35.4])
    assert x_m[0] == pytest.approx(9100, abs=50)
    assert y_m[1] == pytest.approx(11100, abs=50)


def test_what_has_no_place_is_not_a_number() -> None:
    x_m, y_m = HERE.forward([np.nan, 107.4, np.inf], [35.3, 95.0, 35.3])
    assert np.isnan(x_m).all()
    assert np.isnan(y_m).all()


def test_geometries_go_to_metres_and_back_one_or_many() -> None:
    box = shapely.box(107.2, 35.2, 107.3, 35.3)
    back = HERE.to_degrees(HERE.to_metres(box))
    assert shapely.equals_exact(back, box, tolerance=2e-8)
    both = HERE.area_km2(np.array([box, box]))
    assert both[0] == both[1] == HERE.area_km2(box)


def test_solid_geometries_are_laid_flat() -> None:
    assert not HERE.to_metres(shapely.Point(107.2, 35.2, 900)).has_z


@unhurried
@given(st.floats(-80, 80), st.floats(-179, 179), st.floats(-3, 3), st.floats(-3, 3))
def test_the_closed_form_says_the_same_as_the_library(lat: float, lon: float, east: float, north: float) -> None:
    here = LocalProjection(lon, lat)
    form = here.closed_form()
    sin_lat, turn = np.sin(np.radians(lat + north)), np.radians(east)
    bent = form["eccentricity"] * sin_lat
    q = (1 - form["eccentricity"] ** 2) * (
        sin_lat / (1 - bent**2) - np.log((1 - bent) / (1 + bent)) / (2 * form["eccentricity"])
    )
    sin_beta = q / form["q_pole"]
    cos_beta = np.sqrt(1 - sin_beta**2)
    cosine = form["sin_beta_0"] * sin_beta + form["cos_beta_0"] * cos_beta * np.cos(turn)
    scale = form["radius_m"] * np.sqrt(2 / (1 + cosine))
    x_m = scale * form["stretch"] * cos_beta * np.sin(turn)
    y_m = scale / form["stretch"] * (form["cos_beta_0"] * sin_beta - form["sin_beta_0"] * cos_beta * np.cos(turn))
    known = here.forward(lon + east, lat + north)
    assert (x_m, y_m) == (pytest.approx(float(known[0]), abs=1e-3), pytest.approx(float(known[1]), abs=1e-3))
