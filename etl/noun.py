"""What a noun tells the etl of itself; its contract lies beside it in SQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Shape(StrEnum):
    """How a noun lies on the map."""

    POINT = "point"
    POSSIBLE_POINT = "possible_point"  # a row without a position is still a row
    LINE = "line"
    POLYGON = "polygon"
    NONE = "none"


POSITION_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "lon": (
        "经度",
        "lon",
        "lng",
        "long",
        "longitude",
        "x",
        "x坐标",
        "百度经度",
        "高德经度",
        "gps经度",
        "东经",
        "坐标x",
        "lon_wgs84",
        "point_x",
    ),
    "lat": (
        "纬度",
        "lat",
        "latitude",
        "y",
        "y坐标",
        "百度纬度",
        "高德纬度",
        "gps纬度",
        "北纬",
        "坐标y",
        "lat_wgs84",
        "point_y",
    ),
    "coordinates": (
        "坐标",
        "经纬度",
        "位置坐标",
        "坐标位置",
        "coordinates",
        "coordinate",
        "location",
        "经度纬度",
        "gps坐标",
        "地理坐标",
        "经纬度坐标",
    ),
    "shape_text": ("wkt", "geometry", "geom", "the_geom", "wktgeometry", "几何", "图形"),
}


@dataclass(frozen=True)
class Noun:
    """One kind of thing that an office keeps a file of.

    `headings` gives for each column of the contract the words offices head it with; the Chinese label
    in the contract's comment is one of them already. `ticks` names the word list whose words may each
    head a column of ticks (√), gathered into one list.
    """

    name: str
    shape: Shape
    headings: Mapping[str, tuple[str, ...]]
    key: str | None = None
    newest_by: str | None = None  # of rows with one key that of the newest such day is in force, else the first
    personal: tuple[str, ...] = ()  # kept only as keyed pseudonyms
    ticks: Mapping[str, str] = field(default_factory=dict)  # column → word list
    streams: bool = False  # too many rows for memory: read by the database itself

    def is_identifying(self, column: str) -> bool:
        """Whether a column holds numbers of things, which must stay as they are."""
        return column in self.personal or column == self.key or column.endswith("_id") or column == "home_grid"

    @property
    def is_point(self) -> bool:
        return self.shape in {Shape.POINT, Shape.POSSIBLE_POINT}

    @property
    def is_drawn(self) -> bool:
        """Whether its rows are lines or areas."""
        return self.shape in {Shape.LINE, Shape.POLYGON}

    @property
    def written_columns(self) -> tuple[str, ...]:
        """The columns that text is read into, those of the position last."""
        return (*self.headings, *(POSITION_HEADINGS if self.shape is not Shape.NONE else ()))
