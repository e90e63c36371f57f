"""How much of each grid's drivers has an open station within the standard: a sum over its cells, rolled up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planning.coverage import coverage
from planning.coverage_by_grid import covered_drivers
from planning.grids.grid_row import CoveredShare
from planning.grids.roll_up import summed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from etl.derived.grid_tree import GridTree
    from planning.atlas import Atlas

_NEEDS = ("stations", "routes")


def covered_on_grids(atlas: Atlas, tree: GridTree) -> Mapping[str, CoveredShare]:
    """Each grid with all below it; unknown where no driver is known, or no station or road was read."""
    sources = {row["noun"]: row for row in atlas.query("kpi_sources").to_pylist()}
    if not all(sources.get(noun, {}).get("is_read") for noun in _NEEDS):
        return dict.fromkeys(tree.grids, CoveredShare(None))
    own = covered_drivers(coverage(atlas))
    total, covered, possible = (
        summed(tree, {grid_id: getattr(one, name) for grid_id, one in own.items()})
        for name in ("drivers", "covered", "possible")
    )
    is_short = any(sources[noun]["is_refused"] for noun in _NEEDS)
    return {
        grid_id: CoveredShare(
            pct=min(100 * covered[grid_id] / total[grid_id], 100.0) if total[grid_id] > 0 else None,
            is_lower_bound=total[grid_id] > 0 and (is_short or possible[grid_id] > covered[grid_id] * (1 + 1e-9)),
        )
        for grid_id in tree.grids
    }
