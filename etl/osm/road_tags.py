"""What the tags of a way say of a road, in the words of the contract of routes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from etl.osm.names import name_of
from etl.osm.road_access import is_hazmat_allowed, is_truck_allowed
from etl.osm.road_speed import speed_km_per_h

if TYPE_CHECKING:
    from collections.abc import Mapping

    from etl.osm.noun_files import Row

_CLASSES: Final = ("motorway", "trunk", "primary", "secondary", "tertiary")
_ALWAYS: Final = frozenset(
    (*_CLASSES, *(f"{name}_link" for name in _CLASSES), "unclassified", "residential", "living_street", "road")
)
_SERVICE: Final = "service"  # a yard's own road: only where trucks are meant
_MEANT: Final = {"yes", "designated", "destination", "delivery", "permissive", "official"}
_CIRCLES: Final = {"roundabout", "circular"}
_MOST_LAYERS: Final = 10
_SIZE_LIMITS: Final = ("maxheight", "maxweight", "maxlength", "maxwidth", "maxaxleload", "maxweightrating:hgv")

ROAD_TAGS: Final = tuple(("highway", value) for value in sorted({*_ALWAYS, _SERVICE}))


def road_row(tags: Mapping[str, str]) -> Row | None:
    """The road's columns, or None where the way is none that trucks drive on."""
    kind = tags.get("highway", "")
    if kind not in _ALWAYS and not (kind == _SERVICE and _is_for_trucks(tags)):
        return None
    if tags.get("area") == "yes":
        return None
    is_bridge, is_tunnel = _is_there(tags, "bridge"), _is_there(tags, "tunnel")
    return {
        "ref": tags.get("ref"),
        "name": name_of(tags),
        "class": kind,
        "is_oneway": _oneway(tags, kind),
        "speed_km_per_h": _number(speed_km_per_h(tags)),
        "is_hazmat_allowed": _flag(is_hazmat_allowed(tags)),
        "is_truck_allowed": _flag(is_truck_allowed(tags)),
        "is_bridge": _flag(is_bridge),
        "is_tunnel": _flag(is_tunnel),
        "layer": str(_layer(tags, is_bridge=is_bridge, is_tunnel=is_tunnel)),
    }


def has_size_limit(tags: Mapping[str, str]) -> bool:
    """Whether the height, weight or width of trucks is limited, which the contract has no column for."""
    return any(tags.get(name, "none") not in {"none", "default", "unsigned"} for name in _SIZE_LIMITS)


def _is_for_trucks(tags: Mapping[str, str]) -> bool:
    return tags.get("hgv") in _MEANT or "industrial" in tags or tags.get("service") == "industrial"


def _is_there(tags: Mapping[str, str], name: str) -> bool:
    return tags.get(name, "no") != "no"


def _oneway(tags: Mapping[str, str], kind: str) -> str | None:
    """-1 stands for a road driven against its drawing; roundabouts and motorways are one-way unless told."""
    written = tags.get("oneway")
    if written in {"-1", "reverse"}:
        return "-1"
    if written in {"yes", "true", "1"}:
        return _flag(value=True)
    if written in {"no", "false", "0", "alternating"}:
        return _flag(value=False)
    if written is None:
        return _flag(value=kind == "motorway" or tags.get("junction") in _CIRCLES)
    return None  # it changes with the hour


def _layer(tags: Mapping[str, str], *, is_bridge: bool, is_tunnel: bool) -> int:
    """As told; else as OpenStreetMap means it: a bridge one above, a tunnel one below, all else on the ground."""
    try:
        layer = int(tags["layer"])
    except (KeyError, ValueError):
        return int(is_bridge) - int(is_tunnel)
    return max(-_MOST_LAYERS, min(_MOST_LAYERS, layer))


def _flag(value: bool | None) -> str | None:  # noqa: FBT001  (a flag is its only argument)
    return None if value is None else str(value).lower()


def _number(value: float | None) -> str | None:
    return None if value is None else f"{value:g}"
