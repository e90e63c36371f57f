"""The one door to GDAL: only the drivers we use exist behind it, and none of them reaches the network.

Import this before anything that imports pyogrio: GDAL reads what it must skip only once, when it starts.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import warnings
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from etl.reading.row_batches import add_once
from wording import Message, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

T = TypeVar("T")

# Read: shapefiles and FlatGeobuf. The others only write, for what is taken away.
USED: Final = frozenset({"ESRI Shapefile", "FlatGeobuf", "GPKG", "GeoJSON", "GeoJSONSeq", "MEM"})

_SKIPPED_VECTOR: Final = (
    "PCIDSK,PDS4,VICAR,PDF,MBTiles,EEDA,OGCAPI,GDALG,MapInfo File,LVBAG,S57,DGN,OGR_VRT,CSV,GML,GPX,LIBKML,"
    "KML,ESRIJSON,TopoJSON,OGR_GMT,SQLite,WAsP,OpenFileGDB,DXF,GeoRSS,VFK,PGDUMP,OSM,GPSBabel,OGR_PDS,WFS,OAPIF,"
    "EDIGEO,Idrisi,ODS,XLSX,Elasticsearch,Carto,AmigoCloud,SXF,Selafin,JML,PLSCENES,CSW,VDV,MVT,NGW,MapML,GTFS,PMTiles,"
    "JSONFG,MiraMonVector,ADBC,AVCBin,AVCE00,AIVector,HTTP"
)
_SKIPPED_RASTER: Final = "VRT,GTI,Derived,GTiff,COG,NITF,HFA,WMS,WMTS,WCS,DAAS,PLMosaic,STACTA,STACIT,Zarr"
_DEAD_PROXY: Final = "127.0.0.1:9"
_NETWORK_OFF: Final = {
    "GDAL_HTTP_PROXY": _DEAD_PROXY,
    "GDAL_HTTPS_PROXY": _DEAD_PROXY,
    "GDAL_HTTP_TIMEOUT": "1",
    "GDAL_HTTP_CONNECTTIMEOUT": "1",
    "GDAL_HTTP_MAX_RETRY": "0",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "{none}",
    "GDAL_PAM_ENABLED": "NO",
    # The faster way trusts the lengths that a damaged file states.
    "OGR_FLATGEOBUF_STREAM_BASE_IMPL": "YES",
    "PROJ_NETWORK": "OFF",
}
_MAX_WARNINGS: Final = 5

os.environ["OGR_SKIP"] = _SKIPPED_VECTOR
os.environ["GDAL_SKIP"] = _SKIPPED_RASTER
os.environ["PROJ_NETWORK"] = "OFF"


@cache
def ogr() -> Any:  # noqa: ANN401  (pyarrow and pyogrio have no types)
    """pyogrio, once it is certain that it knows no other driver than ours."""
    import pyogrio  # noqa: PLC0415  (it must not start before the drivers are named)

    others = sorted(set(pyogrio.list_drivers()) - USED)
    if others:
        raise Refusal(
            "The map library started with readers that are not safe ({drivers}). Run `make run` again.",
            drivers=", ".join(others[:5]),
        )
    pyogrio.set_gdal_config_options(_NETWORK_OFF)
    return pyogrio


@contextmanager
def private_folder(parts: Mapping[str, Path | bytes]) -> Iterator[Path]:
    """A folder of our own with just these files under plain names, so that GDAL can misread no name.

    Nothing is written beside the user's files, and nothing beside them is read.
    """
    with tempfile.TemporaryDirectory(prefix="yitu-") as name:
        folder = Path(name).resolve()
        for plain_name, part in parts.items():
            if isinstance(part, bytes):
                (folder / plain_name).write_bytes(part)
            else:
                _place(part, folder / plain_name)
        yield folder


def quietly(action: Callable[[], T], file: str, notes: list[Message]) -> T:
    """Does it with GDAL's warnings turned into notes and its errors into a refusal."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            return action()
        except (
            ogr().errors.DataSourceError,
            ogr().errors.DataLayerError,
            ogr().errors.FeatureError,
        ) as wrong:
            raise unreadable(file) from wrong
        except (RuntimeError, ValueError, LookupError, OSError, MemoryError) as wrong:
            raise unreadable(file) from wrong
        finally:
            for one in said[:_MAX_WARNINGS]:
                note = {"file": file, "remark": str(one.message)[:300]}
                add_once(notes, Message("The map library remarks on {file}: {remark}", note))


def unreadable(file: str) -> Refusal:
    return Refusal(
        "{file} is damaged or not what its name says. Export it again from the program it comes from.",
        file=file,
    )


def _place(part: Path, target: Path) -> None:
    real = part.resolve(strict=True)
    if not stat.S_ISREG(real.stat().st_mode):
        raise Refusal("{file} is no ordinary file.", file=part.name)
    try:
        target.symlink_to(real)
    except OSError:  # where making links is not allowed
        shutil.copyfile(real, target)
