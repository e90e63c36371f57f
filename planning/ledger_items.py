"""Of which facilities each ledger of stations speaks at all: what none of its rows or headings names, nobody asked."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from etl.headings import ticked_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planning.atlas import Atlas


def facilities_told(atlas: Atlas, stations: Sequence[Mapping[str, Any]]) -> Mapping[int, frozenset[str]]:
    """By ledger: the facilities that head its columns of ticks; or, of lists in words, all that its source's name."""
    ledgers = atlas.query("ledgers_of_stations").to_pylist()
    source = {ledger["origin_id"]: ledger["source_id"] for ledger in ledgers}
    by_ledger, by_source = defaultdict[int, set[str]](set), defaultdict[int, set[str]](set)
    for station in stations:
        named = {*(station["facilities"] or ()), *(station["facilities_unknown"] or ())}
        by_ledger[station["origin_id"]] |= named
        by_source[source[station["origin_id"]]] |= named
    found = {}
    for ledger in ledgers:
        headings = json.loads(ledger["facility_headings"] or "null")
        is_ticked = isinstance(headings, list)
        named = by_ledger[ledger["origin_id"]] if is_ticked else by_source[ledger["source_id"]]
        found[ledger["origin_id"]] = frozenset(named | set(_ticked(headings if is_ticked else ())))
    return found


def _ticked(headings: Iterable[str]) -> Iterable[str]:
    for heading in headings:
        code = ticked_code("facility", heading)
        if code is not None:
            yield code
