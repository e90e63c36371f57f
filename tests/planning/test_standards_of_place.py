from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planning.standards import national_standards, standard
from planning.standards.of_place import standards_of
from wording import Refusal

if TYPE_CHECKING:
    from pathlib import Path

OWN = """
[number.coverage_min]
value = 20
unit = "min"
source = "本县方案"
dated_on = 2026-01-01
"""


def test_a_place_without_standards_of_its_own_goes_by_the_national_ones(tmp_path: Path) -> None:
    assert standards_of(tmp_path) is national_standards()


def test_what_a_place_writes_is_laid_over_them_and_seen_at_once(tmp_path: Path) -> None:
    (tmp_path / "standards.toml").write_text(OWN, "utf-8")
    own = standards_of(tmp_path)
    assert standard("coverage_min", own).value == 20
    assert standard("driving_spell_h", own) == standard("driving_spell_h")
    (tmp_path / "standards.toml").write_text(OWN.replace("20", "25"), "utf-8")
    newer = standards_of(tmp_path)
    assert standard("coverage_min", newer).value == 25
    assert len({own.sign, newer.sign, national_standards().sign}) == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (OWN.replace("coverage_min", "coverage_minutes"), "coverage_minutes"),
        (OWN.replace("value = 20", ""), "value"),
        (OWN.replace("value = 20", 'value = "twenty"'), "twenty"),
        ("[number", "TOML"),
        ("number = 3", "standards.toml"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_file(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "standards.toml").write_text(text, "utf-8")
    with pytest.raises(Refusal) as refusal:
        standards_of(tmp_path)
    assert said in str(refusal.value)
    assert str(tmp_path) in str(refusal.value)
