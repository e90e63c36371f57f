"""The course of a way, as far as the file knows the positions of its nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from shapely.geometry import LineString, MultiLineString

if TYPE_CHECKING:
    from osmium.osm import Way

Course: TypeAlias = list[list[tuple[float, float]]]


def course_of(way: Way) -> Course:
    """Runs of nodes whose positions are known: an extract may lack some at its border."""
    runs: Course = [[]]
    for node in way.nodes:
        place = node.location
        if not place.valid():
            runs.append([])
        elif not runs[-1] or runs[-1][-1] != (place.lon, place.lat):
            runs[-1].append((place.lon, place.lat))
    return [run for run in runs if len(run) > 1]


def line_of(course: Course) -> LineString | MultiLineString:
    return LineString(course[0]) if len(course) == 1 else MultiLineString(course)
