"""Free sites that the planner drops on the map, kept in the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.url_state import tell_and_show, told
from wording import say

if TYPE_CHECKING:
    from dashboard.map_view import Spot

_NAME = "spots"
_MOST = 12


def asked_spots() -> tuple[tuple[float, float], ...]:
    """The spots as lon, lat; what is no position is left out."""
    found = []
    for part in told(_NAME).split(";"):
        lon, _, lat = part.partition("_")
        try:
            spot = (float(lon), float(lat))
        except ValueError:
            continue
        if abs(spot[0]) <= 180 and abs(spot[1]) <= 90:
            found.append(spot)
    return tuple(found[:_MOST])


def offer_spot(spot: Spot | None) -> None:
    """A button that makes a candidate of the spot that was clicked, and one that takes all of them away."""
    kept = asked_spots()
    with st.container(horizontal=True, key="siting_spots"):
        if spot is not None and st.button(
            say("Consider this spot"), key="siting_add_spot", disabled=len(kept) >= _MOST
        ):
            _keep((*kept, (spot.lon, spot.lat)))
        if kept and st.button(say("Forget {count} spots", count=len(kept)), key="siting_forget_spots"):
            _keep(())


def _keep(spots: tuple[tuple[float, float], ...]) -> None:
    tell_and_show(**{_NAME: ";".join(f"{lon:.6f}_{lat:.6f}" for lon, lat in spots), "at": "", "thing": ""})
