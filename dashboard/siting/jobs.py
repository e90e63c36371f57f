"""Searches that go on while the page shows how far they are: one for each question, with a stop button."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planning.siting.answer import answered
from planning.siting.solver.effort import Effort, Progress
from wording import current_language, use_language

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.siting.answer import SitingAnswer
    from planning.siting.question import SitingQuestion

_KEPT = 32


@dataclass
class Job:
    """One search: its progress while it runs, then its answer or what went wrong."""

    effort: Effort
    progress: Progress | None = None
    answer: SitingAnswer | None = None
    fault: Exception | None = None
    done: threading.Event = field(default_factory=threading.Event)


_jobs: OrderedDict[tuple[str, str, str, float], Job] = OrderedDict()
_starting = threading.Lock()


def job_of(atlas: Atlas, question: SitingQuestion, standards_sign: str, time_limit_s: float) -> Job:
    """The search for this question on this snapshot, begun where it has not been yet."""
    key = (str(atlas.path), standards_sign, question.sign, time_limit_s)
    with _starting:
        job = _jobs.get(key)
        if job is None:
            job = _jobs[key] = Job(Effort(time_limit_s, question.seed))
            threading.Thread(target=_run, args=(job, atlas, question, current_language()), daemon=True).start()
        _jobs.move_to_end(key)
        while len(_jobs) > _KEPT:
            _, dropped = _jobs.popitem(last=False)
            dropped.effort.stop.set()
    return job


def _run(job: Job, atlas: Atlas, question: SitingQuestion, language: str) -> None:
    use_language("en" if language == "en" else "zh")
    job.effort.told = lambda progress: setattr(job, "progress", progress)
    try:
        job.answer = answered(atlas, question, job.effort)
    except Exception as fault:  # noqa: BLE001  (told to the page, which raises it)
        job.fault = fault
    finally:
        job.done.set()
