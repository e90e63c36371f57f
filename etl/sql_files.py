"""SQL lives in files beside the code that runs it."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_NAME = re.compile(r"[a-z0-9_]+")


@cache
def read_sql(package: str, name: str) -> str:
    """The text of `<package>/<name>.sql`."""
    if not _NAME.fullmatch(name):
        raise ValueError(name)
    return files(package).joinpath(f"{name}.sql").read_text(encoding="utf-8")
