"""Opening hours as offices write them: is a station open at an hour of the day?"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ALL_DAY = re.compile(r"24 ?/ ?7|24 ?小时|全天|昼夜|不打烊|二十四小时")
_PART_OF_DAY = "凌晨|早上|早|上午|中午|下午|傍晚|晚上|晚"
_CLOCK = (
    r"(?P<{0}half>" + _PART_OF_DAY + r")?(?<!\d)(?P<{0}h>\d{{1,2}})(?:[:时点.]?(?P<{0}m>[0-5]\d|半)分?|[时点])?(?!\d)"
)
_SPAN = re.compile(_CLOCK.format("from_") + r" ?(?:-|~|至|到) ?" + _CLOCK.format("to_"))
_SOME_DAYS = re.compile(r"周|星期|礼拜|工作日|节假日|双休|除|Mo|Tu|We|Th|Fr|Sa|Su|PH")
_AFTERNOON = {"下午", "傍晚", "晚上", "晚"}
_HOURS = 24.0


@lru_cache(maxsize=4096)
def is_open_at(written: str | None, hour: int) -> bool | None:
    """Whether it is open all through that hour; None where the words don't say."""
    if not written or not written.strip():
        return None
    text = _plain(written)
    if _ALL_DAY.search(text) and not _SPAN.search(_ALL_DAY.sub("", text)):
        return None if _SOME_DAYS.search(text) else True
    spans = [span for span in map(_span, _SPAN.finditer(text)) if span is not None]
    if not spans:
        return None
    is_within = any(_holds(span, hour) for span in spans)
    return None if is_within and _SOME_DAYS.search(text) else is_within


def _plain(written: str) -> str:
    text = unicodedata.normalize("NFKC", written)
    text = re.sub(r"[—–−―─~～〜]+|--+", "-", text)
    return re.sub(r"\s+", " ", text)


def _span(found: re.Match[str]) -> tuple[float, float] | None:
    begins, ends = (_hour(found, end) for end in ("from_", "to_"))
    if found["to_half"] is None and found["from_half"] in _AFTERNOON and ends < begins < ends + 12:
        ends += 12  # 下午2:00-5:30
    is_clock = 0 <= begins < _HOURS and 0 <= ends <= _HOURS
    return (begins, ends) if is_clock else None


def _hour(found: re.Match[str], end: str) -> float:
    hour, minute = int(found[end + "h"]), found[end + "m"]
    if found[end + "half"] in _AFTERNOON and hour < 12:
        hour += 12
    return hour + (0.5 if minute == "半" else int(minute or 0) / 60)


def _holds(span: tuple[float, float], hour: int) -> bool:
    """A span that ends no later than it begins goes on through midnight."""
    begins, ends = span
    if begins < ends:
        return begins <= hour and hour + 1 <= ends
    return begins <= hour or hour + 1 <= ends
