from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planning.atlas import open_atlas
from planning.code_words import codes_of
from planning.kpis import kpi
from planning.need import Need, fit, stations
from planning.services.item_lists import FIVE, OWN, SIX, item_list, item_lists, price_yuan
from planning.services.scores import scores, scores_as_rows
from planning.standards import national_standards, standard, standard_list
from planning.standards.of_place import standards_of
from tests.planning.services.item_place import STATIONS, TICKED, place_of, station
from wording import Refusal

if TYPE_CHECKING:
    from pathlib import Path

OWN_STANDARDS = """
[number.price_shower_yuan]
value = 12345
unit = "yuan"
source = "本县询价"
dated_on = 2026-05-01

[list.own_list]
code_list = "facility"
codes = ["wifi", "shower"]
label_zh = "本县清单"
label_en = "Our list"
source = "本县方案"
dated_on = 2026-05-01
"""


def test_the_sample_is_scored_as_its_ledger_says(sample_place: Path) -> None:
    atlas = open_atlas(sample_place)
    rows = atlas.cursor().execute("select station_id, facilities from stations where status = 'open'").fetchall()
    found = {score.station.station_id: score.of(FIVE) for score in scores(atlas).stations}
    assert set(found) == {station_id for station_id, _ in rows}
    for station_id, facilities in rows:
        missing = [code for code in standard_list(FIVE).codes if code not in facilities]
        assert list(found[station_id].missing) == missing
        assert found[station_id].unknown == ()
        assert found[station_id].cost_yuan == sum(standard(f"price_{code}_yuan").value for code in missing)
        assert found[station_id].is_complete == (not missing)
    complete, unknown = scores(atlas).complete(FIVE)
    assert complete == sum(1 for _, facilities in rows if set(standard_list(FIVE).codes) <= set(facilities))
    assert unknown == 0
    assert kpi(atlas, "facilities_complete_pct").value == pytest.approx(100 * complete / len(rows))


def test_of_the_six_haves_a_ledger_without_their_columns_knows_the_equipment_alone(sample_place: Path) -> None:
    found = scores(open_atlas(sample_place))
    for tally in found.tallies[SIX]:
        if tally.item == "service_equipment":
            assert tally.offered == len(found.stations)
        else:
            assert tally.is_never_told
            assert tally.unknown == len(found.stations)
    assert found.complete(SIX) == (0, len(found.stations))
    assert found.cost_yuan(SIX) == 0
    assert all(score.of(SIX).is_lower_bound and score.of(SIX).most_yuan > 0 for score in found.stations)


def test_what_no_row_of_a_ledger_names_is_unknown_and_what_some_row_names_is_missing_in_the_others(
    tmp_path: Path,
) -> None:
    folder = place_of(tmp_path / "place", [STATIONS, station(1, "停车;热水"), station(2, "停车;淋浴"), station(3, "")])
    one, two, silent = scores(open_atlas(folder)).stations
    assert (one.of(FIVE).missing, one.of(FIVE).unknown) == (("shower",), ("meal_heating", "laundry"))
    assert (two.of(FIVE).missing, two.of(FIVE).unknown) == (("hot_water",), ("meal_heating", "laundry"))
    assert len(silent.of(FIVE).unknown) == 5
    assert one.of(FIVE).is_complete is False
    assert silent.of(FIVE).is_complete is None


def test_each_ledger_is_asked_by_itself(tmp_path: Path) -> None:
    ticked = [TICKED, ["T1", "甲", "服务站", "运营", "√", "", "", 107.34, 35.32]]
    atlas = open_atlas(place_of(tmp_path / "place", ticked, [STATIONS, station(1, "停车;洗衣")]))
    by_id = {score.station.station_id: score.of(FIVE) for score in scores(atlas).stations}
    # Nobody ticks the shower, but the ledger has a column for it.
    assert by_id["T1"].missing == ("hot_water", "shower")
    assert by_id["T1"].unknown == ("meal_heating", "laundry")
    assert by_id["S1"].missing == ()
    assert by_id["S1"].unknown == ("hot_water", "meal_heating", "shower")


def test_a_need_judges_as_the_scores_do(tmp_path: Path) -> None:
    atlas = open_atlas(place_of(tmp_path / "place", [STATIONS, station(1, "停车"), station(2, "停车;淋浴")]))
    one, two = stations(atlas)
    assert fit(one, Need(("shower",))) == "no"
    assert fit(two, Need(("shower",))) == "yes"
    assert fit(one, Need(("laundry",))) == fit(two, Need(("laundry",))) == "maybe"
    assert fit(one, Need(("shower", "laundry"))) == "no"


def test_a_place_brings_a_list_and_prices_of_its_own(tmp_path: Path) -> None:
    ledger = [STATIONS, station(1, "停车"), station(2, "无线网络;淋浴")]
    atlas = open_atlas(place_of(tmp_path / "place", ledger, standards=OWN_STANDARDS))
    assert [one.name for one in item_lists(atlas)] == [FIVE, SIX, OWN]
    first, second = scores(atlas).stations
    assert first.of(OWN).missing == ("wifi", "shower")
    assert first.of(OWN).cost_yuan == 12345 + standard("price_wifi_yuan").value
    assert second.of(OWN).is_complete is True
    row = next(row for row in scores_as_rows(scores(atlas)) if row["list"] == OWN)
    assert (row["missing_words"], row["cost_yuan"], row["is_complete"]) == (
        ["无线网络", "淋浴"], first.of(OWN).cost_yuan, False,
    )  # fmt: skip


def test_a_list_of_words_that_no_ledger_can_answer_is_refused(tmp_path: Path) -> None:
    wrong = OWN_STANDARDS.replace('codes = ["wifi", "shower"]', 'codes = ["wifi", "teleporter"]')
    atlas = open_atlas(place_of(tmp_path / "place", [STATIONS, station(1, "停车")], standards=wrong))
    with pytest.raises(Refusal) as refused:
        item_lists(atlas)
    assert "teleporter" in str(refused.value)


def test_a_place_without_a_list_of_its_own_says_which_there_are(sample_place: Path) -> None:
    with pytest.raises(Refusal) as refused:
        item_list(open_atlas(sample_place), OWN)
    assert FIVE in str(refused.value)


def test_every_item_of_the_lists_has_a_price_but_the_one_that_money_does_not_buy(sample_place: Path) -> None:
    standards = standards_of(sample_place)
    items = {item for name in (FIVE, SIX) for item in standard_list(name, standards).codes}
    assert {item for item in items if price_yuan(item, standards) is None} == {"person_in_charge"}


def test_every_facility_that_can_be_bought_has_a_price_and_every_price_is_of_one() -> None:
    priced = {
        name.removeprefix("price_").removesuffix("_yuan")
        for name in national_standards().numbers
        if name.startswith("price_")
    }
    assert priced == set(codes_of("facility")) - {"person_in_charge"}
