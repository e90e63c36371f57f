"""Rows as a file to take away.

Excel and KML speak in words, for offices; GeoPackage and GeoJSON in English names and codes, for analysts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.exports.excel_file import excel_file
from dashboard.exports.file_names import file_name_of
from dashboard.exports.geojson_file import geojson_file
from dashboard.exports.geopackage_file import geopackage_file
from dashboard.exports.kml_file import kml_file
from dashboard.exports.provenance import Provenance, SourceNote
from wording import Refusal

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from planning.features import Features

_WRITERS: Final[dict[str, Callable[[Features, Provenance], bytes]]] = {
    "xlsx": excel_file,
    "gpkg": geopackage_file,
    "geojson": geojson_file,
    "kml": kml_file,
}
FORMS: Final = tuple(_WRITERS)
MEDIA_TYPES: Final = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "gpkg": "application/geopackage+sqlite3",
    "geojson": "application/geo+json",
    "kml": "application/vnd.google-earth.kml+xml",
}


def feature_file(
    features: Features,
    form: str,
    *,
    place_name: str,
    is_made_up: bool,
    build_id: str,
    built_at: dt.datetime | None = None,
    sources: Sequence[SourceNote] = (),
    filters: Mapping[str, Sequence[str]] | None = None,
) -> bytes:
    """The rows in one of the FORMS, with what is known of where they come from."""
    provenance = Provenance(place_name, is_made_up, build_id, built_at, sources, filters or {})
    return _WRITERS[_known(form)](features, provenance)


def file_name(features: Features, form: str, *, place_name: str, is_made_up: bool, build_id: str) -> str:
    """What the file is called: title, place, whether made up, build."""
    title, suffix = features.title, _known(form)
    return file_name_of(title, suffix, place_name=place_name, is_made_up=is_made_up, build_id=build_id)


def _known(form: str) -> str:
    if form not in _WRITERS:
        raise Refusal("There is no form “{form}”. There are: {forms}.", form=form, forms=", ".join(FORMS))
    return form
