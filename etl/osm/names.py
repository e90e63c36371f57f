"""How a thing is called: in Chinese where it has such a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAMES: Final = ("name:zh", "name:zh-Hans", "name")
_INSTEAD: Final = ("official_name", "brand:zh", "brand", "operator:zh", "operator", "name:en", "ref")
_MOST_CHARACTERS: Final = 255


def name_of(tags: Mapping[str, str]) -> str | None:
    return _first(tags, _NAMES)


def name_or_owner(tags: Mapping[str, str], otherwise: str) -> str:
    """A name that may not be empty: the brand's, the operator's, or the word for such things."""
    return _first(tags, (*_NAMES, *_INSTEAD)) or otherwise


def address_of(tags: Mapping[str, str]) -> str | None:
    street = [tags[name] for name in ("addr:street", "addr:housenumber") if name in tags]
    return tags.get("addr:full") or " ".join(street) or None


def _first(tags: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((text[:_MOST_CHARACTERS] for name in names if (text := tags.get(name, "").strip())), None)
