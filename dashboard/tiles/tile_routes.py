"""The addresses of tiles. A build never changes, so what it once answered holds for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, get_args

from starlette.routing import Route

from dashboard.build_answers import PNG, kept_answer, not_found
from dashboard.coverage_choice import CoverageChoice
from dashboard.palette import Theme
from dashboard.place import atlas_of
from dashboard.tiles.cell_pictures import cell_picture, drawn_cells
from dashboard.tiles.coverage_cells import coverage_cells
from dashboard.tiles.labels import label_tile
from dashboard.tiles.tile_address import Tile
from dashboard.tiles.vector_tiles import LAYERS, vector_tile
from etl.datum import Datum
from planning.cell_measures import CELL_MEASURES
from wording import Language

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

MVT, JSON = "application/vnd.mapbox-vector-tile", "application/json"

Word = TypeVar("Word", bound=str)


def cell_tile(request: Request) -> Response:
    """A measure of the cells as a picture."""
    atlas, tile = atlas_of(request.path_params["build"]), _tile(request)
    measure, theme = request.path_params["measure"], _chosen(request, "theme", get_args(Theme))
    if atlas is None or tile is None or measure not in CELL_MEASURES or theme is None:
        return not_found()
    return kept_answer(
        request,
        PNG,
        (atlas.path, "cells.png", measure, tile, theme),
        lambda: cell_picture(drawn_cells(atlas, measure), tile, theme),
    )


def coverage_tile(request: Request) -> Response:
    """The cells by their way to the nearest fitting station, as a picture."""
    atlas, tile = atlas_of(request.path_params["build"]), _tile(request)
    choice, theme = CoverageChoice.read(request.query_params), _chosen(request, "theme", get_args(Theme))
    if atlas is None or tile is None or choice is None or theme is None:
        return not_found()
    return kept_answer(
        request,
        PNG,
        (atlas.path, "coverage.png", *choice.parameters(atlas).values(), tile, theme),
        lambda: cell_picture(coverage_cells(atlas, choice), tile, theme),
    )


def layer_tile(request: Request) -> Response:
    """A layer as a vector tile."""
    atlas, tile = atlas_of(request.path_params["build"]), _tile(request)
    layer = request.path_params["layer"]
    if atlas is None or tile is None or layer not in LAYERS:
        return not_found()
    return kept_answer(request, MVT, (atlas.path, layer, tile), lambda: vector_tile(atlas, layer, tile))


def names_tile(request: Request) -> Response:
    """The names to write on the map; those of places are the same in each language."""
    atlas, tile = atlas_of(request.path_params["build"]), _tile(request)
    if atlas is None or tile is None or _chosen(request, "lang", get_args(Language)) is None:
        return not_found()
    return kept_answer(request, JSON, (atlas.path, "labels", tile), lambda: label_tile(atlas, tile))


def _tile(request: Request) -> Tile | None:
    datum = request.query_params.get("datum", Datum.WGS84)
    given = request.path_params
    return Tile.parse(given["z"], given["x"], given["y"], datum)


def _chosen(request: Request, name: str, words: tuple[Word, ...]) -> Word | None:
    """What was asked for by a word of a closed list, the first where nothing was said; None for any other."""
    asked = request.query_params.get(name, words[0])
    return next((word for word in words if word == asked), None)


TILE_ROUTES: list[BaseRoute] = [
    Route("/map/{build}/cells/{measure}/{z}/{x}/{y}.png", cell_tile),
    Route("/map/{build}/coverage/{z}/{x}/{y}.png", coverage_tile),
    Route("/map/{build}/labels/{z}/{x}/{y}.json", names_tile),
    Route("/map/{build}/{layer}/{z}/{x}/{y}.mvt", layer_tile),
]
