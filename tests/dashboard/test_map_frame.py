from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.layers.layer import MapChoice
from dashboard.map_frame import MapFrame, as_literal, framed_map, layer_group
from dashboard.office_tiles import OfficeTiles
from dashboard.offline_assets import blank_map, localise
from dashboard.outside_loads import outside_loads
from dashboard.overview.map_part import map_source
from planning.atlas import open_atlas
from planning.ground import MapExtent
from tests.browser.map_sinks import PAYLOADS
from tests.etl.small_place import SmallPlace

if TYPE_CHECKING:
    from pathlib import Path

localise()

TEXTS = st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"])) | st.sampled_from(PAYLOADS)


@given(st.dictionaries(TEXTS, st.lists(TEXTS | st.integers())))
def test_what_the_browser_is_told_is_what_was_meant(told: dict[str, list[str | int]]) -> None:
    # Python reads such a literal as JavaScript does.
    literal = as_literal(told)
    assert ast.literal_eval(literal) == told
    assert not set("<>&`'") & set(literal)
    assert "{{" not in literal
    assert "{%" not in literal
    assert "{#" not in literal


@pytest.mark.parametrize(
    "harm", [*PAYLOADS, r"\u003cimg src=//evil.example/a.png\u003e", r"\\u003cimg src=//evil.example/a\u003e"]
)
def test_text_from_files_is_not_taken_for_a_link_that_loads(harm: str) -> None:
    """A kind that an office wrote must not keep the whole map from being shown."""
    drawn = blank_map(35.3, 107.4, 8)
    before = drawn.get_root().render()
    layer_group({"layers": [{"title": harm, "kinds": {harm: {"label": harm}}}]}).add_to(drawn)
    rendered = drawn.get_root().render()
    assert len(rendered) > len(before) + 2 * len(harm)
    assert outside_loads(rendered) == []


def test_the_map_itself_loads_nothing_from_outside_and_its_credit_is_text(sample_place: Path) -> None:
    source = map_source(open_atlas(sample_place))
    office = OfficeTiles(("http://10.1.2.3/{z}/{x}/{y}.png",), PAYLOADS[2], "wgs84", "", 18)
    drawn = framed_map(source, MapChoice(), MapExtent(107, 35, 108, 36), office, is_still=False)
    text = drawn.get_root().render()
    assert outside_loads(text) == []
    assert r"http://10.1.2.3/\x7bz\x7d/\x7bx\x7d/\x7by\x7d.png" in text
    assert "evil.example" in text
    assert "img" in text
    assert r"\x26#60;img" in text


@pytest.mark.parametrize("harm", ["{{ 7 * 191 }}", "{% if 7 %}{{ 7 * 191 }}{% endif %}", "{# gone #}"])
def test_a_text_is_never_taken_for_a_template(harm: str) -> None:
    """folium takes the script that it has written for a template of its own, which could run anything here."""
    drawn = blank_map(35.3, 107.4, 8)
    drawn.add_child(MapFrame({"place": harm}))
    rendered = drawn.get_root().render()
    assert "1337" not in rendered
    assert r"\x7d" in rendered


def test_what_is_not_a_number_is_not_told() -> None:
    with pytest.raises(ValueError, match="JSON"):
        as_literal({"value": float("nan")})


def test_who_asks_to_be_named_on_maps_is_named(tmp_path: Path) -> None:
    place = SmallPlace(tmp_path / "place")
    rows = (["编号", "站名", "经度", "纬度"], ["S1", "一", "107.35", "35.33"])
    place.add("stations", "one.csv", rows, publisher="OSM <b>contributors</b>", licence="ODbL-1.0")
    place.add("resources", "two.csv", (["名称", "类型", "经度", "纬度"],), publisher="县局", licence="内部使用").build()
    source = map_source(open_atlas(place.folder))
    drawn = framed_map(source, MapChoice(), MapExtent(107, 35, 108, 36), None, is_still=True)
    frame = next(child for child in drawn._children.values() if isinstance(child, MapFrame)).frame
    told = ast.literal_eval(frame.replace("true", "True").replace("false", "False").replace("null", "None"))
    assert told["credits"] == ["© OSM &#60;b&#62;contributors&#60;/b&#62;"]
