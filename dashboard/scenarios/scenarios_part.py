"""The kept plans: which there are, two or more compared by their figures and sites, and two maps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.html_text import html
from dashboard.layers.layer import MapChoice
from dashboard.map_view import show_map
from dashboard.notices import show_empty, show_notice, telling_refusals
from dashboard.office_tiles import office_tiles
from dashboard.overview.map_part import map_source
from dashboard.place import current_atlas
from dashboard.scenarios.comparison import figure_frame, site_frame
from dashboard.siting.jobs import job_of
from dashboard.siting.kept_plans import keep_plan
from dashboard.siting.plan_taken_away import show_plan_to_take_away
from dashboard.url_state import choose_many, finish, tell_and_show
from planning.scenarios import forget, scenarios
from planning.standards.of_place import standards_of
from wording import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planning.atlas import Atlas
    from planning.scenarios import Scenario

HEIGHT_PX = 460
LAYERS_ON = ("sites", "stations", "coverage_after")
_MAPS = 2


@st.fragment
def show_scenarios_part() -> None:
    with telling_refusals():
        atlas = current_atlas()
        kept = scenarios(atlas.place_folder)
        if not kept:
            show_empty(say("No plan is kept yet. Keep one on the page “{page}”.", page=say("Station siting")))
            return
        names = [one.name for one in kept]
        chosen = choose_many("plans", say("Compare"), names, shown=lambda one: one, hint=say("the two newest"))
        finish()
        shown = [one for one in kept if one.name in chosen] if chosen else kept[:_MAPS]
        _say_stale(atlas, shown)
        st.dataframe(figure_frame(shown), hide_index=True, height="content", key="scenario_figures")
        st.subheader(say("Sites"), anchor=False)
        st.dataframe(site_frame(shown), hide_index=True, height="content", key="scenario_sites")
        _show_maps(atlas, shown[:_MAPS])
        _offer_to_forget(atlas, names)


def _say_stale(atlas: Atlas, shown: Sequence[Scenario]) -> None:
    stale = [one.name for one in shown if one.is_stale(atlas)]
    if stale:
        show_notice(
            say(
                "Made on an older snapshot or by other standards: {names}. Below they are worked out anew on today's.",
                names=say(", ").join(stale),
            )
        )


def _show_maps(atlas: Atlas, shown: Sequence[Scenario]) -> None:
    """Each plan worked out again from its record, and drawn."""
    office, sign = office_tiles(atlas.place_folder), standards_of(atlas.place_folder).sign
    for place, (column, one) in enumerate(zip(st.columns(len(shown)), shown, strict=True)):
        with column, telling_refusals():
            title = say("Plan {number}: {name}", number=place + 1, name=one.name)
            st.html(html("<h4>{title}</h4>", title=title))
            job = job_of(atlas, one.question, sign, one.time_limit_s)
            with st.spinner(say("Searching …")):
                job.done.wait()
            if job.fault is not None:
                raise job.fault
            if job.answer is None:
                continue
            _say_whether_the_same(one, {site.candidate.candidate_id for site in job.answer.sites})
            choice = MapChoice(datum=office.datum if office else "wgs84", plan=keep_plan(job.answer))
            show_map(map_source(atlas), choice, key=f"scenario{place}", height_px=HEIGHT_PX, office=office,
                     layers_on=LAYERS_ON)  # fmt: skip
            show_plan_to_take_away(job.answer, None, key=f"scenario{place}")


def _say_whether_the_same(kept: Scenario, found: set[str]) -> None:
    if {site.candidate_id for site in kept.sites} != found:
        st.caption(say("Worked out anew, the sites are others than those kept."))


def _offer_to_forget(atlas: Atlas, names: Sequence[str]) -> None:
    with st.popover(say("Forget a plan"), key="scenario_forget"):
        name = st.selectbox(say("Plan"), names, key="scenario_forget_name")
        if st.button(say("Forget"), key="scenario_forget_button") and name:
            forget(atlas.place_folder, name)
            tell_and_show()
