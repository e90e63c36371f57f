"""Answers kept for each snapshot, which is never written again; each is worked out once, whoever asks at once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from concurrent.futures import Future
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_Answer = TypeVar("_Answer")


class SnapshotCache(Generic[_Answer]):
    """The newest answers asked for, by snapshot and name."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[Path, str], Future[_Answer]] = OrderedDict()

    def get(self, snapshot: Path, name: str, work_out: Callable[[], _Answer]) -> _Answer:
        key = (snapshot, name)
        with self._lock:
            answer = self._kept.get(key)
            is_ours = answer is None
            if answer is None:
                answer = self._kept[key] = Future()
            self._kept.move_to_end(key)
            while len(self._kept) > self._limit:
                self._kept.popitem(last=False)
        if is_ours:
            self._fill(key, answer, work_out)
        return answer.result()

    def _fill(self, key: tuple[Path, str], answer: Future[_Answer], work_out: Callable[[], _Answer]) -> None:
        try:
            answer.set_result(work_out())
        except BaseException as fault:
            with self._lock:
                self._kept.pop(key, None)
            answer.set_exception(fault)
            if not isinstance(fault, Exception):
                raise
