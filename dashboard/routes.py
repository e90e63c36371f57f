"""Our own addresses beside Streamlit's pages; layers add their tiles here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse
from starlette.routing import Route

from dashboard.asset_routes import ASSET_ROUTES
from dashboard.feature_routes import FEATURE_ROUTES
from dashboard.freight_routes import FREIGHT_ROUTES
from dashboard.map_files import MAP_FILE_ROUTES
from dashboard.place import current_atlas
from dashboard.siting.siting_routes import SITING_ROUTES
from dashboard.tiles.tile_routes import TILE_ROUTES
from planning.data_health import build_facts
from wording import Refusal

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.routing import BaseRoute


def place_health(_request: Request) -> JSONResponse:
    """Which place and build is shown, for whoever watches over the server."""
    try:
        facts = build_facts(current_atlas())
    except Refusal as refusal:
        return JSONResponse({"place": None, "build": None, "refusal": str(refusal)}, status_code=503)
    return JSONResponse({"place": facts.place_name, "build": facts.build_id})


ROUTES: list[BaseRoute] = [
    Route("/health/place", place_health),
    *ASSET_ROUTES,
    *FREIGHT_ROUTES,
    *SITING_ROUTES,
    *TILE_ROUTES,
    *FEATURE_ROUTES,
    *MAP_FILE_ROUTES,
]
