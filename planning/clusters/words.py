"""A cluster in words: what it is called, and why it is inspected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planning.code_words import code_word, level_word
from planning.gap_reason import cost_text
from planning.kpis.kpi import value_text
from wording import mark, say

if TYPE_CHECKING:
    from planning.clusters import RepairClusters
    from planning.clusters.cluster import Cluster, FlagCount
    from planning.spot_facts import GridPost


def cluster_name(cluster: Cluster) -> str:
    """Where it lies and how it looks; the road only where it makes the strip."""
    where = cluster.township or say("outside all grids")
    shape = code_word("cluster_shape", cluster.shape)
    if cluster.shape == "strip" and cluster.measures.road:
        return say("{where} {shape} on {road}", where=where, road=cluster.measures.road, shape=shape)
    return say("{where} {shape}", where=where, shape=shape)


def inspection_reason(cluster: Cluster) -> str:
    """What an inspection finds there, in clauses."""
    facts = cluster.facts
    clauses = [say("{count} of {shops} shops to inspect", count=facts.to_inspect, shops=facts.shops)]
    counted = (
        (say("not filed"), facts.filed.no),
        (say("works on the road"), facts.on_roadside.yes),
        (say("stands on green land"), facts.on_green_land.yes),
        (say("unclear"), facts.unclear),
    )
    clauses += [say("{what}: {count}", what=what, count=count) for what, count in counted if count]
    if cluster.change not in {None, "steady"}:
        change = code_word("cluster_change", cluster.change)
        sentence = mark("{change} since the survey before ({before} → {now})")
        clauses.append(say(sentence, change=change, before=cluster.shops_before, now=facts.shops))
    return say("; ").join(clauses)


def new_or_grown_text(found: RepairClusters) -> str:
    """How many clusters are known to be: 3 clusters, ≥ 3 clusters, or unknown."""
    count = found.new_or_grown
    if found.surveyed_before is None or count.count is None:
        return say("unknown")
    return f"{flag_text(count)} {say('clusters')}"


def gone_sentence(found: RepairClusters) -> str:
    """How many clusters are gone, or why that is unknown."""
    if found.surveyed_before is None:
        return say("There is no earlier survey to compare with, so what has changed is unknown.")
    if found.gone is None:
        sentence = mark("Gone since the survey of {day}: unknown, as the ledger does not say which shops are closed.")
        return say(sentence, day=found.surveyed_before)
    return say("Gone since the survey of {day}: {count}.", day=found.surveyed_before, count=gone_text(found))


def gone_text(found: RepairClusters) -> str:
    """How many clusters are gone: 3, ≥ 3, or unknown."""
    if found.gone is None:
        return say("unknown")
    return f"≥ {len(found.gone):,}" if found.is_gone_lower_bound else f"{len(found.gone):,}"


def flag_text(flag: FlagCount) -> str:
    """How many are known to be so: 3, ≥ 3, or unknown."""
    if flag.count is None:
        return say("unknown")
    return f"≥ {flag.count:,}" if flag.unknown else f"{flag.count:,}"


def pct_text(flag: FlagCount) -> str:
    """Their share: 40.0 %, ≥ 40.0 %, or unknown."""
    shown = value_text(flag.pct, "%", decimals=1, is_lower_bound=flag.is_lower_bound)
    return shown if flag.pct is None else f"{shown} %"


def class_mix(cluster: Cluster) -> str:
    """How many shops of each class, the most first."""
    mix = sorted(cluster.facts.classes.items(), key=lambda pair: (-pair[1], pair[0]))
    return say(", ").join(f"{code_word('repair_class', code)} {count}" for code, count in mix)


def station_text(cluster: Cluster) -> str:
    """The nearest open station and how far it is, else why there is none."""
    station = cluster.station
    if station is None:
        return code_word("station_way", cluster.station_way)
    time = cost_text(station.minutes, "min")
    return say("{station}, within {time} by truck for half of the shops", station=station.name, time=time)


def station_in_short(cluster: Cluster) -> str:
    """The same where a heading says what the minutes are."""
    station = cluster.station
    return station_text(cluster) if station is None else f"{station.name} · {cost_text(station.minutes, 'min')}"


def post_text(grid: GridPost) -> str:
    """A grid and who answers for it."""
    named = [level_word(grid.level), grid.name, grid.post or say("post unknown")]
    return " · ".join(named)
