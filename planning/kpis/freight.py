"""货运: what the trucks' own tracks say of driving, resting and passing through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planning.corridors.corridor import corridors
from planning.corridors.corridor_features import corridor_features
from planning.corridors.report import gaps_of
from planning.corridors.serving import truck_km_on
from planning.freight_heat import tracked
from planning.kpis.definition import Definition
from planning.kpis.figure import UNKNOWN, Figure, FigurePart
from planning.standards import standard
from planning.standards.of_place import standards_of
from wording import mark, say

if TYPE_CHECKING:
    from planning.atlas import Atlas

_PARTS = {
    "hazmat": mark("dangerous goods"),
    "others": mark("other trucks, or not known"),
    "station": mark("at stations"),
    "resource": mark("at resources"),
    "roadside": mark("at the roadside"),
    "elsewhere": mark("elsewhere"),
}


def _over_4h_pct(atlas: Atlas) -> Figure:
    standards = standards_of(atlas.place_folder)
    limit_min = standard("driving_spell_h", standards).value * 60
    least = standard("k_anonymity", standards).value
    rows = [row for row in atlas.query("spell_shares", limit_min=limit_min).to_pylist() if row["ref"] is None]
    if not rows or rows[0]["vehicles"] < least:
        return UNKNOWN
    row = rows[0]
    parts: tuple[FigurePart, ...] = ()
    # Of two parts, one that may not be shown would be told by the other.
    if row["hazmat_vehicles"] >= least and row["other_vehicles"] >= least:
        others, over = row["spells"] - row["hazmat_spells"], row["over"] - row["hazmat_over"]
        parts = (
            FigurePart("hazmat", 100 * row["hazmat_over"] / row["hazmat_spells"]),
            FigurePart("others", 100 * over / others),
        )
    return Figure(100 * row["over"] / row["spells"], parts=parts)


def _roadside_pct(atlas: Atlas) -> Figure:
    least = standard("k_anonymity", standards_of(atlas.place_folder)).value
    rows = atlas.query("kpi_roadside_stops_pct").to_pylist()
    stops = sum(row["stops"] for row in rows)
    if not stops or any(row["vehicles"] < least for row in rows):
        return UNKNOWN
    parts = tuple(FigurePart(row["place_kind"], 100 * row["stops"] / stops) for row in rows)
    return Figure(sum(part.value or 0 for part in parts if part.code == "roadside"), parts=parts)


def _trucks_in_place(atlas: Atlas) -> Figure:
    """Trucks without a tracker are not seen, so there are more."""
    trucks = tracked(atlas).trucks_in_place_per_day
    return UNKNOWN if not trucks else Figure(trucks, is_lower_bound=True)


def _uncovered_truck_km(atlas: Atlas) -> Figure:
    lines = [one for one in corridors(atlas) if one.most_trucks_per_day is not None]
    if not lines:
        return UNKNOWN
    parts: dict[str, float] = {}
    for one in lines:
        parts[one.ref] = parts.get(one.ref, 0.0) + truck_km_on(one, gaps_of(atlas, one))
    shown = tuple(FigurePart(ref, value) for ref, value in sorted(parts.items(), key=lambda part: -part[1]))
    return Figure(
        sum(parts.values()), any(one.is_flow_partly_unknown for one in lines) and sum(parts.values()) > 0, shown
    )


FREIGHT = (
    Definition(
        name="over_4h_spells_pct",
        group="freight",
        label=mark("Driving spells over 4 h"),
        unit="%",
        sentence=mark(
            "Share of the driving spells that last longer than the law allows, of those whose tracks were seen from "
            "one rest to the next."
        ),
        count=_over_4h_pct,
        noun="corridors",
        rows_apart=corridor_features,
        part_word=lambda code: say(_PARTS[code]),
        part_unit="%",
        decimals=1,
        needs=("pings",),
        standards=("driving_spell_h", "rest_stop_min", "k_anonymity"),
    ),
    Definition(
        name="roadside_stops_pct",
        group="freight",
        label=mark("Stops at the roadside"),
        unit="%",
        sentence=mark(
            "Share of the stops of 20 minutes or more in the place that are made beside a road, at neither a station "
            "nor a resource."
        ),
        count=_roadside_pct,
        noun="corridors",
        rows_apart=corridor_features,
        part_word=lambda code: say(_PARTS[code]),
        part_unit="%",
        decimals=1,
        needs=("pings",),
        standards=("rest_stop_min", "k_anonymity"),
    ),
    Definition(
        name="trucks_in_place_per_day",
        group="freight",
        label=mark("Trucks a day in the place"),
        unit=mark("trucks"),
        sentence=mark("Different trucks that were in the place on a day, on average, of those that send positions."),
        count=_trucks_in_place,
        noun="corridors",
        rows_apart=corridor_features,
        part_word=str,
        needs=("pings",),
        standards=("k_anonymity",),
    ),
    Definition(
        name="uncovered_corridor_truck_km",
        group="freight",
        label=mark("Uncovered traffic on corridors"),
        unit=mark("truck-km a day"),
        sentence=mark(
            "Truck-km a day on stretches of numbered roads from which no open station is reached ahead within the "
            "standard; as counted by the office, else as far as tracks show it."
        ),
        count=_uncovered_truck_km,
        noun="corridors",
        rows_apart=corridor_features,
        part_word=str,
        part_unit=mark("truck-km a day"),
        needs=("routes",),
        standards=("coverage_min", "along_route_min"),
    ),
)
