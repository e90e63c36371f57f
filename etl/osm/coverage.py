"""Whether a file of OpenStreetMap holds the whole place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import shapely

from wording import Message, mark

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from etl.osm.osm_objects import OsmFile

_WHOLE: Final = 0.99


def coverage_note(file: OsmFile, outline: BaseGeometry) -> list[Message]:
    """What to say where the box that the file names leaves a part of the place out."""
    told = file.told_extent()
    if told is None:
        return []
    covered = outline.intersection(shapely.box(told.west, told.south, told.east, told.north)).area / outline.area
    if covered >= _WHOLE:
        return []
    text = mark("{file} holds only {share_pct} % of the place: roads and villages beyond it are missing.")
    return [Message(text, {"file": file.name, "share_pct": f"{covered * 100:.0f}"})]
