"""The standards of a place: the national ones, and over them those that its own `standards.toml` writes."""

from __future__ import annotations

import hashlib
import tomllib
from functools import lru_cache
from typing import TYPE_CHECKING

from planning.standards import Standards, national_standards, read_standards
from wording import Refusal

if TYPE_CHECKING:
    from pathlib import Path

STANDARDS_FILE = "standards.toml"


def standards_of(place_folder: Path) -> Standards:
    """What holds in this place now: the file is read again once it has changed."""
    file = place_folder / STANDARDS_FILE
    try:
        text = file.read_text("utf-8")
    except FileNotFoundError:
        return national_standards()
    except (OSError, UnicodeDecodeError) as fault:
        raise Refusal("{file} cannot be read: {fault}. Save it as UTF-8 text.", file=file, fault=fault) from fault
    try:
        return _laid_over(text)
    except tomllib.TOMLDecodeError as fault:
        raise Refusal("{file} is not written as TOML: {fault}.", file=file, fault=fault) from fault
    except (AttributeError, KeyError, TypeError, ValueError) as fault:
        raise Refusal(
            "An entry of {file} lacks something, or it is no number: {fault}. Copy an entry of "
            "planning/standards/standards.toml and change it.",
            file=file,
            fault=fault,
        ) from fault
    except _UnknownNameError as fault:
        raise Refusal(
            "{file} names a standard that is not known: {name}. Known are: {names}.",
            file=file,
            name=fault.name,
            names=", ".join((*national_standards().numbers, *national_standards().lists)),
        ) from fault


class _UnknownNameError(Exception):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@lru_cache(maxsize=8)
def _laid_over(text: str) -> Standards:
    own, national = read_standards(text), national_standards()
    free = {"own_list"}  # the list that a place may ask of its stations, and that no national rule knows
    for name in (*own.numbers, *own.lists):
        if name not in national.numbers and name not in national.lists and name not in free:
            raise _UnknownNameError(name)
    return Standards(
        {**national.numbers, **own.numbers},
        {**national.lists, **own.lists},
        hashlib.sha256(text.encode()).hexdigest()[:12],
    )
