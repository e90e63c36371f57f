from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planning.corridors.corridor import corridor
from planning.corridors.spacing import spacing_audit
from tests.planning.corridors.small_corridor import place_with

if TYPE_CHECKING:
    from pathlib import Path

EXPRESSWAY = {"等级": "高速公路"}


def test_the_three_rules_on_an_expressway(tmp_path: Path) -> None:
    areas = [("甲", 30, {}), ("乙", 75, {}), ("丙", 95, {"kind": "停车区"}), ("丁", 125, {}), ("戊", 180, {})]
    atlas = place_with(tmp_path, [("司机之家", 10, {"tier": "司机之家"})], areas, length_km=220, **EXPRESSWAY)
    service, parking, homes = spacing_audit(atlas, corridor(atlas, "G1", "up"))
    assert service.value_km == pytest.approx(220 / 4)
    assert service.is_kept is False
    assert [(one.from_name, one.to_name) for one in service.broken] == [("丁", "戊")]
    assert [round(one.km) for one in service.spacings] == [45, 50, 55]
    # Between 乙 and 丙 there are 20 km, which is right; between 丙 and 丁 30.
    assert [(one.from_name, one.to_name, round(one.km)) for one in parking.broken] == [("丙", "丁", 30)]
    assert len(parking.spacings) == 2
    assert homes.is_kept is False
    assert homes.value_km == pytest.approx(210, abs=0.1)


def test_the_rules_of_expressways_are_asked_of_no_other_road(tmp_path: Path) -> None:
    atlas = place_with(tmp_path, resources=[("甲", 30, {})])
    service, parking, homes = spacing_audit(atlas, corridor(atlas, "G1", "up"))
    assert service.is_kept is None
    assert parking.is_kept is None
    assert homes.is_kept is True  # 200 km from end to end
