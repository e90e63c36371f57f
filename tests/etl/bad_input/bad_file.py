"""One file of the catalogue: how it is written, and what a build makes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.etl.bad_input.tiny_place import Expected, Outcome, TinyPlace

Writer = Callable[[Path], str | None]  # into the place's folder; may give another `files` entry than its name


@dataclass(frozen=True)
class BadFile:
    """A file with its class in its name, such as `02_gb18030.csv`."""

    name: str
    noun: str
    write: Writer
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return Path(self.name).stem

    def place(self, folder: Path) -> tuple[TinyPlace, str]:
        """A tiny place with this file as its one source, and the words by which its sentence must name it."""
        place = TinyPlace.begin(folder)
        files = self.write(place.folder / self.name) or self.name
        place.add(self.noun, files, **self.settings)
        return place, Path(files).name


def text(content: str | bytes, encoding: str = "utf-8") -> Writer:
    """A writer of plain content."""
    raw = content if isinstance(content, bytes) else content.encode(encoding)

    def write(path: Path) -> None:
        path.write_bytes(raw)

    return write


def bad_file(name: str, noun: str, write: Writer, **settings: Any) -> BadFile:
    return BadFile(name, noun, write, settings)


def by_title(*files: BadFile) -> dict[str, BadFile]:
    return {file.title: file for file in files}


def check(bad: BadFile, expected: Expected, folder: Path) -> Outcome:
    """Build the place of a bad file and hold what must come of it."""
    place, file = bad.place(folder)
    outcome = place.build(expected.query)
    expected.hold(outcome, file)
    return outcome
