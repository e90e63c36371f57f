"""The repair clusters as a table in the terminal, or as an answer for programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from planning.atlas import open_atlas
from planning.clusters import RepairClusters, repair_clusters
from planning.clusters.answer import clusters_answer
from planning.clusters.words import cluster_name, gone_sentence, pct_text
from planning.code_words import code_word
from wording import say

if TYPE_CHECKING:
    from rich.console import JustifyMethod

_NAME, _NUMBERS = 1, {2, 3, 4, 5}


def cluster_answer(place: Path) -> dict[str, Any]:
    """The clusters for programs, and the build they are of."""
    atlas = open_atlas(place)
    return clusters_answer(atlas, repair_clusters(atlas))


def show_clusters(place: Path) -> None:
    """One line a cluster, the first to inspect first."""
    console, found = Console(highlight=False), repair_clusters(open_atlas(place))
    if found.clusters:
        console.print(_table(found))
    else:
        console.print(say("No repair shops stand close enough together to make a cluster."))
    console.print(say("{count} shops stand alone.", count=found.shops_alone))
    console.print(gone_sentence(found))


def _table(found: RepairClusters) -> Table:
    table = Table(box=None, pad_edge=False)
    headings = (
        "", say("Cluster"), say("Shops"), say("Share filed"), say("To inspect"), say("Length over width"),
        say("Since the survey before"), say("Who answers for it"),
    )  # fmt: skip
    for at, heading in enumerate(headings):
        justify: JustifyMethod = "right" if at in _NUMBERS else "left"
        table.add_column(heading, justify=justify, no_wrap=at == _NAME, overflow="fold")
    for one in found.clusters:
        cells = (
            str(one.rank), cluster_name(one), str(one.facts.shops), pct_text(one.facts.filed),
            str(one.facts.to_inspect), f"{one.measures.elongation:.1f}",
            say("unknown") if one.change is None else code_word("cluster_change", one.change),
            (one.grids[-1].post or say("unknown")) if one.grids else say("no grid, so nobody"),
        )  # fmt: skip
        table.add_row(*map(Text, cells))
    return table
