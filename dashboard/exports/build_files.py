"""Rows of a build as a file: made at the click, with what the build says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.exports.feature_files import feature_file
from dashboard.exports.file_names import file_name_of
from dashboard.exports.provenance import sources_of
from dashboard.place import atlas_of
from planning.data_health import build_facts
from wording import Refusal, current_language, use_language

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from planning.atlas import Atlas
    from planning.features import Features


def rows_file(
    atlas: Atlas, rows: Features, form: str, *, made_of: Sequence[str], filters: Mapping[str, Sequence[str]]
) -> bytes:
    """The rows in one of the forms of files; `made_of` names the nouns whose sources they come from."""
    facts = build_facts(atlas)
    return feature_file(
        rows,
        form,
        place_name=facts.place_name,
        is_made_up=facts.is_made_up,
        build_id=facts.build_id,
        built_at=facts.started_at,
        sources=sources_of(atlas, *made_of),
        filters=filters,
    )


def build_file_name(atlas: Atlas, title: str, suffix: str) -> str:
    """What a file of the build is called."""
    facts = build_facts(atlas)
    return file_name_of(
        title, suffix, place_name=facts.place_name, is_made_up=facts.is_made_up, build_id=facts.build_id
    )


def made_at_click(atlas: Atlas, make: Callable[[Atlas], bytes]) -> Callable[[], bytes]:
    """Makes a file of the build that the page shows; until then nothing of the build is held."""
    build_id, language = atlas.build_id, current_language()

    def made() -> bytes:
        use_language(language)  # the click is answered in a thread of its own
        build = atlas_of(build_id)
        if build is None:
            raise Refusal("This build is no longer kept. Load the page again.")
        return make(build)

    return made
