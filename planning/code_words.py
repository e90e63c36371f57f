"""Codes as people read them: tiers, facilities, kinds, in the language of the page."""

from __future__ import annotations

from etl.vocabulary import shown_word, vocabulary
from wording import current_language, say

UNKNOWN = "unknown"  # stands for an empty value where a filter must name it

# Which closed list a column's codes come from; by noun and column, as the contracts in etl/sources read them.
CODE_LISTS: dict[tuple[str, str], str] = {
    ("stations", "tier"): "tier",
    ("stations", "status"): "status",
    ("stations", "facilities"): "facility",
    ("stations", "facilities_unknown"): "facility",
    ("stations", "serves_direction"): "direction",
    ("resources", "kind"): "resource_kind",
    ("resources", "facilities"): "facility",
    ("resources", "facilities_unknown"): "facility",
    ("grid_faults", "kind"): "grid_fault",
    ("routes", "class"): "route_class",
    ("routes", "direction"): "direction",
    ("rivers", "kind"): "river_kind",
    ("repair_shops", "class"): "repair_class",
    ("drivers", "survey_channel"): "survey_channel",
    ("requests", "channel"): "request_channel",
    ("requests", "category"): "request_category",
    ("requests", "priority"): "request_priority",
    ("incidents", "kind"): "incident_kind",
    ("incidents", "severity"): "severity",
    ("enterprises", "kind"): "enterprise_kind",
    ("places", "kind"): "place_kind",
    ("repair_clusters", "shape"): "cluster_shape",
    ("repair_clusters", "change"): "cluster_change",
    ("repair_clusters", "station_way"): "station_way",
}
_GRID_LEVELS = ("county", "area", "township", "grid")


def code_word(list_name: str, code: str | None) -> str:
    """The word for a code; what is no code of the list was written freely and is left as it is."""
    if code is None or code == UNKNOWN:
        return say("unknown")
    if code not in vocabulary().get(list_name, {}):
        return code
    return shown_word(list_name, code, current_language())


def level_word(level: int | None) -> str:
    """What a grid of this level is called: 1 is the whole county, 4 the smallest grid."""
    if level is None or not 1 <= level <= len(_GRID_LEVELS):
        return say("unknown")
    return code_word("grid_level", _GRID_LEVELS[level - 1])


def codes_of(list_name: str) -> tuple[str, ...]:
    """All codes of a list, in its own order."""
    return tuple(vocabulary()[list_name])
