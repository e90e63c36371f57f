"""The clusters of a snapshot: who answers for them, what is known of them, and what has changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import shapely

from etl.projection import LocalProjection
from planning.atlas import Atlas, open_atlas
from planning.clusters import repair_clusters
from planning.clusters.answer import clusters_answer
from planning.clusters.words import class_mix, cluster_name, flag_text, inspection_reason, station_text
from planning.features import features
from planning.kpis import kpi, kpi_rows
from planning.spot_facts import spot_facts
from tests.etl.small_place import SmallPlace
from tests.planning.clusters.shop_ledger import found, heap, shop
from wording import use_language

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def sample(sample_place: Path) -> Atlas:
    return open_atlas(sample_place)


def test_every_shop_of_the_sample_is_in_one_cluster_or_alone(sample: Atlas) -> None:
    answer = repair_clusters(sample)
    grouped = [name for one in answer.clusters for name in one.shop_ids]
    total = sample.cursor().execute("select count(*) from repair_shops").fetchone()
    assert total == (len(grouped) + answer.shops_alone,)
    assert len(set(grouped)) == len(grouped) == answer.clustered.shops
    assert {one.shape for one in answer.clusters} == {"patch", "strip"}


def test_what_is_counted_is_what_the_ledger_says(sample: Atlas) -> None:
    for one in repair_clusters(sample).clusters:
        rows = sample.cursor().execute(
            "select * from repair_shops where list_contains(?, shop_id)", [list(one.shop_ids)]
        ).to_arrow_table().to_pylist()  # fmt: skip
        filed = [row["is_filed"] for row in rows]
        assert (one.facts.filed.yes, one.facts.filed.no, one.facts.filed.unknown) == (
            filed.count(True), filed.count(False), filed.count(None),
        )  # fmt: skip
        assert one.facts.filed.pct == pytest.approx(100 * filed.count(True) / len(filed))
        faulty = [row["is_filed"] is False or row["on_roadside"] or row["on_green_land"] for row in rows]
        assert one.facts.to_inspect == sum(map(bool, faulty))
        assert sum(one.facts.classes.values()) == len(rows)
        days = [row["surveyed_on"] for row in rows]
        assert (one.surveyed_from, one.surveyed_to) == (min(days), max(days))


def test_the_posts_are_those_of_the_spot(sample: Atlas) -> None:
    for one in repair_clusters(sample).clusters:
        facts = spot_facts(sample, one.lon, one.lat)
        assert one.grids == facts.grids
        assert shapely.from_wkb(one.outline).contains(shapely.Point(one.lon, one.lat))


def test_all_shops_of_a_cluster_stand_within_its_outline(sample: Atlas) -> None:
    rows = {row["shop_id"]: row for row in sample.query("cluster_shops").to_pylist()}
    for one in repair_clusters(sample).clusters:
        outline = shapely.from_wkb(one.outline)
        spots = [(rows[name]["lon"], rows[name]["lat"]) for name in one.shop_ids]
        assert shapely.contains_xy(outline, spots).all()
        area_km2 = LocalProjection.around(outline).area_km2(outline)
        assert one.measures.area_km2 == pytest.approx(area_km2, rel=0.001)


def test_most_to_inspect_comes_first(sample: Atlas) -> None:
    clusters = repair_clusters(sample).clusters
    assert [one.rank for one in clusters] == list(range(1, len(clusters) + 1))
    counts = [one.facts.to_inspect for one in clusters]
    assert counts == sorted(counts, reverse=True)


def test_unknown_is_neither_yes_nor_no(tmp_path: Path) -> None:
    shops = [*heap(1, 0, 0, 3, filed="是"), *heap(5, 0, 120, 2, filed="*", green="*"), shop(9, 60, 180, green="*")]
    facts = found(tmp_path, shops).clusters[0].facts
    assert (facts.filed.pct, facts.filed.is_lower_bound) == (pytest.approx(100 * 4 / 6), True)
    assert (facts.to_inspect, facts.unclear) == (0, 3)
    assert (facts.on_roadside.count, facts.on_green_land.count, flag_text(facts.on_green_land)) == (0, None, "未知")


def test_green_land_that_no_survey_asked_for_is_unknown(tmp_path: Path) -> None:
    cluster = found(tmp_path, heap(1, 0, 0, 6, green="")).clusters[0]
    assert cluster.facts.on_green_land.pct is None
    assert "绿地" not in inspection_reason(cluster)


def test_without_roads_grids_or_stations_they_are_unknown(tmp_path: Path) -> None:
    cluster = found(tmp_path, heap(1, 0, 0, 8)).clusters[0]
    assert (cluster.shape, cluster.measures.road, cluster.measures.road_share_pct) == ("patch", None, None)
    assert (cluster.station, cluster.station_way, station_text(cluster)) == (None, None, "未知")
    assert (cluster.grids, cluster_name(cluster)) == ((), "网格之外 成片")


def test_no_shops_make_no_clusters(tmp_path: Path) -> None:
    SmallPlace(tmp_path / "place").build()
    answer = repair_clusters(open_atlas(tmp_path / "place"))
    assert (answer.clusters, answer.shops_alone, answer.clustered.filed.pct) == ((), 0, None)


def test_clusters_are_compared_with_the_survey_before(tmp_path: Path) -> None:
    before = [
        *heap(1, 0, 0, 6, day="2025-03-01"),  # grows
        *heap(20, 2000, 0, 10, day="2025-03-02"),  # shrinks
        *heap(40, 4000, 0, 10, day="2025-03-02"),  # stays
        *heap(60, 0, 3000, 5, day="2025-03-02"),  # goes, but for two shops
    ]
    now = [
        *heap(1, 0, 0, 9),
        *heap(20, 2000, 0, 7),
        *heap(40, 4000, 0, 11),
        *heap(60, 0, 3000, 2),
        *heap(80, 2000, 3000, 5),  # is new
    ]
    answer = found(tmp_path, before, now)
    changes = {one.cluster_id: (one.change, one.shops_before, one.facts.shops) for one in answer.clusters}
    assert changes == {
        "W001": ("grown", 6, 9),
        "W020": ("shrunk", 10, 7),
        "W040": ("steady", 10, 11),
        "W080": ("new", 0, 5),
    }
    assert answer.gone is not None
    assert [(one.cluster_id, one.shops_before, one.shops) for one in answer.gone] == [("W060", 5, 2)]
    assert str(answer.surveyed_before) == "2025-03-02"


def test_a_cluster_that_has_split_counts_no_shop_twice(tmp_path: Path) -> None:
    before = [shop(at, 100 * at, 0, day="2025-03-01") for at in range(1, 21)]
    now = [shop(at, 100 * at, 0) for at in range(1, 21) if not 9 <= at <= 12]
    answer = found(tmp_path, before, now)
    assert [(one.facts.shops, one.shops_before, one.change) for one in answer.clusters] == [(8, 10, "shrunk")] * 2
    assert answer.gone == ()


def test_two_that_have_grown_together_are_one(tmp_path: Path) -> None:
    before = [*heap(1, 0, 0, 6, day="2025-03-01"), *heap(20, 700, 0, 6, day="2025-03-01")]
    now = [*heap(1, 0, 0, 6), *heap(20, 700, 0, 6), *heap(40, 350, 0, 4)]
    answer = found(tmp_path, before, now)
    assert [(one.facts.shops, one.shops_before, one.change) for one in answer.clusters] == [(16, 12, "grown")]
    assert answer.gone == ()


def test_when_all_are_gone_they_are_told(tmp_path: Path) -> None:
    answer = found(tmp_path, heap(1, 0, 0, 6, day="2025-03-01"), [shop(1, 0, 0)])
    assert answer.clusters == ()
    assert answer.gone is not None
    assert [(one.shops_before, one.shops) for one in answer.gone] == [(6, 1)]


def test_the_same_survey_built_again_is_no_survey_before(tmp_path: Path) -> None:
    answer = found(tmp_path, heap(1, 0, 0, 5), heap(1, 0, 0, 9))
    assert (answer.gone, answer.surveyed_before, answer.clusters[0].change) == (None, None, None)


def test_without_days_of_survey_what_has_changed_is_unknown(tmp_path: Path) -> None:
    answer = found(tmp_path, heap(1, 0, 0, 5, day=""), heap(1, 0, 0, 9, day=""))
    assert (answer.surveyed_to, answer.gone, answer.clusters[0].change) == (None, None, None)


def test_a_place_may_bring_numbers_of_its_own(tmp_path: Path) -> None:
    assert len(found(tmp_path, heap(1, 0, 0, 6)).clusters) == 1
    (tmp_path / "place" / "standards.toml").write_text(
        '[number.cluster_least_shops]\nvalue = 7\nunit = "shops"\nsource = "本县"\ndated_on = 2026-04-01\n', "utf-8"
    )
    assert repair_clusters(open_atlas(tmp_path / "place")).clusters == ()


def test_rows_answer_and_figures_say_the_same(sample: Atlas) -> None:
    answer = repair_clusters(sample)
    told = json.loads(json.dumps(clusters_answer(sample, answer), default=str, allow_nan=False))
    rows = features(sample, "repair_clusters").table.to_pylist()
    assert [row["thing_id"] for row in rows] == [one["cluster_id"] for one in told["clusters"]]
    for name in ("shape", "shops", "filed_pct", "to_inspect", "elongation", "road_share_pct", "station_min"):
        assert [row[name] for row in rows] == [one[name] for one in told["clusters"]]
    assert [row["station"] for row in rows] == [one["station"] and one["station"]["name"] for one in told["clusters"]]
    assert kpi(sample, "repair_clusters").value == len(rows)
    assert {part.label: part.value for part in kpi(sample, "repair_clusters").parts} == {
        word: sum(row["shape"] == shape for row in rows) for shape, word in (("patch", "成片"), ("strip", "带状"))
    }
    filed, shops = (sum(row[name] for row in rows) for name in ("filed", "shops"))
    assert answer.clustered.filed.pct == pytest.approx(100 * filed / shops)
    assert kpi(sample, "repair_clusters_to_inspect").value == sum(row["to_inspect"] for row in rows)
    assert kpi_rows(sample, "repair_clusters").table.num_rows == len(rows)


def test_one_cluster_can_be_asked_for(sample: Atlas) -> None:
    wanted = repair_clusters(sample).clusters[1].cluster_id
    assert features(sample, "repair_clusters", thing=wanted).table["thing_id"].to_pylist() == [wanted]
    assert features(sample, "repair_clusters", thing="no such").table.num_rows == 0


def test_a_cluster_speaks_either_language(sample: Atlas) -> None:
    strip = next(one for one in repair_clusters(sample).clusters if one.shape == "strip")
    assert cluster_name(strip).endswith("G312 带状")
    assert "家待查" in inspection_reason(strip)
    assert class_mix(strip).startswith("三类 ")
    use_language("en")
    assert cluster_name(strip).endswith("strip on G312")
    assert "shops to inspect" in inspection_reason(strip)
