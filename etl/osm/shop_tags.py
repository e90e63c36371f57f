"""Which shops repair vehicles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHOPS: Final = {"car_repair", "truck_repair", "tyres", "repair_truck"}
_SERVICES: Final = ("service:vehicle:truck_repair", "service:vehicle:truck", "service:truck:repair")

REPAIR_TAGS: Final = (*(("shop", shop) for shop in sorted(_SHOPS)), *((name, "yes") for name in _SERVICES))


def is_repair_shop(tags: Mapping[str, str]) -> bool:
    return tags.get("shop") in _SHOPS or any(tags.get(name) == "yes" for name in _SERVICES)
