"""Objects of a file of OpenStreetMap with the tags that are wanted, one by one; only positions are kept in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import osmium

from etl.osm.file_guard import damaged, osm_format
from etl.shapes import Area
from wording import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from osmium.osm.types import OSMEntity

TagPair: TypeAlias = tuple[str, str]
Found: TypeAlias = "tuple[OSMEntity, dict[str, str]]"
_POSITIONS: Final = "flex_mem"  # 16 bytes a node
_WRONG: Final = (RuntimeError, ValueError, KeyError, osmium.InvalidLocationError)  # what the reader raises


class OsmFile:
    """A file that was found fit to be read."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        # Told as a whole path and with its format: the reader would take an address, and judge by the suffix.
        self._file = osmium.io.File(str(path.resolve()), osm_format(path, path.name))

    def objects(self, ways: Iterable[TagPair], things: Iterable[TagPair]) -> Iterator[Found]:
        """Ways of the first tags, and nodes, ways and areas of the others, each with its tags."""
        as_area = osmium.filter.TagFilter(*things)
        wanted = osmium.filter.TagFilter(*ways, *things)
        processor = osmium.FileProcessor(self._file).with_locations(_POSITIONS).with_areas(as_area).with_filter(wanted)
        try:
            for thing in processor:
                yield thing, dict(thing.tags)
        except _WRONG as wrong:
            raise damaged(self.name) from wrong

    def told_extent(self) -> Area | None:
        """The box that the file's head names."""
        try:
            with osmium.io.Reader(self._file, osmium.osm.NODE) as reader:
                box = reader.header().box()
        except _WRONG as wrong:
            raise damaged(self.name) from wrong
        if not box.valid() or box.bottom_left == box.top_right:
            return None
        return Area(box.bottom_left.lon, box.bottom_left.lat, box.top_right.lon, box.top_right.lat)

    def extent(self) -> Area:
        """The box that the file's head names, else the one around its nodes."""
        return self.told_extent() or self._extent_of_nodes()

    def _extent_of_nodes(self) -> Area:
        west, south, east, north = 180.0, 90.0, -180.0, -90.0
        try:
            for node in osmium.FileProcessor(self._file, osmium.osm.NODE):
                place = getattr(node, "location", None)  # nodes only, which the types can't know
                if place is not None and place.valid():
                    lon, lat = place.lon, place.lat
                    west, east = min(west, lon), max(east, lon)
                    south, north = min(south, lat), max(north, lat)
        except _WRONG as wrong:
            raise damaged(self.name) from wrong
        if west >= east or south >= north:
            raise Refusal("{file} holds no positions. Download it again, with its nodes.", file=self.name)
        return Area(west, south, east, north)
