from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from planning.scenarios import scenario

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def place(sample_place: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy, since plans are kept in the place."""
    copy = tmp_path_factory.mktemp("siting") / "place"
    shutil.copytree(sample_place, copy)
    return copy


def yitu(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "yitu.py", *words], cwd=ROOT, capture_output=True, text=True, check=False, encoding="utf-8"
    )


def test_the_plan_in_json_has_what_was_promised(place: Path, tmp_path: Path) -> None:
    out = tmp_path / "plan.gpkg"
    ran = yitu("site", str(place), "--budget", "100", "--goal", "most", "--json", "--out", str(out), "--save", "百万")
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    assert {"sites", "covered_pct", "bound_pct", "gap_pct", "frontier"} <= set(told)
    assert {"id", "name", "action", "cost_yuan", "gain", "reason"} <= set(told["sites"][0])
    assert sum(site["cost_yuan"] for site in told["sites"]) == told["cost_yuan"] <= 1_000_000
    assert told["covered_before_pct"] < told["covered_pct"] <= told["bound_pct"] + 1e-9
    assert out.read_bytes().startswith(b"SQLite format 3")
    kept = scenario(place, "百万")
    assert [site.candidate_id for site in kept.sites] == [site["id"] for site in told["sites"]]


def test_a_kept_plan_is_written_as_a_word_document(place: Path, tmp_path: Path) -> None:
    assert yitu("site", str(place), "--new", "1", "--save", "一个").returncode == 0
    out = tmp_path / "方案.docx"
    ran = yitu("report", str(place), "--scenario", "一个", "--out", str(out))
    assert ran.returncode == 0, ran.stderr
    assert out.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("site", "{place}", "--goal", "best"), "best"),
        (("site", "{place}", "--needs", "sauna"), "sauna"),
        (("site", "{place}", "--out", "plan.pdf"), ".gpkg"),
        (("report", "{place}", "--scenario", "没有", "--out", "a.docx"), "没有"),
        (("report", "{place}", "--scenario", "没有", "--out", "a.pdf"), ".docx"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_a_sentence(place: Path, words: tuple[str, ...], said: str) -> None:
    ran = yitu(*(word.format(place=place) for word in words))
    assert ran.returncode == 1
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr
