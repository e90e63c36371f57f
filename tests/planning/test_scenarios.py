from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from planning.atlas import Atlas, open_atlas
from planning.scenarios import FOLDER, figures_of, forget, run_again, save, scenario, scenarios
from planning.siting.answer import answered
from planning.siting.question import usual_question
from planning.siting.solver.effort import Effort
from wording import Refusal

pytestmark = pytest.mark.slow


@pytest.fixture
def atlas(sample_place: Path, tmp_path: Path) -> Atlas:
    place = tmp_path / "place"
    shutil.copytree(sample_place, place)
    return open_atlas(place)


def test_a_kept_plan_is_a_readable_file_that_gives_the_same_plan_again(atlas: Atlas) -> None:
    answer = answered(atlas, usual_question(atlas, new=2), Effort(30))
    kept = save(answer, "2026 年方案（一）")
    text = (atlas.place_folder / FOLDER / "2026 年方案（一）.json").read_text("utf-8")
    assert answer.sites[0].candidate.name in text
    assert json.loads(text)["question"]["new"] == 2
    read = scenario(atlas.place_folder, "2026 年方案（一）")
    assert read == kept
    assert read.figures == figures_of(answer)
    again = run_again(atlas, read)
    assert [site.candidate.candidate_id for site in again.sites] == [site.candidate_id for site in read.sites]
    assert figures_of(again) == pytest.approx(read.figures)
    assert not read.is_stale(atlas)


def test_other_standards_make_a_plan_stale(atlas: Atlas) -> None:
    kept = save(answered(atlas, usual_question(atlas, new=1), Effort(30)), "旧")
    (atlas.place_folder / "standards.toml").write_text(
        '[number.cost_upgrade_yuan]\nvalue = 1\nunit = "yuan"\nsource = "本地"\ndated_on = "2026"\n', encoding="utf-8"
    )
    assert kept.is_stale(atlas)


def test_plans_are_listed_replaced_and_forgotten(atlas: Atlas) -> None:
    answer = answered(atlas, usual_question(atlas, new=1), Effort(30))
    save(answer, "甲")
    save(answer, "甲")
    save(answer, "乙")
    (atlas.place_folder / FOLDER / "坏.json").write_text("{", encoding="utf-8")
    assert {one.name for one in scenarios(atlas.place_folder)} == {"甲", "乙"}
    forget(atlas.place_folder, "甲")
    assert [one.name for one in scenarios(atlas.place_folder)] == ["乙"]
    with pytest.raises(Refusal, match="乙"):
        scenario(atlas.place_folder, "甲")


@pytest.mark.parametrize("name", ["", "../出去", "a/b", "a\\b", "x" * 61, ".隐藏", "a\nb"])
def test_a_name_that_could_lead_out_of_the_folder_is_refused(atlas: Atlas, name: str) -> None:
    with pytest.raises(Refusal):
        scenario(atlas.place_folder, name)
