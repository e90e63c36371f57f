"""Tiles: a label, a value, a unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.figures import count_text
from wording import say

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Tile:
    """Label, unit and help are words of our own, in the language of the page."""

    label: str
    value: float | None
    unit: str = ""
    help: str | None = None

    @property
    def markdown(self) -> str:
        if self.value is None:
            return say("unknown")
        return f"{count_text(self.value)} :small[{self.unit}]" if self.unit else count_text(self.value)


def show_tiles(tiles: Iterable[Tile], *, key: str) -> None:
    """A row of tiles of one width that wraps on a narrow screen; the key is the page's own."""
    with st.container(horizontal=True, key=f"tiles_{key}"):
        for tile in tiles:
            st.metric(tile.label, tile.markdown, help=tile.help, border=True)
