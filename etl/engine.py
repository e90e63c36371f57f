"""The embedded database: one way to open it, with the spatial extension and the doors shut."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import duckdb

from wording import Refusal


@cache
def spatial_extension() -> Path:
    """The signed spatial binary that the Python package carries; its version must be DuckDB's own."""
    try:
        carried = version("duckdb-extension-spatial")
    except PackageNotFoundError as missing:
        raise Refusal(
            "The package duckdb-extension-spatial is missing. Run `make run` again to install it."
        ) from missing
    if carried != duckdb.__version__:
        raise Refusal(
            "duckdb is {duckdb} but duckdb-extension-spatial is {spatial}; they must be equal. "
            "Remove the folder .venv and run `make run` again.",
            duckdb=duckdb.__version__,
            spatial=carried,
        )
    import duckdb_extension_spatial  # noqa: PLC0415  (a missing package must end in the sentence above)

    folder = Path(duckdb_extension_spatial.__file__).parent / "extensions" / f"v{carried}"
    return folder / "spatial.duckdb_extension"


def connect(path: Path | None = None, *, read_only: bool = False, **config: str) -> duckdb.DuckDBPyConnection:
    """A plain connection; all of one file ask for the same settings, or DuckDB refuses the second."""
    asked: dict[str, str | bool | int | float | list[str]] = {"allow_unsigned_extensions": True, **config}
    return duckdb.connect(str(path) if path else ":memory:", read_only=read_only, config=asked)


def load_spatial(database: duckdb.DuckDBPyConnection) -> None:
    """Load the spatial binary, whose signature is checked once in a process.

    DuckDB would read and check its 80 MB for each database anew, a third of a second each time.
    """
    path = spatial_extension()
    found = path.stat()
    _check_signature(path, found.st_size, found.st_mtime_ns)
    database.execute(f"load '{path}'")


@lru_cache(maxsize=1)
def _check_signature(path: Path, _size: int, _mtime_ns: int) -> None:
    """DuckDB itself refuses to load what is not signed; a file that has changed is checked again."""
    with duckdb.connect() as strict:
        strict.execute(f"load '{path}'")


def open_database(
    path: Path | None = None,
    *,
    read_only: bool = False,
    readable: tuple[Path, ...] = (),
    spill_folder: Path | None = None,
    storage_version: str | None = None,
) -> duckdb.DuckDBPyConnection:
    """A connection that can read only the folders named, load nothing more and change no setting."""
    # Only a file that is being made has its format chosen; ATTACH, the other way, is shut off below.
    chosen = {"storage_compatibility_version": storage_version} if storage_version else {}
    database = connect(path, read_only=read_only, **chosen)
    load_spatial(database)
    database.execute("set global geometry_always_xy = true")
    database.execute("set global timezone = 'Asia/Shanghai'")
    if not read_only:
        # Counted for query_progress.py, never printed. A notebook, which only reads, would be asked for a widget.
        database.execute("set enable_progress_bar = true")
        database.execute("set enable_progress_bar_print = false")
    if spill_folder is not None:
        database.execute("set temp_directory = $folder", {"folder": str(spill_folder)})
    if readable:
        database.execute("set allowed_directories = $folders", {"folders": [f"{folder}/" for folder in readable]})
    database.execute("set enable_external_access = false")
    database.execute("set lock_configuration = true")
    return database
