"""What a layer is, and what it is told when the map is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlencode

from dashboard.address_lists import listed
from dashboard.drawing_version import drawing_version
from planning.features import title_of
from planning.standards.of_place import standards_of
from wording import current_language

if TYPE_CHECKING:
    from dashboard.coverage_choice import CoverageChoice
    from dashboard.freight_choice import FreightChoice
    from dashboard.palette import Theme
    from planning.atlas import Atlas
    from planning.column_labels import Labels
    from planning.kind_counts import KindCounts

Spec: TypeAlias = "dict[str, Any]"
Filters: TypeAlias = "Mapping[str, Mapping[str, Sequence[str]]]"  # by layer, then by filter


@dataclass(frozen=True)
class MapChoice:
    """What the reader of the map has chosen beside the layers themselves."""

    filters: Filters = field(default_factory=dict)
    cell_measure: str = "drivers"
    grid_measure: str = "drivers_per_km2"
    grid_level: int = 4
    theme: Theme = "light"
    datum: str = "wgs84"
    coverage: CoverageChoice | None = None  # on pages that ask for it
    freight: FreightChoice | None = None
    plan: str = ""  # the key of a siting plan, on pages that have one

    def of(self, layer: str) -> dict[str, list[str]]:
        """The filters of a layer that let less than everything through."""
        return {name: list(values) for name, values in self.filters.get(layer, {}).items() if values}


@dataclass(frozen=True)
class MapSource:
    """The snapshot that a map is drawn from."""

    atlas: Atlas
    counts: KindCounts
    labels: Labels

    def title(self, noun: str) -> str:
        label = title_of(self.labels, noun)
        return label[:1].upper() + label[1:]

    @property
    def standards(self) -> str:
        """A sign of the place's own standards, for addresses whose answers follow from them."""
        return standards_of(self.atlas.place_folder).sign

    def address(self, path: str, **parameters: str) -> str:
        """An address of this build, from the root of our server; another build never answers under it."""
        asked = {name: value for name, value in parameters.items() if value} | {"v": drawing_version()}
        return f"map/{self.atlas.build_id}/{path}?{urlencode(asked, safe=',')}"

    def tiles(self, path: str, choice: MapChoice, **parameters: str) -> str:
        """An address of tiles; z, x and y are filled in by the map."""
        datum = choice.datum if choice.datum != "wgs84" else ""
        return self.address(path, datum=datum, **parameters)

    def features(self, noun: str, filters: Mapping[str, Sequence[str]]) -> str:
        chosen = {name: listed(values) for name, values in filters.items()}
        return self.address(f"{noun}.geojson", lang=current_language(), **chosen)


@dataclass(frozen=True)
class Layer:
    """One layer of the map: its name in addresses, and what the browser is told to draw, if there is anything."""

    name: str
    build: Callable[[MapSource, MapChoice], Spec | None]
    is_on: bool = False


@dataclass(frozen=True)
class LegendEntry:
    """A line of the legend; `look` is how its sign is drawn."""

    label: str
    colour: str
    look: str = "dot"
    sign: str = ""

    def to_json_dict(self) -> dict[str, str]:
        return {"label": self.label, "colour": self.colour, "look": self.look, "sign": self.sign}
