"""The figures of the place as tiles, by group; on a wall screen large, dark and without buttons."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.html_text import Html, html, joined
from dashboard.kpi_trend import change_words, sparkline
from dashboard.kpi_why import ask_why
from dashboard.palette import KEPT
from planning.kpis import kpi_trend
from wording import current_language, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planning.atlas import Atlas
    from planning.kpis import Kpi

_STYLE = Path(__file__).with_name("kpi_board.css")
_LINE_ON_DARK = "#7cc4f2"
_SMALL_GROUP = 3


def show_kpi_board(atlas: Atlas, kpis: Sequence[Kpi], *, is_wall: bool) -> None:
    """The tiles; the page shows the reason for one where the address asks for it."""
    st.html(f"<style>{_STYLE.read_text(encoding='utf-8')}</style>")
    if is_wall:
        st.html(_wall(atlas, kpis))
        return
    with st.container(horizontal=True, key="kpi_board"):
        for group, tiles in _by_group(kpis):
            _show_group(atlas, group, tiles)


def tile_html(atlas: Atlas, kpi: Kpi, *, colour: str) -> Html:
    """Label, value and trend; what is counted shows under the pointer."""
    points = kpi_trend(atlas, kpi.name)
    return html(
        '<div class="yitu-kpi {language}" title="{sentence}"><p class="label">{label}</p>{value}'
        '<p class="trend">{line}<span>{change}</span></p></div>',
        language=current_language(),  # English labels take two lines
        sentence=kpi.sentence,
        label=kpi.label,
        value=value_html(kpi),
        line=sparkline(kpi, points, colour=colour),
        change=change_words(kpi, points),
    )


def value_html(kpi: Kpi) -> Html:
    if kpi.value is None:
        return html('<p class="value unknown">{text}</p>', text=kpi.value_text)
    return html('<p class="value">{text} <small>{unit}</small></p>', text=kpi.value_text, unit=kpi.unit)


def _show_group(atlas: Atlas, group: str, tiles: Sequence[Kpi]) -> None:
    with st.container(key=f"kpi_group_{len(tiles)}_{group}"):
        st.html(html('<h2 class="yitu-kpi-group">{label}</h2>', label=tiles[0].group_label))
        with st.container(horizontal=True, key=f"kpi_tiles_{group}"):
            for one in tiles:
                with st.container(border=True, key=f"kpi_one_{one.name}"):
                    st.html(tile_html(atlas, one, colour=KEPT))
                    st.button(say("Why?"), key=f"why_{one.name}", type="tertiary", on_click=ask_why, args=(one.name,))


def _wall(atlas: Atlas, kpis: Iterable[Kpi]) -> Html:
    groups = joined(
        html(
            '<section style="flex:{count} 1 {width}rem; order:{place}"><h2>{label}</h2><div>{tiles}</div></section>',
            count=len(tiles),
            width=len(tiles) * 15.2,
            place=int(len(tiles) <= _SMALL_GROUP),  # small ones come last, so that they share a line
            label=tiles[0].group_label,
            tiles=joined(tile_html(atlas, one, colour=_LINE_ON_DARK) for one in tiles),
        )
        for _, tiles in _by_group(kpis)
    )
    return html('<div class="yitu-wall">{groups}</div>', groups=groups)


def _by_group(kpis: Iterable[Kpi]) -> list[tuple[str, list[Kpi]]]:
    return [(group, list(tiles)) for group, tiles in groupby(kpis, lambda one: one.group)]
