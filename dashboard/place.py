"""Which place is shown."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from planning.atlas import open_atlas

if TYPE_CHECKING:
    from planning.atlas import Atlas

PLACE_VARIABLE = "YITU_PLACE"
SAMPLE = Path(__file__).parent.parent / "data" / "sample"


def place_folder() -> Path:
    """The folder that `yitu serve` was started with; the sample where nothing was said."""
    return Path(os.environ.get(PLACE_VARIABLE) or SAMPLE)


def current_atlas() -> Atlas:
    """The place's newest snapshot as of now: ask once in a run, hold it for that run, keep it no longer."""
    return open_atlas(place_folder())
