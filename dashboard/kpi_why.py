"""依据: what a figure counts, its parts, its standard, and the rows that it is counted from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.figures import moment_text
from dashboard.html_table import html_table
from dashboard.html_text import Html, html, joined
from dashboard.notices import telling_refusals
from dashboard.place import current_atlas
from dashboard.row_table import show_feature_rows
from dashboard.url_state import tell, told
from planning.kpis import REGISTER, kpi, kpi_rows, kpi_trend
from wording import say

if TYPE_CHECKING:
    from collections.abc import Collection

    from planning.atlas import Atlas
    from planning.kpis import Kpi

_WHY = "why"


def ask_why(name: str) -> None:
    """Open the reason for a figure from the next run on."""
    tell(**{_WHY: name})


def show_why_asked(names: Collection[str]) -> None:
    """The reason that the address asks for, if it is one of these figures."""
    name = told(_WHY)
    if name in names:
        label = kpi(current_atlas(), name).label
        st.dialog(label, width="large", on_dismiss=_close)(_show_why)(name)


def _close() -> None:
    tell(**{_WHY: ""})


def _show_why(name: str) -> None:
    """Tells by itself what fails: a dialog lives on after the run that opened it."""
    with telling_refusals():
        _show_reason(current_atlas(), name)


def _show_reason(atlas: Atlas, name: str) -> None:
    one = kpi(atlas, name)
    st.html(_reason(one))
    parts, past = st.columns(2, gap="medium")
    with parts:
        _show_parts(one)
    with past:
        _show_past(atlas, one)
    show_feature_rows(atlas, kpi_rows(atlas, name), filters=REGISTER[name].filters, key=f"why_rows_{name}")


def _reason(one: Kpi) -> Html:
    notes = [one.sentence]
    if one.value is None:
        notes.append(say("Nothing is known of it in this build."))
    elif one.is_lower_bound:
        notes.append(say("Something it counts is unknown: the true value is this or more."))
    for standard in one.standards:
        notes += [standard.sentence, str(standard.note)]
    return html(
        '<div class="yitu-why"><p class="value">{value} <small>{unit}</small></p>{notes}</div>',
        value=one.value_text,
        unit="" if one.value is None else one.unit,
        notes=joined(html("<p>{note}</p>", note=note) for note in notes if note),
    )


def _show_parts(one: Kpi) -> None:
    if not one.parts:
        return
    rows = [(part.label, part.value_text, "" if part.value is None else part.unit) for part in one.parts]
    st.html(html_table([say("Of this"), say("Value"), say("Unit")], rows, numbers=[1]))


def _show_past(atlas: Atlas, one: Kpi) -> None:
    points = kpi_trend(atlas, one.name)
    rows = [(moment_text(point.moment), one.text_of(point.value, is_lower_bound=point.is_lower_bound))
            for point in reversed(points)]  # fmt: skip
    st.html(html_table([say("Build"), say("Value")], rows, numbers=[1]))
