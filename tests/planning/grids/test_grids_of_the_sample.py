"""The sample's grids against counts made one by one, in plain Python."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely

from planning.atlas import Atlas, open_atlas
from planning.coverage import coverage
from planning.grids import Grids, grids_of
from planning.kpis import kpi, kpi_rows
from planning.standards import standard

if TYPE_CHECKING:
    from pathlib import Path

K = int(standard("k_anonymity").value)


@pytest.fixture(scope="module")
def sample(sample_place: Path) -> Atlas:
    return open_atlas(sample_place)


@pytest.fixture(scope="module")
def answer(sample: Atlas) -> Grids:
    return grids_of(sample)


def rows(atlas: Atlas, sql: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = atlas.cursor().execute(sql).to_arrow_table().to_pylist()
    return found


class ByHand:
    """The tables of the snapshot, and what hangs below each grid."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self.grids = {row["grid_id"]: row for row in rows(atlas, "select *, st_aswkb(geom) as wkb from grids")}
        self.shapes = {grid_id: shapely.from_wkb(row["wkb"]) for grid_id, row in self.grids.items()}
        self.ledger = Counter(row["home_grid"] for row in rows(atlas, "select home_grid from drivers"))
        self.leaves = set(self.grids) - {row["parent_id"] for row in self.grids.values()}

    def above(self, grid_id: str) -> list[str]:
        parent = self.grids[grid_id]["parent_id"]
        return [*self.above(parent), parent] if parent in self.grids else []

    def below(self, grid_id: str) -> list[str]:
        return [one for one in self.grids if one == grid_id or grid_id in self.above(one)]

    def drivers(self, grid_id: str) -> int:
        """In the sample every lowest grid is known, by its own row or by the ledger."""
        return sum(
            self.ledger[one] if self.grids[one]["drivers"] is None else self.grids[one]["drivers"]
            for one in self.below(grid_id)
            if one in self.leaves
        )

    def holds(self, lon: float | None, lat: float | None) -> str | None:
        """The lowest grid that holds a spot."""
        if lon is None:
            return None
        found = [one for one, shape in self.shapes.items() if shape.intersects(shapely.Point(lon, lat))]
        return min(found, key=lambda one: (-len(self.above(one)), self.shapes[one].area, one), default=None)


@pytest.fixture(scope="module")
def by_hand(sample: Atlas) -> ByHand:
    return ByHand(sample)


def test_drivers_of_each_grid_or_what_may_be_told_of_them(answer: Grids, by_hand: ByHand) -> None:
    assert {row.grid_id for row in answer.rows} == set(by_hand.grids)
    shown = 0
    for row in answer.rows:
        truth = by_hand.drivers(row.grid_id)
        if 0 < truth < K:
            assert (row.drivers.value, row.drivers.is_hidden) == (None, True)
        elif row.drivers.is_hidden:
            assert row.drivers.value is None or K <= row.drivers.value <= truth
        else:
            assert (row.drivers.value, row.drivers.is_lower_bound) == (truth, False)
            shown += 1
        assert row.own_drivers.value in {None, by_hand.grids[row.grid_id]["drivers"]}
    assert shown > 70


def test_the_whole_agrees_with_the_figures_of_the_overview(sample: Atlas, answer: Grids) -> None:
    for name, whole in (("drivers_known", answer.drivers), ("party_drivers", answer.party_drivers)):
        on_grids = kpi(sample, name).parts[0]
        assert (whole.value, whole.is_lower_bound) == (on_grids.value, on_grids.is_lower_bound), name
        assert whole.value == sum(row["counted"] or 0 for row in kpi_rows(sample, name).table.to_pylist())


def test_stations_and_requests_lie_on_one_grid_each(sample: Atlas, answer: Grids, by_hand: ByHand) -> None:
    stations = rows(sample, "select status, lon, lat from stations")
    open_requests = rows(sample, "select location, lon, lat from requests where closed_at is null")
    found = Counter((by_hand.holds(row["lon"], row["lat"]), row["status"]) for row in stations)
    named = {row["name"]: grid_id for grid_id, row in by_hand.grids.items() if row["level"] == 3}
    asked: Counter[str | None] = Counter()
    nowhere = 0
    for row in open_requests:
        towns = [grid_id for name, grid_id in named.items() if name in (row["location"] or "")]
        at = by_hand.holds(row["lon"], row["lat"]) if row["lon"] is not None else towns[0] if len(towns) == 1 else None
        nowhere += row["lon"] is None and at is None
        asked[at] += 1
    for row in answer.rows:
        below = by_hand.below(row.grid_id)
        assert row.stations is not None
        for status in ("open", "building", "planned", "closed"):
            assert row.stations.get(status, 0) == sum(found[one, status] for one in below), row.name
        assert row.requests_open.value == sum(asked[one] for one in below), row.name
    assert answer.stations_outside == sum(count for (grid_id, _), count in found.items() if grid_id is None)
    assert answer.requests_nowhere == nowhere > 0
    roots = [row for row in answer.rows if not row.depth]
    placed = sum(row.requests_open.value or 0 for row in roots)
    assert placed + answer.requests_outside + nowhere == len(open_requests)


def test_the_covered_share_is_a_sum_over_cells(sample: Atlas, answer: Grids, by_hand: ByHand) -> None:
    found = coverage(sample)
    drivers = np.nan_to_num(found.cells.drivers)
    owner = [found.cells.grid_ids[at] for at in found.cells.grid]
    for row in answer.rows:
        below = set(by_hand.below(row.grid_id))
        inside = np.array([one in below for one in owner])
        total = drivers[inside].sum()
        covered = drivers[inside & found.is_covered].sum()
        assert row.covered_drivers.pct == (pytest.approx(100 * covered / total) if total else None)
    [county] = [row for row in answer.rows if row.level == 1]
    assert county.covered_drivers.pct == pytest.approx(found.shares["drivers"].pct)


def test_who_answers_at_each_level(answer: Grids, by_hand: ByHand) -> None:
    for row in answer.rows:
        line = [*by_hand.above(row.grid_id), row.grid_id]
        assert [one.grid_id for one in row.answers] == line
        assert [(one.post, one.unit) for one in row.answers] == [
            (by_hand.grids[one]["post"], by_hand.grids[one]["unit"]) for one in line
        ]
    assert [len(row.answers) for row in answer.rows if row.level == 4 and row.parent_id in by_hand.grids] == [4] * 66
    assert [row.name for row in answer.without_post] == ["王村镇第一网格"]


def test_rows_come_as_the_tree_is_read(answer: Grids) -> None:
    place = {row.grid_id: at for at, row in enumerate(answer.rows)}
    for row in answer.rows:
        if row.depth:
            assert place[row.answers[-2].grid_id] < place[row.grid_id]
    [county] = [row for row in answer.rows if row.level == 1]
    assert answer.rows[0] == county
    assert [one.level for one in answer.below(county.grid_id)] == [2, 2, 2]
    assert {one.name for one in answer.below(None)} == {"泾川县", "园区网格"}
    assert county.grids_below == len(answer.rows) - 2


def test_the_health_of_the_ledger(sample: Atlas, answer: Grids, by_hand: ByHand) -> None:
    drivers = rows(sample, "select * from drivers")
    stale_days = standard("ledger_stale_days").value
    for row in answer.rows:
        below = by_hand.below(row.grid_id)
        written = [
            [by_hand.grids[one][name] for name in ("post", "unit", "drivers", "party_drivers", "people", "surveyed_on")]
            if one in by_hand.leaves
            else [by_hand.grids[one][name] for name in ("post", "unit")]
            for one in below
        ]
        homes = [one for one in drivers if one["home_grid"] in below]
        days = [one["surveyed_on"] for one in homes if one["surveyed_on"]]
        if 0 < len(homes) < K:
            assert row.health.has_few_drivers
            homes = days = []
        written += [
            [one[name] for name in ("name", "phone", "plate", "home_grid", "is_party_member", "licence_class",
                                    "survey_channel", "surveyed_on")]
            for one in homes
        ]  # fmt: skip
        cells = [cell for line in written for cell in line]
        assert row.health.complete_pct == round(100 * sum(cell is not None for cell in cells) / len(cells), 1)
        assert row.health.surveyed_on == max(days, default=None)
        assert row.health.age_days == ((answer.as_of - max(days)).days if days else None)
        stale = [day for day in days if (answer.as_of - day).days > stale_days]
        assert row.health.stale_pct == (round(100 * len(stale) / len(days), 1) if days else None)


def test_conflicts_stand_on_the_grids_of_their_first_rows(answer: Grids) -> None:
    assert {conflict.kind for conflict in answer.conflicts} == {"plate"}
    own = Counter(conflict.grid_id for conflict in answer.conflicts)
    for row in answer.rows:
        below = [one.grid_id for one in answer.rows if row.grid_id in {up.grid_id for up in one.answers}]
        assert row.health.conflicts == sum(own[one] for one in below)
    assert sum(row.health.conflicts for row in answer.rows if not row.depth) == len(answer.conflicts) > 0


def test_programs_are_told_all_of_it(answer: Grids) -> None:
    told = answer.to_json_dict()
    wanted = {
        "grid_id", "name", "level", "parent", "post", "unit", "drivers", "party_drivers", "stations_open",
        "requests_open", "covered_drivers_pct",
    }  # fmt: skip
    assert all(wanted <= row.keys() for row in told["grids"])
    assert len(told["grids"]) == len(answer.rows)
    assert {"holes", "overlaps", "slivers", "without_post", "conflicts"} <= told.keys()
    assert told["ownerless_km2"] == pytest.approx(sum(hole["area_km2"] for hole in told["holes"]), abs=1e-5)


def test_the_rows_behind_a_figure_hide_the_same(sample: Atlas, answer: Grids) -> None:
    for name, count in (("drivers_known", "drivers"), ("party_drivers", "party_drivers")):
        rows_behind = {row["thing_id"]: row for row in kpi_rows(sample, name).table.to_pylist()}
        hidden = [row for row in answer.rows if not row.grids_below and getattr(row, count).is_hidden]
        assert hidden
        assert all(rows_behind[row.grid_id]["counted"] is None for row in hidden)
        assert all(rows_behind[row.grid_id][count] is None for row in hidden)
        together = next(row for row in rows_behind.values() if row["name"] == "小人数合计")
        assert together["counted"] >= K
        small = [row["counted"] for row in rows_behind.values() if 0 < (row["counted"] or K) < K]
        assert small == []
