from __future__ import annotations

import pytest

from planning.opening_hours import is_open_at

ALWAYS = ("全天24小时", "全天", "24小时营业", "00:00-24:00", "24/7", "0:00—24:00")


@pytest.mark.parametrize("written", ALWAYS)
@pytest.mark.parametrize("hour", [0, 2, 12, 23])
def test_open_all_day(written: str, hour: int) -> None:
    assert is_open_at(written, hour) is True


@pytest.mark.parametrize(
    ("written", "open_hours"),
    [
        ("06:00-22:00", range(6, 22)),
        ("8:00—20:00", range(8, 20)),
        ("０８：３０～１８：００", range(9, 18)),
        ("0730-1930", range(8, 19)),
        ("早8点至晚8点半", range(8, 20)),
        ("上午8:30-11:30，下午2:00-5:30", [9, 10, 14, 15, 16]),
        ("20:00-06:00", [20, 21, 22, 23, 0, 1, 2, 3, 4, 5]),
        ("7时到21时", range(7, 21)),
    ],
)
def test_spans_of_the_day(written: str, open_hours: list[int]) -> None:
    assert [hour for hour in range(24) if is_open_at(written, hour)] == sorted(open_hours)
    assert None not in [is_open_at(written, hour) for hour in range(24)]


@pytest.mark.parametrize("written", [None, "", " ", "电话联系", "以公告为准", "25:00-26:00", "夏季延长"])
def test_words_that_do_not_say_are_unknown(written: str | None) -> None:
    assert is_open_at(written, 9) is None


def test_open_on_some_days_is_unknown_within_the_span_and_closed_outside_it() -> None:
    assert is_open_at("周一至周五8:00-18:00", 9) is None
    assert is_open_at("周一至周五8:00-18:00", 20) is False
    assert is_open_at("工作日全天", 9) is None
