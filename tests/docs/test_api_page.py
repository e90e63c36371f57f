"""The page for analysts says what the docstrings say, and its example runs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import pytest

from docs.api_page import PAGE, PARTS, api_page
from planning.coverage import coverage
from planning.gaps import Gap, gaps
from planning.need import Need

if TYPE_CHECKING:
    from planning.atlas import Atlas

ROOT = Path(__file__).parent.parent.parent


def test_the_committed_page_is_what_the_docstrings_say() -> None:
    assert PAGE.read_text("utf-8") == api_page(), "write it anew: python -m docs.api_page"


def test_every_part_is_in_the_contents_and_every_verb_says_what_it_does() -> None:
    page = api_page()
    assert re.findall(r"^- \[(.*)\]\(#", page, re.MULTILINE) == list(PARTS)
    assert re.findall(r"^## (.*)", page, re.MULTILINE) == list(PARTS)
    silent = re.findall(r"^#### `(\w+)`\n\n```python\n[^`]*\n```\n\n(?=#)", page, re.MULTILINE)
    assert silent == [], "these have no docstring"


def test_no_address_of_a_living_object_is_on_the_page() -> None:
    assert " at 0x" not in api_page()
    assert "<factory>" not in api_page()


def test_what_the_page_links_to_is_there() -> None:
    for link in re.findall(r"\]\(([^#)]+)\)", api_page()):
        assert (PAGE.parent / link).exists(), link


@pytest.mark.slow
def test_the_example_runs_as_it_is_written(sample_place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    example = re.search(r"```python\n(.*?)```", api_page(), re.DOTALL)
    assert example
    monkeypatch.chdir(sample_place.parent.parent)
    code = example[1].replace('"data/sample"', repr(str(sample_place)))
    names: dict[str, object] = {}
    exec(compile(code, "docs/api.md", "exec"), names)  # noqa: S102
    stations, worst = names["stations"], names["worst"]
    assert isinstance(stations, gpd.GeoDataFrame)
    assert len(stations) > 0
    atlas: Atlas = names["atlas"]  # type: ignore[assignment]
    found = coverage(atlas, Need(("shower",)), within=30)
    expected = gaps(atlas, found)[0]
    assert isinstance(worst, Gap)
    assert (worst.rank, worst.name, worst.drivers) == (expected.rank, expected.name, expected.drivers)
    assert worst.cells.tolist() == expected.cells.tolist()
