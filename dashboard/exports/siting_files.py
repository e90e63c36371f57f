"""The sites of a plan as a file: Excel and KML for offices, GeoPackage and GeoJSON for analysts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.exports.feature_files import feature_file
from dashboard.exports.provenance import sources_of
from dashboard.siting.question_in_words import in_words
from planning.data_health import build_facts
from planning.siting.plan_features import plan_features

if TYPE_CHECKING:
    from planning.siting.answer import SitingAnswer
    from planning.siting.sensitivity import Firmness

FROM = ("stations", "resources", "routes", "grids", "places")


def plan_file(answer: SitingAnswer, form: str, firm: Firmness | None = None) -> bytes:
    """The plan in one of the forms of files, with what it was asked under."""
    atlas = answer.setting.atlas
    facts = build_facts(atlas)
    return feature_file(
        plan_features(answer, firm),
        form,
        place_name=facts.place_name,
        is_made_up=facts.is_made_up,
        build_id=facts.build_id,
        built_at=facts.started_at,
        sources=sources_of(atlas, *FROM),
        filters=in_words(answer.question),
    )
