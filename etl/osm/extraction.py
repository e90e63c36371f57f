"""Takes a place's things out of a file of OpenStreetMap, object by object, into one file for each noun."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import osmium
import shapely
from shapely.geometry import Point

from etl.noun import Noun
from etl.osm.names import address_of, name_of, name_or_owner
from etl.osm.noun_files import NounFile, Row
from etl.osm.osm_objects import OsmFile
from etl.osm.resource_tags import RESOURCE_TAGS, TOLL_BOOTH, bays_of, facilities_of, resource_kind
from etl.osm.river_tags import RIVER_TAGS, river_row
from etl.osm.road_tags import ROAD_TAGS, has_size_limit, road_row
from etl.osm.settlement_tags import PLACE_TAGS, people_of, place_kind
from etl.osm.shop_tags import REPAIR_TAGS, is_repair_shop
from etl.osm.toll_plazas import Booth, plazas_of
from etl.osm.way_lines import Course, course_of, line_of
from etl.progress import Progress
from etl.projection import LocalProjection
from etl.shapes import Area
from etl.sources import NOUNS
from etl.vocabulary import shown_word
from wording import Message, Refusal, current_language, mark, say

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

NOUNS_OF_OSM: Final = ("routes", "resources", "repair_shops", "places", "rivers")
_TOLD_EVERY: Final = 5_000


def file_of(noun: str) -> str:
    return f"osm_{noun}.parquet"


@dataclass
class OsmCounts:
    """How many rows each noun got, and what could not be taken."""

    rows: dict[str, int] = field(default_factory=dict)
    without_positions: int = 0  # roads and rivers whose nodes the file does not hold
    outside: int = 0  # roads and rivers of which no node lies in or near the place
    size_limited: int = 0  # roads that limit a truck's height, weight or width


def extract_osm(file: OsmFile, area: Area, folder: Path, progress: Progress) -> OsmCounts:
    """Write the files of all nouns that have rows within the area into the folder."""
    progress.begin(Message(mark("Reading {file}"), {"file": file.name}))
    with ExitStack() as closing:
        files = {noun: NounFile(folder / file_of(noun), _columns(NOUNS[noun])) for noun in NOUNS_OF_OSM}
        for one in files.values():
            closing.callback(one.close)
        taking = _Taking(area, files)
        things = (*RESOURCE_TAGS, *REPAIR_TAGS, *PLACE_TAGS)
        found = file.objects((*ROAD_TAGS, *RIVER_TAGS), things)
        for number, (thing, tags) in enumerate(found, start=1):
            taking.take(thing, tags)
            if number % _TOLD_EVERY == 0:
                progress.advance(_TOLD_EVERY)
        taking.finish()
    taking.counts.rows = {noun: one.count for noun, one in files.items() if one.count}
    _refuse_without_roads(taking.counts, file.name)
    return taking.counts


def _refuse_without_roads(counts: OsmCounts, file: str) -> None:
    if counts.rows.get("routes"):
        return
    if counts.without_positions > counts.outside:
        raise Refusal(
            "{file} does not hold the positions of its roads, or only after the roads. Download it again as .osm.pbf.",
            file=file,
        )
    raise Refusal(
        "{file} holds no road in or near the place. Give the file of the region that the place lies in.", file=file
    )


def _columns(noun: Noun) -> tuple[str, ...]:
    return tuple(noun.headings)


class _Taking:
    """What is being taken; booths and villages wait until all are known."""

    def __init__(self, area: Area, files: dict[str, NounFile]) -> None:
        self.counts = OsmCounts()
        self._area = area
        self._files = files
        self._booths: list[Booth] = []
        self._village_areas: list[tuple[Row, Point]] = []
        self._village_names: set[str | None] = set()
        self._wkb = osmium.geom.WKBFactory()

    def take(self, thing: Any, tags: dict[str, str]) -> None:  # noqa: ANN401  (a node, way, relation or area)
        if thing.is_way():
            self._take_line(thing, tags)
        elif thing.is_node():
            place = thing.location
            if place.valid() and self._area.holds(place.lon, place.lat):
                self._take_thing(f"node/{thing.id}", tags, Point(place.lon, place.lat), None)
        elif thing.is_area():
            self._take_area(thing, tags)

    def finish(self) -> None:
        word = _word("toll_plaza")
        for plaza in plazas_of(self._booths):
            row: Row = {"resource_id": plaza.number, "name": plaza.name or word, "kind": "toll_plaza"}
            self._files["resources"].add(row, Point(plaza.lon, plaza.lat))
        for row, inside in self._village_areas:
            if row["name"] not in self._village_names:  # most have a node beside their outline
                self._files["places"].add(row, inside)

    def _take_line(self, way: Any, tags: dict[str, str]) -> None:  # noqa: ANN401
        noun, key, row = "routes", "route_id", road_row(tags)
        if row is None:
            noun, key, row = "rivers", "river_id", river_row(tags)
        if row is None:
            return
        course = course_of(way)
        if not course:
            self.counts.without_positions += 1
        elif not self._is_within(course):
            self.counts.outside += 1
        else:
            self.counts.size_limited += noun == "routes" and has_size_limit(tags)
            self._files[noun].add({key: f"way/{way.id}", **row}, line_of(course))

    def _is_within(self, course: Course) -> bool:
        """A way that leaves the area is kept whole."""
        return any(self._area.holds(lon, lat) for run in course for lon, lat in run)

    def _take_area(self, area: Any, tags: dict[str, str]) -> None:  # noqa: ANN401
        if not _is_wanted(tags):
            return
        try:
            outline = shapely.from_wkb(self._wkb.create_multipolygon(area))
        except RuntimeError:  # its rings do not close
            return
        inside = shapely.point_on_surface(outline)
        if self._area.holds(inside.x, inside.y):
            origin = "way" if area.from_way() else "relation"
            self._take_thing(f"{origin}/{area.orig_id()}", tags, inside, outline)

    def _take_thing(self, number: str, tags: dict[str, str], point: Point, outline: BaseGeometry | None) -> None:
        if (TOLL_BOOTH[0], tags.get(TOLL_BOOTH[0])) == TOLL_BOOTH:
            self._booths.append(Booth(number, name_of(tags), point.x, point.y))
        elif (kind := resource_kind(tags)) is not None:
            self._files["resources"].add(_resource_row(number, kind, tags, outline), point)
        elif is_repair_shop(tags):
            name = name_or_owner(tags, say("Repair shop"))
            self._files["repair_shops"].add({"shop_id": number, "name": name, "address": address_of(tags)}, point)
        else:
            self._take_village(number, tags, point, is_area=outline is not None)

    def _take_village(self, number: str, tags: dict[str, str], point: Point, *, is_area: bool) -> None:
        kind, name = place_kind(tags), name_of(tags)
        if kind is None or name is None:
            return
        row: Row = {"place_id": number, "name": name, "kind": kind, "people": people_of(tags)}
        if is_area:
            self._village_areas.append((row, point))
        else:
            self._village_names.add(name)
            self._files["places"].add(row, point)


def _is_wanted(tags: dict[str, str]) -> bool:
    is_booth = (TOLL_BOOTH[0], tags.get(TOLL_BOOTH[0])) == TOLL_BOOTH
    return is_booth or resource_kind(tags) is not None or is_repair_shop(tags) or place_kind(tags) is not None


def _resource_row(number: str, kind: str, tags: dict[str, str], outline: BaseGeometry | None) -> Row:
    area_m2 = None if outline is None else LocalProjection.around(outline).area_km2(outline) * 1e6
    return {
        "resource_id": number,
        "name": name_or_owner(tags, _word(kind)),
        "kind": kind,
        "facilities": "、".join(facilities_of(tags, kind)) or None,
        "bays": bays_of(tags, kind),
        "operator": tags.get("operator"),
        "area_m2": None if area_m2 is None else f"{area_m2:.0f}",
        "address": address_of(tags),
    }


def _word(kind: str) -> str:
    return shown_word("resource_kind", kind, current_language())
