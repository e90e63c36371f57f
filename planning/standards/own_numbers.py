"""Writes numbers of a place's own into its `standards.toml`; what else stands there stays as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.durable_file import replace_text
from planning.standards import national_standards
from planning.standards.of_place import STANDARDS_FILE, standards_of
from wording import Refusal

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

_HEAD = "# 本地方自己的标准，覆盖全国默认值。/ Standards of this place, laid over the national ones.\n"
_MOST = 1e9


def write_numbers(place_folder: Path, values: Mapping[str, float], *, source: str, dated_on: dt.date) -> None:
    """Each number by its name, with where it comes from and since when; the whole file is checked before it is kept."""
    known = national_standards().numbers
    for name, value in values.items():
        if name not in known or not 0 <= value <= _MOST:
            raise Refusal("{name} = {value} cannot be a standard of this place.", name=name, value=value)
    file = place_folder / STANDARDS_FILE
    standards_of(place_folder)  # a file that cannot be read is refused before anything is added to it
    try:
        text = file.read_text("utf-8") if file.exists() else _HEAD
        for name, value in values.items():
            entry = (
                f'[number.{name}]\nvalue = {value:g}\nunit = "{known[name].unit}"\nsource = {_quoted(source)}\n'
                f"dated_on = {dated_on.isoformat()}\nlabel_zh = {_quoted(known[name].label.zh)}\n"
                f"label_en = {_quoted(known[name].label.en)}\n"
            )
            text = _without(text, name).rstrip() + "\n\n" + entry
        replace_text(file, text)
    except OSError as fault:
        raise Refusal(
            "{folder} cannot be written to: {fault}.", folder=place_folder, fault=fault.strerror or fault
        ) from fault


def _without(text: str, name: str) -> str:
    """The text without the entry of that name, up to the next heading."""
    return re.sub(rf"(?ms)^\[number\.{re.escape(name)}\][^\n]*\n.*?(?=^\[|\Z)", "", text)


def _quoted(text: str) -> str:
    plain = re.sub(r"[\x00-\x1f\x7f]", " ", text)
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'
