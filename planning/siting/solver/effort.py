"""How long a search may go on, who may end it, and what it tells on the way."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

Told: TypeAlias = "Callable[[Progress], None]"


@dataclass(frozen=True)
class Progress:
    """The best answer known and the most that any answer could reach, after so many seconds."""

    best: float
    bound: float
    took_s: float


@dataclass
class Effort:
    """The answer depends on the seed alone, unless time or the user's stop cuts the search short."""

    time_limit_s: float = 60.0
    seed: int = 0
    stop: Event = field(default_factory=Event)
    told: Told | None = None
    began: float = field(default_factory=time.monotonic)
    was_cut: bool = False

    @property
    def took_s(self) -> float:
        return time.monotonic() - self.began

    @property
    def left_s(self) -> float:
        return max(0.0, self.time_limit_s - self.took_s)

    def is_over(self) -> bool:
        self.was_cut = self.was_cut or self.stop.is_set() or self.took_s >= self.time_limit_s
        return self.was_cut

    def tell(self, best: float, bound: float) -> None:
        if self.told is not None:
            self.told(Progress(best, bound, self.took_s))
