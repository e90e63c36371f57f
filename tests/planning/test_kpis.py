from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from planning.atlas import open_atlas
from planning.data_health import health_report
from planning.kpis import REGISTER, kpi, kpi_rows, kpi_trend
from planning.kpis.kpi import value_text
from planning.standards import standard_list
from tests.planning.kpi_place import said
from wording import Refusal, use_language

if TYPE_CHECKING:
    from pathlib import Path

    from planning.atlas import Atlas


@pytest.fixture(scope="module")
def sample(sample_place: Path) -> Atlas:
    return open_atlas(sample_place)


def rows(atlas: Atlas, table: str) -> list[dict[str, Any]]:
    return atlas.cursor().execute(f"select * from {table}").to_arrow_table().to_pylist()


def parts(atlas: Atlas, name: str) -> dict[str, float | None]:
    return {part.label: part.value for part in kpi(atlas, name).parts}


def test_stations_and_bays_of_the_sample(sample: Atlas) -> None:
    stations = [row for row in rows(sample, "stations") if row["status"] == "open"]
    assert said(sample, "stations_open") == (len(stations), False)
    assert sum(value or 0 for value in parts(sample, "stations_open").values()) == len(stations)
    bays = [row["bays"] for row in stations]
    assert said(sample, "bays_open") == (sum(number or 0 for number in bays), None in bays)
    assert None in bays


def test_facilities_of_the_sample(sample: Atlas) -> None:
    needs = set(standard_list("five_free_services").codes)
    stations = [row for row in rows(sample, "stations") if row["status"] == "open"]
    complete = [row for row in stations if needs <= set(row["facilities"] or ())]
    asked = [
        row
        for row in stations
        if not needs <= set(row["facilities"] or ())
        and (row["facilities"] is None or needs <= {*row["facilities"], *(row["facilities_unknown"] or ())})
    ]
    value, is_lower_bound = said(sample, "facilities_complete_pct")
    assert value == pytest.approx(100 * len(complete) / len(stations))
    assert is_lower_bound == bool(asked)
    told = kpi(sample, "facilities_complete_pct").parts
    assert [part.value for part in told[:3]] == [
        len(complete), len(stations) - len(complete) - len(asked), len(asked),
    ]  # fmt: skip
    for part, code in zip(told[3:], standard_list("five_free_services").codes, strict=True):
        assert part.value == sum(1 for row in stations if code in (row["facilities"] or ())), code


def test_drivers_of_the_sample(sample: Atlas) -> None:
    spread = sum(row["drivers"] or 0 for row in rows(sample, "cells"))
    ledger = rows(sample, "drivers")
    codes = {row["grid_id"] for row in rows(sample, "grids")}
    unplaced = sum(1 for row in ledger if row["home_grid"] not in codes)
    assert unplaced
    assert said(sample, "drivers_known") == (max(round(spread), len(ledger)), True)
    assert list(parts(sample, "drivers_known").values()) == [round(spread), len(ledger), unplaced]
    # What the rows add up to is what was spread.
    assert sum(row["counted"] or 0 for row in kpi_rows(sample, "drivers_known").table.to_pylist()) == round(spread)


def test_party_drivers_of_the_sample(sample: Atlas) -> None:
    grids, ledger = rows(sample, "grids"), rows(sample, "drivers")
    parents = {row["parent_id"] for row in grids}
    leaves = [row for row in grids if row["grid_id"] not in parents]
    members = Counter(row["home_grid"] for row in ledger if row["is_party_member"])
    listed = {row["home_grid"] for row in ledger}
    on_grids = sum(
        row["party_drivers"] if row["party_drivers"] is not None else members[row["grid_id"]] for row in leaves
    )
    assert any(row["party_drivers"] is None and row["grid_id"] in listed for row in leaves)
    assert said(sample, "party_drivers") == (max(on_grids, members.total()), True)
    assert next(iter(parts(sample, "party_drivers").values())) == on_grids


def test_governance_of_the_sample(sample: Atlas) -> None:
    requests, shops, grids = (rows(sample, table) for table in ("requests", "repair_shops", "grids"))
    still_open = [row for row in requests if row["closed_at"] is None]
    assert said(sample, "requests_open") == (len(still_open), False)
    assert sum(value or 0 for value in parts(sample, "requests_open").values()) == len(still_open)
    closed_pct = 100 * (len(requests) - len(still_open)) / len(requests)
    assert said(sample, "requests_closed_pct") == (pytest.approx(closed_pct), False)
    filed = sum(1 for row in shops if row["is_filed"])
    assert any(row["is_filed"] is None for row in shops)
    assert said(sample, "repair_shops_filed_pct") == (pytest.approx(100 * filed / len(shops)), True)
    with_post = [row for row in grids if row["post"] is not None]
    assert said(sample, "grids_with_post_pct") == (pytest.approx(100 * len(with_post) / len(grids)), False)
    level_4 = [row for row in grids if row["level"] == 4]
    assert parts(sample, "grids_with_post_pct")["网格"] == pytest.approx(
        100 * sum(1 for row in with_post if row["level"] == 4) / len(level_4)
    )


def test_deaths_of_the_sample(sample: Atlas) -> None:
    incidents = rows(sample, "incidents")
    until = max(row["happened_at"] for row in incidents)
    since = until.replace(year=until.year - 1)
    crashes = [row for row in incidents if row["kind"] == "crash" and row["happened_at"] > since]
    assert said(sample, "incidents_deaths_year") == (sum(row["deaths"] for row in crashes), False)
    assert kpi_rows(sample, "incidents_deaths_year").table.num_rows == len(crashes)
    assert f"{since:%Y-%m-%d}" in kpi(sample, "incidents_deaths_year").sentence


def test_roads_resources_and_rows_of_the_sample(sample: Atlas) -> None:
    kinds = Counter(row["kind"] for row in rows(sample, "resources"))
    assert said(sample, "resources") == (kinds.total(), False)
    assert sorted(filter(None, parts(sample, "resources").values())) == sorted(kinds.values())
    value, _ = said(sample, "routes_km")
    assert value == pytest.approx(sum(filter(None, parts(sample, "routes_km").values())))
    assert value == pytest.approx(geodesic_km(sample), rel=1e-5)
    assert said(sample, "rows_kept_pct") == (health_report(sample).total.kept_pct, False)


def geodesic_km(atlas: Atlas) -> float:
    """The length as another library measures it."""
    import shapely  # noqa: PLC0415
    from pyproj import Geod  # noqa: PLC0415

    shapes = atlas.cursor().execute("select st_aswkb(geom) from routes").fetchall()
    ellipsoid = Geod(ellps="WGS84")
    return sum(ellipsoid.geometry_length(shapely.from_wkb(bytes(shape))) for (shape,) in shapes) / 1000


COUNTED_IN_ROWS = {
    "stations_open": "stations_open",
    "resources": "resources",
    "requests_open": "requests_open",
}


@pytest.mark.parametrize("name", REGISTER)
def test_every_figure_has_words_and_rows(sample: Atlas, name: str) -> None:
    for language in ("zh", "en"):
        use_language(language)  # type: ignore[arg-type]
        one = kpi(sample, name)
        assert one.label
        assert one.unit
        assert one.group_label
        assert "{" not in one.sentence
        assert all(part.label for part in one.parts)
    behind = kpi_rows(sample, name)
    assert behind.title == kpi(sample, name).label
    assert {"thing_id", "geom", *(column.name for column in behind.columns)} == set(behind.table.column_names)
    assert behind.table.num_rows > 0
    if name in COUNTED_IN_ROWS:
        assert behind.table.num_rows == kpi(sample, name).value


def test_bays_add_up_over_the_rows_behind_them(sample: Atlas) -> None:
    assert sum(filter(None, kpi_rows(sample, "bays_open").table["bays"].to_pylist())) == kpi(sample, "bays_open").value


def test_a_name_that_is_none_is_refused(sample: Atlas) -> None:
    for ask in (kpi, kpi_rows, kpi_trend):
        with pytest.raises(Refusal, match="bogus") as refused:
            ask(sample, "bogus")
        assert "stations_open" in str(refused.value)


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "is_lower_bound", "text"),
    [
        (None, "%", 1, False, "未知"),
        (1234.0, "个", 0, False, "1,234"),
        (1234.0, "个", 0, True, "≥ 1,234"),
        (46.88, "%", 1, True, "≥ 46.8"),  # never rounded up
        (99.99, "%", 1, False, "> 99.9"),
        (0.01, "%", 1, False, "< 0.1"),
        (100.0, "%", 1, False, "100"),
        (0.0, "%", 1, False, "0"),
        (35.7142, "%", 1, False, "35.7"),
        (0.3 * 10, "%", 1, True, "≥ 3.0"),
    ],
)
def test_values_are_written_without_saying_too_much(
    *, value: float | None, unit: str, decimals: int, is_lower_bound: bool, text: str
) -> None:
    assert value_text(value, unit, decimals=decimals, is_lower_bound=is_lower_bound) == text
