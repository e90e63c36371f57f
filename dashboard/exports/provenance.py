"""What every file says of itself: the place, the build, the sources, and what was chosen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dashboard.figures import moment_text
from planning.code_words import code_word
from planning.features import made_of
from wording import say

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from planning.atlas import Atlas
    from planning.features import Features

_FACILITY_FILTER = "needs"


@dataclass(frozen=True)
class SourceNote:
    """Who gave the rows, on what terms."""

    name: str
    publisher: str | None
    licence: str | None
    received_on: dt.date | None

    @property
    def sentence(self) -> str:
        return say(
            "{name}: from {publisher}, licence {licence}, received {received_on}",
            name=self.name,
            publisher=self.publisher or say("unknown"),
            licence=self.licence or say("unknown"),
            received_on=self.received_on or say("unknown"),
        )


@dataclass(frozen=True)
class Provenance:
    """Where the rows of a file come from."""

    place_name: str
    is_made_up: bool
    build_id: str
    built_at: dt.datetime | None = None
    sources: Sequence[SourceNote] = ()
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def lines(self, features: Features) -> list[tuple[str, str]]:
        """Label and text, in the order in which people ask."""
        found = [
            (say("Place"), self.place_name),
            (say("Build"), self.build_id),
            (say("Made at"), moment_text(self.built_at) if self.built_at else say("unknown")),
            (say("Table"), features.title),
            (say("Rows"), f"{features.table.num_rows:,}"),
            (say("Chosen by"), chosen_by(features, self.filters) or say("nothing: all rows")),
            (say("Datum"), "WGS-84"),
            *((say("Source"), source.sentence) for source in self.sources),
        ]
        if self.is_made_up:
            found.insert(0, (say("Sample data"), say("All of it is made up and says nothing about a real place.")))
        return found


def chosen_by(features: Features, filters: Mapping[str, Sequence[str]]) -> str:
    """The filters in words; nothing where all rows were asked for."""
    parts = []
    for name, values in filters.items():
        if not values:
            continue
        if name == _FACILITY_FILTER:
            label, words = say("facilities"), [code_word("facility", value) for value in values]
        else:
            label, words = _label_and_words(features, name, values)
        parts.append(f"{label} = {say(', ').join(words)}")
    return say("; ").join(parts)


def sources_of(atlas: Atlas, *nouns: str) -> tuple[SourceNote, ...]:
    """The sources that these nouns were read from, or all."""
    wanted = {one for noun in nouns for one in made_of(noun)}
    return tuple(
        SourceNote(row["name"], row["publisher"], row["licence"], row["received_on"])
        for row in atlas.query("data_health_sources").to_pylist()
        if not nouns or row["noun"] in wanted
    )


def _label_and_words(features: Features, name: str, values: Sequence[str]) -> tuple[str, list[str]]:
    column = next((column for column in features.columns if column.name == name), None)
    if column is None:
        return name, [str(value) for value in values]
    flags = {"true": say("yes"), "false": say("no"), "unknown": say("unknown")}
    words = [value if value in flags and not column.codes else column.shown(value) for value in values]
    return column.label, [flags.get(word, word) for word in words]
