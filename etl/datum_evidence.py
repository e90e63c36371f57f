"""Finds out the datum of a source that does not say it, by comparing its points with a map in WGS-84.

The sample is read as each datum in turn. A point is telling where it clearly fits one reading and clearly
not another; a verdict needs enough telling points that agree. Points of two datums in one file speak
against each other, which is how a mixed file is noticed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import shapely

from etl.datum import Datum, geometries_to_wgs84, to_wgs84
from etl.datum_finding import DatumFinding, Method, Reason
from etl.projection import LocalProjection

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt
    from shapely.geometry.base import BaseGeometry

    from etl.datum import Degrees

    Flags: TypeAlias = npt.NDArray[np.bool_]

CANDIDATES = (Datum.WGS84, Datum.GCJ02, Datum.BD09)

# A fair coin shows 80 % heads or more in 30 throws once in 1,400 times.
TELLING_NEEDED = 30
# Of the telling points the truth won 88 to 98 % for Shanghai's 38,000 named places, written in each datum in
# turn; with a fifth of the rows in another datum at most 83 %.
AGREEMENT_NEEDED_IN_DISTRICTS = 0.85
# Bus stops and points on streets against roads: 94 to 100 % for the truth, 88 % and less with a tenth of the
# rows in another datum.
AGREEMENT_NEEDED_ON_ROADS = 0.9
# Two drawings of Pingliang's seven counties: 84 to 98 % for the truth.
AGREEMENT_NEEDED_ON_BOUNDARY = 0.8
# True readings put 98.4 to 98.9 % of Shanghai's places in their district.
SHARE_INSIDE_NEEDED = 0.9
# True readings cover 96.7 to 97.7 % of Pingliang's counties.
OVERLAP_NEEDED = 0.9
# Buildings stand back from roads, and a wrong reading then looks nearer than the true one (schools: median
# 52 m, but 49 m as GCJ-02). Only what stands on the road may speak: tracks and bus stops lie at 3 to 7 m.
ON_ROAD_M = 15.0
OFF_ROAD_M = 30.0
# Roads end where their file ends: what is this far from any, however it is read, says nothing.
ROADS_END_M = 1000.0
# The drawings of two offices differ by about 100 m, half of the boundary vertices compared; a shift is 430 m
# and more, but only the part of it across the line shows.
DRAWING_M = 100.0
ON_BOUNDARY_M, OFF_BOUNDARY_M = 150.0, 300.0

_AGREEMENT_NEEDED: dict[Method, float] = {
    "named_districts": AGREEMENT_NEEDED_IN_DISTRICTS,
    "inside_boundary": AGREEMENT_NEEDED_IN_DISTRICTS,
    "near_roads": AGREEMENT_NEEDED_ON_ROADS,
    "boundary_overlap": AGREEMENT_NEEDED_ON_BOUNDARY,
}

# A parked truck pings a thousand times: one point is kept of those that agree to three decimals (100 m).
_THINNING_DECIMALS = 3
_MOST_READ, _MOST_COMPARED = 500_000, 20_000


@dataclass(frozen=True)
class Sample:
    """Points as they are written: degrees in a datum yet unknown, and what is written beside them."""

    lon: npt.ArrayLike
    lat: npt.ArrayLike
    districts: Sequence[str | None] | None = None  # name or code of the district of each point
    areas: Sequence[BaseGeometry] = ()  # where the source holds areas, the points are their vertices

    @classmethod
    def of_geometries(cls, geometries: Sequence[BaseGeometry | None] | npt.NDArray[Any]) -> Sample:
        found = np.asarray(geometries, dtype=object)
        lon, lat = shapely.get_coordinates(found).T
        return cls(lon, lat, areas=tuple(found[shapely.get_dimensions(found) == 2]))


@dataclass(frozen=True)
class Evidence:
    """What is known of the place, in WGS-84."""

    districts: Mapping[str, BaseGeometry] = field(default_factory=dict)  # by the name or code that points use
    roads: Sequence[BaseGeometry] | npt.NDArray[Any] = ()
    boundary: BaseGeometry | None = None


@dataclass(frozen=True)
class _Reading:
    """A sample read as one datum: how well it fits in all, and which points clearly do or don't."""

    score: float
    fits: Flags
    fails: Flags


@dataclass(frozen=True)
class _Points:
    lon: Degrees
    lat: Degrees
    names: npt.NDArray[np.object_]

    def keep(self, chosen: Any) -> _Points:  # noqa: ANN401  (flags, positions or a slice)
        return _Points(self.lon[chosen], self.lat[chosen], self.names[chosen])

    def in_metres(self, projection: LocalProjection, datum: Datum) -> npt.NDArray[Any]:
        return np.asarray(shapely.points(*projection.forward(*to_wgs84(self.lon, self.lat, datum))))


def find_datum(sample: Sample, evidence: Evidence) -> DatumFinding:
    """The datum on which all the firm evidence agrees; none where it is thin, mixed or contradictory."""
    points = _thinned(sample)
    findings = []
    if sample.districts is not None and evidence.districts:
        findings.append(_by_named_districts(points, evidence.districts))
    if len(evidence.roads):
        findings.append(_by_roads(points, np.asarray(evidence.roads, dtype=object)))
    if evidence.boundary is not None and sample.areas:
        findings.append(_by_overlap(points, sample.areas, evidence.boundary))
    elif evidence.boundary is not None:
        findings.append(_by_boundary(points, evidence.boundary))
    return _together(findings)


def _together(findings: list[DatumFinding]) -> DatumFinding:
    firm = sorted((one for one in findings if one.datum), key=lambda one: one.agreement, reverse=True)
    for reason in ("split",) if firm else ("split", "few", "poor"):
        for one in findings:
            if one.reason == reason:
                return one
    if not firm:
        return DatumFinding(None, None)
    against = [one.datum for one in firm if one.datum != firm[0].datum]
    if not against:
        return firm[0]
    strongest = firm[0]
    return DatumFinding(
        None,
        strongest.method,
        strongest.scores,
        strongest.margin,
        strongest.samples,
        "disagree",
        contradicted_by=against[0],
    )


def _thinned(sample: Sample) -> _Points:
    lon, lat = (np.asarray(part, dtype=np.float64).ravel() for part in (sample.lon, sample.lat))
    names = np.full(len(lon), None, dtype=object)
    if sample.districts is not None:
        names[:] = list(sample.districts)
    points = _evenly(_Points(lon, lat, names), _MOST_READ)
    points = points.keep((np.abs(points.lon) <= 180) & (np.abs(points.lat) <= 90))
    rounded = np.round(np.column_stack([points.lon, points.lat]), _THINNING_DECIMALS)
    first = np.unique(rounded, axis=0, return_index=True)[1]
    return _evenly(points.keep(np.sort(first)), _MOST_COMPARED)


def _evenly(points: _Points, most: int) -> _Points:
    return points.keep(slice(None, None, max(1, -(-len(points.lon) // most))))


def _by_named_districts(points: _Points, districts: Mapping[str, BaseGeometry]) -> DatumFinding:
    named = points.keep(np.array([name in districts for name in points.names], dtype=bool))
    method: Method = "named_districts"
    if not len(named.lon):
        return DatumFinding(None, method, telling_needed=TELLING_NEEDED, reason="few")
    used = {name: districts[name] for name in set(named.names)}
    return _verdict(method, _inside(named, used), SHARE_INSIDE_NEEDED)


def _by_boundary(points: _Points, boundary: BaseGeometry) -> DatumFinding:
    everywhere = _Points(points.lon, points.lat, np.full(len(points.lon), "", dtype=object))
    return _verdict("inside_boundary", _inside(everywhere, {"": boundary}), SHARE_INSIDE_NEEDED)


def _inside(points: _Points, districts: Mapping[str, BaseGeometry]) -> dict[Datum, _Reading]:
    """For each reading the share of points inside their district; clear is what is deep in or far out."""
    projection = LocalProjection.around(shapely.box(*shapely.total_bounds(list(districts.values()))))
    drawn = {name: projection.to_metres(district) for name, district in districts.items()}
    return {datum: _inside_as(points.in_metres(projection, datum), points.names, drawn) for datum in CANDIDATES}


def _inside_as(places: npt.NDArray[Any], names: npt.NDArray[np.object_], drawn: Mapping[str, BaseGeometry]) -> _Reading:
    inside, near_edge = np.zeros(len(places), dtype=bool), np.zeros(len(places), dtype=bool)
    for name, district in drawn.items():
        mine, edge = names == name, shapely.boundary(district)
        shapely.prepare([district, edge])
        inside[mine] = shapely.contains(district, places[mine])
        near_edge[mine] = shapely.dwithin(edge, places[mine], DRAWING_M)
    return _Reading(float(inside.mean()) if len(inside) else 0.0, inside & ~near_edge, ~inside & ~near_edge)


def _by_roads(points: _Points, roads: npt.NDArray[Any]) -> DatumFinding:
    projection = LocalProjection.around(shapely.box(*shapely.total_bounds(roads)))
    tree = shapely.STRtree(projection.to_metres(roads))
    away_m = np.array([_nearest_m(tree, points.in_metres(projection, datum)) for datum in CANDIDATES])
    away_m = away_m[:, away_m.min(axis=0) <= ROADS_END_M]
    if not away_m.size:
        return DatumFinding(None, "near_roads", telling_needed=TELLING_NEEDED, reason="few")
    readings = {
        datum: _Reading(float(np.median(away)), away <= ON_ROAD_M, away > OFF_ROAD_M)
        for datum, away in zip(CANDIDATES, away_m, strict=True)
    }
    return _verdict("near_roads", readings, ON_ROAD_M)


def _nearest_m(tree: shapely.STRtree, places: npt.NDArray[Any]) -> Degrees:
    away_m = np.full(len(places), np.inf)
    (asked, _), found_m = tree.query_nearest(places, return_distance=True, all_matches=False)
    away_m[asked] = found_m
    return away_m


def _by_overlap(points: _Points, areas: Sequence[BaseGeometry], boundary: BaseGeometry) -> DatumFinding:
    """How far the areas together cover the place and no more, and which vertices lie on its outline."""
    projection = LocalProjection.around(boundary)
    place, covered = projection.to_metres(boundary), _union_in_degrees(areas)
    edge = shapely.boundary(place)
    shapely.prepare(edge)
    readings = {}
    for datum in CANDIDATES:
        drawn = shapely.make_valid(projection.to_metres(geometries_to_wgs84([covered], datum)[0]))
        places = points.in_metres(projection, datum)
        readings[datum] = _Reading(
            shapely.intersection(drawn, place).area / shapely.union(drawn, place).area,
            shapely.dwithin(edge, places, ON_BOUNDARY_M),
            ~shapely.dwithin(edge, places, OFF_BOUNDARY_M),
        )
    return _verdict("boundary_overlap", readings, OVERLAP_NEEDED)


def _union_in_degrees(areas: Sequence[BaseGeometry]) -> BaseGeometry:
    """One geometry of all the areas, but for those that can't be degrees."""
    known = np.asarray(areas, dtype=object)
    in_degrees = (np.abs(shapely.bounds(known)) <= [180, 90, 180, 90]).all(axis=1)
    return shapely.union_all(shapely.make_valid(known[in_degrees]))


def _verdict(method: Method, readings: dict[Datum, _Reading], needed: float) -> DatumFinding:
    on_roads = method == "near_roads"
    scores = {datum: reading.score for datum, reading in readings.items()}
    best, runner_up, *_ = sorted(scores, key=lambda datum: scores[datum], reverse=not on_roads)
    votes = [_votes(readings[best], readings[rival]) for rival in readings if rival != best]
    telling = min(for_best + against for for_best, against in votes)
    agreement = min(for_best / max(1, for_best + against) for for_best, against in votes)
    fits_at_all = scores[best] <= needed if on_roads else scores[best] >= needed
    reason: Reason = "firm"
    if len(readings[best].fits) < TELLING_NEEDED or (fits_at_all and telling < TELLING_NEEDED):
        reason = "few"
    elif not fits_at_all:
        reason = "poor"
    elif agreement < _AGREEMENT_NEEDED[method]:
        reason = "split"
    return DatumFinding(
        datum=best if reason == "firm" else None,
        method=method,
        scores=scores,
        margin=abs(scores[best] - scores[runner_up]),
        samples=len(readings[best].fits),
        reason=reason,
        telling=telling,
        telling_needed=TELLING_NEEDED,
        agreement=agreement,
    )


def _votes(best: _Reading, rival: _Reading) -> tuple[int, int]:
    return int((best.fits & rival.fails).sum()), int((rival.fits & best.fails).sum())
