from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from planning.atlas import open_atlas
from planning.grids import Grids, grids_of
from planning.kpis import kpi
from tests.planning.grids.placed_grids import WHOLE, box_m, grid, placed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

HARM = '<img src=x onerror="hit()">${hit()}`![x](http://far.example/x.png)'


@pytest.fixture(scope="module")
def answer(sample_place: Path) -> Grids:
    return grids_of(open_atlas(sample_place))


def written(app: AppTest) -> str:
    return "".join(str(one.value if hasattr(one, "value") else one.proto.body) for one in app.get("html"))


def names(app: AppTest) -> list[str]:
    """The lines of the tree, from the top down."""
    return re.findall(r'class="name" style="padding-left:[0-9.]+rem">([^<]+)<', written(app))


def press(app: AppTest, key: str) -> AppTest:
    next(button for button in app.button if button.key == key).click()
    app.run()
    assert not app.exception
    return app


def test_the_page_stands_under_governance_with_its_figures(
    sample_place: Path, answer: Grids, opened_page: Callable[..., AppTest]
) -> None:
    app = opened_page(sample_place, "grids")
    assert not app.exception
    assert [title.value for title in app.title] == ["责任网格"]
    text = written(app)
    for name in ("drivers_known", "party_drivers", "grids_with_post_pct", "ownerless_km2"):
        assert kpi(open_atlas(sample_place), name).value_text in text
    assert names(app) == ["泾川县", "北塬", "川区", "南塬", "园区网格"]
    assert f"{len(answer.slivers)} 处最宽不足 20 米的细缝" in text
    for fault in (*answer.holes, *answer.overlaps):
        assert f"{fault.area_km2:,.2f} km²" in text
    assert "未明确岗位" in text  # in the ledger's table


def test_the_tree_opens_level_by_level_and_the_address_follows(
    sample_place: Path, answer: Grids, opened_page: Callable[..., AppTest]
) -> None:
    app = opened_page(sample_place, "grids")
    press(app, "grids_open_620821NY")
    assert app.query_params["grid"] == "620821NY"
    below = [row.name for row in answer.below("620821NY")]
    assert names(app) == ["泾川县", "北塬", "川区", "南塬", *below, "园区网格"]
    press(app, "grids_open_620821110")
    leaves = [row.name for row in answer.below("620821110")]
    assert names(app)[5 : 5 + len(leaves)] == leaves
    press(app, "grids_open_62082111003")
    text = written(app)
    row = answer.row("62082111003")
    assert row is not None
    assert [one.level for one in row.answers] == [1, 2, 3, 4]
    for one in row.answers:
        assert one.post is not None
        assert one.post in text
    assert f"{row.file}，第 {row.row_number} 行" in text
    press(app, "grids_open_620821NY")  # folds it again
    assert app.query_params["grid"] == "620821"
    assert names(app) == ["泾川县", "北塬", "川区", "南塬", "园区网格"]
    press(app, "grids_close")
    assert "grid" not in app.query_params


def test_a_link_opens_the_same_grid(sample_place: Path, opened_page: Callable[..., AppTest]) -> None:
    app = opened_page(sample_place, "grids", grid="62082110101")
    assert not app.exception
    text = written(app)
    assert "王村镇第一网格" in names(app)
    assert "<h4>王村镇第一网格</h4>" in text
    assert "未明确岗位 · 王村镇人民政府（示例）" in text
    assert app.query_params["grid"] == "62082110101"


def test_what_is_clicked_on_the_map_comes_before_the_grid(
    sample_place: Path, opened_page: Callable[..., AppTest]
) -> None:
    app = opened_page(sample_place, "grids", grid="620821", at="35.46,107.36", thing="grid_faults/F1")
    assert "<h4>空白</h4>" in written(app)
    app = opened_page(sample_place, "grids", at="35.33,107.2", thing="grids/62082110101")
    assert "<h4>王村镇第一网格</h4>" in written(app)
    app = opened_page(sample_place, "grids", at="35.309852,107.478199", thing="stations/JC-Z003")
    assert "<h4>驿站</h4>" in written(app)


@pytest.mark.parametrize(
    ("name", "value"),
    [("grid", "nothing"), ("grid", HARM), ("thing", "grid_faults/F999"), ("thing", "nothing/1"), ("thing", HARM),
     ("measure", "colour"), ("level", "9"), ("at", "north")],
)  # fmt: skip
def test_what_is_not_there_is_left_out(
    sample_place: Path, opened_page: Callable[..., AppTest], name: str, value: str
) -> None:
    parts = {"at": "35.3,107.4"} | {name: value}
    app = opened_page(sample_place, "grids", **parts)
    assert not app.exception
    assert names(app) == ["泾川县", "北塬", "川区", "南塬", "园区网格"]
    assert "<img" not in written(app)


def test_a_fault_is_shown_on_the_map_from_the_list(
    sample_place: Path, answer: Grids, opened_page: Callable[..., AppTest]
) -> None:
    app = press(opened_page(sample_place, "grids"), "grids_fault_F1")
    assert app.query_params["thing"] == "grid_faults/F1"
    assert f"{answer.faults[0].width_m:,.1f} m" in written(app)


def test_names_that_mean_harm_stay_text(tmp_path: Path, opened_page: Callable[..., AppTest]) -> None:
    placed(
        tmp_path / "place",
        grid("T", WHOLE, 层级="乡镇", 名称=HARM, 责任岗位=HARM, 责任单位=HARM),
        grid("A", box_m(0, 0, 5200, 9000), 上级编码="T", 名称=f"A{HARM}", 司机数=7),
        grid("B", box_m(5000, 0, 9000, 9000), 上级编码="T", 名称=f"B{HARM}", 司机数=9),
    )
    app = opened_page(tmp_path / "place", "grids", grid="A")
    assert not app.exception
    text = written(app)
    assert "<img" not in text
    assert "${hit" not in text
    assert all(HARM[:8] not in str(one.value) for one in app.markdown)


def test_a_place_without_grids_says_so(tmp_path: Path, opened_page: Callable[..., AppTest]) -> None:
    placed(tmp_path / "place")
    app = opened_page(tmp_path / "place", "grids")
    assert not app.exception
    assert "本地还没有责任网格。" in written(app)


def test_a_level_with_very_many_grids_shows_some_and_says_how_many_are_left(
    tmp_path: Path, opened_page: Callable[..., AppTest]
) -> None:
    strips = [
        grid(f"S{number:03d}", box_m(number * 100, 0, number * 100 + 100, 9000), 上级编码="T") for number in range(70)
    ]
    placed(tmp_path / "place", grid("T", WHOLE, 层级="乡镇"), *strips)
    app = opened_page(tmp_path / "place", "grids", grid="S069")
    assert not app.exception
    assert len(names(app)) == 1 + 60 + 1
    assert names(app)[-1] == "网格S069"
    assert "另有 9 条，见 Excel" in written(app)
