"""The clusters as the map asks for them: outline, order of inspection, and what is said at first sight."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import shapely

from planning.clusters import repair_clusters
from planning.clusters.words import cluster_name, inspection_reason, pct_text
from wording import say

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.clusters import Cluster

_DEGREES_KEPT = 1e-6


def cluster_file(atlas: Atlas) -> bytes:
    """GeoJSON, the first to inspect last, so that it lies on top."""
    features = [_feature(one) for one in reversed(repair_clusters(atlas).clusters)]
    told = {"type": "FeatureCollection", "features": features}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _feature(one: Cluster) -> dict[str, Any]:
    shape = shapely.set_precision(shapely.from_wkb(one.outline), _DEGREES_KEPT)
    lines = [
        [say("Repair shops") + " ", f"{one.facts.shops:,}"],
        [say("Share filed") + " ", pct_text(one.facts.filed)],
        ["", inspection_reason(one)],
    ]
    return {
        "type": "Feature",
        "geometry": json.loads(shapely.to_geojson(shape)),
        "properties": {
            "id": one.cluster_id,
            "kind": one.shape,
            "sign": str(one.rank),
            "title": cluster_name(one),
            "lines": lines,
            "lon": round(one.lon, 6),
            "lat": round(one.lat, 6),
        },
    }
