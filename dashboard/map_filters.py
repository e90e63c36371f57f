"""All filters of the map in one place, the sidebar."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.layers.layer import MapChoice
from dashboard.url_state import choose_many, choose_one
from planning.cell_measures import CELL_MEASURES
from planning.code_words import UNKNOWN, code_word, codes_of, level_word
from planning.grid_measures import GRID_MEASURES
from wording import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.layers.layer import MapSource
    from dashboard.palette import Theme

_LOWEST_LEVEL = "4"


def choose_filters(source: MapSource, *, theme: Theme, datum: str) -> MapChoice:
    """Show the filters and give what was chosen."""
    with st.sidebar:
        st.subheader(say("Filters"))
        filters = {
            "stations": {
                "tier": _kinds(source, "stations", "tier", say("Station tiers")),
                "status": _codes("status", say("Station status")),
                "needs": _codes("needs", say("Facilities that must be there"), "facility"),
            },
            "resources": {"kind": _kinds(source, "resources", "resource_kind", say("Kinds of resource"))},
            "requests": {
                "category": _kinds(source, "requests", "request_category", say("Categories of request")),
                "is_open": _open_or_closed(),
            },
        }
        st.subheader(say("Colouring"))
        return MapChoice(
            filters=filters,
            grid_level=_level(source),
            grid_measure=choose_one(
                "measure", say("Grids by"), list(GRID_MEASURES), default="drivers_per_km2",
                shown=lambda name: say(GRID_MEASURES[name].label),
            ),
            cell_measure=choose_one(
                "cells", say("Cells by"), list(CELL_MEASURES), default="drivers",
                shown=lambda name: say(CELL_MEASURES[name].label),
            ),
            theme=theme,
            datum=datum,
        )  # fmt: skip


def _kinds(source: MapSource, noun: str, list_name: str, label: str) -> list[str]:
    """Of the kinds that the snapshot holds."""
    present = source.counts.get(noun, {})
    known = codes_of(list_name)
    options = [code for code in known if code in present]
    options += sorted(code for code in present if code not in known and code != UNKNOWN)
    options += [UNKNOWN] * (UNKNOWN in present)
    return choose_many(noun, label, options, shown=lambda code: code_word(list_name, code), hint=say("all"))


def _codes(name: str, label: str, list_name: str | None = None) -> list[str]:
    list_name = list_name or name
    return choose_many(name, label, codes_of(list_name), shown=lambda code: code_word(list_name, code), hint=say("all"))


def _open_or_closed() -> list[str]:
    words = {"": say("open and closed"), "true": say("open only"), "false": say("closed only")}
    chosen = choose_one("open", say("Requests"), list(words), shown=words.__getitem__, default="")
    return [chosen] if chosen else []


def _level(source: MapSource) -> int:
    levels: Sequence[str] = sorted(level for level in source.counts.get("grids", {}) if level != UNKNOWN)
    default = levels[-1] if levels else _LOWEST_LEVEL
    chosen = choose_one(
        "level", say("Level of the grids"), levels or [_LOWEST_LEVEL], default=default,
        shown=lambda level: level_word(int(level)),
    )  # fmt: skip
    return int(chosen)
