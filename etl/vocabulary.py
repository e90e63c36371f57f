"""The closed lists of words (tiers, facilities, kinds …) and their codes."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

IGNORED_SIGNS = re.compile(r"[\s()（）【】\[\]\"“”·]")


def word_form(word: str) -> str:
    """A word without the blanks, brackets and dots that make no difference; as in macros.sql."""
    return IGNORED_SIGNS.sub("", unicodedata.normalize("NFKC", word)).lower()


@cache
def vocabulary() -> dict[str, dict[str, list[str]]]:
    """List, code, and the words for it."""
    return tomllib.loads(files("etl").joinpath("vocabulary.toml").read_text("utf-8"))


@cache
def codes_by_word() -> dict[str, dict[str, str]]:
    """List, word as compared, and its code; a code is a word for itself."""
    return {
        name: {word_form(word): code for code, words in codes.items() for word in (code, *words)}
        for name, codes in vocabulary().items()
    }


def listed_words(list_name: str, language: str) -> list[str]:
    """All words of a list as people read them."""
    return [shown_word(list_name, code, language) for code in vocabulary()[list_name]]


def shown_word(list_name: str, code: str, language: str) -> str:
    """A code as people read it: the office's word, or the code itself in English."""
    if language == "zh":
        return vocabulary()[list_name][code][0]
    return code.replace("_", " ")
