"""What the map is told of a plan: where each site stands and what it newly covers, and the candidates."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from planning.cell_outline import outline_of
from planning.siting.reasons import gain_label, gain_text, reasons, wan_text
from wording import say

if TYPE_CHECKING:
    from planning.cell_table import Places
    from planning.siting.answer import SitingAnswer
    from planning.siting.site_order import Site

_DEGREES_KEPT = 1e-6
_DIGITS = 6


def newly_covered(answer: SitingAnswer, site: Site) -> Places:
    """The cells that have no station today and would have this site near enough."""
    covers = answer.setting.covers()
    own = covers.indices[covers.indptr[site.number] : covers.indptr[site.number + 1]]
    return np.sort(own[own < len(answer.setting.before.cells)]).astype(np.int64)


def site_file(answer: SitingAnswer) -> bytes:
    """GeoJSON: the outline of what each site newly covers, with its rank where it stands."""
    why = reasons(answer)
    return _collection([_site(answer, site, why[site.number].sentence) for site in answer.sites])


def candidate_file(answer: SitingAnswer) -> bytes:
    """GeoJSON: every candidate that is not in the plan, by action."""
    chosen = set(answer.chosen.tolist())
    rows = [row for number, row in enumerate(answer.setting.candidates.rows) if number not in chosen]
    return _collection([
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [round(row.lon, _DIGITS), round(row.lat, _DIGITS)]},
            "properties": {
                "id": row.candidate_id, "title": row.name, "kind": row.action,
                "lines": [[say("Action") + " ", row.action_word], [say("Kind of place") + " ", row.kind_word],
                          [say("Cost (10,000 yuan)") + " ", wan_text(row.cost_yuan)]],
            },
        }
        for row in rows
    ])  # fmt: skip


def _site(answer: SitingAnswer, site: Site, why: str) -> dict[str, Any]:
    row = site.candidate
    gained = newly_covered(answer, site)  # none, where a site serves roads alone, or what is beyond the place
    return {
        "type": "Feature",
        "geometry": _outline(answer, gained) if len(gained) else None,
        "properties": {
            "sign": str(site.rank), "title": row.name, "lon": row.lon, "lat": row.lat,
            "lines": [
                [say("Action") + " ", f"{row.action_word} · {row.kind_word}"],
                [say("Cost (10,000 yuan)") + " ", wan_text(row.cost_yuan)],
                [gain_label(answer.setting) + " ", gain_text(answer.setting, site)],
                [say("Reason") + " ", why],
            ],
        },
    }  # fmt: skip


def _outline(answer: SitingAnswer, cells: Places) -> Any:  # noqa: ANN401  (a geometry as JSON)
    shape = outline_of(answer.setting.before.cells, cells)
    return json.loads(shapely.to_geojson(shapely.set_precision(shape, _DEGREES_KEPT)))


def _collection(features: list[dict[str, Any]]) -> bytes:
    told = {"type": "FeatureCollection", "features": features}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
