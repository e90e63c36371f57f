"""The same statements on Spark give the same rows; left out where pyspark or Java is not installed."""

from __future__ import annotations

import shutil
import warnings
from typing import TYPE_CHECKING, Any

import pytest

from etl.derived.tracks.engine import EmbeddedEngine
from etl.derived.tracks.following import RESULTS, follow, put_ground, values_of
from etl.derived.tracks.hop_paths import HopPaths
from etl.derived.tracks.rules import TrackRules
from tests.etl.derived.small_county import HERE
from tests.etl.derived.tracks.small_tracks import AREA, CELL_SIZE_M, county_of
from tests.etl.derived.tracks.test_golden_track import ROAD, TRACK
from tests.etl.derived.tracks.test_heat_and_flows import ROADS, later, trucks

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb
    import pyarrow as pa

    from etl.derived.tracks.engine import TrackEngine

pytestmark = pytest.mark.slow
DIGITS = 4


@pytest.fixture(scope="module")
def _spark() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its own with newer pandas
        pytest.importorskip("pyspark", reason="pyspark is not installed: pip install 'yitu[spark]'")
    if shutil.which("java") is None:
        pytest.skip("there is no Java, which Spark needs")


@pytest.mark.usefixtures("_spark")
@pytest.mark.filterwarnings("ignore")
def test_spark_says_the_same_as_the_embedded_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # For so few rows programs take longer to compile than to run.
    (tmp_path / "spark-defaults.conf").write_text(
        "spark.sql.codegen.wholeStage false\nspark.sql.codegen.factoryMode NO_CODEGEN\nspark.sql.adaptive.enabled false\n"
    )
    monkeypatch.setenv("SPARK_CONF_DIR", str(tmp_path))
    from etl.derived.tracks.spark_engine import SparkEngine  # noqa: PLC0415

    pings = [*TRACK, *trucks(6, "乙", is_hazmat=True), *trucks(7, "丙"), *later(trucks(5, "丙"), 3 * 1440)]
    ground = {**ROADS, **{f"golden {name}": course for name, course in ROAD.items()}}
    database = county_of(pings, ground, a={"ref": "G1"}, b={"ref": "G1"}, c={"ref": "G1"})
    file = tmp_path / "pings.parquet"
    _write(database, file)
    embedded = _found(database, EmbeddedEngine(database))
    spark = _found(database, SparkEngine("spark", str(file)))
    assert [name for name in RESULTS if not embedded[name]] == []
    for name in RESULTS:
        assert spark[name] == embedded[name], name


def _write(database: duckdb.DuckDBPyConnection, file: Path) -> None:
    import pyarrow.parquet as pq  # noqa: PLC0415

    pq.write_table(database.execute("from pings").to_arrow_table(), file)


def _found(database: duckdb.DuckDBPyConnection, engine: TrackEngine) -> dict[str, list[Any]]:
    rules = TrackRules()
    put_ground(engine, database, HERE, rules)
    follow(engine, HopPaths(database, HERE), values_of(rules, HERE, AREA, CELL_SIZE_M))
    found = {name: _rows(engine.fetch(name)) for name in RESULTS}
    engine.close()
    return found


def _rows(table: pa.Table) -> list[Any]:
    """Rows in an order of their own, numbers to a few digits; a truck's number is the engine's own."""
    kept = [name for name in table.column_names if name != "truck"]
    rows = [tuple(_plain(row[name]) for name in kept) for row in table.to_pylist()]
    return sorted(rows, key=repr)


def _plain(value: Any) -> Any:
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    return round(float(value), DIGITS)
