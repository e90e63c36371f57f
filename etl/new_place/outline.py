"""Where a new place lies: counties and provinces of China, a file with its outline, or the box of its map file."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import shapely

from etl.boundary import boundary_of
from etl.divisions import Division, divisions_of_level, find_division
from etl.manifest import DEFAULT_CELL_SIZE_M, DEFAULT_MARGIN_KM, Manifest, PlaceSettings
from wording import Message, Refusal, mark

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from etl.osm.osm_objects import OsmFile

BOX_FILE: Final = "boundary.geojson"
_SIDE_PARTS: Final = (".shx", ".dbf", ".prj", ".cpg", ".qpj")


@dataclass(frozen=True)
class Outline:
    """What sources.toml says of where the place lies, and the outline itself where there is one already."""

    county_codes: tuple[str, ...] = ()
    boundary_file: str | None = None
    name: str = ""
    shape: BaseGeometry | None = None
    note: Message | None = None


def outline_of(
    counties: list[str], provinces: list[str], boundary: Path | None, osm: OsmFile | None, staging: Path
) -> Outline:
    """The outline as asked for; a file of it is laid into the folder `files` of the staging folder."""
    if (counties or provinces) and boundary is not None:
        raise Refusal("Give either --county and --province, or --boundary: a place has one outline.")
    if counties or provinces:
        return _of_divisions([*map(find_division, counties), *map(find_province, provinces)])
    if boundary is not None:
        return _of_file(boundary, staging)
    return Outline(boundary_file=f"files/{BOX_FILE}") if osm is None else _of_map_file(osm, staging)


def find_province(wanted: str) -> Division:
    """The province of this code, name or short name; 吉林 is a city too, but not here."""
    for province in divisions_of_level("province"):
        if wanted.strip() in {province.code, province.name, province.short_name}:
            return province
    found = find_division(wanted)
    raise Refusal("{name} is no province. Name it with --county.", name=found.full_name)


def _of_divisions(divisions: list[Division]) -> Outline:
    unique = tuple(dict.fromkeys(divisions))
    return Outline(
        county_codes=tuple(division.code for division in unique),
        name="、".join(division.name for division in unique),
        shape=shapely.union_all([division.outline for division in unique]),
    )


def _of_file(boundary: Path, staging: Path) -> Outline:
    if not boundary.is_file():
        raise Refusal("There is no file {file}.", file=boundary)
    parts = [boundary]
    if boundary.suffix.lower() == ".shp":
        parts += [
            part for part in boundary.parent.glob("*")
            if part.stem == boundary.stem and part.suffix.lower() in _SIDE_PARTS
        ]  # fmt: skip
    for part in parts:
        shutil.copyfile(part, staging / "files" / part.name)
    settings = PlaceSettings(
        name=boundary.stem,
        name_en=None,
        counties=(),
        boundary_file=f"files/{boundary.name}",
        is_made_up=False,
        cell_size_m=DEFAULT_CELL_SIZE_M,
        margin_km=DEFAULT_MARGIN_KM,
    )
    shape = boundary_of(Manifest(staging, settings, ()))
    return Outline(boundary_file=settings.boundary_file, shape=shape)


def _of_map_file(osm: OsmFile, staging: Path) -> Outline:
    area = osm.extent()
    box = shapely.box(area.west, area.south, area.east, area.north)
    feature = {"type": "Feature", "properties": {}, "geometry": shapely.geometry.mapping(box)}
    (staging / "files" / BOX_FILE).write_text(json.dumps(feature), "utf-8")
    note = Message(
        mark("No outline was given, so the place is the box of {file}. A better outline may be put into {boundary}."),
        {"file": osm.name, "boundary": f"files/{BOX_FILE}"},
    )
    return Outline(boundary_file=f"files/{BOX_FILE}", name=osm.name.split(".")[0], shape=box, note=note)
