"""The addresses at which the map asks for points, for the outline, and for the numbers of grids."""

from __future__ import annotations

import gzip
import hashlib
import json
from typing import TYPE_CHECKING, get_args

import shapely
from starlette.routing import Route

from dashboard.address_lists import parted
from dashboard.area_file import area_file
from dashboard.build_answers import kept_answer, not_found
from dashboard.coverage.gap_file import gap_file
from dashboard.coverage_choice import CoverageChoice
from dashboard.layers import POINT_LOOKS
from dashboard.layers.gaps import SHOWN
from dashboard.place import atlas_of
from dashboard.point_file import point_file
from dashboard.repair_clusters.cluster_file import cluster_file
from planning.clusters import rules_of
from planning.feature_columns import plain_text
from planning.features import FILTERS, features
from planning.grid_measures import GRID_MEASURES, GridValue, grid_values
from planning.ground import place_boundary
from planning.standards.of_place import standards_of
from wording import Language, current_language, say, use_language

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from planning.atlas import Atlas

_FINENESS = 4_000  # the outline bends by such a part of the place's width at most
_DEGREES_KEPT = 1e-6
NO_FILTER = ("lang", "v")  # v is the version of the drawing, for the browser alone
LEVELS = ("1", "2", "3", "4")  # of grids
GEOJSON, JSON = "application/geo+json", "application/json"


def points(request: Request) -> Response:
    """The points of a noun that fit the filters."""
    atlas, noun = atlas_of(request.path_params["build"]), request.path_params["noun"]
    asked = {name: parted(value) for name, value in request.query_params.items() if name not in NO_FILTER and value}
    if atlas is None or noun not in POINT_LOOKS or not set(asked) <= set(FILTERS[noun]) or not _speak(request):
        return not_found()
    # What was asked may be long: kept in mind by its digest.
    told = hashlib.blake2b(json.dumps(asked, sort_keys=True).encode(), digest_size=16).digest()
    key = (atlas.path, "points", noun, current_language(), told)
    return kept_answer(request, GEOJSON, key, lambda: gzip.compress(point_file(atlas, noun, asked), 6))


def outline(request: Request) -> Response:
    """The outline of the place."""
    atlas = atlas_of(request.path_params["build"])
    if atlas is None:
        return not_found()
    return kept_answer(request, GEOJSON, (atlas.path, "outline"), lambda: gzip.compress(_outline(atlas)))


def gap_outlines(request: Request) -> Response:
    """The worst gaps of a coverage."""
    atlas, choice = atlas_of(request.path_params["build"]), CoverageChoice.read(request.query_params)
    if atlas is None or choice is None or not _speak(request):
        return not_found()
    key = (atlas.path, "gaps", choice.rank_by, current_language(), *choice.parameters(atlas).values())
    return kept_answer(request, GEOJSON, key, lambda: gzip.compress(gap_file(atlas, choice, SHOWN), 6))


def repair_clusters(request: Request) -> Response:
    """The outlines of all repair clusters."""
    atlas = atlas_of(request.path_params["build"])
    if atlas is None or not _speak(request):
        return not_found()
    key = (atlas.path, "repair_clusters", current_language(), rules_of(atlas))
    return kept_answer(request, GEOJSON, key, lambda: gzip.compress(cluster_file(atlas), 6))


def grid_numbers(request: Request) -> Response:
    """A measure of every grid of a level, as a number to colour by and as people read it."""
    given = request.path_params
    atlas, level, measure = atlas_of(given["build"]), given["level"], given["measure"]
    if atlas is None or level not in LEVELS or measure not in GRID_MEASURES or not _speak(request):
        return not_found()
    key = (atlas.path, "grids", level, measure, current_language(), standards_of(atlas.place_folder).sign)
    return kept_answer(request, JSON, key, lambda: gzip.compress(_grid_numbers(atlas, measure, int(level))))


def faults(request: Request) -> Response:
    """Holes and overlaps of the grids, each with its shape."""
    atlas = atlas_of(request.path_params["build"])
    if atlas is None or not _speak(request):
        return not_found()
    key = (atlas.path, "grid faults", current_language(), standards_of(atlas.place_folder).sign)
    return kept_answer(request, GEOJSON, key, lambda: gzip.compress(area_file(features(atlas, "grid_faults")), 6))


def _speak(request: Request) -> bool:
    asked = request.query_params.get("lang", "zh")
    language = next((word for word in get_args(Language) if word == asked), None)
    if language is not None:
        use_language(language)
    return language is not None


def _outline(atlas: Atlas) -> bytes:
    """With as many corners as can be seen when the whole place is."""
    boundary = place_boundary(atlas)
    west, south, east, north = boundary.bounds
    seen = shapely.simplify(boundary, max(east - west, north - south) / _FINENESS)
    return str(shapely.to_geojson(shapely.set_precision(seen, _DEGREES_KEPT))).encode()


def _grid_numbers(atlas: Atlas, measure: str, level: int) -> bytes:
    unit = say(GRID_MEASURES[measure].unit)
    found = grid_values(atlas, measure, level)
    told = {
        "values": {name: one.value for name, one in found.items()},
        "shown": {name: _shown(one, unit) for name, one in found.items()},
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _shown(found: GridValue, unit: str) -> str:
    if found.value is None:
        return say("hidden") if found.is_hidden else say("unknown")
    bound = "≥ " if found.is_lower_bound else ""
    return f"{bound}{plain_text(found.value)} {unit}"


FEATURE_ROUTES: list[BaseRoute] = [
    Route("/map/{build}/coverage/gaps.geojson", gap_outlines),
    Route("/map/{build}/outline.geojson", outline),
    Route("/map/{build}/repair_clusters.geojson", repair_clusters),
    Route("/map/{build}/grids/values/{level}/{measure}.json", grid_numbers),
    Route("/map/{build}/grid_faults.geojson", faults),
    Route("/map/{build}/{noun}.geojson", points),
]
