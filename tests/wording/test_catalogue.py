"""One catalogue, and no sentence missing in it."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.pofile import read_po

from wording import Message, Refusal, language_of_machine, say, use_language

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS = {"say": None, "mark": None, "Message": None, "Refusal": None}
PACKAGES = ("wording", "etl", "planning", "dashboard", "command_line")
PLACEHOLDER = re.compile(r"\{(\w+)\}")


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    return read_po(io.BytesIO((ROOT / "wording" / "zh_CN.po").read_bytes()), locale="zh_CN")


@pytest.fixture(scope="module")
def sentences() -> set[str]:
    """Every sentence that the code says."""
    found = {
        message
        for package in PACKAGES
        for _, _, message, _, _ in extract_from_dir(ROOT / package, [("**.py", "python")], keywords=KEYWORDS)
    }
    found |= {message for _, message, _, _ in extract_from_file("python", ROOT / "yitu.py", keywords=KEYWORDS)}
    return {message for message in found if isinstance(message, str) and message}


def test_no_sentence_is_missing_and_none_is_left_over(catalogue: Catalog, sentences: set[str]) -> None:
    translated = {message.id for message in catalogue if message.id and message.string}
    assert sorted(sentences - translated) == []
    assert sorted(translated - sentences) == []


def test_translations_fill_in_the_same_values(catalogue: Catalog) -> None:
    for message in catalogue:
        if message.id:
            assert set(PLACEHOLDER.findall(message.id)) == set(PLACEHOLDER.findall(str(message.string))), message.id


def test_translations_are_chinese_and_not_fuzzy(catalogue: Catalog) -> None:
    for message in catalogue:
        if message.id and re.search(r"[a-z]{3}", PLACEHOLDER.sub("", str(message.id))):
            assert not message.fuzzy, message.id
            assert re.search("[一-鿿]", str(message.string)) or message.string == message.id, message.id


def test_the_language_can_be_switched() -> None:
    use_language("zh")
    chinese = say("{place} is up to date.", place="泾川")
    use_language("en")
    assert (chinese, say("{place} is up to date.", place="泾川")) == ("泾川 已是最新。", "泾川 is up to date.")


def test_values_are_never_read_as_patterns() -> None:
    assert say("{place} is up to date.", place="{0.__class__} %s {place}") == "{0.__class__} %s {place} 已是最新。"


def test_a_message_survives_storage_and_speaks_either_language() -> None:
    stored = Message("{place} is up to date.", {"place": "泾川"}).to_json()
    assert str(Message.from_json(stored)) == "泾川 已是最新。"


def test_a_refusal_within_a_refusal_is_translated_too() -> None:
    inner = Message("{place} is up to date.", {"place": "甲"})
    refusal = Refusal("{file}: {finding}", file="a.csv", finding=inner)
    assert str(refusal) == "a.csv：甲 已是最新。"
    assert str(Message.from_json(refusal.message.to_json())) == "a.csv：甲 已是最新。"


def test_the_plain_locale_of_a_machine_is_not_taken_for_english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("YITU_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    assert language_of_machine() == "zh"
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert language_of_machine() == "en"
    monkeypatch.setenv("YITU_LANGUAGE", "zh")
    assert language_of_machine() == "zh"
