"""Which datum the rows of a source are in: as declared, or as the evidence tells."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
import shapely
from pyproj import CRS
from shapely.geometry.base import BaseGeometry

from etl.datum import Datum
from etl.datum_evidence import Evidence, Sample, find_datum
from etl.manifest import AUTO, Source
from etl.noun import Noun
from etl.shapes import shape_of
from wording import Message, Refusal, mark

SAMPLED_ROWS = 20_000
# Beyond this box nobody shifts coordinates; it is the one of the public formula.
CHINA = shapely.box(72.004, 0.8293, 137.8347, 55.8271)


@dataclass(frozen=True)
class ChosenDatum:
    """The datum as applied, and the sentence that says why."""

    datum: Datum
    found_by: Message


def choose_datum(
    source: Source, declared: str | None, crs: CRS | None, sample: Sample, evidence: Evidence
) -> ChosenDatum:
    """What sources.toml says, else what the file says, else what the map tells; never a guess."""
    if source.datum != AUTO:
        datum = Datum(source.datum)
        return ChosenDatum(datum, Message(mark("{datum}, as sources.toml says."), {"datum": datum.label}))
    if declared is not None:
        datum = Datum(declared)
        return ChosenDatum(datum, Message(mark("{datum}, as the file itself says."), {"datum": datum.label}))
    if crs is not None:
        said = Message(mark("The file declares {crs}, which needs no shift."), {"crs": crs.name})
        return ChosenDatum(Datum.CGCS2000, said)
    if evidence.boundary is not None and not CHINA.intersects(evidence.boundary):
        return ChosenDatum(Datum.WGS84, Message(mark("WGS-84: outside China no map shifts its coordinates.")))
    if not np.size(sample.lon):
        return ChosenDatum(Datum.WGS84, Message(mark("No row has a position, so there is nothing to convert.")))
    finding = find_datum(sample, evidence)
    if finding.datum is None:
        raise Refusal("{file}: {finding}", file=", ".join(source.files), finding=finding.message)
    return ChosenDatum(finding.datum, finding.message)


def evidence_so_far(
    database: duckdb.DuckDBPyConnection, boundary: BaseGeometry, districts: dict[str, BaseGeometry]
) -> Evidence:
    """What is already on the map: named areas, roads, and the place's outline."""
    named = dict(districts)
    for name, wkb in database.execute("select name, st_aswkb(geom) from grids where level = 3").fetchall():
        named[name] = shapely.from_wkb(bytes(wkb))
    roads = [bytes(wkb) for (wkb,) in database.execute("select st_aswkb(geom) from routes").fetchall()]
    return Evidence(districts=named, roads=tuple(shapely.from_wkb(roads)), boundary=boundary)


def sample_of_rows(database: duckdb.DuckDBPyConnection, noun: Noun, rows: str) -> Sample:
    """Positions as written, with the district they name where there is one."""
    if noun.is_drawn:
        return _sample_of_shapes(database, rows)
    district = "township" if "township" in noun.headings else "null::varchar"
    found: pa.Table = database.execute(f"""
        select
            coalesce(as_degrees(lon_written), as_degrees(position_part(coordinates, 1))) as x,
            coalesce(as_degrees(lat_written), as_degrees(position_part(coordinates, 2))) as y,
            {district} as district
        from ({rows})
        where x is not null and y is not null
        using sample {SAMPLED_ROWS} rows (reservoir, 7)
    """).to_arrow_table()
    x, y = (np.asarray(found.column(axis).to_numpy(), dtype=float) for axis in ("x", "y"))
    names = tuple(found.column("district").to_pylist())
    return Sample(lon=x, lat=y, districts=names if any(names) else None)


def _sample_of_shapes(database: duckdb.DuckDBPyConnection, rows: str) -> Sample:
    written = database.execute(
        f"select shape, shape_text from ({rows}) using sample {SAMPLED_ROWS} rows (reservoir, 7)"
    ).fetchall()
    shapes = [shape_of(wkb, wkt) for wkb, wkt in written]
    return Sample.of_geometries([shape for shape in shapes if shape is not None and not shape.is_empty])
