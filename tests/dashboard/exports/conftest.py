from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from planning.atlas import Atlas, open_atlas
from planning.features import Features, features
from tests.etl.small_place import SmallPlace

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = (
    "=cmd|' /C calc'!A1",
    "+1",
    "@SUM(A1:A9)",
    "-2+3",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "${alert(1)}`x`",
    "]]></description><!ENTITY x>&amp;",
    "'; drop table stations; --",
    "{{7*7}} {% raw %}",
    "''=HYPERLINK(1)",
    "<",
)


@pytest.fixture(scope="session")
def sample(sample_place: Path) -> Atlas:
    return open_atlas(sample_place)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """Stations and requests whose every text means harm; every third request has no position."""
    place = SmallPlace(tmp_path_factory.mktemp("hostile") / "place")
    stations = [["编号", "名称", "类型", "停车位", "设施", "启用日期", "地址", "经度", "纬度"]]
    requests = [["编号", "类别", "内容", "地点", "诉求时间", "经度", "纬度"]]
    for at, text in enumerate(HOSTILE):
        lon, lat = 107.31 + at / 200, 35.3 + at / 200
        bays, day = (at, f"2024-05-{at + 1:02}") if at % 2 else ("", "")
        tier = ("红色驿站", "服务站", "服务点")[at % 3]
        stations.append([f"Z{at:02}", text, tier, str(bays), "停车、热水", day, text, str(lon), str(lat)])
        spot = ["", ""] if at % 3 == 0 else [str(lon), str(lat)]
        requests.append([f"G{at:02}", "停车", text, text, "2025-03-04 05:06", *spot])
    for noun, rows in (("stations", stations), ("requests", requests)):
        with (place.folder / "files" / f"{noun}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
        place.add(noun, f"{noun}.csv")
    place.build()[1].close()
    return open_atlas(place.folder)


@pytest.fixture
def stations(hostile: Atlas) -> Features:
    return features(hostile, "stations")


@pytest.fixture
def requests(hostile: Atlas) -> Features:
    return features(hostile, "requests")
