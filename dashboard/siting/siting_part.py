"""The page's living part: question, search, tiles, map, sites, frontier, firmness, keeping and taking away."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.coverage_choice import CoverageChoice
from dashboard.fact_panel import show_fact_panel
from dashboard.layers.layer import MapChoice
from dashboard.map_view import chosen_spot, show_map
from dashboard.notices import show_empty, telling_refusals
from dashboard.office_tiles import office_tiles
from dashboard.overview.map_part import map_source
from dashboard.place import current_atlas
from dashboard.siting.costs_part import show_costs
from dashboard.siting.firmness_part import kept_firmness, offer_firmness
from dashboard.siting.frontier_chart import show_frontier
from dashboard.siting.jobs import job_of
from dashboard.siting.kept_plans import keep_plan
from dashboard.siting.plan_taken_away import show_plan_to_take_away
from dashboard.siting.plan_tiles import show_plan_tiles
from dashboard.siting.question import ask_for_plan
from dashboard.siting.save_part import offer_to_save
from dashboard.siting.site_table import show_site_table
from dashboard.siting.spots import offer_spot
from dashboard.siting.wishes_part import show_wish_costs
from dashboard.url_state import choose_segment, finish, tell_and_show
from planning.spot_facts import spot_facts
from planning.standards.of_place import standards_of
from wording import mark, say

if TYPE_CHECKING:
    from dashboard.siting.jobs import Job
    from planning.atlas import Atlas
    from planning.siting.answer import SitingAnswer

HEIGHT_PX = 560
LAYERS_ON = ("sites", "stations", "coverage", "coverage_after")
_AT_ONCE_S, _LOOK_AGAIN_S = 2.5, 0.7
_VIEWS = {"after": mark("With the plan"), "before": mark("Today")}


@st.fragment
def show_siting_part() -> None:
    with telling_refusals():
        atlas = current_atlas()
        asked = ask_for_plan(atlas)
        finish()  # a fragment that was changed runs by itself: its address is written here
        job = job_of(atlas, asked.question, standards_of(atlas.place_folder).sign, asked.time_limit_s)
        if not job.done.wait(_AT_ONCE_S):
            _show_progress(job)
            return
        if job.fault is not None:
            raise job.fault
        if job.answer is not None:
            _show_answer(atlas, job.answer, asked.time_limit_s)


def _show_progress(job: Job) -> None:
    """The best known and the bound, and a button that ends the search with the best known."""
    progress = job.progress
    text = say("Searching …")
    if progress is not None and progress.bound > 0:
        gap = abs(progress.bound - progress.best) / max(abs(progress.bound), 1e-9)
        text = say(
            "Searching for {seconds} s: the best plan known is within {gap} % of what no plan can exceed.",
            seconds=f"{progress.took_s:.0f}", gap=f"{100 * gap:.2f}",
        )  # fmt: skip
    st.progress(min(job.effort.took_s / job.effort.time_limit_s, 1.0), text=text)
    if st.button(say("Stop and take the best known"), key="siting_stop"):
        job.effort.stop.set()
    time.sleep(_LOOK_AGAIN_S)
    tell_and_show()


def _show_answer(atlas: Atlas, answer: SitingAnswer, time_limit_s: float) -> None:
    show_plan_tiles(answer)
    _show_map_and_panel(atlas, answer)
    if not answer.sites:
        show_empty(say("No site is needed or none adds anything."))
        return
    firm = kept_firmness(answer)
    show_site_table(answer, firm)
    show_wish_costs(answer)
    offer_firmness(answer, firm)
    offer_to_save(answer, time_limit_s)
    show_plan_to_take_away(answer, firm)
    show_costs(atlas, answer.question)
    show_frontier(answer)  # takes some seconds: last


def _show_map_and_panel(atlas: Atlas, answer: SitingAnswer) -> None:
    spot = chosen_spot()
    facts = spot_facts(atlas, spot.lon, spot.lat) if spot else None
    office = office_tiles(atlas.place_folder)
    map_side, panel_side = st.columns([3.1, 1], gap="small")
    with panel_side, telling_refusals():
        view = choose_segment("see", say("See"), list(_VIEWS), default="after", shown=lambda one: say(_VIEWS[one]))
        offer_spot(spot)
        show_fact_panel(atlas, spot, facts)
    choice = MapChoice(datum=office.datum if office else "wgs84", plan=keep_plan(answer))
    if view == "before":
        choice = replace(choice, coverage=CoverageChoice(answer.question.within_min, answer.question.need))
    with map_side:
        show_map(map_source(atlas), choice, key="siting", height_px=HEIGHT_PX, office=office, facts=facts,
                 layers_on=LAYERS_ON)  # fmt: skip
