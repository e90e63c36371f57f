"""What each rule of the findings says to people; {subject} and {other} are names, or codes where names lack."""

from __future__ import annotations

from wording import mark

FINDING_SENTENCES: dict[str, str] = {
    "grid_without_parent": mark(
        "The grid {subject} names {other} as the grid above it, but no grid has this code. "
        "Correct the code or add the grid."
    ),
    "grid_level_gap": mark(
        "The grid {subject} lies below {other}, but its level is not deeper. Correct one of the two levels."
    ),
    "grid_without_post": mark("The grid {subject} has no post that answers for it. Add the post."),
    "grids_overlap": mark("The grids {subject} and {other} overlap on {area_km2} km². Draw their border anew."),
    "grid_outside_parent": mark(
        "{area_km2} km² of the grid {subject} lie outside {other}, the grid above it. Correct one of the two outlines."
    ),
    "hole_between_grids": mark(
        "{area_km2} km² in {subject} belong to no grid of the lowest level, so nobody answers for them. "
        "Widen a grid or add one."
    ),
    "parent_cycle": mark(
        "The grid {subject} names {other} as the grid above it, and yet {other} lies below {subject}. "
        "Correct the code of the grid above."
    ),
    "parts_exceed_whole": mark(
        "The grids below {subject} have {count} more drivers than {subject} itself. "
        "Correct one of the numbers. Until then the grids below without a number stay unknown."
    ),
    "parts_short_of_whole": mark(
        "The grids below {subject} have {count} fewer drivers than {subject} itself, "
        "though each has a number. Correct one of the numbers."
    ),
    "party_drivers_exceed": mark(
        "{subject} has {count} party drivers too many: more than its drivers, or more in the grids below it "
        "than in itself. Compare the numbers."
    ),
    "grid_outside_place": mark(
        "The grid {subject} lies outside the place, so the {count} people it counts are not on the map. "
        "Check its outline and its coordinate system."
    ),
    "station_in_no_grid": mark(
        "The station {subject} lies in no grid, so nobody answers for it. Check its position or widen a grid."
    ),
    "driver_home_unknown": mark(
        "{count} drivers have {subject} as the code of their grid, but no grid has this code. "
        "Correct the code or add the grid."
    ),
    "survey_channels_differ": mark(
        "Survey channels tell {count} drivers or plates of {subject} differently. "
        "Compare their rows and keep what is right."
    ),
    "place_outside": mark(
        "{subject} has {count} people but lies outside the place, so they are not on the map. Check its position."
    ),
    "coarse_position": mark(
        "The position of {subject} has two decimals at most and may be a kilometre off. Measure it again."
    ),
    "road_island": mark(
        "{subject} and the roads joined to it, {count} in all, meet no other road, so no truck gets there. "
        "Check on the map whether an end falls short of the next road or a section is missing."
    ),
}
