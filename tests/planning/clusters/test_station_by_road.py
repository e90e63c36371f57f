"""The station nearest to a cluster by road: small places whose minutes anybody can work out with a pencil."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import duckdb
import pytest

from etl.engine import spatial_extension
from etl.snapshot_check import digest_beside
from planning.atlas import open_atlas
from planning.clusters import repair_clusters
from planning.clusters.words import station_text
from planning.spot_facts import spot_facts
from planning.standards import standard
from tests.planning.drawn_place import drawn_place

if TYPE_CHECKING:
    from pathlib import Path

    from planning.atlas import Atlas
    from planning.clusters import Cluster

# A kilometre is a minute. Two roads on either side of a river, with a bridge 10 km to the east.
BANKS = "road first limit=60 -10/0 10/0; road first limit=60 -10/1 10/1"
BRIDGE = "road first limit=60 10/0 10/1"
APART = "road first limit=60 -10/0.2 10/0.2; road first limit=60 -10/0 10/0"
FIVE = "shops -0.2/0 -0.1/0 0/0 0.1/0 0.2/0"
# Lengths on the ground differ from drawn ones by 0.03 % at most.
CLOSE = 1e-3


def only_cluster(atlas: Atlas) -> Cluster:
    (one,) = repair_clusters(atlas).clusters
    return one


def drawn_cluster(folder: Path, drawn: str) -> Cluster:
    return only_cluster(drawn_place(folder / "place", drawn, []))


def test_the_one_across_the_river_is_not_the_nearest(tmp_path: Path) -> None:
    atlas = drawn_place(tmp_path / "place", f"{BANKS}; {BRIDGE}; station 0/1; station 5.5/0; {FIVE}", [])
    one = only_cluster(atlas)
    across = spot_facts(atlas, one.lon, one.lat).nearest
    assert across is not None
    assert (across.thing_id, across.straight_km) == ("S3", pytest.approx(1, rel=0.01))
    assert one.station is not None
    # The shop in the middle of the five has 5.5 km to drive on its own bank, and 10 + 1 + 10 to the other station.
    assert (one.station.thing_id, one.station.minutes) == ("S4", pytest.approx(5.5, rel=CLOSE))
    assert (one.station_way, station_text(one)) == ("by_road", "站4，半数店货车 6 分钟内可到")


@pytest.mark.slow
@pytest.mark.parametrize(("drawn", "station_id", "minutes"), [
    # Over the bridge, since there is none on this bank.
    (f"{BANKS}; {BRIDGE}; station 0/1; {FIVE}", "S3", 21),
    # The way is driven from the shops: what lies behind on a one-way road is not near.
    (f"road first limit=60 oneway -10/0 10/0; station -1/0; station 4/0; {FIVE}", "S2", 4),
    # Half a kilometre beside the road at 15 km/h, and then six on it.
    ("road first limit=60 -10/0 10/0; station 6/0; shops -0.2/0.5 -0.1/0.5 0/0.5 0.1/0.5 0.2/0.5", "S1", 8),
    # Of an even number the third of six, which half of them do not exceed: 5.1, 5.2, 5.3, 5.4, 5.5, 5.6.
    ("road first limit=60 -10/0 10/0; station 5/0; shops -0.1/0 -0.2/0 -0.3/0 -0.4/0 -0.5/0 -0.6/0", "S1", 5.3),
    # At the two ends of a strip stand two stations. Of 0, 0.1, 0.2 to the one and 0.2, 0.15 to the other it is 0.15.
    ("road first limit=60 -10/0 10/0; station 0/0; station 0.45/0; shops 0/0 0.1/0 0.2/0 0.25/0 0.3/0", "S2", 0.15),
    # Three of five shops stand on the road that leads there, two on one that meets no other.
    (f"{APART}; station 5.2/0.2; shops 0/0.2 0.1/0.2 0.2/0.2 0/0 0.1/0", "S2", 5.2),
])  # fmt: skip
def test_half_of_the_shops_have_no_farther(tmp_path: Path, drawn: str, station_id: str, minutes: float) -> None:
    station = drawn_cluster(tmp_path, drawn).station
    assert station is not None
    assert (station.thing_id, station.minutes) == (station_id, pytest.approx(minutes, rel=CLOSE))


@pytest.mark.slow
@pytest.mark.parametrize(("drawn", "way", "text"), [
    (f"{BANKS}; station 0/1; {FIVE}", "no_road", "无路可到"),
    # Two of five shops have a way: that is not half of them.
    (f"{APART}; station 5.2/0.2; shops 0/0.2 0.1/0.2 0.2/0 0/0 0.1/0", "no_road", "无路可到"),
    (f"{BANKS}; station status=planned 6/0; {FIVE}", "none_open", "没有运营驿站"),
    (f"{BANKS}; station status= 6/0; {FIVE}", None, "未知"),
    # No road leads to the one that is open, but one to a station that may be.
    (f"{BANKS}; station 0/1; station status= 6/0; {FIVE}", None, "未知"),
])  # fmt: skip
def test_a_cluster_without_a_station_says_why(tmp_path: Path, drawn: str, way: str | None, text: str) -> None:
    one = drawn_cluster(tmp_path, drawn)
    assert (one.station, one.station_way, station_text(one)) == (None, way, text)


def test_a_build_that_joined_no_shops_to_roads_knows_no_way(tmp_path: Path) -> None:
    atlas = drawn_place(tmp_path / "place", f"{BANKS}; station 6/0; {FIVE}", [])
    shutil.copytree(atlas.place_folder, tmp_path / "older")
    snapshot = tmp_path / "older" / "snapshots" / atlas.path.name
    snapshot.chmod(0o644)
    with duckdb.connect(str(snapshot)) as database:
        database.execute(f"load '{spatial_extension()}'")
        database.execute("delete from road_attachments where noun = 'repair_shops'")
    digest_beside(snapshot).unlink()
    one = only_cluster(open_atlas(tmp_path / "older"))
    assert (one.station, one.station_way) == (None, None)


def test_a_place_that_drives_slower_takes_longer(tmp_path: Path) -> None:
    atlas = drawn_place(tmp_path / "place", f"road first -10/0 10/0; station 7/0; {FIVE}", [])
    before = only_cluster(atlas).station
    (atlas.place_folder / "standards.toml").write_text(
        '[number.truck_first_km_per_h]\nvalue = 35\nunit = "km_per_h"\nsource = "本县"\ndated_on = 2026-04-01\n',
        "utf-8",
    )
    after = only_cluster(atlas).station
    assert before is not None
    assert after is not None
    assert (before.minutes, after.minutes) == (pytest.approx(6, rel=CLOSE), pytest.approx(12, rel=CLOSE))


def test_no_truck_of_the_sample_is_faster_than_the_fastest_road_in_a_straight_line(sample_place: Path) -> None:
    atlas = open_atlas(sample_place)
    km_per_min = standard("truck_expressway_km_per_h").value / 60
    rows = {row["shop_id"]: row for row in atlas.query("cluster_shops").to_pylist()}
    for one in repair_clusters(atlas).clusters:
        straight = [spot_facts(atlas, rows[name]["lon"], rows[name]["lat"]).nearest for name in one.shop_ids]
        least_min = sorted(spot.straight_km / km_per_min for spot in straight if spot is not None)
        assert one.station is not None
        assert len(least_min) == len(one.shop_ids)
        assert one.station.minutes >= least_min[(len(least_min) - 1) // 2]
