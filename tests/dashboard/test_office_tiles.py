from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.office_tiles import FILE_NAME, OfficeTiles, office_tiles
from wording import Refusal, use_language

if TYPE_CHECKING:
    from pathlib import Path

URL = "http://10.1.2.3:8080/tiles/{z}/{x}/{y}.png"


def settings(folder: Path, text: str | bytes) -> Path:
    (folder / FILE_NAME).write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def test_a_place_without_the_file_is_drawn_from_its_own_data(tmp_path: Path) -> None:
    assert office_tiles(tmp_path) is None
    (tmp_path / FILE_NAME).mkdir()
    assert office_tiles(tmp_path) is None


def test_the_least_setting_is_filled_up(tmp_path: Path) -> None:
    wanted = OfficeTiles(urls=(URL,), attribution="", datum="wgs84", subdomains="01234567", max_zoom=18)
    assert office_tiles(settings(tmp_path, f'[tiles]\nurls = ["{URL}"]\n')) == wanted


def test_all_settings_are_taken_and_a_shifted_datum_is_said_in_the_credit(tmp_path: Path) -> None:
    labels = "https://{s}.maps.example/labels?x={x}&y={y}&z={z}"
    text = (
        f'\ufeff[tiles]\nurls = ["{URL}", "{labels}"]\nattribution = "某某地图 GS(2026)1号"\ndatum = "gcj02"\n'
        'subdomains = "abc"\nmax_zoom = 16\n'
    )
    found = office_tiles(settings(tmp_path, text))
    assert found == OfficeTiles((URL, labels), "某某地图 GS(2026)1号", "gcj02", "abc", 16)
    assert found.credit.startswith("某某地图 GS(2026)1号")
    assert "GCJ-02" in found.credit
    use_language("en")
    assert found.credit == "某某地图 GS(2026)1号; in GCJ-02, our data converted to it"
    assert OfficeTiles((URL,), "A", "wgs84", "", 18).credit == "A"


@pytest.mark.parametrize(
    "text",
    [
        "", "[other]\n", "tiles = 3\n", "[[tiles]]\n", "[tiles]\n", "[tiles]\nurls = []\n", '[tiles]\nurls = "{url}"\n',
        "[tiles]\nurls = [3]\n", '[tiles]\nurls = ["http://a.example/{z}/{x}.png"]\n',
        '[tiles]\nurls = ["javascript:alert(1)//{z}{x}{y}"]\n', '[tiles]\nurls = ["file:///etc/{z}/{x}/{y}"]\n',
        '[tiles]\nurls = ["//a.example/{z}/{x}/{y}"]\n', '[tiles]\nurls = ["http://a.example/{z}/{x}/{y} onload=x"]\n',
        '[tiles]\nurls = ["http://a.example/{z}/{x}/{y}<img>"]\n', '[tiles]\nurls = ["{url}", "http://a.example/"]\n',
        '[tiles]\nurls = ["{url}"]\ndatum = "bd09"\n', '[tiles]\nurls = ["{url}"]\ndatum = 3\n',
        '[tiles]\nurls = ["{url}"]\nattribution = 1\n', '[tiles]\nurls = ["{url}"]\nsubdomains = ["a"]\n',
        '[tiles]\nurls = ["{url}"]\nmax_zoom = "18"\n', '[tiles]\nurls = ["{url}"]\nmax_zoom = 1.5\n',
        '[tiles]\nurls = ["{url}"]\nmax_zoom = true\n', '[tiles]\nurls = ["{url}"]\nmax_zoom = -1\n',
        '[tiles]\nurls = ["{url}"]\nmax_zoom = 99\n', '[tiles]\nurls = ["{url}"]\ncolour = "red"\n',
        '[tiles]\nurls = ["http://a.example/{z}/{x}/{y}?key={key}"]\n',
        '[tiles]\nurls = ["http://{s}.example/{z}/{x}/{y}"]\nsubdomains = ""\n',
    ],
)  # fmt: skip
def test_what_is_set_wrongly_is_refused_with_what_to_mend(tmp_path: Path, text: str) -> None:
    use_language("en")
    with pytest.raises(Refusal) as refused:
        office_tiles(settings(tmp_path, text.replace("{url}", URL)))
    sentence = str(refused.value)
    assert str(tmp_path / FILE_NAME) in sentence
    assert "needs mending: under [tiles], urls holds addresses with {z}, {x} and {y}" in sentence
    assert "delete it" in sentence


@pytest.mark.parametrize("text", ["[tiles\n", "urls = \n", b'[tiles]\nattribution = "\xb5\xd8\xcd\xbc"\n', b"\x00\x01"])
def test_a_file_that_cannot_be_read_is_refused_with_where(tmp_path: Path, text: str | bytes) -> None:
    use_language("en")
    with pytest.raises(Refusal) as refused:
        office_tiles(settings(tmp_path, text))
    assert f"{tmp_path / FILE_NAME} cannot be read: " in str(refused.value)
    assert "UTF-8" in str(refused.value)


def test_the_sentences_are_in_chinese_too(tmp_path: Path) -> None:
    for text in ("[tiles]\n", "[tiles\n"):
        with pytest.raises(Refusal) as refused:
            office_tiles(settings(tmp_path, text))
        assert "请" in str(refused.value) or "。" in str(refused.value)
        assert "mend" not in str(refused.value)
