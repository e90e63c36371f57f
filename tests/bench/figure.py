"""One line of the table: what was measured, beside its peer and its goal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.bench.measuring import Trial

HEADINGS = ("figure", "rows", "seconds", "cpu s", "rows/s", "peak MB", "peer", "peer s", "ratio", "goal", "")
TO_THE_LEFT = {0, 6, 9, 10}
UNKNOWN = "-"


@dataclass(frozen=True)
class Settings:
    """Where a figure may write, and how much of its full size it takes."""

    folder: Path
    scale: float = 1.0
    kills: int = 1000

    def rows(self, full: int) -> int:
        return max(1, round(full * self.scale))


@dataclass(frozen=True)
class Figure:
    """A measurement; `is_met` is None where there is no goal."""

    name: str
    rows: int | None
    seconds: float | None
    peak_mb: float | None = None
    cpu_s: float | None = None
    peer: str = ""
    peer_s: float | None = None
    goal: str = ""
    is_met: bool | None = None
    note: str = ""

    @classmethod
    def of(cls, name: str, rows: int | None, trial: Trial, **more: Any) -> Figure:
        return cls(name, rows, trial.seconds, trial.peak_mb, trial.cpu_s, **more)

    @property
    def per_second(self) -> float | None:
        return self.rows / self.seconds if self.rows is not None and self.seconds else None

    @property
    def ratio(self) -> float | None:
        return self.seconds / self.peer_s if self.seconds is not None and self.peer_s else None

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "rows_per_s": self.per_second, "ratio": self.ratio}

    def cells(self) -> tuple[str, ...]:
        return (
            self.name,
            _shown(self.rows, ",.0f"),
            _shown(self.seconds, ",.2f"),
            _shown(self.cpu_s, ",.2f"),
            _shown(self.per_second, ",.0f"),
            _shown(self.peak_mb, ",.0f"),
            self.peer,
            _shown(self.peer_s, ",.2f"),
            _shown(self.ratio, ",.2f"),
            self.goal,
            {True: "met", False: "MISSED", None: ""}[self.is_met],
        )


def _shown(number: float | None, form: str) -> str:
    return UNKNOWN if number is None else format(number, form)


def table(figures: list[Figure]) -> Iterator[str]:
    """The figures as aligned lines, and below them what there is to say of each."""
    lines = [HEADINGS, *(figure.cells() for figure in figures)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    for number, line in enumerate(lines):
        cells = [
            cell.ljust(width) if column in TO_THE_LEFT else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()
        if number == 0:
            yield "  ".join("-" * width for width in widths)
    for figure in figures:
        if figure.note:
            yield f"{figure.name}: {figure.note}"
