"""The lists of items that a station is scored against, and what each item costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planning.code_words import code_word, codes_of
from planning.standards import national_standards, standard
from planning.standards.of_place import STANDARDS_FILE, standards_of
from wording import Refusal

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.standards import Standards

FIVE, SIX, OWN = "five_free_services", "six_haves", "own_list"


@dataclass(frozen=True)
class ItemList:
    """A list by its name in the standards, and its items as codes of facilities."""

    name: str
    label: str
    items: tuple[str, ...]
    sentence: str  # the list with its source


def item_lists(atlas: Atlas) -> tuple[ItemList, ...]:
    """The five free services, the six haves, and the place's own list where it has written one."""
    standards = standards_of(atlas.place_folder)
    names = [name for name in (FIVE, SIX, OWN) if name in standards.lists]
    return tuple(_list(atlas, name, standards) for name in names)


def item_list(atlas: Atlas, name: str) -> ItemList:
    """One of them; a place's own list is refused where it has none."""
    return _list(atlas, name, standards_of(atlas.place_folder))


def price_yuan(item: str, standards: Standards | None = None) -> float | None:
    """What it costs to equip one station with an item; None where money does not buy it, or where no price is set."""
    name = f"price_{item}_yuan"
    known = standards or national_standards()
    return standard(name, known).value if name in known.numbers else None


def item_word(item: str) -> str:
    return code_word("facility", item)


def _list(atlas: Atlas, name: str, standards: Standards) -> ItemList:
    found = standards.list_of(name)
    known = codes_of("facility")
    strange = [*map(str, found.words), *(code for code in found.codes if code not in known)]
    if strange or found.code_list != "facility":
        raise Refusal(
            'The list {name} of {file} must hold codes of facilities (code_list = "facility"). These are none: '
            "{items}. The codes stand in etl/vocabulary.toml.",
            name=name,
            file=atlas.place_folder / STANDARDS_FILE,
            items=", ".join(strange) or "-",
        )
    return ItemList(name, str(found.label), tuple(dict.fromkeys(found.codes)), found.sentence)
