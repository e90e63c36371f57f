"""The same answer whether trucks come in one portion or in many, and whether windows glide or sort."""

from __future__ import annotations

import pytest

from etl.derived.tracks.engine import EmbeddedEngine
from etl.derived.tracks.following import RESULTS, follow, put_ground, values_of
from etl.derived.tracks.hop_paths import HopPaths
from etl.derived.tracks.rules import TrackRules
from tests.etl.derived.small_county import HERE
from tests.etl.derived.tracks.small_tracks import AREA, CELL_SIZE_M, county_of
from tests.etl.derived.tracks.test_golden_track import ROAD, TRACK
from tests.etl.derived.tracks.test_heat_and_flows import ROADS, later, trucks

PINGS = [*TRACK, *trucks(6, "乙", is_hazmat=True), *trucks(7, "丙"), *later(trucks(5, "丙"), 3 * 1440)]
GROUND = {**ROADS, **{f"golden {name}": course for name, course in ROAD.items()}}
SUMMED = {"found_trucks", "found_days", "found_faults", "found_matching"}


def found(pings_at_once: int, *, is_gliding: bool) -> dict[str, list[tuple[object, ...]]]:
    database = county_of(PINGS, GROUND, a={"ref": "G1"}, b={"ref": "G1"}, c={"ref": "G1"})
    engine = EmbeddedEngine(database, pings_at_once, is_gliding=is_gliding)
    assert (engine.buckets > 1) == (pings_at_once < len(PINGS))
    rules = TrackRules()
    put_ground(engine, database, HERE, rules)
    follow(engine, HopPaths(database, HERE), values_of(rules, HERE, AREA, CELL_SIZE_M))
    answer = {}
    for name in RESULTS:
        keys = {"found_trucks": "kind, thing, hour, hazmat", "found_days": "day", "found_faults": "fault"}
        if name in SUMMED:
            by = keys.get(name)
            numbers = [c for c in engine.fetch(name).column_names if by is None or c not in by.split(", ")]
            summed = ", ".join(f"sum({column})" for column in numbers)
            asked = f"select {by + ', ' if by else ''}{summed} from temp.{name} {'group by ' + by if by else ''} order by all"
        else:
            columns = ", ".join(c for c in engine.fetch(name).column_names if c != "truck")
            asked = f"select {columns} from temp.{name} order by all"
        answer[name] = database.execute(asked).fetchall()
    return answer


@pytest.mark.parametrize(("pings_at_once", "is_gliding"), [(20, True), (1000, False), (20, False)])
def test_portions_and_gliding_change_nothing(*, pings_at_once: int, is_gliding: bool) -> None:
    whole = found(1000, is_gliding=True)
    assert [name for name in RESULTS if not whole[name]] == []
    other = found(pings_at_once, is_gliding=is_gliding)
    for name in RESULTS:
        assert [tuple(map(_plain, row)) for row in other[name]] == [tuple(map(_plain, row)) for row in whole[name]], (
            name
        )


def _plain(value: object) -> object:
    return round(value, 3) if isinstance(value, float) else value
