"""Counting the shops of a cluster."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from planning.clusters.cluster import FlagCount, ShopFacts
from planning.code_words import UNKNOWN

if TYPE_CHECKING:
    import pyarrow as pa


def shop_facts(shops: pa.Table) -> ShopFacts:
    """The facts of these rows of `cluster_shops.sql`."""
    flags = {name: shops[name].to_pylist() for name in ("is_filed", "on_roadside", "on_green_land")}
    faults = [
        (filed is False, on_road is True, on_green is True)
        for filed, on_road, on_green in zip(*flags.values(), strict=True)
    ]
    doubts = [None in told for told in zip(*flags.values(), strict=True)]
    classes = Counter(UNKNOWN if code is None else str(code) for code in shops["class"].to_pylist())
    return ShopFacts(
        shops=shops.num_rows,
        classes=dict(sorted(classes.items())),
        filed=_count(shops["is_filed"]),
        on_roadside=_count(shops["on_roadside"]),
        on_green_land=_count(shops["on_green_land"]),
        to_inspect=sum(any(one) for one in faults),
        unclear=sum(doubt and not any(one) for one, doubt in zip(faults, doubts, strict=True)),
    )


def _count(flags: pa.ChunkedArray) -> FlagCount:
    unknown = flags.null_count
    yes = pc.sum(pc.cast(flags, "int64")).as_py() or 0
    return FlagCount(yes=yes, no=len(flags) - unknown - yes, unknown=unknown)
