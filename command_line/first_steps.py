"""What `yitu init` says at its end: what it made of the files, and what to do next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from wording import mark, say

if TYPE_CHECKING:
    from etl.new_place.beginning import Begun

_TOLD: Final = {
    "routes": mark("roads: {count}"),
    "resources": mark("places where a station could be (services, parking, fuel, weigh stations, tolls): {count}"),
    "repair_shops": mark("repair shops: {count}"),
    "places": mark("villages and towns: {count}"),
    "rivers": mark("rivers: {count}"),
}


def first_steps(place: Path, begun: Begun) -> list[str]:
    """Sentence by sentence, in the order in which things are done."""
    lines = [say("{file} is written.", file=begun.manifest)]
    lines += [str(note) for note in begun.notes]
    if begun.counts is not None:
        lines.append(say("From the map file:"))
        lines += [f"  {say(_TOLD[noun], count=f'{rows:,}')}" for noun, rows in begun.counts.rows.items()]
        if begun.counts.size_limited:
            lines.append(
                "  " + say("roads that limit height, weight or width, which is not used yet: {count}",
                           count=f"{begun.counts.size_limited:,}")
            )  # fmt: skip
        if begun.counts.without_positions:
            lines.append(
                "  " + say("roads and rivers that are missing, as the file lacks their positions: {count}",
                           count=f"{begun.counts.without_positions:,}")
            )  # fmt: skip
    lines += [
        say("What to do next:"),
        "  1. " + say("Fill in the workbooks in {folder}: {names}.", folder=place / "files",
                      names="、".join(path.name for path in begun.templates)),
        "  2. " + say("Put the shapes of the grids and other files there too, and name them in sources.toml."),
        "  3. " + say("Run `yitu build {place}`, then `yitu serve {place}`.", place=place),
    ]  # fmt: skip
    return lines
