"""Names of builds and of the files they make: sortable, and always rising."""

from __future__ import annotations

import re
import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_STAMP = "%Y%m%dT%H%M%S%fZ"
_BUILD = r"(?P<stamp>2[0-9]{7}T[0-9]{12}Z)-[0-9a-f]{4}"
_SNAPSHOT = re.compile(rf"atlas-(?P<build>{_BUILD})\.duckdb")
_ANY_FILE = re.compile(rf"atlas-{_BUILD}\..*", re.DOTALL)


def snapshot_name(build: str) -> str:
    return f"atlas-{build}.duckdb"


def build_of(name: str) -> str | None:
    """The build that a published snapshot's file name tells; None for any other name, paths included."""
    told = _SNAPSHOT.fullmatch(name)
    return told["build"] if told and _moment(told["stamp"]) else None


def next_build(names: Iterable[str]) -> str:
    """A build later than every one named, even where the clock has been set back."""
    taken = [moment for name in names if (told := _ANY_FILE.fullmatch(name)) and (moment := _moment(told["stamp"]))]
    moment = max([datetime.now(UTC), *(last + timedelta(microseconds=1) for last in taken)])
    return f"{moment.strftime(_STAMP)}-{secrets.token_hex(2)}"


def _moment(stamp: str) -> datetime | None:
    try:
        return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
