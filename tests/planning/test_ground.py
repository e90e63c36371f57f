from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import shapely

from planning.atlas import Atlas, open_atlas
from planning.features import features
from planning.ground import MapExtent, ground, place_boundary

if TYPE_CHECKING:
    from pathlib import Path

EVERYWHERE = MapExtent(100, 30, 115, 40)


@pytest.fixture(scope="module")
def sample(sample_place: Path) -> Atlas:
    return open_atlas(sample_place)


def test_at_the_nearest_zoom_the_lines_are_those_of_the_file(sample: Atlas) -> None:
    under = ground(sample, EVERYWHERE, 18)
    for noun, lines in (("routes", under.routes), ("rivers", under.rivers)):
        shapes = [shapely.from_wkb(shape) for shape in features(sample, noun).table["geom"].to_pylist()]
        assert len(lines) == len(shapes) > 0
        assert sum(line.shape.length for line in lines) == pytest.approx(sum(shape.length for shape in shapes), 1e-6)


def test_a_box_keeps_only_what_reaches_into_it(sample: Atlas) -> None:
    box = MapExtent(107.3, 35.3, 107.42, 35.36)
    inside, everything = ground(sample, box, 14), ground(sample, EVERYWHERE, 14)
    assert 0 < len(inside.routes) < len(everything.routes)
    window = shapely.box(*box.sides)
    wanted = sum(window.intersects(line.shape) for line in everything.routes)
    assert sum(window.intersects(line.shape) for line in inside.routes) == wanted


def test_far_away_there_are_fewer_corners(sample: Atlas) -> None:
    far, near = (ground(sample, EVERYWHERE, zoom) for zoom in (6, 14))
    assert shapely.get_num_coordinates([one.shape for one in far.rivers]).sum() < (
        shapely.get_num_coordinates([one.shape for one in near.rivers]).sum() / 2
    )


def test_the_counties_around_are_there_and_the_place_is_one_of_them(sample: Atlas) -> None:
    under = ground(sample, EVERYWHERE, 10)
    assert [one.name for one in under.neighbours if one.is_inside] == ["泾川县"]
    assert {"灵台县", "长武县"} <= {one.name for one in under.neighbours if not one.is_inside}


def test_an_extent_knows_its_zoom_and_its_middle(sample: Atlas) -> None:
    assert MapExtent(-180, -80, 180, 80).zoom_for(256) == 0
    assert MapExtent(0, 0, 360 / 1024, 1).zoom_for(1024) == 12
    around = MapExtent.of(place_boundary(sample), 0)
    assert around.sides == pytest.approx(place_boundary(sample).bounds)
    assert around.west < around.centre[0] < around.east
