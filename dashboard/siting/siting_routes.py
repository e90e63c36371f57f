"""The addresses at which the map asks for a plan: its sites, its candidates, and the coverage with it."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, get_args

from starlette.routing import Route

from dashboard.build_answers import PNG, kept_answer, not_found
from dashboard.palette import Theme
from dashboard.place import atlas_of
from dashboard.siting.kept_plans import kept_plan
from dashboard.siting.site_file import candidate_file, site_file
from dashboard.tiles.cell_pictures import cell_picture
from dashboard.tiles.coverage_cells import cells_of
from dashboard.tiles.tile_address import Tile
from dashboard.tiles.tile_memory import TileMemory
from etl.datum import Datum
from planning.siting.after import coverage_after
from wording import Language, use_language

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from dashboard.tiles.cell_pictures import DrawnCells
    from planning.siting.answer import SitingAnswer

GEOJSON = "application/geo+json"
_FILES = {"sites": site_file, "candidates": candidate_file}
_KEPT_BYTES = 48_000_000
_drawn: TileMemory[DrawnCells] = TileMemory(_KEPT_BYTES, lambda cells: cells.size_bytes)


def plan_file(request: Request) -> Response:
    """The sites or the candidates of a plan."""
    answer, what = _plan(request), request.path_params["what"]
    language = next((one for one in get_args(Language) if one == request.query_params.get("lang", "zh")), None)
    if answer is None or what not in _FILES or language is None:
        return not_found()
    use_language(language)
    key = (answer.setting.atlas.path, "siting", request.path_params["plan"], what, language)
    return kept_answer(request, GEOJSON, key, lambda: gzip.compress(_FILES[what](answer), 6))


def plan_tile(request: Request) -> Response:
    """The cells by their way to the nearest station once the plan is carried out."""
    answer, given = _plan(request), request.path_params
    tile = Tile.parse(given["z"], given["x"], given["y"], request.query_params.get("datum", Datum.WGS84))
    theme = next((one for one in get_args(Theme) if one == request.query_params.get("theme", "light")), None)
    if answer is None or tile is None or theme is None:
        return not_found()
    key = (answer.setting.atlas.path, "siting.png", given["plan"], tile, theme)
    return kept_answer(request, PNG, key, lambda: cell_picture(_cells(answer, given["plan"]), tile, theme))


def _plan(request: Request) -> SitingAnswer | None:
    atlas, answer = atlas_of(request.path_params["build"]), kept_plan(request.path_params["plan"])
    is_of_build = atlas is not None and answer is not None and answer.setting.atlas.build_id == atlas.build_id
    return answer if is_of_build else None


def _cells(answer: SitingAnswer, key: str) -> DrawnCells:
    return _drawn.recall((answer.setting.atlas.path, key), lambda: cells_of(coverage_after(answer)))


SITING_ROUTES: list[BaseRoute] = [
    Route("/map/{build}/siting/{plan}/{what}.geojson", plan_file),
    Route("/map/{build}/siting/{plan}/{z}/{x}/{y}.png", plan_tile),
]
