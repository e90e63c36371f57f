"""The plans that pages have asked for lately, so that the map can draw one by its key."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planning.siting.answer import SitingAnswer

_KEPT = 24
_plans: OrderedDict[str, SitingAnswer] = OrderedDict()
_keeping = threading.Lock()


def keep_plan(answer: SitingAnswer) -> str:
    """The key of a plan: the same for the same sites on the same snapshot by the same question."""
    laid = answer.setting
    told = "|".join(
        [laid.atlas.build_id, answer.question.sign, *(site.candidate.candidate_id for site in answer.sites)]
    )
    key = hashlib.sha256(told.encode()).hexdigest()[:16]
    with _keeping:
        _plans[key] = answer
        _plans.move_to_end(key)
        while len(_plans) > _KEPT:
            _plans.popitem(last=False)
    return key


def kept_plan(key: str) -> SitingAnswer | None:
    with _keeping:
        return _plans.get(key)
