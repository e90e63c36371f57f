"""Work timed in a process of its own, with the most memory that it held."""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

Given = ParamSpec("Given")

STATUS = Path("/proc/self/status")
CLEAR = Path("/proc/self/clear_refs")
CLEAR_PEAK = "5"


@dataclass
class Clock:
    """Runs only inside its block, so that what is made ready before does not count."""

    seconds: float = 0.0
    peak_mb: float | None = None
    cpu_s: float | None = None
    _started: float = 0.0
    _cpu_before: float = 0.0
    _is_running: bool = False

    @contextmanager
    def running(self) -> Iterator[None]:
        with suppress(OSError):  # where the peak cannot be reset, what came before counts too
            CLEAR.write_text(CLEAR_PEAK)
        self._cpu_before = _cpu_s()
        self._started, self._is_running = time.monotonic(), True
        yield
        if self._is_running:
            self.stop(peak_mb())
            self.cpu_s = _cpu_s() - self._cpu_before

    def stop(self, held_mb: float | None) -> None:
        """End the measuring before the block ends, with memory held by another process."""
        self.seconds, self.peak_mb, self._is_running = time.monotonic() - self._started, held_mb, False


@dataclass(frozen=True)
class Trial:
    """What one piece of work took, and what it gave back."""

    seconds: float
    peak_mb: float | None
    cpu_s: float | None
    value: Any = field(default=None, compare=False)


class TrialError(Exception):
    """The work ended in an error or died."""


def tried(work: Callable[Concatenate[Clock, Given], Any], *given: Given.args, **named: Given.kwargs) -> Trial:
    """Do the work in a fresh process; it says by `clock.running()` which part of it counts."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_work, args=(there, work.__module__, work.__name__, given, named))
    process.start()
    there.close()
    try:
        is_done, told = here.recv()
    except EOFError:
        is_done, told = False, "the process died"
    process.join()
    if not is_done:
        raise TrialError(told)
    return Trial(*told)


def median_tried(work: Callable[Concatenate[Clock, Given], Any], *given: Given.args, **named: Given.kwargs) -> Trial:
    """The middle one of three trials."""
    return sorted((tried(work, *given, **named) for _ in range(3)), key=lambda trial: trial.seconds)[1]


def _work(there: Connection, module: str, name: str, given: tuple[Any, ...], named: dict[str, Any]) -> None:
    # Without a file of its own the process passes for a console, where the database draws progress bars; it looks
    # when it is imported, so the work comes by name and is imported here.
    vars(sys.modules["__main__"]).setdefault("__file__", __file__)
    clock = Clock()
    try:
        value = getattr(import_module(module), name)(clock, *given, **named)
    except Exception as fault:  # noqa: BLE001  (the other figures go on)
        there.send((False, f"{type(fault).__name__}: {str(fault)[:300]}"))
        return
    there.send((True, (clock.seconds, clock.peak_mb, clock.cpu_s, value)))


def peak_mb(process: int | str = "self") -> float | None:
    """The most memory that a process held, by default this one or any that it waited for; None where unknown."""
    status = STATUS if process == "self" else Path(f"/proc/{process}/status")
    waited_for = _waited_for_mb() if process == "self" else None
    try:
        lines = status.read_text("ascii", errors="replace").splitlines()
    except OSError:
        return None if process != "self" else waited_for
    own = next((float(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)
    return max(own, waited_for or 0.0)


def _cpu_s() -> float:
    """Work of the processors for this process and those that it waited for: says more than time on a busy machine."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _waited_for_mb() -> float | None:
    try:
        import resource  # noqa: PLC0415  (Windows has none)
    except ImportError:
        return None
    unit = 1024**2 if sys.platform == "darwin" else 1024
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    if not STATUS.exists():
        most = max(most, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    return most / unit


def memory_source() -> str:
    """Where the peaks come from on this system."""
    if CLEAR.exists():
        return "peak of the work alone, from /proc"
    return "unknown on this system" if _waited_for_mb() is None else "peak of the whole process, from getrusage"


def forget_file(path: Path) -> bool:
    """Drop a file from the system's memory, so that it is read from the disk again; whether that could be asked."""
    if not hasattr(os, "posix_fadvise"):
        return False
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(descriptor)
    return True
