"""The embedded database: what is loaded into it is signed, and nothing more can be."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from etl import engine
from etl.engine import open_database, spatial_extension


def test_what_is_not_signed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One byte of the binary is other than it was signed."""
    forged = tmp_path / "spatial.duckdb_extension"
    shutil.copyfile(spatial_extension(), forged)
    with forged.open("r+b") as file:
        file.seek(4096)
        byte = file.read(1)
        file.seek(4096)
        file.write(bytes([byte[0] ^ 1]))
    monkeypatch.setattr(engine, "spatial_extension", lambda: forged)
    with pytest.raises(duckdb.Error, match=r"(?i)signature"):
        open_database()


def test_nothing_more_can_be_loaded_and_no_setting_changed() -> None:
    database = open_database()
    with pytest.raises(duckdb.Error):
        database.execute(f"load '{spatial_extension().with_name('other.duckdb_extension')}'")
    with pytest.raises(duckdb.Error):
        database.execute("set enable_external_access = true")
