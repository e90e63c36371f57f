"""An independent router as judge: Valhalla's programs, called on a file of OpenStreetMap.

They come with the package pyvalhalla: installed, where Python is 3.12 or newer; or unpacked into a folder that
YITU_VALHALLA names.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import numpy as np
import shapely

AT_ONCE = 20


def program_folder() -> Path | None:
    """Where the programs are, if anywhere."""
    named = os.environ.get("YITU_VALHALLA")
    found = find_spec("valhalla")
    places = [Path(named, "valhalla")] if named else []
    places += [Path(place) for place in (found.submodule_search_locations or ())] if found else []
    return next((place for place in places if (place / "bin" / "valhalla_build_tiles").is_file()), None)


class Valhalla:
    """Tiles of one file, in a folder."""

    def __init__(self, programs: Path, file: Path, folder: Path) -> None:
        self._programs = programs / "bin"
        self._settings = folder / "settings.json"
        (folder / "tiles").mkdir(parents=True)
        self._settings.write_text(json.dumps(_settings(programs, folder / "tiles")), "utf-8")
        self._run("valhalla_build_tiles", "-j", "1", "-c", str(self._settings), str(file))

    def by_truck(
        self, sources: list[tuple[float, float]], targets: list[tuple[float, float]], *, shortest: bool = False
    ) -> Any:
        """Minutes and kilometres from each source to each target; positions are longitude and latitude."""
        asked = {
            "sources": [{"lon": lon, "lat": lat} for lon, lat in sources],
            "targets": [{"lon": lon, "lat": lat} for lon, lat in targets],
            "costing": "truck",
            "costing_options": {"truck": {"shortest": shortest}},
        }
        answer = self._run("valhalla_service", str(self._settings), "sources_to_targets", json.dumps(asked))
        matrix = json.loads(answer)["sources_to_targets"]
        return np.array([[_minutes_and_km(cell) for cell in row] for row in matrix])

    def reaching(self, spot: tuple[float, float], minutes: Sequence[float]) -> list[Any]:
        """The land from which a truck comes to a spot within each of so many minutes, as shapes in degrees."""
        asked = {
            "locations": [{"lon": spot[0], "lat": spot[1]}],
            "costing": "truck",
            "reverse": True,
            "polygons": True,
            "denoise": 0,
            "generalize": 0,
            "contours": [{"time": one} for one in minutes],
        }
        answer = json.loads(self._run("valhalla_service", str(self._settings), "isochrone", json.dumps(asked)))
        by_minutes = {found["properties"]["contour"]: found["geometry"] for found in answer["features"]}
        return [shapely.make_valid(shapely.geometry.shape(by_minutes[one])) for one in minutes]

    def drive(self, begin: tuple[float, float], end: tuple[float, float]) -> tuple[Any, Any]:
        """The quickest way of a truck: its corners, and for each straight piece of it the OpenStreetMap way."""
        asked = {"locations": [_spot(begin), _spot(end)], "costing": "truck", "directions_type": "none"}
        answer = json.loads(self._run("valhalla_service", str(self._settings), "route", json.dumps(asked)))
        corners = _from_polyline(answer["trip"]["legs"][0]["shape"])
        names = ("way_id", "begin_shape_index", "end_shape_index")
        edges = self._traced(corners, "edge_walk", [f"edge.{name}" for name in names])["edges"]
        return corners, np.repeat(
            [edge["way_id"] for edge in edges],
            [edge["end_shape_index"] - edge["begin_shape_index"] for edge in edges],
        )

    def matched_ways(self, track: Any) -> Any:
        """By meili, for each position of a track: the OpenStreetMap way it was on, -1 where none is found."""
        wanted = ["edge.way_id", "matched.edge_index", "matched.type"]
        answer = self._traced(track, "map_snap", wanted)
        ways = [edge["way_id"] for edge in answer["edges"]]
        places = (spot.get("edge_index") for spot in answer["matched_points"])
        return np.array([ways[place] if place is not None and place < len(ways) else -1 for place in places])

    def _traced(self, track: Any, how: str, wanted: Sequence[str]) -> Any:
        asked = {
            "shape": [_spot(spot) for spot in np.asarray(track).tolist()],
            "costing": "truck",
            "shape_match": how,
            "filters": {"attributes": list(wanted), "action": "include"},
        }
        return json.loads(self._run("valhalla_service", str(self._settings), "trace_attributes", json.dumps(asked)))

    def _run(self, program: str, *arguments: str) -> str:
        done = subprocess.run([self._programs / program, *arguments], capture_output=True, check=True, text=True)
        return done.stdout


def _spot(position: Sequence[float]) -> dict[str, float]:
    return {"lon": position[0], "lat": position[1]}


def _from_polyline(text: str) -> Any:
    """Longitudes and latitudes out of steps of a millionth of a degree, written in fives of bits."""
    steps, number, shift = [], 0, 0
    for letter in text.encode("ascii"):
        number |= ((letter - 63) & 31) << shift
        shift += 5
        if letter - 63 < 32:
            steps.append(~(number >> 1) if number & 1 else number >> 1)
            number = shift = 0
    return np.cumsum(np.reshape(steps, (-1, 2)), axis=0)[:, ::-1] / 1e6


def _minutes_and_km(cell: dict[str, Any]) -> tuple[float, float]:
    if cell["time"] is None:
        return np.nan, np.nan
    return cell["time"] / 60, cell["distance"]


def _settings(programs: Path, tiles: Path) -> dict[str, Any]:
    """The package's own settings; the rest of it needs its compiled part."""
    spec = spec_from_file_location("valhalla_settings", programs / "valhalla_build_config.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)

    def plain(told: dict[str, Any]) -> dict[str, Any]:
        known = {name: value for name, value in told.items() if not isinstance(value, module.Optional)}
        return {name: plain(value) if isinstance(value, dict) else value for name, value in known.items()}

    settings = plain(module.config)
    settings["mjolnir"] |= {"tile_dir": str(tiles), "tile_extract": "", "traffic_extract": "", "concurrency": 1}
    settings["logging"]["type"] = ""
    settings["service_limits"]["truck"]["max_matrix_distance"] = 2_000_000
    return settings
