"""Words for people: every sentence is written in English in the code and translated here.

The catalogue `zh_CN.po` is the only one. Text placed in a sentence stays data: it is filled in after
translation and never read as a pattern.
"""

from __future__ import annotations

import gettext
import io
import json
import locale
import os
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

Language = Literal["zh", "en"]

_current: ContextVar[Language] = ContextVar("language", default="zh")


@cache
def catalogue() -> gettext.NullTranslations:
    """The Chinese catalogue, compiled in memory so that no stale compiled file can lie about."""
    source = files("wording").joinpath("zh_CN.po").read_bytes()
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(source), locale="zh_CN"))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def use_language(language: Language) -> None:
    """Speak this language from here on, in this thread or task."""
    _current.set(language)


def current_language() -> Language:
    return _current.get()


def language_of_machine() -> Language:
    """Chinese unless the machine says it speaks English; `YITU_LANGUAGE` has the last word.

    Python takes the plain C locale for American English, so the environment is asked first.
    """
    asked = (os.environ.get(name) for name in ("YITU_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    said = next((one for one in asked if one), None)
    if said is None and os.name == "nt":
        said = locale.getlocale()[0]
    return "en" if (said or "").lower().startswith("en") else "zh"


def say(text: str, **values: object) -> str:
    """The sentence in the current language, with its values filled in."""
    translated = catalogue().gettext(text) if current_language() == "zh" and text else text
    return translated.format_map({name: _shown(value) for name, value in values.items()}) if values else translated


def mark(text: str) -> str:
    """Marks a sentence for the catalogue where it is translated later."""
    return text


@dataclass(frozen=True)
class Message:
    """A sentence kept apart from its values, so that it can be shown later in either language."""

    text: str
    values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return say(self.text, **self.values)

    def to_json(self) -> str:
        return json.dumps(self, ensure_ascii=False, default=_stored)

    @classmethod
    def from_json(cls, text: str) -> Message:
        message = json.loads(text, object_hook=_restored)
        if not isinstance(message, cls):
            raise TypeError(text)
        return message


class Refusal(Exception):  # noqa: N818  (it is said to people: a refusal, not an error)
    """Something refused as a whole: what, where, and what to do next, in the user's language."""

    def __init__(self, text: str, **values: object) -> None:
        self.message = Message(text, {name: _plain(value) for name, value in values.items()})
        super().__init__(text)

    def __str__(self) -> str:
        return str(self.message)

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows: the sentence alone."""
        return [str(self)]


def _stored(value: object) -> object:
    """A sentence within a sentence stays one; anything else is kept as its text."""
    return {"text": value.text, "values": value.values} if isinstance(value, Message) else str(value)


def _restored(stored: dict[str, Any]) -> object:
    return Message(**stored) if stored.keys() == {"text", "values"} else stored


def _shown(value: object) -> object:
    return str(value) if isinstance(value, Message) else value


def _plain(value: object) -> object:
    return value if isinstance(value, (int, float, str, Message)) else str(value)
