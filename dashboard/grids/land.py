"""What is wrong with the land of the grids: holes, overlaps and parts beyond the grid above, the largest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.figures import area_text
from dashboard.grids.chosen import choose_fault
from dashboard.html_text import Html, html
from dashboard.notices import show_empty
from dashboard.row_table import show_download
from planning.code_words import code_word
from planning.features import features
from planning.standards import standard
from planning.standards.of_place import standards_of
from wording import say

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.grids import Fault, Grids

FAULTS_SHOWN = 12


def show_land(atlas: Atlas, answer: Grids) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        st.subheader(say("Land that nobody has, and land that two have"), anchor=False, width="content")
        if answer.faults:
            show_download(atlas, features(atlas, "grid_faults"), {}, key="grids_faults_download")
    wide = [fault for fault in answer.faults if not fault.is_sliver]
    if not wide:
        show_empty(say("The grids cover the place, and none overlaps another."))
    with st.container(key="grids_faults"):
        for fault in wide[:FAULTS_SHOWN]:
            _show_line(fault)
    st.html(html('<p class="yitu-count">{text}</p>', text=_rest(atlas, answer, len(wide))))


def _show_line(fault: Fault) -> None:
    with st.container(horizontal=True, key=f"grids_line_{fault.fault_id}"):
        st.button(
            say("Show"), key=f"grids_fault_{fault.fault_id}", type="tertiary", on_click=choose_fault, args=(fault,)
        )
        st.html(_line(fault))


def _line(fault: Fault) -> Html:
    return html(
        '<div class="yitu-fault-line"><b>{kind}</b><span>{where}</span><span class="number">{area} km²</span>'
        '<span class="number">{width} m</span><span>{posts}</span></div>',
        kind=code_word("grid_fault", fault.kind),
        where=" × ".join(name for name in (fault.name or say("the place"), fault.other_name) if name),
        area=area_text(fault.area_km2),
        width=f"{fault.width_m:,.0f}",
        posts=say(", ").join(_posts(fault)),
    )


def _posts(fault: Fault) -> list[str]:
    last = [answers[-1] for answers in (fault.answers, fault.other_answers) if answers]
    return [one.post or say("no post named") for one in last] or [say("no grid, so nobody")]


def _rest(atlas: Atlas, answer: Grids, wide: int) -> str:
    narrow = standard("grid_sliver_m", standards_of(atlas.place_folder))
    parts = []
    if wide > FAULTS_SHOWN:
        parts.append(say("and {count} more in the Excel file", count=f"{wide - FAULTS_SHOWN:,}"))
    if answer.slivers:
        parts.append(say("{count} slits that are nowhere wider than {width} m are faults of drawing and not listed.",
                         count=f"{len(answer.slivers):,}", width=f"{narrow.value:g}"))  # fmt: skip
    return " · ".join(parts)
