from __future__ import annotations

import datetime as dt

import pytest

from planning.feature_columns import Column, plain_text


@pytest.mark.parametrize(
    ("stake_km", "written"),
    [(1702.35, "K1702+350"), (0.0, "K0+000"), (43.4206, "K43+421"), (9.9996, "K10+000"), (None, "未知")],
)
def test_stakes_are_written_as_they_stand_by_the_road(stake_km: float | None, written: str) -> None:
    column = Column("stake_km", "桩号", "公里")
    assert column.shown_with_unit(stake_km) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (True, "是"), (12_345, "12,345"), (999.7, "1,000"), (0.5, "0.5"), (0.001234, "0.00123"), (-2.0, "-2"),
        (dt.datetime(2026, 3, 2, 9, 30), "2026-03-02 09:30"), (dt.date(2026, 3, 2), "2026-03-02"), ("=1+1", "=1+1"),
    ],
)  # fmt: skip
def test_values_are_written_plainly(value: object, written: str) -> None:
    assert plain_text(value) == written


def test_units_follow_numbers_and_not_what_is_unknown() -> None:
    bays = Column("bays", "停车位", "个")
    assert bays.heading == "停车位 (个)"
    assert bays.shown_with_unit(46) == "46 个"
    assert bays.shown_with_unit(None) == "未知"
