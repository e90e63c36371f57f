from __future__ import annotations

import datetime as dt
import re
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
import shapely

from etl.sources import NOUNS
from etl.vocabulary import vocabulary
from planning.atlas import Atlas, open_atlas
from planning.code_words import CODE_LISTS, UNKNOWN, code_word, codes_of, level_word
from planning.feature_columns import Column
from planning.features import FILTERS, KEY, SHAPE, features
from planning.kind_counts import kind_counts
from tests.etl.small_place import SmallPlace
from wording import Language, Refusal, use_language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from planning.features import Features

CHINESE = re.compile(r"[\u4e00-\u9fff]")
PERSONAL = {"phone", "person", "plate", "vehicle", "contact", "driver_id", "driver_name", "home_grid"}
HOSTILE = ("' or 1=1 --", "%", "*", "", "{x}", "null", "\0", "红" * 5000)


@pytest.fixture(scope="module")
def sample(sample_place: Path) -> Atlas:
    return open_atlas(sample_place)


# What is no table of the snapshot, as a test counts it.
COMPUTED = {
    "grid_faults": """(
        select
            'F' || row_number() over (order by area_km2 desc, subject_id, other_id) as fault_id,
            case rule when 'hole_between_grids' then 'hole' when 'grids_overlap' then 'overlap'
                when 'grid_outside_parent' then 'outside_parent' end as kind
        from findings
        where kind is not null
    )"""
}


def rows(atlas: Atlas, noun: str) -> list[dict[str, Any]]:
    table = COMPUTED.get(noun, noun)
    found: list[dict[str, Any]] = atlas.cursor().execute(f"select * from {table}").to_arrow_table().to_pylist()
    return found


def keys(found: Features) -> list[str]:
    numbers: list[str] = found.table[KEY].to_pylist()
    return numbers


def key_of(noun: str) -> str:
    if noun in COMPUTED:
        return "fault_id"
    key = NOUNS[noun].key
    assert key is not None
    return key


def word_of(value: object) -> str:
    """A value as filters write it."""
    if value is None:
        return UNKNOWN
    return str(value).lower() if isinstance(value, bool) else str(value)


def fits(row: dict[str, Any], name: str, chosen: Sequence[str]) -> bool:
    if name == "needs":
        return row["facilities"] is not None and set(chosen) <= set(row["facilities"])
    if name == "is_open":
        return word_of(row["closed_at"] is None) in chosen
    return word_of(row[name]) in chosen


def values_of(row: dict[str, Any], name: str) -> list[str]:
    """What a row itself fits."""
    if name == "needs":
        return list(row["facilities"][:2])
    return [word_of(row["closed_at"] is None if name == "is_open" else row[name])]


def choices(table: list[dict[str, Any]], name: str) -> list[list[str]]:
    """What might be chosen of a filter: each value there is, two of them, one there isn't, the unknown."""
    if name == "needs":
        there = sorted({code for row in table for code in row["facilities"] or ()})
    elif name == "is_open":
        there = ["true", "false"]
    else:
        there = sorted({word_of(row[name]) for row in table})
    pairs = [list(pair) for pair in combinations(there, 2)]
    return [[one] for one in there] + pairs[:4] + [["no_such"], [UNKNOWN]]


@pytest.mark.parametrize(("noun", "name"), [(noun, name) for noun in FILTERS for name in FILTERS[noun]])
def test_a_filter_lets_through_what_fits_and_nothing_else(sample: Atlas, noun: str, name: str) -> None:
    table, key = rows(sample, noun), key_of(noun)
    met = set()
    for chosen in choices(table, name):
        wanted = sorted(row[key] for row in table if fits(row, name, chosen))
        assert sorted(keys(features(sample, noun, {name: chosen}))) == wanted, chosen
        met.add(len(wanted) not in {0, len(table)})
    assert met == {True, False}


@pytest.mark.parametrize("noun", [noun for noun in FILTERS if len(FILTERS[noun]) > 1])
def test_filters_hold_together(sample: Atlas, noun: str) -> None:
    table, key = rows(sample, noun), key_of(noun)
    model = next(row for row in table if "needs" not in FILTERS[noun] or row["facilities"])
    chosen = {name: values_of(model, name) for name in FILTERS[noun]}
    wanted = sorted(row[key] for row in table if all(fits(row, name, chosen[name]) for name in chosen))
    assert sorted(keys(features(sample, noun, chosen))) == wanted
    assert 0 < len(wanted) < len(table)


@pytest.mark.parametrize("noun", FILTERS)
def test_without_filters_all_rows_come_with_their_shapes(sample: Atlas, noun: str) -> None:
    table, key = rows(sample, noun), key_of(noun)
    found = features(sample, noun, dict.fromkeys(FILTERS[noun], ()))
    assert sorted(keys(found)) == sorted(row[key] for row in table)
    shapes = dict(zip(keys(found), found.table[SHAPE].to_pylist(), strict=True))
    for row in table:
        if "lon" in row:
            wanted = None if row["lon"] is None else (row["lon"], row["lat"])
            written = shapes[row[key]]
            assert (written and shapely.from_wkb(written).coords[0]) == wanted
        else:
            shape = shapely.from_wkb(shapes[row[key]])
            assert shape is not None
            assert shape.is_valid


@pytest.mark.parametrize("noun", FILTERS)
def test_one_thing_is_found_by_its_number_and_by_nothing_like_it(sample: Atlas, noun: str) -> None:
    every = features(sample, noun)
    number = keys(every)[-1]
    one = features(sample, noun, thing=number)
    assert keys(one) == [number]
    assert one.table.to_pylist() == [row for row in every.table.to_pylist() if row[KEY] == number]
    for harm in HOSTILE:
        assert keys(features(sample, noun, thing=harm)) == []


@pytest.mark.parametrize(("noun", "name"), [(noun, name) for noun in FILTERS for name in FILTERS[noun]])
def test_values_that_mean_harm_fit_nothing(sample: Atlas, noun: str, name: str) -> None:
    assert keys(features(sample, noun, {name: HOSTILE})) == []


@pytest.mark.parametrize(
    "noun", ["drivers", "pings", "cells", "", "stations; drop table stations", "../features_grids"]
)
def test_a_noun_that_is_no_layer_is_refused(sample: Atlas, noun: str) -> None:
    use_language("en")
    with pytest.raises(Refusal) as refused:
        features(sample, noun)
    assert f"“{noun}”" in str(refused.value)
    assert "stations, resources, grids" in str(refused.value)


@pytest.mark.parametrize("noun", FILTERS)
def test_an_unknown_filter_is_refused_by_name(sample: Atlas, noun: str) -> None:
    with pytest.raises(Refusal) as refused:
        features(sample, noun, {"colour": ["red"], "thing": ["1"]})
    assert "colour, thing" in str(refused.value)
    assert keys(features(sample, noun, {"colour": []})) == keys(features(sample, noun))


@pytest.mark.parametrize("noun", FILTERS)
def test_no_column_tells_of_a_person(sample: Atlas, noun: str) -> None:
    found = features(sample, noun)
    assert not set(found.table.column_names) & {*PERSONAL, *(NOUNS[noun].personal if noun in NOUNS else ())}
    assert [column.name for column in found.columns] == [
        name for name in found.table.column_names if name not in {KEY, SHAPE}
    ]


@pytest.mark.parametrize("noun", FILTERS)
def test_every_column_has_a_chinese_name_and_english_has_no_chinese(sample: Atlas, noun: str) -> None:
    chinese = features(sample, noun)
    assert CHINESE.search(chinese.title)
    for column in chinese.columns:
        assert CHINESE.search(column.label), column
        assert column.heading == (f"{column.label} ({column.unit})" if column.unit else column.label)
    use_language("en")
    english = features(sample, noun)
    for column in english.columns:
        assert column.label, column
        assert not CHINESE.search(column.heading), column
    assert [column.name for column in english.columns] == [column.name for column in chinese.columns]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("noun", "name"), [pair for pair in CODE_LISTS if pair[0] in FILTERS])
def test_codes_are_shown_in_words(sample: Atlas, noun: str, name: str, language: Language) -> None:
    use_language(language)
    column = features(sample, noun).column(name)
    list_name = CODE_LISTS[noun, name]
    assert column.codes == list_name
    for code in codes_of(list_name):
        shown = column.shown(code)
        assert shown == (vocabulary()[list_name][code][0] if language == "zh" else code.replace("_", " "))


@pytest.mark.parametrize(
    ("language", "unknown", "none"), [("zh", "未知", "无"), ("en", "unknown", "none")]
)  # fmt: skip
def test_what_is_not_known_is_called_so(language: Language, unknown: str, none: str) -> None:
    use_language(language)
    for column in (Column("bays", "x", "个"), Column("tier", "x", codes="tier"), Column("level", "x")):
        assert column.shown(None) == column.shown_with_unit(None) == unknown
    facilities = Column("facilities", "x", codes="facility")
    assert facilities.shown(None) == unknown
    assert facilities.shown([]) == none
    assert Column("facilities_unknown", "x", codes="facility").shown(None) == none
    assert code_word("tier", None) == code_word("tier", UNKNOWN) == level_word(None) == level_word(9) == unknown


def test_words_written_freely_are_left_as_they_are(tmp_path: Path) -> None:
    place = SmallPlace(tmp_path / "place")
    place.add(
        "requests",
        "requests.csv",
        [
            ["编号", "类别", "诉求时间", "内容"],
            ["Q1", "宠物", "2026-03-01 08:00", "一"],
            ["Q2", "", "2026-03-02 08:00", "二"],
        ],
    ).build()
    atlas = open_atlas(place.folder)
    column = features(atlas, "requests").column("category")
    assert [column.shown(value) for value in features(atlas, "requests").table["category"].to_pylist()] == [
        "宠物",
        "未知",
    ]
    assert keys(features(atlas, "requests", {"category": ["宠物"]})) == ["Q1"]
    assert keys(features(atlas, "requests", {"category": [UNKNOWN]})) == ["Q2"]
    assert kind_counts(atlas) == {"requests": {"宠物": 1, UNKNOWN: 1}}
    assert code_word("request_category", "<b>") == "<b>"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (True, "是"), (False, "否"), (12_345, "12,345"), (0, "0"), (-3, "-3"), (2.0, "2"), (0.0, "0"), (2.5, "2.5"),
        (123_456.7, "123,457"), (999.9, "1,000"), (99.96, "100"), (12.345, "12.3"), (0.001_234, "0.00123"),
        (1e-7, "0.0000001"), (-999.9, "-1,000"), ("文字", "文字"), (dt.date(2026, 3, 1), "2026-03-01"),
        (dt.datetime(2026, 3, 1, 8, 5), "2026-03-01 08:05"), (["一", "二"], "一、二"),
    ],
)  # fmt: skip
def test_values_are_written_as_people_write_them(value: object, shown: str) -> None:
    assert Column("x", "x").shown(value) == shown


def test_levels_of_grids_are_words() -> None:
    column = Column("level", "层级")
    assert [column.shown(level) for level in range(1, 5)] == ["县", "片区", "乡镇", "网格"]
    use_language("en")
    assert [column.shown(level) for level in range(1, 5)] == ["county", "area", "township", "grid"]


def test_kinds_are_counted_as_they_are(sample: Atlas) -> None:
    counts = kind_counts(sample)
    assert set(counts) == set(FILTERS)
    kinds = {"stations": "tier", "grids": "level", "repair_shops": "class", "routes": "class", "requests": "category"}
    for noun in FILTERS:
        wanted: dict[str, int] = {}
        for row in rows(sample, noun):
            word = word_of(row[kinds.get(noun, "kind")])
            wanted[word] = wanted.get(word, 0) + 1
        assert counts[noun] == wanted
