"""Analysts get the rows with their units, and what is unknown stays so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from planning.atlas import open_atlas
from planning.features import FILTERS, features
from planning.frames import frame, worded
from tests.etl.small_place import SmallPlace

if TYPE_CHECKING:
    from pathlib import Path

    from planning.atlas import Atlas

HEADINGS = ["编号", "站名", "类型", "状态", "停车位", "设施", "经度", "纬度"]
WRITTEN = [
    HEADINGS,
    ["S1", "甲站", "服务站", "运营", 12, "停车;热水", 107.35, 35.33],
    ["S2", "乙站", "服务站", "运营", "*", "", 107.36, 35.34],
]


@pytest.fixture
def atlas(tmp_path: Path) -> Atlas:
    SmallPlace(tmp_path / "place").add("stations", "s.csv", WRITTEN).build()
    return open_atlas(tmp_path / "place")


def test_a_frame_holds_codes_types_and_shapes(atlas: Atlas) -> None:
    stations = frame(features(atlas, "stations"))
    assert stations.index.tolist() == ["S1", "S2"]
    assert stations["tier"].tolist() == ["service_station"] * 2
    assert (stations.geometry.x.round(4).tolist(), stations.geometry.y.round(4).tolist()) == (
        [107.35, 107.36],
        [35.33, 35.34],
    )
    assert stations.crs.is_geographic


def test_an_unknown_number_is_neither_zero_nor_a_float(atlas: Atlas) -> None:
    bays = frame(features(atlas, "stations"))["bays"]
    assert bays.dtype == pd.Int32Dtype()
    assert bays["S1"] == 12
    assert bays["S2"] is pd.NA


def test_a_frame_says_labels_and_units(atlas: Atlas) -> None:
    told = frame(features(atlas, "stations")).attrs
    assert told["title"] == "驿站"
    assert (told["labels"]["bays"], told["units"]["bays"]) == ("停车位", "个")


def test_words_are_those_of_the_pages(atlas: Atlas) -> None:
    words = worded(features(atlas, "stations"))
    assert words.loc["S1", "类型"] == "服务站"
    assert words.loc["S2", "停车位 (个)"] == "未知"
    assert words.loc["S1", "设施"] == "热水、停车"


@pytest.mark.parametrize("noun", FILTERS)
def test_every_noun_comes_as_both(sample_place: Path, noun: str) -> None:
    found = features(open_atlas(sample_place), noun)
    assert len(frame(found)) == len(worded(found)) == found.table.num_rows > 0


def test_no_rows_make_an_empty_frame(atlas: Atlas) -> None:
    found = features(atlas, "repair_shops")
    assert frame(found).empty
    assert worded(found).empty
