"""The part of the earth that a picture shows, in metres around the place, and where it stands on the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

    from dashboard.pictures.looks import Look
    from etl.projection import LocalProjection
    from planning.ground import MapExtent

_SIDE_STEPS = 20
_UNWRITABLE = dict.fromkeys((*range(0x20), 0x7F, *range(0x200B, 0x2010), *range(0x202A, 0x202F)), " ")


@dataclass(frozen=True)
class MapFrame:
    """A drawing area of one scale: a metre is as long everywhere in it, so that lengths can be read off."""

    axes: Axes
    projection: LocalProjection
    look: Look
    width_m: float
    metre_px: float  # how many pixels a metre takes

    def to_metres(self, shapes: Any) -> Any:  # noqa: ANN401
        return self.projection.to_metres(shapes)

    def spot(self, lon: float, lat: float) -> tuple[float, float] | None:
        """Where a point lies, if within the frame."""
        x, y = self.projection.forward([lon], [lat])
        (west, east), (south, north) = self.axes.get_xlim(), self.axes.get_ylim()
        is_inside = west < x[0] < east and south < y[0] < north
        return (float(x[0]), float(y[0])) if is_inside else None

    def write(self, x_m: float, y_m: float, text: str, style: FontProperties, **more: Any) -> Any:  # noqa: ANN401
        """A text from a file or of our own, never read as a formula."""
        return self.axes.text(x_m, y_m, plain(text), fontproperties=style, parse_math=False, **more)


def plain(text: str, longest: int = 60) -> str:
    """A text as a picture can hold it: in one line, without signs that draw nothing."""
    shown = " ".join(text.translate(_UNWRITABLE).split())
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def fit(
    figure: Figure, axes: Axes, extent: MapExtent, projection: LocalProjection, look: Look, width_px: float
) -> MapFrame:
    """Sets the axes on the extent, widened to their own proportions."""
    west, south, east, north = _around(extent, projection)
    box = axes.get_position()
    figure_width, figure_height = figure.get_size_inches()
    proportion = (box.width * figure_width) / (box.height * figure_height)
    width_m = max(east - west, (north - south) * proportion, 1.0)
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    axes.set_xlim(middle_x - width_m / 2, middle_x + width_m / 2)
    axes.set_ylim(middle_y - width_m / proportion / 2, middle_y + width_m / proportion / 2)
    return MapFrame(axes, projection, look, width_m, width_px * box.width / width_m)


def seen_extent(frame: MapFrame) -> MapExtent:
    """All that the frame shows, in degrees."""
    from planning.ground import MapExtent as Extent  # noqa: PLC0415

    (west, east), (south, north) = frame.axes.get_xlim(), frame.axes.get_ylim()
    steps = np.linspace(0, 1, _SIDE_STEPS)
    x, y = np.meshgrid(west + (east - west) * steps, south + (north - south) * steps)
    lon, lat = frame.projection.inverse(x, y)
    return Extent(*(float(side) for side in (np.nanmin(lon), np.nanmin(lat), np.nanmax(lon), np.nanmax(lat))))


def _around(extent: MapExtent, projection: LocalProjection) -> tuple[float, float, float, float]:
    lon, lat = np.meshgrid(
        np.linspace(extent.west, extent.east, _SIDE_STEPS), np.linspace(extent.south, extent.north, _SIDE_STEPS)
    )
    x, y = projection.forward(lon, lat)
    return float(np.nanmin(x)), float(np.nanmin(y)), float(np.nanmax(x)), float(np.nanmax(y))


def outline(shape: Any) -> Any:  # noqa: ANN401
    """An area as a path to fill, with its holes."""
    from matplotlib.path import Path  # noqa: PLC0415

    rings = [ring for part in shapely.get_parts(shape) for ring in (part.exterior, *part.interiors)]
    return Path.make_compound_path(
        *(Path(shapely.get_coordinates(ring), closed=True) for ring in rings if len(ring.coords))
    )
