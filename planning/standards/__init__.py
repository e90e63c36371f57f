"""Every planning number and list, with its unit, its source and the source's date.

They stand in `standards.toml`. A place that needs others writes them into a `standards.toml` of its own, which
`standards_of` in `planning/standards/of_place.py` lays over these.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeVar

from wording import Refusal, current_language, say

if TYPE_CHECKING:
    from collections.abc import Mapping

_Entry = TypeVar("_Entry")


@dataclass(frozen=True)
class InBothLanguages:
    """Words of a standard in Chinese and in English."""

    zh: str = ""
    en: str = ""

    def __str__(self) -> str:
        return self.en if current_language() == "en" else self.zh


@dataclass(frozen=True)
class Standard:
    """One planning number; `dated_on` is a year, a month or a day of its source, as ISO text."""

    name: str
    value: float
    unit: str
    source: str
    dated_on: str
    note: InBothLanguages
    label: InBothLanguages

    @property
    def sentence(self) -> str:
        """The number with its source, as a page shows it."""
        shown = f"{self.value:g} {self.unit}".rstrip()
        return say("{label}: {value} ({source}, {date})", label=self.label, value=shown, source=self.source,
                   date=self.dated_on)  # fmt: skip


@dataclass(frozen=True)
class StandardList:
    """A list that a rule asks for: codes of a closed list of `etl/vocabulary.toml`, or words alone."""

    name: str
    codes: tuple[str, ...]
    code_list: str | None  # None where the items are words
    words: tuple[InBothLanguages, ...]
    source: str
    dated_on: str
    note: InBothLanguages
    label: InBothLanguages

    @property
    def shown_items(self) -> str:
        from planning.code_words import code_word  # noqa: PLC0415  (codes are words of etl, which few askers need)

        if self.code_list is None:
            return say(", ").join(map(str, self.words))
        return say(", ").join(code_word(self.code_list, code) for code in self.codes)

    @property
    def sentence(self) -> str:
        """The list with its source, as a page shows it."""
        return say("{label}: {value} ({source}, {date})", label=self.label, value=self.shown_items,
                   source=self.source, date=self.dated_on)  # fmt: skip


@dataclass(frozen=True)
class Standards:
    """All numbers and lists that planning goes by."""

    numbers: Mapping[str, Standard]
    lists: Mapping[str, StandardList]
    sign: str = ""  # tells the standards of one place from those of another; none for the national ones

    def number(self, name: str) -> Standard:
        return _named(self.numbers, name)

    def list_of(self, name: str) -> StandardList:
        return _named(self.lists, name)

    def named(self, name: str) -> Standard | StandardList:
        """The number or the list of this name; no two share one."""
        everything: dict[str, Standard | StandardList] = {**self.numbers, **self.lists}
        return _named(everything, name)


@cache
def national_standards() -> Standards:
    """What holds where a place says nothing else."""
    return read_standards(files("planning.standards").joinpath("standards.toml").read_text("utf-8"))


def standard(name: str, standards: Standards | None = None) -> Standard:
    """A planning number, for example `standard("coverage_min").value`."""
    return (standards or national_standards()).number(name)


def standard_list(name: str, standards: Standards | None = None) -> StandardList:
    """A list that a rule asks for, for example `standard_list("five_free_services").codes`."""
    return (standards or national_standards()).list_of(name)


def read_standards(text: str) -> Standards:
    """Standards as `standards.toml` writes them."""
    written = tomllib.loads(text)
    return Standards(
        {name: _number(name, entry) for name, entry in written.get("number", {}).items()},
        {name: _list(name, entry) for name, entry in written.get("list", {}).items()},
    )


def _number(name: str, entry: Mapping[str, Any]) -> Standard:
    return Standard(
        name=name, value=float(entry["value"]), unit=entry["unit"], source=entry["source"],
        dated_on=str(entry["dated_on"]), note=_words(entry, "note"), label=_words(entry, "label"),
    )  # fmt: skip


def _list(name: str, entry: Mapping[str, Any]) -> StandardList:
    return StandardList(
        name=name, codes=tuple(entry.get("codes", ())), code_list=entry.get("code_list"),
        words=tuple(InBothLanguages(**words) for words in entry.get("words", ())), source=entry["source"],
        dated_on=str(entry["dated_on"]), note=_words(entry, "note"), label=_words(entry, "label"),
    )  # fmt: skip


def _words(entry: Mapping[str, Any], what: str) -> InBothLanguages:
    return InBothLanguages(entry.get(f"{what}_zh", ""), entry.get(f"{what}_en", ""))


def _named(known: Mapping[str, _Entry], name: str) -> _Entry:
    found = known.get(name)
    if found is None:
        raise Refusal("There is no standard “{name}”. There are: {names}.", name=name, names=", ".join(known))
    return found
