"""The sites of a plan as a file: Excel and KML for offices, GeoPackage and GeoJSON for analysts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.exports.build_files import rows_file
from dashboard.siting.question_in_words import in_words
from planning.siting.plan_features import plan_features

if TYPE_CHECKING:
    from planning.siting.answer import SitingAnswer
    from planning.siting.sensitivity import Firmness

FROM = ("stations", "resources", "routes", "grids", "places")


def plan_file(answer: SitingAnswer, form: str, firm: Firmness | None = None) -> bytes:
    """The plan in one of the forms of files, with what it was asked under."""
    return rows_file(
        answer.setting.atlas, plan_features(answer, firm), form, made_of=FROM, filters=in_words(answer.question)
    )
