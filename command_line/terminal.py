"""What all commands share: the place, whether to answer in JSON, and how things are said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wording import Refusal, language_of_machine, mark, say, use_language

if TYPE_CHECKING:
    from collections.abc import Callable

use_language(language_of_machine())

FINE, REFUSED, WRONG_USAGE = 0, 1, 2

Place = Annotated[Path, typer.Argument(metavar="PLACE", help=say("The folder of the place, for example data/sample."))]
AsJson = Annotated[bool, typer.Option("--json", help=say("Print the answer as JSON, for programs."))]


def need_folder(*folders: Path) -> None:
    for folder in folders:
        if not folder.is_dir():
            sentence = mark("There is no folder {place}. Run `yitu init {place}` to begin a place there.")
            typer.echo(say(sentence, place=folder), err=True)
            raise typer.Exit(WRONG_USAGE)


def write_file(file: Path, write: Callable[[], object]) -> None:
    """Refuse in a sentence where a file cannot be written: its folder is missing, or Excel has it open."""
    is_new = not file.exists()
    try:
        with file.open("ab"):
            pass
        write()
    except Refusal:
        if is_new:
            file.unlink(missing_ok=True)
        raise
    except OSError as fault:
        raise Refusal(
            "{file} cannot be written: {fault}. Close it in Excel, or choose another name.",
            file=file,
            fault=fault.strerror or fault,
        ) from fault


def tell(sentence: str) -> None:
    typer.echo(sentence, err=True)


def print_json(answer: dict[str, Any]) -> None:
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=2, default=str))
