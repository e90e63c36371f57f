"""What the map shows, as the browser wrote it into the address."""

from __future__ import annotations

import math
from dataclasses import dataclass

import streamlit as st

from dashboard.layers import LAYERS
from planning.ground import MapExtent

_WIDTH_TO_HEIGHT = 1.45  # of the map on a common screen
_TILE_PX = 256
_WORLD_DEG = 360.0
_FARTHEST_LAT_DEG = 85.0


@dataclass(frozen=True)
class MapView:
    """Where the middle of the map is, and how near."""

    zoom: float
    lat: float
    lon: float

    def extent(self, height_px: int) -> MapExtent:
        """The box of a map of this height."""
        degrees_a_px = _WORLD_DEG / (_TILE_PX * 2**self.zoom)
        half_lon = degrees_a_px * height_px * _WIDTH_TO_HEIGHT / 2
        half_lat = degrees_a_px * math.cos(math.radians(self.lat)) * height_px / 2
        return MapExtent(self.lon - half_lon, self.lat - half_lat, self.lon + half_lon, self.lat + half_lat)


def shown_layers() -> list[str]:
    """The layers that are ticked; those on from the start where the address says none."""
    told = st.query_params.get("layers")
    if told is None:
        return [layer.name for layer in LAYERS.values() if layer.is_on]
    return [name for name in told.split(",") if name in LAYERS]


def shown_view() -> MapView | None:
    """The view of the map; none where the address tells none that could be."""
    try:
        zoom, lat, lon = (float(part) for part in st.query_params.get("map", "").split("/"))
    except ValueError:
        return None
    is_sound = 0 <= zoom <= 22 and abs(lat) <= _FARTHEST_LAT_DEG and abs(lon) <= _WORLD_DEG / 2
    return MapView(zoom, lat, lon) if is_sound else None


def shown_extent(height_px: int) -> MapExtent | None:
    """The part of the earth that a map of this height shows."""
    view = shown_view()
    return view.extent(height_px) if view else None
