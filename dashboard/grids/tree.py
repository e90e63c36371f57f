"""The tree of the grids, opened level by level: those at the top, and below each that is open the next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.grids.chosen import choose_grid
from dashboard.html_text import Html, html, joined
from planning.code_words import level_word
from wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planning.grids import GridRow, Grids

_STYLE = Path(__file__).with_name("tree.css")
CHILDREN_SHOWN = 60


def show_tree(answer: Grids, chosen: GridRow | None) -> None:
    """One line a grid; opening one chooses it, and closing it chooses the one above."""
    st.subheader(say("From the county down to the grid"), anchor=False)
    opened = [one.grid_id for one in chosen.answers] if chosen else [row.grid_id for row in answer.below(None)[:1]]
    st.html(f"<style>{_STYLE.read_text(encoding='utf-8')}</style>")
    with st.container(key="grids_tree"):
        with st.container(horizontal=True, key="grids_line_head"):
            st.html("<span></span>")
            st.html(_head())
        for row, left_out in _lines(answer, opened, None):
            if row is None:
                st.html(html('<p class="yitu-count">{text}</p>', text=_more(left_out)))
            else:
                _show_line(row, is_open=row.grid_id in opened, is_chosen=chosen is not None and row == chosen)


def _lines(answer: Grids, opened: list[str], above: str | None) -> Iterator[tuple[GridRow | None, int]]:
    """Each line of the tree as it is opened now; none where a level has more than are shown."""
    below = answer.below(above)
    shown = [row for place, row in enumerate(below) if place < CHILDREN_SHOWN or row.grid_id in opened]
    for row in shown:
        yield row, 0
        if row.grid_id in opened:
            yield from _lines(answer, opened, row.grid_id)
    if len(below) > len(shown):
        yield None, len(below) - len(shown)


def _show_line(row: GridRow, *, is_open: bool, is_chosen: bool) -> None:
    with st.container(horizontal=True, key=f"grids_line_{row.grid_id}"):
        if st.button(
            _word(row, is_open=is_open, is_chosen=is_chosen), key=f"grids_open_{row.grid_id}", type="tertiary"
        ):
            closes = is_open and (is_chosen or bool(row.grids_below))
            choose_grid((row.answers[-2].grid_id if row.depth else "") if closes else row.grid_id)
        st.html(_line(row, is_chosen=is_chosen))


def _word(row: GridRow, *, is_open: bool, is_chosen: bool) -> str:
    if row.grids_below:
        return say("Fold") if is_open else say("Unfold")
    return say("Leave") if is_chosen else say("Show")


def _head() -> Html:
    texts = (
        say("Drivers"), say("Party drivers"), say("Covered drivers"), say("Open stations"), say("Open requests"),
    )  # fmt: skip
    return html(
        '<div class="yitu-grid-line head"><span>{grid}</span><span>{level}</span>{numbers}<span>{post}</span></div>',
        grid=say("Grid"), level=say("Level"), post=say("Who answers for it"),
        numbers=joined(html('<span class="number">{text}</span>', text=text) for text in texts),
    )  # fmt: skip


def _line(row: GridRow, *, is_chosen: bool) -> Html:
    covered = row.covered_drivers.text
    numbers = (
        row.drivers.text, row.party_drivers.text, f"{covered} %" if covered[-1].isdigit() else covered,
        say("unknown") if row.stations_open is None else f"{row.stations_open:,}", row.requests_open.text,
    )  # fmt: skip
    return html(
        '<div class="yitu-grid-line{chosen}"><span class="name" style="padding-left:{indent}rem">{name}{below}</span>'
        '<span class="soft">{level}</span>{numbers}<span>{post}{unit}</span></div>',
        chosen=" chosen" if is_chosen else "", indent=row.depth * 1.1, name=row.name, level=level_word(row.level),
        below=html("<small>{text}</small>", text=say("{count} grids below", count=f"{row.grids_below:,}"))
        if row.grids_below else "",
        numbers=joined(html('<span class="number">{text}</span>', text=text) for text in numbers),
        post=row.post or html('<b class="nobody">{text}</b>', text=say("no post named")),
        unit=html("<small>{text}</small>", text=row.unit) if row.unit else "",
    )  # fmt: skip


def _more(count: int) -> str:
    return say("and {count} more in the Excel file", count=f"{count:,}")
