"""The rows of one noun as people look at them: on the map, in a table, in a file they take away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planning.column_labels import column_labels, label_of
from planning.feature_columns import Column, column_of
from wording import Refusal, mark, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa

    from planning.atlas import Atlas
    from planning.column_labels import Labels

KEY, SHAPE = "thing_id", "geom"

# What a noun's rows can be chosen by. `needs` asks that all of the listed are there; the others, that one fits.
FILTERS: dict[str, tuple[str, ...]] = {
    "stations": ("tier", "status", "needs"),
    "resources": ("kind", "needs"),
    "grids": ("level",),
    "grid_faults": ("kind",),
    "repair_shops": ("class", "is_filed"),
    "routes": ("class",),
    "rivers": (),
    "requests": ("category", "channel", "is_open"),
    "incidents": ("kind", "severity"),
    "places": ("kind",),
    "enterprises": ("kind",),
}


# Nouns that no office keeps a file of and no query tells, with what people call them.
WORKED_OUT: dict[str, str] = {"repair_clusters": mark("repair clusters")}
_MADE_OF = {
    "repair_clusters": ("repair_shops", "routes", "grids", "stations"),
    "grid_faults": ("grids",),
    "survey_conflicts": ("drivers",),
}


def made_of(noun: str) -> tuple[str, ...]:
    """The nouns whose sources its rows come from."""
    return _MADE_OF.get(noun, (noun,))


@dataclass(frozen=True)
class Features:
    """Rows of a noun: `table` holds the columns below, the key `thing_id` and the shape `geom` as WKB in WGS-84."""

    noun: str
    title: str
    columns: tuple[Column, ...]
    table: pa.Table

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


def features(
    atlas: Atlas, noun: str, filters: Mapping[str, Sequence[str]] | None = None, thing: str | None = None
) -> Features:
    """The rows of a noun that fit the filters, or one thing of it; persons are left out."""
    # What is worked out asks for features itself.
    if noun == "repair_clusters":
        from planning.clusters.rows import rows as cluster_rows  # noqa: PLC0415

        return cluster_rows(atlas, thing)
    chosen = _parameters(noun, filters or {})
    if noun == "grid_faults":
        from planning.grids.fault_rows import fault_rows  # noqa: PLC0415

        return fault_rows(atlas, chosen["kind"], thing)
    table = atlas.query(f"features_{noun}", **chosen, thing=thing)
    if noun == "grids":
        from planning.grids.beside import with_sums  # noqa: PLC0415

        table = with_sums(atlas, table)
    labels = column_labels(atlas)
    columns = tuple(column_of(noun, name, labels) for name in table.column_names if name not in {KEY, SHAPE})
    return Features(noun, label_of(labels, noun), columns, table)


def title_of(labels: Labels, noun: str) -> str:
    """What people call the noun."""
    return say(WORKED_OUT[noun]) if noun in WORKED_OUT else label_of(labels, noun)


def _parameters(noun: str, filters: Mapping[str, Sequence[str]]) -> dict[str, list[str] | None]:
    """Every filter that the noun's query knows; one that nothing was chosen for lets all rows through."""
    known = FILTERS.get(noun)
    if known is None:
        raise Refusal(
            "There is no layer “{noun}”. There are: {nouns}.", noun=noun, nouns=", ".join([*FILTERS, *WORKED_OUT])
        )
    chosen = {name: list(values) for name, values in filters.items() if values}
    unknown = sorted(set(chosen) - set(known))
    if unknown:
        raise Refusal("The layer “{noun}” has no filter “{filters}”.", noun=noun, filters=", ".join(unknown))
    return {name: chosen.get(name) for name in known}
