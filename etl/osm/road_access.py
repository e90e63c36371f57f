"""Whether trucks, and trucks with dangerous goods, may use a road: None where the tags leave it open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

# Of what is said of all traffic the narrowest word decides; what is said of heavy trucks stands above it.
_TRAFFIC: Final = ("motor_vehicle", "vehicle", "access")
_DENIED: Final = {
    "no", "private", "agricultural", "forestry", "agricultural;forestry", "military", "emergency", "residents",
    "permit", "use_sidepath", "dismount",
}  # fmt: skip
_ALLOWED: Final = {
    "yes", "designated", "permissive", "official", "public", "destination", "delivery", "customers", "discouraged",
    "unsuitable", "local", "only",
}  # fmt: skip


def is_truck_allowed(tags: Mapping[str, str]) -> bool | None:
    """Who has business in a street of hgv=destination may drive in: that is no ban."""
    own, is_conditional = _told(tags.get("hgv")), "hgv:conditional" in tags
    if own is not None:
        return None if own and is_conditional else own
    told = (_told(tags.get(name)) for name in _TRAFFIC)
    traffic = next((one for one in told if one is not None), None)
    if traffic is False or _told(tags.get("goods")) is False:
        return False
    return None if is_conditional or "hgv" in tags else traffic


def is_hazmat_allowed(tags: Mapping[str, str]) -> bool | None:
    return None if "hazmat:conditional" in tags else _told(tags.get("hazmat"))


def _told(written: str | None) -> bool | None:
    if written in _DENIED:
        return False
    return True if written in _ALLOWED else None
