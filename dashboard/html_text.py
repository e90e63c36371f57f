"""Text from files made harmless for a page. Data go into HTML through `html` and by no other way."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# The later signs are for maps, whose pop-ups run what stands in backticks and ${…}.
_ENTITIES = {ord(sign): f"&#{ord(sign)};" for sign in "&<>\"'`$\\{}"}


class Html(str):
    """HTML that we wrote ourselves, with all data in it already made harmless."""

    __slots__ = ()


def escaped(text: object) -> Html:
    """Any text as text and nothing else; HTML of our own passes as it is."""
    return text if isinstance(text, Html) else Html(str(text).translate(_ENTITIES))


def html(template: str, **values: object) -> Html:
    """A template of our own with data filled in."""
    return Html(template.format_map({name: escaped(value) for name, value in values.items()}))


def joined(parts: Iterable[object], between: str = "") -> Html:
    """Parts one after another; `between` is HTML of our own."""
    return Html(between.join(escaped(part) for part in parts))
