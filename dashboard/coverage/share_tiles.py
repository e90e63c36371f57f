"""The tiles of the page: how much of everything is covered, and how many gaps are left."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.coverage.amounts import amount_text
from planning.kpis.kpi import value_text
from planning.reach import reach
from wording import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.coverage_choice import CoverageChoice
    from planning.atlas import Atlas
    from planning.coverage import Coverage, Share
    from planning.gaps import Gap

_OF_A_HUNDRED = 95


def show_share_tiles(atlas: Atlas, choice: CoverageChoice, found: Coverage, listed: Sequence[Gap]) -> None:
    """With planned stations each tile says how much they would add."""
    before = replace(choice, need=replace(choice.need, with_planned=False)) if choice.need.with_planned else None
    earlier = before.of(atlas) if before else None
    with st.container(horizontal=True, key="tiles_coverage"):
        for name, share in found.shares.items():
            st.metric(
                say("{what} covered", what=share.label),
                pct_of(share),
                delta=_gained(share, earlier.shares[name]) if earlier else None,
                help=share_in_words(share),
                border=True,
            )
        st.metric(
            say("95 % of drivers within"),
            _longest_text(found),
            help=say("Of the drivers who have a way to such a station, 95 of 100 have no farther than this."),
            border=True,
        )
        st.metric(say("Coverage gaps"), f"{len(listed):,}", help=_gaps_in_words(found, listed), border=True)
    if not reach(atlas, choice.need).stations:
        st.caption(say("No station of the ledger fits: nothing can be covered."))


def pct_of(share: Share) -> str:
    text = value_text(share.pct, "%", decimals=1, is_lower_bound=share.is_lower_bound)
    return text if share.pct is None else f"{text} %"


def _gained(share: Share, before: Share) -> str | None:
    if share.pct is None or before.pct is None:
        return None
    gained = round(share.pct - before.pct, 1)
    return say("+{count} % by planned stations", count=f"{gained:g}") if gained > 0 else None


def share_in_words(share: Share) -> str:
    covered = amount_text(share.covered, is_lower_bound=share.is_lower_bound)
    total = amount_text(share.total, is_lower_bound=share.is_total_lower_bound)
    words = [say("{covered} of {total} {unit}", covered=covered, total=total, unit=share.unit)]
    if share.is_lower_bound:
        words.append(say("Some stations may fit, but their ledger does not say: the true share is this or more."))
    if share.is_total_lower_bound:
        words.append(say("Some numbers are unknown; the share is one of what is known."))
    return say("; ").join(words)


def _longest_text(found: Coverage) -> str:
    longest = found.longest(_OF_A_HUNDRED)
    if longest is None:
        return say("unknown")
    return say("{count} min", count=f"{longest:.0f}") if found.reach.need.measure == "min" else f"{longest:.1f} km"


def _gaps_in_words(found: Coverage, listed: Sequence[Gap]) -> str:
    share = found.shares["drivers"]
    return say(
        "Areas that lie together beyond the standard, with {drivers} drivers in all on {area} km².",
        drivers=amount_text(share.uncovered, is_lower_bound=any(gap.is_drivers_lower_bound for gap in listed)),
        area=f"{sum(gap.area_km2 for gap in listed):,.0f}",
    )
