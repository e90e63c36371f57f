"""The addresses at which the map asks for freight: flows as tiles, the blurred heat, breakpoints and roadside stops."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any, get_args

from starlette.routing import Route

from dashboard.build_answers import kept_answer, not_found
from dashboard.freight_choice import FreightChoice
from dashboard.place import atlas_of
from dashboard.tiles.flow_tiles import flow_tile
from dashboard.tiles.tile_address import Tile
from etl.datum import Datum
from planning.corridors.corridor import direction_word
from planning.driving import breakpoint_bins, roadside_stop_bins
from wording import Language, current_language, say, use_language

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from planning.atlas import Atlas
    from planning.driving import Bin

MVT, JSON = "application/vnd.mapbox-vector-tile", "application/json"
BINS = {"breakpoints": breakpoint_bins, "roadside_stops": roadside_stop_bins}
_DIGITS = 5


def flows(request: Request) -> Response:
    """Trucks by hour on the pieces of road of a tile."""
    given = request.path_params
    atlas, choice = atlas_of(given["build"]), FreightChoice.read(request.query_params)
    tile = Tile.parse(given["z"], given["x"], given["y"], request.query_params.get("datum", Datum.WGS84))
    if atlas is None or choice is None or tile is None:
        return not_found()
    key = (atlas.path, "flows", choice, tile)
    return kept_answer(request, MVT, key, lambda: flow_tile(atlas, choice, tile))


def heat_points(request: Request) -> Response:
    """The middles of cells with their trucks by hour."""
    atlas, choice = atlas_of(request.path_params["build"]), FreightChoice.read(request.query_params)
    if atlas is None or choice is None:
        return not_found()
    return kept_answer(
        request, JSON, (atlas.path, "heat", choice), lambda: gzip.compress(_heat(atlas, choice), 6, mtime=0)
    )


def marks(request: Request) -> Response:
    """Breakpoints or roadside stops, some kilometres of corridor together."""
    atlas, what = atlas_of(request.path_params["build"]), request.path_params["what"]
    language = next((one for one in get_args(Language) if one == request.query_params.get("lang", "zh")), None)
    if atlas is None or what not in BINS or language is None:
        return not_found()
    use_language(language)
    key = (atlas.path, what, current_language())
    return kept_answer(request, JSON, key, lambda: gzip.compress(_marks(atlas, what), 6, mtime=0))


def _heat(atlas: Atlas, choice: FreightChoice) -> bytes:
    rows = atlas.query("heat_points", day_kind=choice.day_kind, cargo=choice.cargo).to_pylist()
    points = [[round(row["lat"], _DIGITS), round(row["lon"], _DIGITS), [_tenth(one) for one in row["trucks"]]]
              for row in rows]  # fmt: skip
    return json.dumps({"points": points}, separators=(",", ":")).encode()


def _tenth(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _marks(atlas: Atlas, what: str) -> bytes:
    told = [_mark(one) for one in BINS[what](atlas)]
    return json.dumps({"marks": told}, ensure_ascii=False, separators=(",", ":")).encode()


def _mark(one: Bin) -> dict[str, Any]:
    road = one.ref if one.direction is None else f"{one.ref} {direction_word(one.direction)}"
    return {
        "lat": round(one.lat, _DIGITS),
        "lon": round(one.lon, _DIGITS),
        "amount": one.per_day,
        "title": f"{road} K{one.from_km:.0f} – K{one.to_km:.0f}",
        "lines": [
            ["", say("{count} a day", count=f"{one.per_day:.1f}")],
            ["", say("{count} different trucks", count=one.vehicles)],
        ],
    }


FREIGHT_ROUTES: list[BaseRoute] = [
    Route("/map/{build}/flows/{z}/{x}/{y}.mvt", flows),
    Route("/map/{build}/freight/heat.json", heat_points),
    Route("/map/{build}/freight/{what}.json", marks),
]
