"""Long work in a terminal: what is being done, rows a second and the time left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from etl.progress import Silence
from wording import Message, say


class RowsPerSecond(ProgressColumn):
    """How fast rows go by; empty until one has."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(say("{rows} rows/s", rows=f"{speed:,.0f}") if speed else "")


class TerminalProgress:
    """Shows one line for each step of the work."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._current: TaskID | None = None

    def begin(self, task: Message, total_rows: int | None = None) -> None:
        if self._current is not None:
            self._bars.stop_task(self._current)
            self._bars.update(self._current, visible=False)
        self._current = self._bars.add_task(str(task), total=total_rows)

    def advance(self, rows: int) -> None:
        if self._current is not None:
            self._bars.advance(self._current, rows)


@contextmanager
def shown_progress() -> Iterator[TerminalProgress | Silence]:
    """Progress on the error stream where that is a terminal; silence where it is not."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield Silence()
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        RowsPerSecond(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bars:
        yield TerminalProgress(bars)
