from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import pytest

from etl.reading.place_paths import files_of, fingerprint
from wording import Refusal

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "place"
    (folder / "子").mkdir(parents=True)
    for name in ("b.csv", "a.csv", "a[1].csv", "驿站台账.xlsx", "子/c.csv"):
        (folder / name).write_text(name)
    (tmp_path / "secret.csv").write_text("x")
    return folder


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("a.csv", ["a.csv"]),
        ("*.csv", ["a.csv", "a[1].csv", "b.csv"]),
        ("a[1].csv", ["a[1].csv"]),
        ("**/*.csv", ["a.csv", "a[1].csv", "b.csv", "c.csv"]),
        ("./子/c.csv", ["c.csv"]),
        ("*台账*", ["驿站台账.xlsx"]),
    ],
)
def test_names_and_patterns(place: Path, pattern: str, expected: list[str]) -> None:
    assert [one.name for one in files_of(place, pattern)] == expected


@pytest.mark.parametrize(
    "pattern",
    [
        "../secret.csv", "子/../../secret.csv", "/etc/passwd", "/vsicurl/http://example.invalid/a", "/vsizip/a.zip",
        "http://example.invalid/a.csv", "file:///etc/passwd", "s3://a/b", "", "a\0b", "子", "**\\..\\*", "C:\\a.csv",
    ],
)  # fmt: skip
def test_what_leads_elsewhere_is_refused(place: Path, pattern: str) -> None:
    with pytest.raises(Refusal):
        files_of(place, pattern)


def test_links_out_are_refused_but_links_within_are_followed(place: Path) -> None:
    (place / "out.txt").symlink_to(place.parent / "secret.csv")
    (place / "in.txt").symlink_to(place / "a.csv")
    (place / "away").symlink_to(place.parent)
    for pattern in ("out.txt", "o*.txt", "away/secret.csv", "away/*.csv"):
        with pytest.raises(Refusal):
            files_of(place, pattern)
    assert files_of(place, "in.txt") == [(place / "a.csv").resolve()]


def test_a_further_folder_is_allowed(place: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    assert files_of(place, str(secret), also=[tmp_path]) == [secret.resolve()]


def test_a_pipe_is_refused(place: Path) -> None:
    os.mkfifo(place / "p.csv")
    with pytest.raises(Refusal):
        files_of(place, "p.csv")


def test_nothing_found_names_what_is_alike(place: Path) -> None:
    with pytest.raises(Refusal) as refused:
        files_of(place, "驿站台帐.xlsx")
    assert "驿站台账.xlsx" in str(refused.value.message.values["similar"])


def test_fingerprint(place: Path) -> None:
    before = fingerprint(place / "a.csv")
    assert before == (5, hashlib.sha256(b"a.csv").hexdigest())
    (place / "a.csv").write_text("a.csv!")
    assert fingerprint(place / "a.csv") != before
