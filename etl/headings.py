"""Which heading of a file is which column of the contract."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from etl.noun import POSITION_HEADINGS, Noun, Shape
from etl.vocabulary import codes_by_word, word_form
from wording import Refusal

BRACKETED = re.compile(r"[(\[【（〔].*?[)\]】）〕]")
SEPARATORS = re.compile(r"[\s_\-*＊:：.。、/]+")
UNITS = "亿元|亿|万元|万人|万|千元|千人|元|人|平方公里|km2|km²|公顷|ha|亩|平方米|㎡|m2|公里|千米|km|米|m"
UNIT = re.compile(
    rf"[(\[【（〔]\s*(?:单位\s*[:：]?)?\s*(?:人民币)?\s*({UNITS})\s*[)\]】）〕]|[/／\s]({UNITS})\s*$", re.IGNORECASE
)


TRAILING_UNIT = re.compile(rf"(?<=.)[/／\s]({UNITS})\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class HeadingMap:
    """Column of the contract → the file's own heading, and what else the file has."""

    by_column: dict[str, str]
    ticks: dict[str, dict[str, str]]  # column → heading → code of the word list
    units: dict[str, str]  # column → unit that its heading states
    unused: tuple[str, ...]

    @property
    def used(self) -> dict[str, str | list[str]]:
        """Column of the contract → the heading, or the headings of ticks, that it was read from."""
        return {**self.by_column, **{column: list(found) for column, found in self.ticks.items()}}


def heading_form(heading: str) -> str:
    """A heading as compared: no brackets, blanks or stars, one case, one width."""
    plain = TRAILING_UNIT.sub("", unicodedata.normalize("NFKC", heading))
    without = SEPARATORS.sub("", BRACKETED.sub("", plain)).lower()
    return without or SEPARATORS.sub("", plain).strip("()[]【】〔〕").lower()


def words_by_form(noun: Noun) -> dict[str, str]:
    """Heading as compared → column of the contract; the column's own name is always a heading."""
    forms: dict[str, str] = {}
    position = {} if noun.shape is Shape.NONE else POSITION_HEADINGS
    for column, words in {**noun.headings, **position}.items():
        for word in (column, *words):
            forms.setdefault(heading_form(word), column)
    return forms


def score_headings(noun: Noun, mapped: dict[str, str], cells: Sequence[str]) -> int:
    """How many different headings that this noun knows stand in a row."""
    forms = words_by_form(noun)
    wanted = {heading_form(heading): heading for heading in mapped.values()}
    ticks = {form for list_name in noun.ticks.values() for form in codes_by_word()[list_name]}
    known = {forms.get(form) or wanted.get(form) for cell in cells if (form := heading_form(cell))}
    return len(known - {None}) + len({form for cell in cells if (form := word_form(cell)) in ticks})


def match_headings(noun: Noun, mapped: dict[str, str], columns: Sequence[str], where: str) -> HeadingMap:
    """Give each column of the contract its heading: what sources.toml says first, then the known words.

    Of two headings for one column the one whose word stands earlier in the noun's list is taken.
    """
    by_column = _as_mapped(mapped, columns, where)
    forms, order = words_by_form(noun), list(words_by_form(noun))
    by_form = {heading_form(heading): heading for heading in reversed(columns)}
    taken = set(by_column.values())
    for form in sorted(by_form.keys() & forms.keys(), key=order.index):
        column, heading = forms[form], by_form[form]
        if column not in by_column and heading not in taken:
            by_column[column] = heading
            taken.add(heading)
    ticks = {column: found for column, list_name in noun.ticks.items() if (found := _ticks(list_name, columns, taken))}
    ticked = {heading for found in ticks.values() for heading in found}
    units = {
        column: unit.group(1) or unit.group(2)
        for column, heading in by_column.items()
        if (unit := UNIT.search(heading))
    }
    return HeadingMap(by_column, ticks, units, tuple(h for h in columns if h not in taken | ticked))


def _as_mapped(mapped: dict[str, str], columns: Sequence[str], where: str) -> dict[str, str]:
    by_form = {heading_form(heading): heading for heading in reversed(columns)}
    by_column = {}
    for column, heading in mapped.items():
        found = heading if heading in columns else by_form.get(heading_form(heading))
        if found is None:
            raise Refusal(
                "{where} has no column {heading} for {column}; it has {columns}. "
                "Correct [source.columns] in sources.toml.",
                where=where,
                heading=heading,
                column=column,
                columns="、".join(columns),
            )
        by_column[column] = found
    return by_column


def _ticks(list_name: str, columns: Sequence[str], taken: set[str]) -> dict[str, str]:
    """Headings that are themselves words of the list, perhaps below a common one (服务设施/停车)."""
    found = {}
    for heading in columns:
        code = ticked_code(list_name, heading)
        if code and heading not in taken:
            found[heading] = code
    return found


def ticked_code(list_name: str, heading: str) -> str | None:
    """The code whose column of ticks a heading heads."""
    return codes_by_word()[list_name].get(word_form(BRACKETED.sub("", heading.rpartition("/")[2])))
