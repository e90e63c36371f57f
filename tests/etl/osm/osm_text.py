"""Small maps written as OpenStreetMap writes them."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import quoteattr

import pyarrow.parquet as pq
import shapely

from etl.osm.extraction import OsmCounts, extract_osm, file_of
from etl.osm.osm_objects import OsmFile
from etl.progress import Silence
from etl.shapes import Area

BOX = Area(107.30, 35.28, 107.42, 35.38)
Tags = dict[str, str]


class OsmText:
    """Nodes first, then ways, then relations, numbered by whoever adds them."""

    def __init__(self) -> None:
        self._nodes: list[str] = []
        self._ways: list[str] = []
        self._relations: list[str] = []
        self._next_node = 1_000

    def node(self, number: int, lon: float, lat: float, **tags: str) -> OsmText:
        self._nodes.append(f'<node id="{number}" version="1" lat="{lat}" lon="{lon}">{_tags(tags)}</node>')
        return self

    def road(self, number: int, tags: Tags, *places: tuple[float, float]) -> OsmText:
        """A way with nodes of its own."""
        numbers = []
        for lon, lat in places:
            self.node(self._next_node, lon, lat)
            numbers.append(self._next_node)
            self._next_node += 1
        return self.way(number, tags, *numbers)

    def square(self, number: int, tags: Tags, west: float, south: float, side: float) -> OsmText:
        corners = [(west, south), (west + side, south), (west + side, south + side), (west, south + side)]
        first = self._next_node
        self.road(number, tags, *corners)
        self._ways[-1] = self._ways[-1].replace("</way>", f'<nd ref="{first}"/></way>')
        return self

    def way(self, number: int, tags: Tags, *nodes: int) -> OsmText:
        listed = "".join(f'<nd ref="{node}"/>' for node in nodes)
        self._ways.append(f'<way id="{number}" version="1">{_tags(tags)}{listed}</way>')
        return self

    def relation(self, number: int, tags: Tags, **members: str) -> OsmText:
        listed = "".join(f'<member type="way" ref="{way[1:]}" role="{role}"/>' for way, role in members.items())
        self._relations.append(f'<relation id="{number}" version="1">{listed}{_tags(tags)}</relation>')
        return self

    def text(self, *, is_sorted: bool = True) -> str:
        parts = [self._nodes, self._ways, self._relations] if is_sorted else [self._ways, self._nodes]
        body = "\n".join(line for part in parts for line in part)
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6">\n{body}\n</osm>\n'

    def write(self, path: Path) -> Path:
        path.write_text(self.text(), "utf-8")
        return path


class Extracted:
    """What was taken out of a map, by noun."""

    def __init__(self, folder: Path, counts: OsmCounts) -> None:
        self.folder = folder
        self.counts = counts

    def rows(self, noun: str) -> list[dict[str, str | None]]:
        path = self.folder / file_of(noun)
        return [{**row, "geometry": None} for row in self._read(path)] if path.exists() else []

    def row(self, noun: str) -> dict[str, str | None]:
        (only,) = self.rows(noun)
        return only

    def shapes(self, noun: str) -> list[shapely.Geometry]:
        return [shapely.from_wkb(row["geometry"]) for row in self._read(self.folder / file_of(noun))]

    @staticmethod
    def _read(path: Path) -> list[dict[str, object]]:
        return pq.read_table(path).to_pylist()


def extracted(path: Path, folder: Path, box: Area = BOX) -> Extracted:
    folder.mkdir(exist_ok=True)
    return Extracted(folder, extract_osm(OsmFile(path), box, folder, Silence()))


def extracted_from(osm: OsmText, folder: Path) -> Extracted:
    """A map always has one road, without which nothing is taken."""
    osm.road(999, {"highway": "trunk"}, (107.31, 35.29), (107.32, 35.29))
    return extracted(osm.write(folder / "map.osm"), folder / "out")


def _tags(tags: Tags) -> str:
    return "".join(f"<tag k={quoteattr(name)} v={quoteattr(value)}/>" for name, value in tags.items())
