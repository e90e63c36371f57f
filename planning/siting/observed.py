"""What tracks tell of need: where spells reach four hours, and where trucks stand for a rest by the road."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planning.driving import breakpoint_bins, roadside_stop_bins

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planning.atlas import Atlas
    from planning.driving import Bin
    from planning.siting.question import Measured


def observed(atlas: Atlas) -> dict[Measured, Sequence[Bin]]:
    """Told by stretches of road that enough trucks drove; nothing where there are no tracks."""
    return {"breakpoints": breakpoint_bins(atlas), "roadside_stops": roadside_stop_bins(atlas)}
