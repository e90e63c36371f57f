"""Long work says how far it is; who listens decides how it looks."""

from __future__ import annotations

from typing import Protocol

from wording import Message


class Progress(Protocol):
    """Listens to long work."""

    def begin(self, task: Message, total_rows: int | None = None) -> None: ...

    def advance(self, rows: int) -> None: ...


class Silence:
    """Listens and says nothing."""

    def begin(self, task: Message, total_rows: int | None = None) -> None:
        """Nothing to show."""

    def advance(self, rows: int) -> None:
        """Nothing to show."""
