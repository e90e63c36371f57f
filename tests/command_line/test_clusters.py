"""`yitu clusters` says for programs and people where repair shops cluster."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from planning.atlas import open_atlas
from planning.clusters import repair_clusters
from tests.test_yitu import yitu

if TYPE_CHECKING:
    from pathlib import Path


def test_programs_are_told_every_cluster(sample_place: Path) -> None:
    told = json.loads(yitu("clusters", sample_place, "--json").stdout)
    found = repair_clusters(open_atlas(sample_place))
    assert [one["cluster_id"] for one in told["clusters"]] == [one.cluster_id for one in found.clusters]
    for one in told["clusters"]:
        assert one["shape"] in {"patch", "strip"}
        assert one["shops"] == len(one["shop_ids"])
        assert one["filed_pct"] == pytest.approx(100 * one["filed"]["yes"] / one["shops"])
        assert (one["station_way"], set(one["station"])) == ("by_road", {"station_id", "name"})
        assert 0 < one["station_min"] < 30
        assert [grid["level"] for grid in one["grids"]] == [1, 2, 3, 4]
    assert told["gone"] is None
    assert told["shops_alone"] == found.shops_alone


@pytest.mark.parametrize(("language", "words"), [("zh", ("带状", "未知", "家维修点不在聚集区内")),
                                                 ("en", ("strip on G312", "unknown", "shops stand alone"))])  # fmt: skip
def test_people_are_told_in_words(sample_place: Path, language: str, words: tuple[str, ...]) -> None:
    done = yitu("clusters", sample_place, language=language)
    assert done.returncode == 0
    assert all(word in done.stdout for word in words)
