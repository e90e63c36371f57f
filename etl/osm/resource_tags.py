"""What the tags of a node or area say of a place where a station could be, in the words of the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

# Kind → the tags that make one.
_KINDS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "service_area": (("highway", "services"),),
    "parking_area": (("highway", "rest_area"), ("amenity", "truck_stop"), ("amenity", "truck_parking")),
    "fuel_station": (("amenity", "fuel"),),
    "weigh_station": (("amenity", "weighbridge"), ("highway", "weigh_station")),
    "freight_yard": (
        ("industrial", "logistics"), ("industrial", "warehouse"), ("industrial", "distributor"),
        ("industrial", "freight"), ("industrial", "port"), ("industrial", "container_terminal"),
        ("landuse", "logistics"), ("amenity", "freight_terminal"),
    ),
}  # fmt: skip
_PARKING: Final = ("amenity", "parking")
_PARTY_TAGS: Final = (("amenity", "community_centre"), ("amenity", "social_centre"), ("amenity", "social_facility"),
                      ("amenity", "townhall"), ("office", "political_party"))  # fmt: skip
_PARTY_NAME: Final = "党群"
_MEANT: Final = {"yes", "designated", "only", "official"}
_WITH_PARKING: Final = {"service_area", "parking_area"}
TOLL_BOOTH: Final = ("barrier", "toll_booth")
RESOURCE_TAGS: Final = (*(tag for tags in _KINDS.values() for tag in tags), _PARKING, *_PARTY_TAGS, TOLL_BOOTH)

# Facility → the tags that say it is there; a tag that is absent says nothing.
_FACILITIES: Final[dict[str, tuple[tuple[str, frozenset[str]], ...]]] = {
    "shower": (("shower", frozenset({"yes", "hot"})), ("amenity:shower", frozenset({"yes"}))),
    "toilet": (("toilets", frozenset({"yes", "customers", "public"})), ("toilet", frozenset({"yes"}))),
    "meals": (
        ("restaurant", frozenset({"yes"})), ("fast_food", frozenset({"yes"})), ("food", frozenset({"yes"})),
        ("cafe", frozenset({"yes"})), ("canteen", frozenset({"yes"})),
    ),
    "convenience_store": (
        ("shop", frozenset({"yes", "convenience", "kiosk", "supermarket"})), ("convenience", frozenset({"yes"})),
    ),
    "wifi": (("internet_access", frozenset({"wlan", "wifi", "yes"})),),
    "vehicle_wash": (("car_wash", frozenset({"yes"})), ("truck_wash", frozenset({"yes"}))),
    "lodging": (("motel", frozenset({"yes"})), ("hotel", frozenset({"yes"})), ("beds", frozenset({"yes"}))),
    "laundry": (("laundry", frozenset({"yes"})),),
    "hazmat_parking": (("hazmat", frozenset({"designated"})),),
}  # fmt: skip


def resource_kind(tags: Mapping[str, str]) -> str | None:
    """The kind as the contract knows it; None where trucks are not meant."""
    for kind, pairs in _KINDS.items():
        if any(tags.get(name) == value for name, value in pairs):
            return kind
    if tags.get(_PARKING[0]) == _PARKING[1]:
        return "parking_area" if _is_truck_parking(tags) else None
    is_party = any(tags.get(name) == value for name, value in _PARTY_TAGS)
    return "party_centre" if is_party and _PARTY_NAME in tags.get("name", "") else None


def facilities_of(tags: Mapping[str, str], kind: str) -> list[str]:
    found = {
        facility
        for facility, said in _FACILITIES.items()
        if any(tags.get(name) in values for name, values in said)
    }  # fmt: skip
    return sorted(found | ({"parking"} if kind in _WITH_PARKING else set()))


def bays_of(tags: Mapping[str, str], kind: str) -> str | None:
    """Bays for trucks: all bays count only where the parking is for trucks."""
    is_for_trucks = tags.get("hgv") in {"designated", "only"} or tags.get("parking") == "truck"
    general = tags.get("capacity") if kind == "parking_area" and is_for_trucks else None
    bays = tags.get("capacity:hgv") or tags.get("capacity:truck") or general
    return bays if bays and bays.isascii() and bays.isdigit() and int(bays) <= 5000 else None


def _is_truck_parking(tags: Mapping[str, str]) -> bool:
    has_bays = tags.get("capacity:hgv", "0") not in {"0", "no"}
    return tags.get("hgv") in _MEANT or tags.get("parking") == "truck" or has_bays
