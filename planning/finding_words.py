"""What was found between rows: a title for each kind, and a sentence for each finding."""

from __future__ import annotations

from etl.derived.finding_rules import FINDING_SENTENCES
from wording import mark, say

TITLES: dict[str, str] = {
    "grid_without_parent": mark("Grids whose grid above is missing"),
    "grid_level_gap": mark("Grids whose level does not fit"),
    "grid_without_post": mark("Grids without a post"),
    "grids_overlap": mark("Grids that overlap"),
    "grid_outside_parent": mark("Grids that reach beyond the grid above"),
    "hole_between_grids": mark("Areas that belong to no grid"),
    "parent_cycle": mark("Grids that lie above themselves"),
    "parts_exceed_whole": mark("Grids with fewer drivers than the grids below"),
    "parts_short_of_whole": mark("Grids with more drivers than the grids below"),
    "party_drivers_exceed": mark("Grids with too many party drivers"),
    "grid_outside_place": mark("Grids outside the place"),
    "station_in_no_grid": mark("Stations in no grid"),
    "driver_home_unknown": mark("Drivers whose grid is unknown"),
    "survey_channels_differ": mark("Drivers whom survey channels tell differently"),
    "place_outside": mark("Villages and towns outside the place"),
    "coarse_position": mark("Positions that are only rough"),
    "road_island": mark("Roads that join no other"),
}


def finding_title(rule: str) -> str:
    """What kind of thing was found, in the current language."""
    return say(TITLES[rule]) if rule in TITLES else rule.replace("_", " ")


def finding_sentence(
    rule: str, *, subject: str | None, other: str | None, area_km2: float | None, count: int | None
) -> str:
    """What was found and what to do about it, in the current language."""
    unknown = say("unknown")
    if rule not in FINDING_SENTENCES:
        return " · ".join(name for name in (finding_title(rule), subject, other) if name)
    return say(
        FINDING_SENTENCES[rule],
        subject=subject or unknown,
        other=other or unknown,
        area_km2=unknown if area_km2 is None else f"{area_km2:,.2f}" if area_km2 >= 0.01 else "< 0.01",
        count=unknown if count is None else f"{count:,}",
    )
