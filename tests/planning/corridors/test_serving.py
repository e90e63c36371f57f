"""What is served, against a walk along the road minute by minute."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from planning.corridors.corridor import Corridor, corridor, corridors
from planning.corridors.report import as_json, corridor_report
from planning.corridors.rest_points import RestPoint
from planning.corridors.serving import between, joining, longest, served_stretches, truck_km_on
from planning.driving import four_hours
from planning.need import Need
from tests.planning.corridors.small_corridor import BEGIN_KM, place_with
from wording import Refusal

if TYPE_CHECKING:
    from pathlib import Path

WITHIN = 30.0


def a_line(edges: int = 20, *, down: bool = False, seed: int = 1) -> Corridor:
    dice = np.random.default_rng(seed)
    km = dice.uniform(2, 15, edges)
    ends = np.concatenate(([0.0], np.cumsum(km)))
    from_km, to_km = (ends[:-1], ends[1:]) if not down else (ends[::-1][:-1], ends[::-1][1:])
    lengths = np.abs(to_km - from_km)
    counted = np.where(dice.random(edges) < 0.2, np.nan, dice.uniform(100, 900, edges))
    unknown = np.full(edges, np.nan)
    return Corridor("G1", "down" if down else "up", is_by_stake=True, is_expressway=False, edge=np.arange(edges),
                    from_km=from_km, to_km=to_km, minutes=lengths * dice.uniform(0.6, 1.5, edges),
                    counted_per_day=counted, measured_per_day=unknown, hazmat_per_day=unknown)  # fmt: skip


def points_on(line: Corridor, count: int, seed: int) -> list[RestPoint]:
    dice = np.random.default_rng(seed)
    moments = np.sort(dice.uniform(0, line.whole_min, count))
    return [
        RestPoint(
            "stations", str(number), str(number), "", line.km_at(moment), float(moment), float(dice.choice([0, 5]))
        )
        for number, moment in enumerate(moments)
    ]


@pytest.mark.parametrize("seed", range(12))
def test_served_stretches_their_gaps_and_their_traffic_against_a_walk(seed: int) -> None:
    line = a_line(down=seed % 2 == 1, seed=seed)
    points = points_on(line, 4, seed)
    served = served_stretches(line, points, WITHIN)
    gaps = between(line, served)
    step = 0.01
    moments = np.arange(step / 2, line.whole_min, step)
    is_served = np.zeros(len(moments), dtype=bool)
    for point in points:
        is_served |= (moments <= point.at_min) & (point.at_min - moments + point.detour_min <= WITHIN)
    assert sum(one.length_min for one in served) == pytest.approx(is_served.sum() * step, abs=0.1)
    assert sum(one.length_min for one in (*served, *gaps)) == pytest.approx(line.whole_min)
    assert sum(one.length_km for one in (*served, *gaps)) == pytest.approx(line.length_km)
    place = np.searchsorted(line.begin_min, moments, side="right") - 1
    km_a_step = line.km[place] / line.minutes[place] * step
    walked = np.nansum((km_a_step * line.trucks_per_day[place])[~is_served])
    assert truck_km_on(line, gaps) == pytest.approx(walked, rel=0.01)
    runs = np.flatnonzero(np.diff(np.concatenate(([0], is_served.view(np.int8), [0]))))
    longest_km = max((km_a_step[begin:end].sum() for begin, end in zip(runs[::2], runs[1::2], strict=True)), default=0)
    chain = longest(served)
    assert (chain.length_km if chain else 0) == pytest.approx(longest_km, abs=0.1)


@pytest.mark.parametrize("seed", range(6))
def test_one_more_station_at_the_end_of_the_gap_makes_the_chain_that_was_promised(seed: int) -> None:
    line = a_line(seed=seed)
    points = points_on(line, 6, seed)
    served = served_stretches(line, points, WITHIN)
    more = joining(served, between(line, served), WITHIN)
    if more is None:
        assert all(gap.length_min > WITHIN for gap in between(line, served))
        return
    new = RestPoint("stations", "new", "new", "", more.gap.to_km, more.gap.to_min, 0.0)
    after = longest(served_stretches(line, sorted([*points, new], key=lambda one: one.at_min), WITHIN))
    assert after is not None
    assert after.length_km >= more.joined_km - 1e-6


def test_a_corridor_of_a_real_place_with_its_stakes_both_ways(tmp_path: Path) -> None:
    atlas = place_with(tmp_path, [("甲站", 50, {}), ("乙站", 120, {})])
    up, down = corridors(atlas)
    assert (up.name, down.name) == ("G1 up", "G1 down")
    assert up.is_by_stake
    assert up.length_km == pytest.approx(200)
    assert up.whole_min == pytest.approx(200 / 55 * 60, rel=0.002)  # trucks drive 55 on second-class roads
    assert up.min_at(150) == pytest.approx(down.min_at(250), rel=1e-4)
    assert up.km_at(up.min_at(173.2)) == pytest.approx(173.2)
    found = corridor_report(atlas, "G1", "up")
    assert [(one.name, pytest.approx(one.km, abs=0.01)) for one in found.stations] == [("甲站", 150), ("乙站", 220)]
    back = corridor_report(atlas, "G1", "down")
    assert [one.name for one in back.stations] == ["乙站", "甲站"]
    # Half an hour before a station is 27.5 km; behind the last one nothing is served.
    assert found.longest_gap is not None
    assert found.longest_gap.length_km == pytest.approx(80, abs=0.2)
    assert found.chain is not None
    assert found.chain.length_km == pytest.approx(27.5, abs=0.1)
    assert found.uncovered_truck_km_per_day == pytest.approx((200 - 2 * 27.5) * 200, rel=0.01)  # 400 both ways
    assert not found.is_lower_bound


def test_a_station_serves_the_direction_that_it_says(tmp_path: Path) -> None:
    atlas = place_with(
        tmp_path, [("上行站", 50, {"serves": "上行"}), ("都可", 120, {}), ("停用", 90, {"status": "停用"})]
    )
    assert [one.name for one in corridor_report(atlas, "G1", "up").stations] == ["上行站", "都可"]
    assert [one.name for one in corridor_report(atlas, "G1", "down").stations] == ["都可"]


def test_without_stakes_kilometres_rise_eastwards_from_nought(tmp_path: Path) -> None:
    atlas = place_with(tmp_path, [("甲站", 50, {})], has_stakes=False)
    up = corridor(atlas, "G1", "up")
    assert not up.is_by_stake
    assert (up.from_km[0], up.to_km[-1]) == (pytest.approx(0, abs=0.01), pytest.approx(200, rel=0.001))
    assert corridor_report(atlas, "G1", "up").stations[0].km == pytest.approx(50, rel=0.001)


def test_four_hours_are_reached_where_no_station_comes_before(tmp_path: Path) -> None:
    # 300 km at 55 km/h are 327 minutes; the fourth hour is full after 220 km.
    atlas = place_with(tmp_path, [("晚", 280, {})], length_km=300)
    up, down = (four_hours(atlas, corridor(atlas, "G1", way)) for way in ("up", "down"))
    assert not up.is_always_in_time
    assert [one.at_km for one in up.breaks] == [pytest.approx(BEGIN_KM + 220, abs=0.5)]
    assert up.breaks[0].trucks_per_day == 200
    assert up.over_truck_km_per_day == pytest.approx(60 * 200, rel=0.01)
    # From the other end the station comes after 20 km, and then 280 km without one.
    assert [one.at_km for one in down.breaks] == [pytest.approx(BEGIN_KM + 60, abs=0.5)]
    atlas = place_with(tmp_path / "two", [("早", 100, {}), ("晚", 280, {})], length_km=300)
    assert all(four_hours(atlas, corridor(atlas, "G1", way)).is_always_in_time for way in ("up", "down"))
    assert not four_hours(atlas, corridor(atlas, "G1", "up"), Need(tiers=("driver_home",))).is_always_in_time


def test_unknown_traffic_is_unknown_and_no_nought(tmp_path: Path) -> None:
    atlas = place_with(tmp_path, trucks=None)
    told = as_json(corridor_report(atlas, "G1", "up"))
    assert told["uncovered_truck_km_per_day"] is None
    assert told["over_4h_spells_pct"] is None
    assert told["most_trucks_per_day"] is None
    assert (told["longest_gap_km"], told["chain_km"]) == (pytest.approx(200), 0)


def test_a_corridor_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    atlas = place_with(tmp_path)
    with pytest.raises(Refusal, match="G1 up, G1 down"):
        corridor(atlas, "G9", "up")
