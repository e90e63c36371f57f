"""Holes, overlaps and slits of known sizes, drawn in metres."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import shapely

from planning.features import features
from planning.grids import grids_of
from planning.kpis import kpi, kpi_rows
from tests.planning.grids.placed_grids import WHOLE, box_m, grid, placed
from tests.planning.kpi_place import said

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry


def less(*parts: BaseGeometry) -> BaseGeometry:
    """The whole place without these parts."""
    return shapely.difference(WHOLE, shapely.union_all(parts))


def test_a_hole_is_told_with_its_size_its_width_and_who_answers_around_it(tmp_path: Path) -> None:
    hole = box_m(3000, 3000, 4000, 3300)
    atlas = placed(
        tmp_path / "place",
        grid("T", WHOLE, 层级="乡镇", 责任单位="乡政府"),
        grid("A", less(hole), 上级编码="T"),
    )
    [found] = grids_of(atlas).holes
    assert (found.grid_id, found.name) == ("T", "网格T")
    assert found.area_km2 == pytest.approx(0.3, rel=1e-3)
    assert found.width_m == pytest.approx(300, abs=2)
    assert shapely.contains(hole, shapely.Point(found.lon, found.lat))
    assert [(one.post, one.unit) for one in found.answers] == [("T网格长", "乡政府")]
    assert said(atlas, "ownerless_km2") == (pytest.approx(0.3, rel=1e-3), False)
    assert kpi_rows(atlas, "ownerless_km2").table["name"].to_pylist() == ["网格T"]


def test_a_slit_is_no_hole_however_long_it_is(tmp_path: Path) -> None:
    slit = box_m(1000, 3000, 9000, 3012)
    atlas = placed(tmp_path / "place", grid("A", less(slit)))
    answer = grids_of(atlas)
    assert (answer.holes, len(answer.slivers)) == ((), 1)
    assert answer.slivers[0].area_km2 == pytest.approx(0.096, rel=0.01)
    assert answer.slivers[0].width_m == pytest.approx(12, abs=1)
    one = kpi(atlas, "ownerless_km2")
    assert one.value == 0
    assert [(part.label, part.value_text) for part in one.parts] == [
        ("网格之间的空白", "0"),
        ("描绘细缝，不计入", "0.10"),
    ]


def test_what_bulges_somewhere_is_no_slit(tmp_path: Path) -> None:
    bulging = shapely.union(box_m(1000, 3000, 9000, 3012), box_m(2000, 3000, 2030, 3030))
    answer = grids_of(placed(tmp_path / "place", grid("A", less(bulging))))
    assert len(answer.holes) == 1
    assert answer.holes[0].width_m == pytest.approx(30, abs=1)


def test_an_overlap_names_both_and_who_answers_for_each(tmp_path: Path) -> None:
    answer = grids_of(
        placed(
            tmp_path / "place",
            grid("A", shapely.intersection(WHOLE, box_m(-100, -100, 5400, 20_000))),
            grid("B", shapely.intersection(WHOLE, box_m(5000, -100, 20_000, 20_000))),
        )
    )
    [found] = answer.overlaps
    assert {found.grid_id, found.other_id} == {"A", "B"}
    assert found.width_m == pytest.approx(400, abs=3)
    assert {found.answers[-1].post, found.other_answers[-1].post} == {"A网格长", "B网格长"}
    told = found.to_json_dict()
    assert {told["post"], told["other_post"]} == {"A网格长", "B网格长"}
    assert answer.holes == ()


def test_only_what_lies_in_the_place_counts(tmp_path: Path) -> None:
    """The township reaches beyond the place; nobody must answer there."""
    beyond = shapely.union(WHOLE, box_m(-3000, 0, 500, 1000))
    atlas = placed(tmp_path / "place", grid("T", beyond, 层级="乡镇"), grid("A", WHOLE, 上级编码="T"))
    answer = grids_of(atlas)
    assert answer.holes == ()
    [whole] = [row for row in answer.rows if row.grid_id == "T"]
    assert whole.area_km2 == pytest.approx(sum(row.area_km2 for row in answer.rows if row.grid_id == "A"), rel=1e-4)


def test_a_place_of_other_standards_tells_slits_by_them(tmp_path: Path) -> None:
    atlas = placed(tmp_path / "place", grid("A", less(box_m(1000, 3000, 9000, 3012))))
    assert grids_of(atlas).holes == ()
    (atlas.place_folder / "standards.toml").write_text(
        '[number.grid_sliver_m]\nvalue = 5\nunit = "m"\nsource = "本县"\ndated_on = 2026-03-01\n', "utf-8"
    )
    assert len(grids_of(atlas).holes) == 1


def test_without_grids_nothing_is_known_of_land_without_a_grid(tmp_path: Path) -> None:
    atlas = placed(tmp_path / "place")
    assert said(atlas, "ownerless_km2") == (None, False)
    answer = grids_of(atlas)
    assert (answer.rows, answer.faults, answer.drivers.value) == ((), (), None)


def test_the_rows_of_the_faults_are_those_of_the_answer(tmp_path: Path) -> None:
    hole = box_m(3000, 3000, 4000, 3300)
    atlas = placed(tmp_path / "place", grid("A", less(hole)), grid("B", box_m(5000, 5000, 6000, 6000)))
    found = features(atlas, "grid_faults").table.to_pylist()
    assert [row["kind"] for row in found] == ["overlap", "hole"]
    assert [row["thing_id"] for row in found] == ["F1", "F2"]
    assert found[0]["area_km2"] == pytest.approx(1, rel=1e-3)
    assert found[1]["name"] == "小地方"
    assert found[1]["file"] is None
    assert features(atlas, "grid_faults", {"kind": ["hole"]}).table["thing_id"].to_pylist() == ["F2"]
