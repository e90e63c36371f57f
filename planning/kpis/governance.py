"""治理: requests, posts of the grids, filed repair shops, deaths on the road."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from planning.clusters import repair_clusters
from planning.code_words import UNKNOWN, code_word, codes_of, level_word
from planning.features import features
from planning.kpis.definition import Definition, counted_by
from planning.kpis.figure import Figure, FigurePart, bounded
from wording import mark, say

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.features import Features

_CRASHES = {"kind": ("crash", UNKNOWN)}
_OUTCOMES = {
    "closed": mark("closed"),
    "open": mark("not closed yet"),
    "filed": mark("filed"),
    "not_filed": mark("not filed"),
    "on_roadside": mark("works on the road"),
    "on_green_land": mark("stands on green land"),
    "unknown": mark("unknown"),
}


def _outcome(code: str) -> str:
    return say(_OUTCOMES[code])


def _requests_open(atlas: Atlas) -> Figure:
    return counted_by("kpi_requests_open", categories=list(codes_of("request_category")))(atlas)


_deaths = counted_by("kpi_incidents_deaths_year")


def _crashes_of_the_year(atlas: Atlas) -> Features:
    """Incidents of the newest 12 months that are no violation."""
    found = features(atlas, "incidents", _CRASHES)
    since = _deaths(atlas).facts.get("since")
    if since is None:
        return replace(found, table=found.table.slice(0, 0))
    moments = found.table["happened_at"]
    return replace(found, table=found.table.filter(pc.greater(moments, pa.scalar(since, moments.type))))


def _clusters(atlas: Atlas) -> Figure:
    found = repair_clusters(atlas).clusters
    shapes = Counter(one.shape for one in found)
    parts = tuple(FigurePart(code, float(shapes[code])) for code in codes_of("cluster_shape"))  # type: ignore[index]
    return Figure(float(len(found)), parts=parts)


def _clusters_to_inspect(atlas: Atlas) -> Figure:
    facts = repair_clusters(atlas).clustered
    value, is_lower_bound = bounded(facts.to_inspect, is_lower_bound=facts.unclear > 0)
    counts = (
        ("not_filed", facts.filed.no, facts.filed.unknown),
        ("on_roadside", facts.on_roadside.yes, facts.on_roadside.unknown),
        ("on_green_land", facts.on_green_land.yes, facts.on_green_land.unknown),
    )
    parts = tuple(FigurePart(code, *bounded(count, is_lower_bound=unknown > 0)) for code, count, unknown in counts)
    return Figure(value, is_lower_bound, parts)


def _cluster_rows(atlas: Atlas) -> Features:
    return features(atlas, "repair_clusters")


GOVERNANCE = (
    Definition(
        name="requests_open",
        group="governance",
        label=mark("Open requests"),
        unit=mark("requests"),
        sentence=mark("Requests for which no moment of closing is written down."),
        count=_requests_open,
        noun="requests",
        filters={"is_open": ("true",)},
        part_word=lambda code: code_word("request_category", code),
        part_unit=mark("requests"),
        needs=("requests",),
        adds=("requests",),
    ),
    Definition(
        name="requests_closed_pct",
        group="governance",
        label=mark("Requests closed"),
        unit="%",
        sentence=mark("Share of all requests for which a moment of closing is written down."),
        count=counted_by("kpi_requests_closed_pct"),
        noun="requests",
        part_word=_outcome,
        part_unit=mark("requests"),
        decimals=1,
        needs=("requests",),
    ),
    Definition(
        name="grids_with_post_pct",
        group="governance",
        label=mark("Grids with a named post"),
        unit="%",
        sentence=mark("Share of responsibility grids of all levels for which a post is named."),
        count=counted_by("kpi_grids_with_post_pct"),
        noun="grids",
        part_word=lambda code: level_word(int(code) if code.isdecimal() else None),
        part_unit="%",
        decimals=1,
        needs=("grids",),
    ),
    Definition(
        name="repair_shops_filed_pct",
        group="governance",
        label=mark("Repair shops filed"),
        unit="%",
        sentence=mark("Share of repair shops that are filed with the transport office."),
        count=counted_by("kpi_repair_shops_filed_pct"),
        noun="repair_shops",
        part_word=_outcome,
        part_unit=mark("shops"),
        decimals=1,
        needs=("repair_shops",),
    ),
    Definition(
        name="repair_clusters",
        group="governance",
        label=mark("Repair clusters"),
        unit=mark("clusters"),
        sentence=mark("Groups of repair shops that stand close together, in patches or in strips along a road."),
        count=_clusters,
        rows_apart=_cluster_rows,
        part_word=lambda code: code_word("cluster_shape", code),
        part_unit=mark("clusters"),
        needs=("repair_shops",),
        adds=("repair_shops",),
        standards=(
            "cluster_distance_m",
            "cluster_least_shops",
            "cluster_strip_elongation",
            "cluster_strip_road_pct",
            "cluster_strip_compactness",
        ),
    ),
    Definition(
        name="repair_clusters_to_inspect",
        group="governance",
        label=mark("Shops in clusters to inspect"),
        unit=mark("shops"),
        sentence=mark(
            "Shops in repair clusters that are known to be unfiled, to work on the road or to stand on green land."
        ),
        count=_clusters_to_inspect,
        rows_apart=_cluster_rows,
        part_word=_outcome,
        part_unit=mark("shops"),
        needs=("repair_shops",),
        adds=("repair_shops",),
    ),
    Definition(
        name="incidents_deaths_year",
        group="governance",
        label=mark("Deaths in crashes, 12 months"),
        unit=mark("persons"),
        sentence=mark("People killed in crashes from {since} to {until}, the newest 12 months of the data."),
        count=_deaths,
        noun="incidents",
        filters=_CRASHES,
        rows_apart=_crashes_of_the_year,
        part_word=lambda code: code_word("severity", code),
        part_unit=mark("crashes"),
        needs=("incidents",),
        adds=("incidents",),
        facts=("since", "until"),
    ),
)
