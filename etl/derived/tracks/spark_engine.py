"""The same statements on Spark: in this process for trying, or on a cluster through Spark Connect.

What Spark reads are Parquet files with the columns of the contract `pings`, in a shared folder or an object store.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from etl.derived.tracks.engine import statement
from etl.sql_files import read_sql
from wording import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

PACKAGE = "etl.derived.tracks"
_REMOTE = "sc://"
_NAMED = re.compile(r"\$(\w+)")


class SparkEngine:
    """A Spark session; all trucks come in one portion, since the cluster parts them itself."""

    buckets = 1

    def __init__(self, where: str, pings: str) -> None:
        """`where` is "spark" for this machine or "sc://host:port"; `pings` is what Spark reads as Parquet."""
        self._session = _session(where)
        self._made: list[str] = []
        self._parts: dict[str, list[Any]] = {}
        self._session.read.parquet(pings).createOrReplaceTempView("pings")
        self._session.sql(read_sql(PACKAGE, "pings_to_follow_spark")).createOrReplaceTempView("pings_to_follow")

    def put(self, name: str, rows: pa.Table) -> None:
        self._keep(name, self._session.createDataFrame(_plain(rows)))

    def make(self, name: str, values: Mapping[str, float]) -> None:
        text, bound = statement(name, values)
        # Every statement is read by several others: worked out once, and not in each of them.
        self._keep(name, self._session.sql(_NAMED.sub(r":\1", text), args=bound))

    def gather(self, name: str, values: Mapping[str, float]) -> None:
        self.make(name, values)

    def fetch(self, name: str) -> pa.Table:
        return self._session.table(name).toArrow()

    def close(self) -> None:
        for name in self._made:
            self._session.catalog.dropTempView(name)
        self._session.stop()

    def _keep(self, name: str, frame: Any) -> None:  # noqa: ANN401  (pyspark is an extra)
        frame.cache().createOrReplaceTempView(name)
        self._made.append(name)


def _session(where: str) -> Any:  # noqa: ANN401
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415  (an extra of 450 MB)
    except ImportError as missing:
        raise Refusal("Spark is not installed here. Run `pip install 'yitu[spark]'`, and install Java 17.") from missing
    builder = SparkSession.builder.appName("yitu").config("spark.sql.session.timeZone", "UTC")
    if where.startswith(_REMOTE):
        return builder.remote(where).getOrCreate()
    try:
        return (
            builder.master("local[*]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "4")  # of 200, as it would be, most are empty
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .getOrCreate()
        )
    except Exception as fault:  # whatever Java says
        raise Refusal("Spark does not start: {fault}. It needs Java 17.", fault=type(fault).__name__) from fault


def _plain(rows: pa.Table) -> pa.Table:
    """Without unsigned numbers, which Spark does not know."""
    fields = [
        pa.field(field.name, pa.int64() if pa.types.is_unsigned_integer(field.type) else field.type)
        for field in rows.schema
    ]
    return rows.cast(pa.schema(fields))
