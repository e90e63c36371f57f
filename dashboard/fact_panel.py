"""The panel beside the map: what is known of the chosen spot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.figures import area_text, count_text
from dashboard.html_text import Html, html, joined
from dashboard.url_state import tell_and_show
from planning.code_words import code_word, level_word
from planning.features import FILTERS, WORKED_OUT, features
from wording import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.map_view import Spot
    from planning.atlas import Atlas
    from planning.spot_facts import CellFacts, GridPost, NearestStation, SpotFacts

_WHERE_FROM = ("file", "row_number")


def show_fact_panel(
    atlas: Atlas, spot: Spot | None, facts: SpotFacts | None, more: Sequence[tuple[str, list[tuple[str, str]]]] = ()
) -> None:
    """The thing that was clicked, what a page adds, its cell, who answers for it, and the nearest open station."""
    if spot is None or facts is None:
        st.html(html('<div class="yitu-facts empty">{text}</div>', text=say(
            "Click on the map: what is known of that spot is shown here."
        )))  # fmt: skip
        return
    added = [_section(title, rows) for title, rows in more]
    parts = [
        _thing(atlas, spot),
        *added,
        _cell(facts.cell),
        _grids(facts.grids),
        _nearest(facts.nearest),
        _where(facts),
    ]
    st.html(html('<div class="yitu-facts">{parts}</div>', parts=joined(part for part in parts if part)))
    if st.button(say("Close"), key="close_facts"):
        tell_and_show(at="", thing="")


def _section(title: str, rows: list[tuple[str, str]]) -> Html:
    lines = joined(html("<dt>{label}</dt><dd>{value}</dd>", label=label, value=value) for label, value in rows)
    return html("<section><h4>{title}</h4><dl>{lines}</dl></section>", title=title, lines=lines)


def _thing(atlas: Atlas, spot: Spot) -> Html | None:
    named = spot.noun_and_id
    if named is None or named[0] not in {*FILTERS, *WORKED_OUT}:
        return None
    found = features(atlas, named[0], thing=named[1])
    rows = found.table.to_pylist()
    if not rows:
        return None
    row = rows[0]
    shown = [
        (column.label, column.shown_with_unit(row[column.name]))
        for column in found.columns
        if column.name not in _WHERE_FROM
    ]
    if "file" in row:
        shown.append((say("Source"), say("{file}, row {row}", file=row["file"], row=row["row_number"])))
    return _section(found.title, shown)


def _cell(cell: CellFacts | None) -> Html:
    if cell is None:
        return _section(say("Analysis cell"), [(say("Position"), say("outside the place"))])
    return _section(
        say("Analysis cell"),
        [
            (say("Drivers"), _amount(cell.drivers, is_lower_bound=cell.is_drivers_partly_unknown)),
            (say("People"), _amount(cell.people, is_lower_bound=cell.is_people_partly_unknown)),
            (say("area within the place"), f"{area_text(cell.area_km2)} km²"),
        ],
    )


def _amount(value: float | None, *, is_lower_bound: bool) -> str:
    if value is None:
        return say("unknown")
    shown = f"{value:.1f}" if 0 < value < 100 else count_text(value)
    return f"≥ {shown}" if is_lower_bound else shown


def _grids(grids: tuple[GridPost, ...]) -> Html:
    title = say("Who answers for it")
    if not grids:
        return _section(title, [(say("Grid"), say("no grid, so nobody"))])
    return _section(title, [(f"{level_word(grid.level)} · {grid.name}", _post(grid)) for grid in grids])


def _post(grid: GridPost) -> str:
    return " · ".join(part for part in (grid.post, grid.unit) if part) or say("unknown")


def _nearest(nearest: NearestStation | None) -> Html | None:
    if nearest is None:
        return _section(say("Nearest open station"), [(say("Station"), say("none"))])
    return _section(
        say("Nearest open station"),
        [
            (code_word("tier", nearest.tier), nearest.name),
            (say("as the crow flies"), f"{nearest.straight_km:.1f} km"),
        ],
    )


def _where(facts: SpotFacts) -> Html:
    return html('<p class="yitu-where">{lat}, {lon} · WGS-84</p>', lat=f"{facts.lat:.5f}", lon=f"{facts.lon:.5f}")
