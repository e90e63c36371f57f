"""A place of a million cells in the browser: drawn, and light."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.palette import sequential
from tests.bench.large_map import publish_large_map
from tests.bench.visits import Wire
from tests.browser.overview import Overview, rgb
from tests.browser.serving import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.browser.serving import Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CELLS, ROADS, SHOPS = 1_000_000, 20_000, 30_000
FEWEST_BYTES, MOST_BYTES = 100_000, 600_000  # fewer, and what was drawn came from elsewhere


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("large")
    publish_large_map(folder, CELLS, ROADS, SHOPS)
    with serving(folder) as served:
        yield served


def test_a_million_cells_are_drawn_from_few_bytes(address: str, watched_page: Callable[[], Watched]) -> None:
    watched = watched_page()
    wire = Wire.of(watched.page)
    overview = Overview(watched.page).open(address + "/?layers=stations,cells")
    colours = overview.colours()
    drawn = sum(count for colour, count in colours.items() if is_like(colour, sequential("light", 5)))
    assert drawn > 20_000
    assert FEWEST_BYTES < wire.map_bytes <= MOST_BYTES
    overview.tick("repair_shops")
    assert overview.legend("repair_shops")
    overview.click_at(107.4, 35.3)
    overview.facts.get_by_text("分析单元").first.wait_for()
    watched.assert_quiet()


def is_like(colour: tuple[int, int, int], colours: tuple[str, ...]) -> bool:
    """Whether a colour is one of these, seen through at 72 % over nearly white ground."""
    return any(
        max(abs(0.72 * full + 0.28 * 248 - seen) for full, seen in zip(rgb(one), colour, strict=True)) < 14
        for one in colours
    )
