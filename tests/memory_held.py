"""The most memory that this process has held since it began its own program.

What the system counts as the most of a process includes what its parent held when it was started, so that a small
program started by a large one looks large. Linux tells the two apart.
"""

from __future__ import annotations

import re
import resource
from pathlib import Path

STATUS = Path("/proc/self/status")


def most_held_bytes() -> int:
    if STATUS.exists() and (told := re.search(r"VmHWM:\s+(\d+) kB", STATUS.read_text("ascii", errors="replace"))):
        return int(told[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
