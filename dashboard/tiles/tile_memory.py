"""What was made lately, kept up to so many bytes and shared by all threads."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

Thing = TypeVar("Thing")


class TileMemory(Generic[Thing]):
    """The last used things of at most `limit_bytes` in all; a key names the snapshot that a thing was made from."""

    def __init__(self, limit_bytes: int, size_of: Callable[[Thing], int]) -> None:
        self._limit_bytes = limit_bytes
        self._size_of = size_of
        self._kept: OrderedDict[Hashable, Thing] = OrderedDict()
        self._size_bytes = 0
        self._keeping = threading.Lock()
        self._making: dict[Hashable, threading.Lock] = {}

    @property
    def size_bytes(self) -> int:
        return self._size_bytes

    def recall(self, key: Hashable, make: Callable[[], Thing]) -> Thing:
        """The thing of this key, made now unless it is kept; threads that want the same wait for one to make it."""
        with self._keeping:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            making = self._making.setdefault(key, threading.Lock())
        with making:
            with self._keeping:
                if key in self._kept:
                    return self._kept[key]
            try:
                thing = make()
                self._keep(key, thing)
            finally:
                with self._keeping:
                    self._making.pop(key, None)
        return thing

    def forget(self) -> None:
        """Let go of all that is kept."""
        with self._keeping:
            self._kept.clear()
            self._size_bytes = 0

    def _keep(self, key: Hashable, thing: Thing) -> None:
        with self._keeping:
            if key in self._kept:  # made twice at once, after the first was let go
                self._size_bytes -= self._size_of(self._kept.pop(key))
            self._kept[key] = thing
            self._size_bytes += self._size_of(thing)
            while self._size_bytes > self._limit_bytes and len(self._kept) > 1:
                _, oldest = self._kept.popitem(last=False)
                self._size_bytes -= self._size_of(oldest)
