"""The worst gaps as the map asks for them: outline, rank, and what is said at first sight."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import shapely

from dashboard.coverage.amounts import amount_text
from planning.gaps import gap_outline, gaps
from wording import say

if TYPE_CHECKING:
    from dashboard.coverage_choice import CoverageChoice
    from planning.atlas import Atlas
    from planning.coverage import Coverage
    from planning.gaps import Gap

_DEGREES_KEPT = 1e-6


def gap_file(atlas: Atlas, choice: CoverageChoice, count: int) -> bytes:
    """GeoJSON of so many gaps, the worst first."""
    found = choice.of(atlas)
    features = [_feature(found, gap) for gap in gaps(atlas, found, choice.rank_by)[:count]]
    told = {"type": "FeatureCollection", "features": features}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _feature(found: Coverage, gap: Gap) -> dict[str, Any]:
    shape = shapely.set_precision(gap_outline(found, gap), _DEGREES_KEPT)
    lines = [
        [say("Drivers") + " ", amount_text(gap.drivers, is_lower_bound=gap.is_drivers_lower_bound)],
        [say("Land") + " ", f"{gap.area_km2:,.1f} km²"],
    ]
    return {
        "type": "Feature",
        "geometry": json.loads(shapely.to_geojson(shape)),
        "properties": {"sign": str(gap.rank), "title": gap.name, "lines": lines, "lon": gap.lon, "lat": gap.lat},
    }
