"""What written text becomes: given, expected."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import math
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.build import pseudonym_key
from tests.etl.typing_table import taught_database

Value = Callable[[str, object], object]


@pytest.fixture(scope="module")
def value(tmp_path_factory: pytest.TempPathFactory) -> Value:
    """The value of a macro over one text, cleaned as the etl cleans it."""
    database = taught_database(tmp_path_factory.mktemp("place"))

    def value_of(call: str, text: object) -> object:
        cleaned = "(select unless_unknown(folded(stripped($text))) as t)"
        found = database.execute(f"select {call} from {cleaned}", {"text": text}).fetchone()
        assert found is not None
        return found[0]

    return value_of


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1,234", 1234.0), ("1234.5人", 1234.5), ("３４", 34.0), ("−5", -5.0), (" 12 个 ", 12.0), ("1e3", 1000.0),
        ("3,5", None), ("1,23,4", None), ("nan", None), ("*", None), ("未知", None), ("", None), ("约十", None), ("2-3", None),
    ],
)  # fmt: skip
def test_numbers(value: Value, written: str, expected: float | None) -> None:
    assert value("as_number(t)", written) == expected


def test_an_endless_number_stays_beyond_every_check(value: Value) -> None:
    assert value("as_number(t)", "1e400") in {None, math.inf}
    assert value("as_whole(t)", "1e400") is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [("3", 3), ("3.0", 3), ("3.7", None), ("1,200", 1200), ("9007199254740993", 9007199254740993)],
)
def test_whole_numbers(value: Value, written: str, expected: int | None) -> None:
    assert value("as_whole(t)", written) == expected


@pytest.mark.parametrize(
    ("call", "written", "expected"),
    [
        ("as_yuan(t)", "35万元", 350_000.0), ("as_yuan(t)", "1.2亿", 120_000_000.0), ("as_yuan(t)", "1,200元", 1200.0),
        ("as_yuan(t)", "350000", 350_000.0), ("as_yuan(t)", "三十万", None),
        ("as_square_m(t)", "3亩", 2000.0), ("as_square_m(t)", "0.5公顷", 5000.0), ("as_square_m(t)", "120㎡", 120.0),
        ("as_stake_km(t)", "K1234+500", 1234.5), ("as_stake_km(t)", "1234+050", 1234.05), ("as_stake_km(t)", "K12.3", 12.3),
        ("as_stake_km(t)", "1234.5", 1234.5), ("as_stake_km(t)", "桩号不清", None),
    ],
)  # fmt: skip
def test_amounts_with_units(value: Value, call: str, written: str, expected: float | None) -> None:
    assert value(call, written) == (pytest.approx(expected) if expected is not None else None)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("是", True),
        ("√", True),
        ("有", True),
        ("1", True),
        ("否", False),
        ("×", False),
        ("无", False),
        ("*", None),
        ("也许", None),
    ],
)
def test_flags(value: Value, written: str, expected: bool | None) -> None:  # noqa: FBT001  (a case's value)
    assert value("as_flag(t)", written) is expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-03-02", "2026-03-02 00:00"), ("2026/3/2 08:30", "2026-03-02 08:30"), ("2026.3.2", "2026-03-02 00:00"),
        ("2026年3月2日", "2026-03-02 00:00"), ("2026年3月2日 8时30分", "2026-03-02 08:30"), ("20260302", "2026-03-02 00:00"),
        ("46083", "2026-03-02 00:00"), ("46083.5", "2026-03-02 12:00"), ("2026-03-02 24:00", "2026-03-03 00:00"),
        ("2026-03-02T00:30:00Z", "2026-03-02 08:30"), ("2026-03-02T08:30:00+08:00", "2026-03-02 08:30"),
        ("2026年3月", "2026-03-01 00:00"), ("２０２６-０３-０２", "2026-03-02 00:00"),
        ("2026-02-30", None), ("44:61", None), ("去年", None),
    ],
)  # fmt: skip
def test_moments(value: Value, written: str, expected: str | None) -> None:
    assert value("as_moment(t)", written) == (dt.datetime.fromisoformat(expected) if expected else None)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("107.3652", 107.3652), ("E107.3652", 107.3652), ("107°22′15″", 107.370833333), ("107度22分15秒", 107.370833333),
        ("107 22 15", 107.370833333), ("107°22.25′", 107.370833333), ("33.5S", -33.5), ("不清楚", None),
    ],
)  # fmt: skip
def test_degrees(value: Value, written: str, expected: float | None) -> None:
    assert value("as_degrees(t)", written) == (pytest.approx(expected) if expected is not None else None)


def test_both_halves_of_a_position_in_one_cell(value: Value) -> None:
    for written in ("107.36,35.33", "107.36，35.33", "(107.36 35.33)", "107.36、35.33"):
        assert (value("position_part(t, 1)", written), value("position_part(t, 2)", written)) == ("107.36", "35.33")


def test_words_of_closed_lists(value: Value) -> None:
    assert value("as_code('tier', t)", "红色 驿站") == "red_station"
    assert value("as_code('tier', t)", "驿栈") is None
    assert value("as_codes('facility', t)", "停车、热水，wifi") == ["hot_water", "parking", "wifi"]
    assert value("as_codes('facility', t)", "停车、飞碟") is None


def test_unknown_and_invisible(value: Value) -> None:
    assert value("t", "\u200b未知\u200b") is None
    assert value("as_id(t)", "Ａ\u200b００7 ") == "A007"
    assert value("t", "e\u0301") == "\u00e9"


def test_personal_text_is_masked(value: Value) -> None:
    masked = value("masked(t)", "请回电138 1234 5678，车牌甘L·A1234，身份证62082119900101123X")
    assert masked == "请回电***********，车牌*******，身份证******************"


@pytest.mark.parametrize(
    "written", ["+8613912345678", "0933-3321234", "622723800101123", "62082119900101123X", "139-1234-5678"]
)
def test_every_kind_of_number_of_a_person_is_masked(value: Value, written: str) -> None:
    masked = str(value("masked(t)", f"找{written}。"))
    assert written not in masked
    assert masked.endswith("*。")


@pytest.mark.parametrize("written", ["620821100201", "K1617+981", "2026-03-02", "G312", "1234567"])
def test_numbers_of_things_are_not_masked(value: Value, written: str) -> None:
    assert value("masked(t)", f"在{written}处") == f"在{written}处"


def test_a_pseudonym_is_the_hmac_of_the_plain_sign(tmp_path: Path) -> None:
    database = taught_database(tmp_path)
    found = database.execute("select pseudonym('甘L·a1234'), pseudonym('甘LA1234'), pseudonym('甘LA1235')").fetchone()
    expected = hmac.new(pseudonym_key(tmp_path), "甘LA1234".encode(), hashlib.sha256).hexdigest()[:16]
    assert found is not None
    assert found[:2] == (expected, expected)
    assert found[2] != expected


def test_another_place_has_other_pseudonyms(tmp_path: Path) -> None:
    seen = set()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        seen.add(taught_database(tmp_path / name).execute("select pseudonym('甘LA1234')").fetchone())
    assert len(seen) == 2


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12))
def test_every_number_that_is_written_comes_back(value: Value, number: float) -> None:
    assert value("as_number(t)", repr(number)) == number


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.datetimes(dt.datetime(1950, 1, 1), dt.datetime(2099, 12, 31)))
def test_every_moment_that_is_written_comes_back(value: Value, moment: dt.datetime) -> None:
    plain = moment.replace(microsecond=0)
    for form in ("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y年%m月%d日 %H时%M分%S秒", "%Y%m%d%H%M%S"):
        assert value("as_moment(t)", plain.strftime(form)) == plain


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
def test_no_text_breaks_a_macro(value: Value, text: str) -> None:
    for call in ("as_number(t)", "as_whole(t)", "as_yuan(t)", "as_stake_km(t)", "as_flag(t)", "as_moment(t)",
                 "as_degrees(t)", "as_codes('facility', t)", "pseudonym(t)", "masked(t)"):  # fmt: skip
        value(call, text)
