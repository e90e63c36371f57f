from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import planning.cell_raster
from etl.projection import LocalProjection
from planning.atlas import open_atlas
from planning.cell_measures import CELL_MEASURES
from planning.cell_raster import cell_raster, lattice_of, projection_of
from tests.etl.small_place import SmallPlace
from wording import Refusal, use_language


@pytest.mark.parametrize("measure", CELL_MEASURES)
def test_the_raster_holds_each_cell_and_nothing_else(sample_place: Path, measure: str) -> None:
    atlas = open_atlas(sample_place)
    raster = cell_raster(atlas, measure)
    cells = (
        atlas.cursor().execute(f"select i, j, {measure} / area_km2, is_{measure}_partly_unknown from cells").fetchall()
    )
    assert raster.is_inside.sum() == len(cells)
    assert raster.values.shape == raster.is_inside.shape == raster.is_partly_unknown.shape
    assert np.isnan(raster.values[~raster.is_inside]).all()
    assert not raster.is_partly_unknown[~raster.is_inside].any()
    for i, j, value, is_partly_unknown in cells:
        at = (j - raster.j0, i - raster.i0)
        assert raster.is_inside[at]
        assert raster.is_partly_unknown[at] == is_partly_unknown
        assert raster.values[at] == pytest.approx(np.nan if value is None else value, rel=1e-6, nan_ok=True)
    assert (raster.is_inside.any(axis=0).all(), raster.is_inside.any(axis=1).all()) == (True, True)
    assert raster.size_bytes == raster.values.size * 6


def test_the_unknown_is_not_a_number_and_never_nothing(sample_place: Path) -> None:
    atlas = open_atlas(sample_place)
    raster = cell_raster(atlas, "people")
    unknown = atlas.cursor().execute("select count(*) from cells where people is null").fetchone()
    assert unknown is not None
    assert np.isnan(raster.values[raster.is_inside]).sum() == unknown[0] > 0
    assert (raster.values[raster.is_inside] == 0).any()


def test_an_edge_cell_says_how_dense_and_not_how_many(tmp_path: Path) -> None:
    """A place of one grid: people live everywhere alike, so cells cut by the border look like the others."""
    place = SmallPlace(tmp_path / "place")
    outline = place.folder / "files" / "outline.geojson"
    (place.folder / "files" / "grid.geojson").write_text(
        outline.read_text().replace(
            '"properties": {}', '"properties": {"编码": "G1", "名称": "一", "层级": "4", "司机数": 900}'
        )
    )
    place.add("grids", "grid.geojson").build()
    values = cell_raster(open_atlas(place.folder), "drivers").values
    assert np.nanmax(values) == pytest.approx(np.nanmin(values), rel=1e-3)
    assert np.isfinite(values).sum() > 20


def test_the_lattice_lies_where_the_build_laid_it(sample_place: Path) -> None:
    atlas = open_atlas(sample_place)
    lattice = lattice_of(atlas)
    i, j, lon, lat = atlas.cursor().execute("select i, j, lon, lat from cells limit 1").fetchone() or (0, 0, 0, 0)
    x_m, y_m = lattice.projection.forward(lon, lat)
    assert float(x_m) / lattice.cell_size_m == pytest.approx(i + 0.5, abs=1e-5)
    assert float(y_m) / lattice.cell_size_m == pytest.approx(j + 0.5, abs=1e-5)


@pytest.mark.parametrize("centre", [(107.4, 35.3), (-0.000001, -89.5), (179.999999, 0.0), (1e-06, 0.1)])
def test_a_projection_is_read_back_from_its_text(centre: tuple[float, float]) -> None:
    assert projection_of(LocalProjection(*centre).proj_string) == LocalProjection(*centre)


@pytest.mark.parametrize("text", ["local", "", "+proj=laea +lat_0=1 +lon_0=2 +x_0=5", "+proj=merc +lat_0=1 +lon_0=2 x"])
def test_another_projection_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        projection_of(text)


def test_an_unknown_measure_is_refused_with_those_there_are(sample_place: Path) -> None:
    use_language("en")
    with pytest.raises(Refusal) as refused:
        cell_raster(open_atlas(sample_place), "minutes")
    assert "drivers, people" in str(refused.value)


def test_a_place_too_scattered_to_draw_is_refused(sample_place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning.cell_raster, "MOST_SQUARES", 1000)
    with pytest.raises(Refusal):
        cell_raster(open_atlas(sample_place), "drivers")
