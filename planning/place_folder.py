"""Which place is asked about where nobody names one: a page, a notebook."""

from __future__ import annotations

import os
from pathlib import Path

PLACE_VARIABLE = "YITU_PLACE"
SAMPLE = Path(__file__).parent.parent / "data" / "sample"


def place_folder() -> Path:
    """The folder that the environment names; the sample where it names none."""
    return Path(os.environ.get(PLACE_VARIABLE) or SAMPLE)
