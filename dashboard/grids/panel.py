"""Beside the map: the chosen grid with who answers at each level, or the fault that was clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.figures import area_text
from dashboard.grids.chosen import choose_grid
from dashboard.html_text import Html, html, joined
from planning.code_words import code_word, codes_of, level_word
from planning.features import FILTERS, features
from planning.standards import standard
from planning.standards.of_place import standards_of
from planning.value_text import value_text
from wording import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.grids.chosen import Chosen
    from planning.atlas import Atlas
    from planning.grids import Fault, GridRow, Grids, LedgerHealth
    from planning.spot_facts import GridPost

_WHERE_FROM = ("file", "row_number")


def show_panel(atlas: Atlas, answer: Grids, chosen: Chosen) -> None:
    parts = []
    if chosen.fault:
        parts += [_fault(chosen.fault), _answers(chosen.fault.answers)]
        if chosen.fault.other_answers:
            parts.append(_answers(chosen.fault.other_answers))
    elif chosen.thing:
        parts += _thing(atlas, chosen.thing)
    elif chosen.grid:
        row = chosen.grid
        parts += [_grid(row), _answers(row.answers), _health(row.health), _source(row)]
    if parts:
        st.html(html('<div class="yitu-facts">{parts}</div>', parts=joined(parts)))
        if st.button(say("Close"), key="grids_close"):
            choose_grid("")
    else:
        st.html(html('<div class="yitu-facts empty">{lines}</div>', lines=joined(_hints(atlas, answer))))


def _hints(atlas: Atlas, answer: Grids) -> Iterable[Html]:
    k = standard("k_anonymity", standards_of(atlas.place_folder))
    yield html(
        "<p>{text}</p>", text=say("Click on a grid, on the map or in the table: who answers for it is shown here.")
    )
    yield html("<p>{text}</p>", text=say(
        "Groups of fewer than {k} persons are hidden, and so much with them that no sum gives them away. "
        "A number with ≥ may be more.", k=int(k.value),
    ))  # fmt: skip
    if answer.requests_nowhere:
        yield html("<p>{text}</p>", text=say(
            "{count} open requests name no place and are counted on no grid.", count=answer.requests_nowhere,
        ))  # fmt: skip
    if answer.stations_outside:
        yield html("<p>{text}</p>", text=say("{count} stations lie in no grid.", count=answer.stations_outside))


def _section(title: str, rows: Iterable[tuple[str, str]]) -> Html:
    lines = joined(html("<dt>{label}</dt><dd>{value}</dd>", label=label, value=value) for label, value in rows)
    return html("<section><h4>{title}</h4><dl>{lines}</dl></section>", title=title, lines=lines)


def _grid(row: GridRow) -> Html:
    rows = [
        (say("Level"), level_word(row.level)),
        (say("Drivers"), row.drivers.text),
        (say("Party drivers"), row.party_drivers.text),
        (say("Covered drivers"), _pct(row.covered_drivers.text)),
        *_stations(row),
        (say("Open requests"), row.requests_open.text),
        (say("area within the place"), f"{area_text(row.area_km2)} km²"),
        (say("grids below it"), f"{row.grids_below:,}"),
    ]
    if row.own_drivers.value is not None and row.grids_below:
        rows.insert(2, (say("Drivers, as its own row says"), row.own_drivers.text))
    return _section(row.name, rows)


def _stations(row: GridRow) -> list[tuple[str, str]]:
    if row.stations is None:
        return [(say("Stations"), say("unknown"))]
    found = [
        f"{code_word('status', status)} {row.stations[status]:,}"
        for status in (*codes_of("status"), "unknown")
        if row.stations.get(status)
    ]
    return [(say("Stations"), say(", ").join(found) or say("none"))]


def _answers(answers: Iterable[GridPost]) -> Html:
    rows = [(f"{level_word(one.level)} · {one.name}", _post(one)) for one in answers]
    return _section(say("Who answers for it"), rows or [(say("Grid"), say("no grid, so nobody"))])


def _post(one: GridPost) -> str:
    return " · ".join((one.post or say("no post named"), *([one.unit] if one.unit else [])))


def _health(health: LedgerHealth) -> Html:
    rows = [
        (say("filled in"), _pct(value_text(health.complete_pct, "%", decimals=1, is_lower_bound=False))),
        (say("newest survey"), _newest(health)),
        (say("stale rows"), _pct(value_text(health.stale_pct, "%", decimals=1, is_lower_bound=False))),
        (say("told differently"), f"{health.conflicts:,}"),
    ]
    if health.has_few_drivers:
        rows.append((say("Note"), say("its drivers are few, so their rows are left out")))
    return _section(say("Health of the ledger"), rows)


def _newest(health: LedgerHealth) -> str:
    if health.surveyed_on is None:
        return say("unknown")
    return say("{day}, {count} days before the build", day=health.surveyed_on, count=f"{health.age_days:,}")


def _pct(text: str) -> str:
    return f"{text} %" if text[-1].isdigit() else text


def _source(row: GridRow) -> Html:
    where = say("{file}, row {row}", file=row.file, row=row.row_number)
    return html('<p class="yitu-where">{where} · {id}</p>', where=where, id=row.grid_id)


def _fault(fault: Fault) -> Html:
    rows = [
        (say("grid concerned"), fault.name or say("the place")),
        *([(say("with grid"), fault.other_name or fault.other_id)] if fault.other_id else []),
        (say("area within the place"), f"{area_text(fault.area_km2)} km²"),
        (say("width at its widest"), f"{fault.width_m:,.1f} m"),
    ]
    if fault.is_sliver:
        rows.append((say("Note"), say("a slit of drawing: two drawings of one border never agree quite")))
    return _section(code_word("grid_fault", fault.kind), rows)


def _thing(atlas: Atlas, thing: str) -> list[Html]:
    noun, _, name = thing.partition("/")
    found = features(atlas, noun, thing=name) if noun in FILTERS else None
    row = next(iter(found.table.to_pylist()), None) if found else None
    if found is None or row is None:
        return []
    shown = [(c.label, c.shown_with_unit(row[c.name])) for c in found.columns if c.name not in _WHERE_FROM]
    return [_section(found.title, shown)]
