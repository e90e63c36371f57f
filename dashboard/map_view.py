"""The map on a page: drawn once, changed in part, and telling what was clicked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import shapely
import streamlit as st

from dashboard.address_lists import listed
from dashboard.layers import LAYERS
from dashboard.map_frame import framed_map, layer_group
from dashboard.offline_assets import localise
from dashboard.url_state import tell_and_show, told
from planning.features import FILTERS
from planning.ground import MapExtent, place_boundary
from wording import current_language

if TYPE_CHECKING:
    from collections.abc import Collection

    from shapely.geometry.base import BaseGeometry

    from dashboard.layers.layer import MapChoice, MapSource, Spec
    from dashboard.office_tiles import OfficeTiles
    from planning.spot_facts import SpotFacts

_DIGITS = 6
_TAKEN = (("picture", "png"), ("page", "html"))  # the map as what, and the suffix of its address


@dataclass(frozen=True)
class Spot:
    """What is chosen on the map: where, and the thing there if one was clicked, as noun/id."""

    lon: float
    lat: float
    thing: str = ""

    @property
    def noun_and_id(self) -> tuple[str, str] | None:
        noun, slash, name = self.thing.partition("/")
        return (noun, name) if slash and name else None


@dataclass(frozen=True)
class Emphasis:
    """A shape that is outlined on the map; the map moves to it where it was asked for, once for each sign."""

    shape: BaseGeometry
    moves_for: str = ""

    @property
    def ring(self) -> Spec:
        return {"outline": shapely.geometry.mapping(shapely.set_precision(self.shape, 1e-5, mode="pointwise"))}

    @property
    def focus(self) -> Spec | None:
        west, south, east, north = self.shape.bounds
        return {"sign": self.moves_for, "bounds": [[south, west], [north, east]]} if self.moves_for else None


def chosen_spot() -> Spot | None:
    """The chosen spot as the address tells it; what is no position there is none."""
    try:
        lat, lon = (float(part) for part in told("at").split(","))
    except ValueError:
        return None
    return Spot(lon, lat, told("thing")) if abs(lat) <= 90 and abs(lon) <= 180 else None


def show_map(
    source: MapSource,
    choice: MapChoice,
    *,
    key: str,
    height_px: int,
    office: OfficeTiles | None = None,
    facts: SpotFacts | None = None,
    emphasis: Emphasis | None = None,
    layers_on: Collection[str] | None = None,
    is_still: bool = False,
) -> None:
    """Draw the map; a click puts what was clicked into the address and runs the page's part around it again.

    `layers_on` are the layers that this page begins with, where they are others than usual.
    """
    from streamlit_folium import st_folium  # noqa: PLC0415  (a second of imports that only a map needs)

    localise()
    drawn = framed_map(
        source, choice, MapExtent.of(place_boundary(source.atlas), margin=0.01), office,
        is_still=is_still, remembers="" if layers_on is None else key,
    )  # fmt: skip
    # Another build, language or look is another map; anything else changes within the one that is there.
    name = f"{key} {source.atlas.build_id} {current_language()} {choice.theme} {choice.datum}"
    answer = st_folium(
        drawn,
        key=name,
        height=height_px,
        use_container_width=True,
        returned_objects=["last_clicked"],
        feature_group_to_add=layer_group(
            _shown(source, choice, layers_on)
            | {"chosen": emphasis.ring if emphasis else _ring(facts), "focus": emphasis.focus if emphasis else None}
        ),
    )
    if not is_still:
        _take_click(name, (answer or {}).get("last_clicked"))


def _shown(source: MapSource, choice: MapChoice, layers_on: Collection[str] | None) -> Spec:
    specs = []
    for layer in LAYERS.values():
        spec = layer.build(source, choice)
        if spec is not None:
            specs.append(spec | {"is_on": layer.is_on if layers_on is None else layer.name in layers_on})
    filters = {
        f"{layer}.{name}": listed(values)
        for layer, chosen in choice.filters.items()
        for name, values in chosen.items()
        if name in FILTERS[layer]
    }
    asked = choice.coverage.parameters(source.atlas) if choice.coverage else {}
    take = {
        name: source.address(f"{name}.{suffix}", lang=current_language(), **filters, **asked) for name, suffix in _TAKEN
    }
    return {"layers": specs, "take": take}


def _ring(facts: SpotFacts | None) -> Spec | None:
    if facts is None:
        return None
    outline = shapely.geometry.mapping(shapely.from_wkb(facts.cell.geom)) if facts.cell else None
    return {"lat": facts.lat, "lon": facts.lon, "outline": outline}


def _take_click(name: str, clicked: dict[str, Any] | None) -> None:
    """A click is news once: the component tells it again in each run."""
    seen = f"clicked {name}"
    if clicked is None or clicked == st.session_state.get(seen):
        return
    st.session_state[seen] = clicked
    at = f"{clicked['lat']:.{_DIGITS}f},{clicked['lng']:.{_DIGITS}f}"
    tell_and_show(at=at, thing=str(clicked.get("thing") or ""))
