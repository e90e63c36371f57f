"""The page docs/api.md, made from the docstrings of planning; `python -m docs.api_page` writes it anew."""

from __future__ import annotations

import dataclasses
import inspect
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).with_name("api.md")

BEGINNING = """# For analysts: what planning answers

Made from the docstrings by `python -m docs.api_page`; a test holds it to them. The words are those of
[GLOSSARY.md](../GLOSSARY.md), and whole notebooks stand in [notebooks/](../notebooks/README.md).

```python
from pathlib import Path

from planning.atlas import open_atlas
from planning.coverage import coverage
from planning.features import features
from planning.frames import frame
from planning.gaps import gaps
from planning.kpis import kpi
from planning.need import Need

atlas = open_atlas(Path("data/sample"))
stations = frame(features(atlas, "stations"))  # a GeoDataFrame; stations.attrs["units"]
figure = kpi(atlas, "covered_drivers_pct")  # the tile of 总览, with its sentence and source
found = coverage(atlas, Need(("shower",)), within=30)  # who has a shower within 30 minutes
worst = gaps(atlas, found)[0]  # the gap with most drivers, and its owner
```

- An answer is of one build: `open_atlas` gives the newest sound one, and `atlas.build_id` names it.
- Unknown is `None`, `<NA>` or not a number, and never 0; a sum over it is a lower bound, and says so.
- Names carry their unit: `_km`, `_m`, `_min`, `_per_day`, `_yuan`, `_pct`. Positions are longitude and
  latitude, WGS-84.
- What is worked out is kept for the snapshot, so that asking again costs nothing.
"""

# Each part of the page: its heading, and the names that it tells of, by module.
PARTS: dict[str, dict[str, tuple[str, ...]]] = {
    "Opening a place": {"place_folder": ("place_folder",), "atlas": ("open_atlas", "Atlas")},
    "Rows as tables and files": {
        "features": ("features", "Features", "made_of"),
        "frames": ("frame", "worded"),
    },
    "Figures": {"kpis": ("kpis", "kpi", "kpi_trend", "kpi_rows"), "kpis.kpi": ("Kpi", "KpiPart", "TrendPoint")},
    "Coverage and gaps": {
        "need": ("Need", "stations", "Station", "fit"),
        "reach": ("reach", "Reach"),
        "coverage": ("coverage", "Coverage", "Share", "shares_as_rows"),
        "coverage_features": ("cell_coverage", "place_coverage"),
        "gaps": ("gaps", "Gap", "gap_outline"),
        "gap_reason": ("gap_reasons",),
        "gap_features": ("gap_features",),
    },
    "Bays, and who else wants them": {
        "accessibility": (
            "accessibility", "Accessibility", "accessibility_by_grid", "GridAccessibility", "accessibility_as_rows",
        ),
    },
    "Facilities": {
        "services.scores": ("scores", "Scores", "StationScore", "ListScore", "scores_as_rows"),
        "services.item_coverage": ("item_coverage", "ItemCoverage"),
        "services.equipping": ("cheapest_equipping", "Equipping"),
        "services.budget": ("spending", "Purchase"),
    },
    "Corridors, heat and driving hours": {
        "freight_heat": ("tracked", "heat"),
        "corridors.corridor": ("corridors", "corridor", "Corridor"),
        "corridors.report": ("corridor_reports", "corridor_report", "CorridorReport"),
        "driving": ("spell_share", "SpellShare", "four_hours", "FourHours", "breakpoint_bins", "roadside_stop_bins",
                    "Bin", "hazmat_night"),
        "along_route": ("prospects", "Prospect"),
    },
    "Siting, and plans that are kept": {
        "siting.question": ("usual_question", "SitingQuestion"),
        "siting.answer": ("answered", "SitingAnswer", "Site"),
        "siting.reasons": ("reasons", "Reason"),
        "siting.frontier": ("frontier", "Point"),
        "siting.sensitivity": ("firmness", "Firmness"),
        "siting.wishes": ("wish_costs", "WishCost"),
        "scenarios": ("save", "scenarios", "scenario", "Scenario", "run_again"),
    },
    "Repair-shop clusters": {
        "clusters": ("repair_clusters", "RepairClusters"),
        "clusters.cluster": ("Cluster", "GoneCluster"),
        "clusters.station_by_road": ("StationByRoad",),
        "clusters.shape": ("ShapeMeasures",),
    },
    "Responsibility grids": {
        "grids": ("grids_of",),
        "grids.answer": ("Grids",),
        "grids.grid_row": ("GridRow", "Count", "LedgerHealth"),
        "grids.land": ("grid_faults", "Fault"),
        "grids.ledger": ("survey_conflicts", "Conflict"),
    },
    "Standards": {"standards": ("standard", "Standard"), "standards.of_place": ("standards_of",)},
}  # fmt: skip


def api_page() -> str:
    """The page as it is to be committed."""
    contents = [f"- [{title}](#{_anchor(title)})" for title in PARTS]
    parts = [line for title, modules in PARTS.items() for line in _part(title, modules)]
    return "\n".join([BEGINNING, *contents, "", *parts]).rstrip() + "\n"


def _part(title: str, modules: dict[str, tuple[str, ...]]) -> Iterator[str]:
    yield f"## {title}\n"
    for path, names in modules.items():
        module = import_module(f"planning.{path}")
        yield f"### `planning.{path}`\n"
        yield from _told(module)
        for name in names:
            thing = getattr(module, name)
            yield from _class(thing) if inspect.isclass(thing) else _verb(thing)


def _verb(asked: Any) -> Iterator[str]:  # noqa: ANN401  (any function)
    yield f"#### `{asked.__name__}`\n"
    yield f"```python\n{_signature(asked)}\n```\n"
    yield from _told(asked)


def _class(kind: type) -> Iterator[str]:
    yield f"#### class `{kind.__name__}`\n"
    yield from _told(kind)
    lines = [*_fields(kind), *_derived(kind)]
    if lines:
        yield "\n".join(lines) + "\n"


def _fields(kind: type) -> Iterator[str]:
    if dataclasses.is_dataclass(kind):
        for one in dataclasses.fields(kind):
            is_needed = one.default is dataclasses.MISSING and one.default_factory is dataclasses.MISSING
            usual = "" if is_needed or one.default is dataclasses.MISSING else f" = {one.default!r}"
            yield f"- `{one.name}: {one.type}{usual}`"


def _derived(kind: type) -> Iterator[str]:
    """Properties and methods, in the order in which they are written."""
    for name, one in vars(kind).items():
        if name.startswith("_"):
            continue
        made_by = one.fget if isinstance(one, property) else one.func if isinstance(one, cached_property) else None
        if made_by is not None:
            yield f"- `{name}: {made_by.__annotations__['return']}`{_sentence(made_by)}"
        elif inspect.isfunction(one):
            yield f"- `{_signature(one, is_method=True)}`{_sentence(one)}"


def _signature(asked: Any, *, is_method: bool = False) -> str:  # noqa: ANN401
    """On one line; on one for each argument where that would be too long."""
    found = inspect.signature(asked)
    given = list(_arguments(found))[int(is_method) :]
    line = f"{asked.__name__}({', '.join(given)}) -> {found.return_annotation}"
    if is_method or len(line) <= 100:
        return line
    return f"{asked.__name__}(\n    " + ",\n    ".join(given) + f",\n) -> {found.return_annotation}"


def _arguments(found: inspect.Signature) -> Iterator[str]:
    """As they are written, without the quotes that annotations as text would have."""
    is_bare = False
    for one in found.parameters.values():
        if one.kind is one.KEYWORD_ONLY and not is_bare:
            is_bare = True
            yield "*"
        stars = "*" if one.kind is one.VAR_POSITIONAL else "**" if one.kind is one.VAR_KEYWORD else ""
        kind = "" if one.annotation is one.empty else f": {one.annotation}"
        yield f"{stars}{one.name}{kind}" + ("" if one.default is one.empty else f" = {one.default!r}")


def _told(thing: Any) -> Iterator[str]:  # noqa: ANN401  (a module, class or function)
    text = _docstring(thing)
    if text:
        yield text + "\n"


def _sentence(thing: Any) -> str:  # noqa: ANN401
    text = " ".join(_docstring(thing).split())
    return f": {text}" if text else ""


def _docstring(thing: Any) -> str:  # noqa: ANN401
    text = inspect.cleandoc(thing.__doc__ or "")
    # A dataclass without a docstring is given one that repeats its fields.
    return "" if text.startswith(f"{getattr(thing, '__name__', '')}(") else text


def _anchor(title: str) -> str:
    return title.lower().replace(",", "").replace(" ", "-")


if __name__ == "__main__":
    PAGE.write_text(api_page(), encoding="utf-8")
