"""What a column of a template is headed with and what may stand in it, as the noun's contract says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from etl.contract import contract_parts, word_lists
from etl.headings import heading_form, words_by_form
from etl.noun import POSITION_HEADINGS, Noun
from etl.templates.ledgers import POSITION
from etl.vocabulary import vocabulary
from wording import say

_TYPED = re.compile(r"^\s{4}(\w+) ([a-z]+(?:\[\])?)( not null)?", re.MULTILINE)
_COMMENT = re.compile(r"comment on column \w+\.(\w+) is '([^|']+)\|([^|']*)\|")


class Content(StrEnum):
    """What is written into a column."""

    TEXT = "text"
    WORD = "word"
    WORDS = "words"
    FLAG = "flag"
    NUMBER = "number"
    DEGREES = "degrees"
    DAY = "day"
    MOMENT = "moment"


_BY_TYPE = {
    "boolean": Content.FLAG, "integer": Content.NUMBER, "double": Content.NUMBER, "date": Content.DAY,
    "timestamp": Content.MOMENT,
}  # fmt: skip
FLAGS = ("是", "否")


@dataclass(frozen=True)
class TemplateColumn:
    """One column: its heading with the unit, what may stand in it, and the words to choose from."""

    name: str
    heading: str
    content: Content
    words: tuple[str, ...]
    is_needed: bool

    @property
    def hint(self) -> str:
        """How to fill it in, in the current language."""
        written = {
            Content.TEXT: lambda: say("Text"),
            Content.WORD: lambda: say("One of: {words}", words="、".join(self.words)),
            Content.WORDS: lambda: say("One or more, with 、 between: {words}", words="、".join(self.words)),
            Content.FLAG: lambda: say("One of: {words}", words="、".join(self.words)),
            Content.NUMBER: lambda: say("A number, without its unit"),
            Content.DEGREES: lambda: say("Degrees, for example 107.3652"),
            Content.DAY: lambda: say("A day, for example 2026-03-02"),
            Content.MOMENT: lambda: say("A moment, for example 2026-03-02 08:30"),
        }[self.content]()
        return say("{hint} (needed)", hint=written) if self.is_needed else written


def template_column(noun: Noun, column: str) -> TemplateColumn:
    types, labels = _types(noun.name), _labels(noun.name)
    kind, is_required = types[column]
    if column in POSITION:
        is_needed = noun.shape == "point"
        return TemplateColumn(column, POSITION_HEADINGS[column][0], Content.DEGREES, (), is_needed)
    words = tuple(first for first, *_ in vocabulary().get(word_lists(noun.name).get(column, ""), {}).values())
    content = _BY_TYPE.get(kind, Content.TEXT)
    if words:
        content = Content.WORDS if kind.endswith("[]") else Content.WORD
    if content is Content.FLAG:
        words = FLAGS
    label, unit = labels[column]
    # The label that pages show, where the reader knows it as a heading.
    is_known = words_by_form(noun).get(heading_form(label)) == column
    heading = label if is_known else noun.headings[column][0]
    return TemplateColumn(
        column, f"{heading}（{unit}）" if unit else heading, content, words, is_required and column != noun.key
    )


@cache
def _types(noun: str) -> dict[str, tuple[str, bool]]:
    found = _TYPED.findall(contract_parts(noun)[0].partition("comment on")[0])
    return {column: (kind, bool(required)) for column, kind, required in found}


@cache
def _labels(noun: str) -> dict[str, tuple[str, str]]:
    found = _COMMENT.findall(contract_parts(noun)[0])
    return {column: (label.strip(), unit.strip()) for column, label, unit in found}
