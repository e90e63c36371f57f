from __future__ import annotations

import re

import pytest

from etl.vocabulary import vocabulary
from planning.standards import (
    Standard,
    StandardList,
    national_standards,
    read_standards,
    standard,
    standard_list,
)
from wording import Refusal, use_language

NUMBERS = tuple(national_standards().numbers.values())
LISTS = tuple(national_standards().lists.values())
UNITS = {
    "min", "h", "km", "km_per_h", "trucks_per_day", "trucks_per_driver", "years", "persons", "crashes",
    "vehicles", "share", "yuan", "m", "shops", "ratio", "pct", "days", "facilities", "bays", "drivers",
}  # fmt: skip
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@pytest.mark.parametrize("one", NUMBERS, ids=lambda one: one.name)
def test_every_number_has_a_unit_a_source_and_a_date(one: Standard) -> None:
    assert one.unit in UNITS
    assert one.value >= 0
    assert_is_told(one)


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.name)
def test_every_list_has_a_source_a_date_and_items_that_exist(one: StandardList) -> None:
    assert bool(one.codes) != bool(one.words)
    assert set(one.codes) <= (set(vocabulary()[one.code_list]) if one.code_list else set())
    assert all(words.zh and words.en for words in one.words)
    assert_is_told(one)


def assert_is_told(one: Standard | StandardList) -> None:
    assert re.search("[一-鿿]", one.source)
    assert DATE.fullmatch(one.dated_on)
    assert re.search("[一-鿿]", one.label.zh)
    assert one.label.en
    assert not re.search("[一-鿿]", one.label.en)
    assert bool(one.note.zh) == bool(one.note.en)


def test_a_name_is_a_number_or_a_list_and_not_both() -> None:
    assert not {one.name for one in NUMBERS} & {one.name for one in LISTS}


def test_the_numbers_that_planning_goes_by_are_there() -> None:
    assert {name: standard(name).value for name in (
        "coverage_min", "driving_spell_h", "rest_stop_min", "service_area_spacing_km", "driver_home_spacing_km",
        "driver_home_priority_trucks_per_day", "union_point_circle_min", "hazmat_expressway_km_per_h", "k_anonymity",
    )} == {
        "coverage_min": 30, "driving_spell_h": 4, "rest_stop_min": 20, "service_area_spacing_km": 50,
        "driver_home_spacing_km": 200, "driver_home_priority_trucks_per_day": 300, "union_point_circle_min": 15,
        "hazmat_expressway_km_per_h": 80, "k_anonymity": 5,
    }  # fmt: skip
    assert len(standard_list("five_free_services").codes) == 5
    assert set(standard_list("five_free_services").codes) < set(standard_list("older_norm_services").codes)
    assert len(standard_list("six_haves").codes) == 6


def test_a_place_may_bring_numbers_of_its_own() -> None:
    own = read_standards(
        '[number.coverage_min]\nvalue = 20\nunit = "min"\nsource = "本县规定"\ndated_on = 2026-04-01\n'
    )
    assert standard("coverage_min", own).value == 20
    assert standard("coverage_min", own).dated_on == "2026-04-01"
    assert standard("coverage_min").value == 30


def test_a_name_that_is_none_is_refused_with_those_there_are() -> None:
    with pytest.raises(Refusal) as refused:
        standard("bogus")
    assert "coverage_min" in str(refused.value)


def test_a_standard_speaks_the_language_of_the_page() -> None:
    use_language("en")
    assert standard("rest_stop_min").sentence.startswith("Shortest stop that ends a driving spell: 20 min (道路交通")
    assert "hot water" in standard_list("five_free_services").sentence
    use_language("zh")
    assert "饭菜加热" in standard_list("five_free_services").sentence
    assert "统一标识" in standard_list("six_haves").shown_items
