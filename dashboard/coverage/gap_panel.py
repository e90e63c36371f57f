"""One gap: how large it is, why it is one, and who answers for it at each level."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.coverage.amounts import amount_text
from dashboard.html_text import Html, html, joined
from dashboard.url_state import tell_and_show
from planning.code_words import level_word
from planning.gap_reason import gap_reasons
from wording import say

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.coverage import Coverage
    from planning.gap_owner import Post
    from planning.gaps import Gap


def show_gap_panel(atlas: Atlas, found: Coverage, gap: Gap) -> None:
    """What the planner asks once a gap is chosen."""
    reasons = joined(html("<p>{sentence}</p>", sentence=one) for one in gap_reasons(atlas, found, gap))
    st.html(html(
        '<div class="yitu-facts" data-gap="{rank}"><h4>{rank} · {name}</h4>{amounts}<section><h4>{why}</h4>{reasons}'
        "</section><section><h4>{who}</h4>{posts}</section></div>",
        rank=gap.rank, name=gap.name, amounts=_amounts(gap), why=say("Why no station is near"), reasons=reasons,
        who=say("Who answers for it"), posts=_posts(gap),
    ))  # fmt: skip
    if st.button(say("Close"), key="close_gap"):
        tell_and_show(gap="")


def _amounts(gap: Gap) -> Html:
    return _list([
        (say("Drivers"), amount_text(gap.drivers, is_lower_bound=gap.is_drivers_lower_bound)),
        (say("People"), amount_text(gap.people, is_lower_bound=gap.is_people_lower_bound)),
        (say("Land"), f"{gap.area_km2:,.1f} km²"),
        (say("Truck traffic"), say("{count} truck-km a day", count=f"{gap.truck_km_per_day:,.0f}")),
    ])  # fmt: skip


def _posts(gap: Gap) -> Html:
    if not gap.owner.posts:
        return html("<p>{text}</p>", text=say("no grid, so nobody"))
    return _list([(f"{level_word(post.level)} · {post.name}", _named(post)) for post in gap.owner.posts])


def _named(post: Post) -> str:
    return " · ".join(part for part in (post.post, post.unit) if part) or say("nobody named")


def _list(rows: list[tuple[str, str]]) -> Html:
    lines = joined(html("<dt>{label}</dt><dd>{value}</dd>", label=label, value=value) for label, value in rows)
    return html("<dl>{lines}</dl>", lines=lines)
