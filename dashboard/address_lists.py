"""Lists in an address: one after another between commas, whatever signs stand in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def listed(values: Iterable[str]) -> str:
    return ",".join(value.replace("%", "%25").replace(",", "%2C") for value in values)


def parted(text: str) -> list[str]:
    """The values of `listed`; nothing is none."""
    return [part.replace("%2C", ",").replace("%25", "%") for part in text.split(",") if part]
