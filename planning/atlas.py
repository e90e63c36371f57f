"""A place's snapshot, opened to be asked and never written."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from etl.build_id import build_of
from etl.snapshot import Found, SnapshotFolder
from etl.snapshot_check import is_sound, open_snapshot
from etl.sql_files import read_sql
from wording import Message, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import duckdb
    import pyarrow as pa

QUERIES = "planning.queries"
_PLACES_KEPT_OPEN = 8


class _Instance:
    """One snapshot's file, opened once for all threads of the process."""

    def __init__(self, path: Path) -> None:
        self._root = open_snapshot(path)
        self._opening = threading.Lock()
        self._own = threading.local()

    def new_cursor(self) -> duckdb.DuckDBPyConnection:
        with self._opening:
            return self._root.cursor()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        if not hasattr(self._own, "cursor"):
            self._own.cursor = self.new_cursor()
        cursor: duckdb.DuckDBPyConnection = self._own.cursor
        return cursor


class Atlas:
    """The answers of one build. Hold it as long as you ask; ask `open_atlas` again for a newer one."""

    def __init__(self, place_folder: Path, found: Found, instance: _Instance) -> None:
        self.place_folder = place_folder
        self.path = found.path
        self.build_id = build_of(found.path.name) or ""
        self.notice: Message | None = found.notice
        self._instance = instance

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection to the snapshot for the calling thread alone."""
        return self._instance.cursor()

    def query(self, name: str, **params: object) -> pa.Table:
        """What `planning/queries/<name>.sql` answers, whole and in memory."""
        # A cursor of its own, so that rows still being read from this thread's are not cut off.
        return self._instance.new_cursor().execute(read_sql(QUERIES, name), params or None).to_arrow_table()

    def history(self) -> Iterator[Atlas]:
        """Itself and the sound builds kept before it, oldest first; each is open while you hold it."""
        for path in reversed(SnapshotFolder(self.path.parent).history()):
            if path.name == self.path.name:
                yield self
            elif path.name < self.path.name and is_sound(path):
                yield Atlas(self.place_folder, Found(path), _instance_of(path))


# The newest of each place stays open between two calls; an older one only as long as somebody holds it.
_latest: OrderedDict[Path, _Instance] = OrderedDict()
_all: WeakValueDictionary[Path, _Instance] = WeakValueDictionary()
_opening = threading.Lock()


def open_atlas(place_folder: Path) -> Atlas:
    """The place's newest sound snapshot as of this call; `notice` says so where it isn't the newest."""
    place_folder = place_folder.resolve()
    found = SnapshotFolder(place_folder / "snapshots").newest_sound()
    if found is None:
        raise Refusal("There is no snapshot of {place} yet. Run `yitu build {place}`.", place=place_folder)
    instance = _instance_of(found.path)
    with _opening:
        _latest[place_folder] = instance
        _latest.move_to_end(place_folder)
        if len(_latest) > _PLACES_KEPT_OPEN:
            _latest.popitem(last=False)
    return Atlas(place_folder, found, instance)


def _instance_of(path: Path) -> _Instance:
    with _opening:
        instance = _all.get(path)
        if instance is None:
            instance = _all[path] = _Instance(path)
        return instance
