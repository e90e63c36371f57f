from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from dashboard.outside_loads import outside_loads
from dashboard.vendor_files import FOLDER, PACKAGES, ROOT, css_files, from_folder, main, missing_files, vendor_path
from wording import Refusal

if TYPE_CHECKING:
    from pathlib import Path

# Names that stand in a script's text: namespaces, and the link of Leaflet's own attribution, which we switch off.
SAID = {"www.w3.org", "leafletjs.com", "github.com"}


def test_all_that_is_listed_is_here() -> None:
    assert missing_files() == [], "run `make check`, which fetches the maps' browser files"


def test_every_package_is_pinned_and_every_pin_is_used() -> None:
    pins = json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"]
    assert set(pins) == {package.name for package in PACKAGES}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in pins.values())


def test_no_vendored_file_names_an_outside_host() -> None:
    for path in FOLDER.rglob("*.svg"):
        assert outside_loads(path.read_text("utf-8")) == [], path.name
    for path in FOLDER.rglob("*.js"):
        hosts = set(re.findall(r"(?:https?:)?//([a-z0-9-]+(?:\.[a-z0-9-]+)+)", path.read_text("utf-8")))
        assert hosts <= SAID, path.name


def test_every_picture_that_a_stylesheet_names_is_here() -> None:
    sheets = list(FOLDER.rglob("*.css"))
    named = [sheet.parent / file for sheet in sheets for file in css_files(sheet.read_text("utf-8"), sheet.name)]
    assert len(named) > 5
    assert [path for path in named if not path.is_file()] == []


@pytest.mark.parametrize(
    "rule",
    [
        "src: url(https://fonts.example/a.woff2)",
        "src: url( '//fonts.example/a.woff2' )",
        "background: URL(/logo.png)",
        "background: url(../../secret.png)",
        "background: url(file:///etc/passwd)",
        "} @import 'https://fonts.example/css'; a {",
        '} @import "more.css"; a {',
    ],
)
def test_a_stylesheet_that_loads_from_elsewhere_is_refused(rule: str) -> None:
    with pytest.raises(Refusal, match="要加载"):
        css_files(f"a {{ {rule} }}", "dist/a.css")


def test_what_lies_beside_a_stylesheet_comes_with_it() -> None:
    rules = "a { b: url(images/a.png) } c { d: url(data:image/png;base64,AA==); e: url(#default#VML); f: url('g.svg') }"
    assert css_files(rules, "dist/a.css") == ["dist/images/a.png", "dist/g.svg"]


def test_the_folder_of_another_machine_is_taken_over(tmp_path: Path) -> None:
    from_folder(FOLDER, tmp_path / "vendor")
    assert missing_files(tmp_path / "vendor") == []
    taken = {path.relative_to(tmp_path / "vendor") for path in (tmp_path / "vendor").rglob("*")}
    assert taken == {path.relative_to(FOLDER) for path in FOLDER.rglob("*")}


def test_half_a_folder_is_refused_and_leaves_what_was_there(tmp_path: Path) -> None:
    half, folder = tmp_path / "half", tmp_path / "vendor"
    shutil.copytree(FOLDER, half, ignore=shutil.ignore_patterns("d3.min.js"))
    from_folder(FOLDER, folder)
    with pytest.raises(Refusal, match=r"d3\.min\.js"):
        from_folder(half, folder)
    assert missing_files(folder) == []
    assert missing_files(half) == ["d3@3.5.17/d3.min.js"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["half", "vendor"]


@pytest.mark.parametrize(("arguments", "code"), [(["are-here"], 0), (["from-npm", "/nowhere"], 1), (["what"], 2)])
def test_the_command_answers_with_its_code(arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == code
    assert ("nowhere" in capsys.readouterr().err) == (code == 1)
    assert missing_files() == []


def test_an_older_list_of_files_counts_as_missing(tmp_path: Path) -> None:
    folder = tmp_path / "vendor"
    from_folder(FOLDER, folder)
    (folder / "complete").write_text("older", "utf-8")
    assert missing_files(folder) == ["complete"]


def test_only_listed_files_have_a_link() -> None:
    assert vendor_path("leaflet", "leaflet.js") == "leaflet@1.9.4/leaflet.js"
    with pytest.raises(KeyError):
        vendor_path("leaflet", "leaflet-src.js")
