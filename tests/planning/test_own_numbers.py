from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from planning.standards import standard
from planning.standards.of_place import standards_of
from planning.standards.own_numbers import write_numbers
from wording import Refusal

if TYPE_CHECKING:
    from pathlib import Path

DAY = dt.date(2026, 11, 1)
OWN = '# 手写\n[number.driving_spell_h]\nvalue = 3\nunit = "h"\nsource = "本县"\ndated_on = 2026-01-01\n'


def test_numbers_are_added_and_replaced_beside_what_stands_there(tmp_path: Path) -> None:
    (tmp_path / "standards.toml").write_text(OWN, "utf-8")
    write_numbers(
        tmp_path, {"coverage_min": 20, "price_shower_yuan": 0.5}, source='a "b" \\ c\n[number.x]', dated_on=DAY
    )
    write_numbers(tmp_path, {"coverage_min": 25}, source="会议纪要", dated_on=DAY)
    own = standards_of(tmp_path)
    assert (standard("coverage_min", own).value, standard("coverage_min", own).source) == (25, "会议纪要")
    assert standard("price_shower_yuan", own).source == 'a "b" \\ c [number.x]'
    assert standard("coverage_min", own).label == standard("coverage_min").label
    assert standard("driving_spell_h", own).value == 3
    text = (tmp_path / "standards.toml").read_text("utf-8")
    assert text.startswith("# 手写")
    assert text.count("[number.coverage_min]") == 1


@pytest.mark.parametrize("values", [{"nothing_known": 1.0}, {"coverage_min": -1.0}, {"coverage_min": float("nan")}])
def test_what_cannot_be_a_standard_is_refused_and_nothing_written(tmp_path: Path, values: dict[str, float]) -> None:
    with pytest.raises(Refusal):
        write_numbers(tmp_path, values, source="-", dated_on=DAY)
    assert not (tmp_path / "standards.toml").exists()
