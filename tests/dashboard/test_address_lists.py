from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.address_lists import listed, parted


@given(st.lists(st.text(min_size=1) | st.sampled_from(["%", ",", "%2C", "%25", "%252C", ",,", "a%,b"])))
def test_what_is_listed_is_parted_again(values: list[str]) -> None:
    assert parted(listed(values)) == values


@pytest.mark.parametrize(
    ("text", "values"), [("", []), (",", []), ("a", ["a"]), ("a,,b,", ["a", "b"]), ("a%,b", ["a%", "b"])]
)
def test_what_people_typed_is_taken_as_it_is(text: str, values: list[str]) -> None:
    assert parted(text) == values


def test_plain_codes_stay_readable() -> None:
    assert listed(["red_station", "service_point"]) == "red_station,service_point"
