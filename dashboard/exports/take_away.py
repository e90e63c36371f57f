"""带走: any layer as a file, the map as a picture or as a page; made when somebody asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.exports.feature_files import FORMS, MEDIA_TYPES, feature_file
from dashboard.exports.file_names import file_name_of
from dashboard.exports.map_page import map_page
from dashboard.exports.map_picture import map_picture
from dashboard.exports.provenance import sources_of
from dashboard.html_text import html
from dashboard.notices import show_notice
from dashboard.place import atlas_of
from dashboard.vendor_files import missing_files
from planning.column_labels import column_labels, label_of
from planning.data_health import build_facts
from planning.features import FILTERS, features
from wording import Refusal, current_language, mark, say, use_language

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dashboard.palette import Theme
    from planning.atlas import Atlas
    from planning.ground import MapExtent
    from planning.health_records import BuildFacts

    Filters = Mapping[str, Mapping[str, Sequence[str]]]

_FORM_NAMES: Final = {
    "xlsx": mark("Excel table"),
    "gpkg": mark("GeoPackage for GIS programs"),
    "geojson": mark("GeoJSON for programs"),
    "kml": mark("KML for Ovital and phones"),
}
_PICTURE, _PAGE = "image/png", "text/html"


def show_take_away(
    atlas: Atlas,
    layers: Sequence[str],
    filters: Filters,
    view: MapExtent | None,
    *,
    measure: str | None = None,
    theme: Theme = "light",
    key: str = "take_away",
) -> None:
    """A popover; the layers in sight come first, and every file holds what the filters let through."""
    facts = build_facts(atlas)
    drawn = [layer for layer in layers if layer in FILTERS]
    # Opening it runs the page's part again, so that it knows what the map shows by now.
    with st.popover(say("Take away"), key=key, width="stretch", on_change="rerun"):
        _show_files(atlas, facts, drawn, filters, key=key)
        st.divider()
        if missing_files():
            show_notice(say("The browser files of the maps are missing. Run `make run` once."))
            return
        _show_maps(atlas, facts, drawn, filters, view, measure=measure, theme=theme, key=key)


def _show_files(atlas: Atlas, facts: BuildFacts, drawn: list[str], filters: Filters, *, key: str) -> None:
    labels = column_labels(atlas)
    nouns = [*drawn, *(noun for noun in FILTERS if noun not in drawn)]
    noun = st.selectbox(say("Layer"), nouns, format_func=lambda one: label_of(labels, one), key=f"{key}_layer")
    form = st.selectbox(say("As"), list(FORMS), format_func=lambda one: say(_FORM_NAMES[one]), key=f"{key}_form")
    chosen = filters.get(noun) or {}

    def made(build: Atlas) -> bytes:
        return feature_file(
            features(build, noun, chosen),
            form,
            place_name=facts.place_name,
            is_made_up=facts.is_made_up,
            build_id=facts.build_id,
            built_at=facts.started_at,
            sources=sources_of(build, noun),
            filters=chosen,
        )

    name = _file_name(label_of(labels, noun), form, facts)
    _show_button(atlas, say("Download the rows"), made, name, MEDIA_TYPES[form], key)


def _show_maps(
    atlas: Atlas,
    facts: BuildFacts,
    drawn: list[str],
    filters: Filters,
    view: MapExtent | None,
    *,
    measure: str | None,
    theme: Theme,
    key: str,
) -> None:
    def picture(build: Atlas) -> bytes:
        return map_picture(build, view, drawn, filters=filters, measure=measure, theme=theme)

    def page(build: Atlas) -> bytes:
        try:
            return map_page(build, drawn, filters=filters, measure=measure, title=facts.place_name).encode()
        except Refusal as refusal:  # said where the map would be
            return html('<!doctype html><meta charset="utf-8"><p>{text}</p>', text=str(refusal)).encode()

    _show_button(
        atlas, say("The map as a picture"), picture, _file_name(say("Map"), "png", facts), _PICTURE, f"{key}_picture"
    )
    _show_button(atlas, say("The map as a page"), page, _file_name(say("Map"), "html", facts), _PAGE, f"{key}_page")
    st.html(html('<p class="yitu-count">{text}</p>', text=say("The page opens on any computer, without the internet.")))


def _file_name(title: str, suffix: str, facts: BuildFacts) -> str:
    return file_name_of(
        title, suffix, place_name=facts.place_name, is_made_up=facts.is_made_up, build_id=facts.build_id
    )


def _show_button(
    atlas: Atlas, label: str, make: Callable[[Atlas], bytes], file: str, media_type: str, key: str
) -> None:
    """A button whose file is made at the click; until then nothing of the build is held."""
    build_id, language = atlas.build_id, current_language()

    def made() -> bytes:
        use_language(language)  # the click is answered in a thread of its own
        build = atlas_of(build_id)
        if build is None:
            raise Refusal("This build is no longer kept. Load the page again.")
        return make(build)

    st.download_button(label, made, file, media_type, key=f"{key}_button", on_click="ignore", width="stretch")
