"""What a page has to say beside its subject: a refusal, a fault, a warning."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import streamlit as st
from duckdb import BinderException, CatalogException

from dashboard.html_text import Html, html, joined
from dashboard.place import place_folder
from wording import Refusal, mark, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wording import Message

_EARLIER = mark("The snapshot of {place} was built by an earlier version of Yitu. Run `yitu build {place}`.")


def show_notice(message: Message | str) -> None:
    """Something to know while looking at this page."""
    st.html(html('<div class="yitu-notice" role="status">{text}</div>', text=str(message)))


def show_refusal(refusal: Refusal) -> None:
    """Why there is nothing to show, and what to do next."""
    st.html(html('<div class="yitu-notice refusal" role="alert">{text}</div>', text=_with_commands(str(refusal))))


def _with_commands(sentence: str) -> Html:
    """What stands in backticks is a command to type, and is shown as one."""
    return joined(
        html("<code>{command}</code>", command=part) if i % 2 else part for i, part in enumerate(sentence.split("`"))
    )


@contextmanager
def telling_refusals() -> Iterator[None]:
    """Show what is refused in a sentence; a part of a page that runs by itself needs this of its own."""
    try:
        yield
    except Refusal as refusal:
        show_refusal(refusal)
    except (CatalogException, BinderException):
        show_refusal(Refusal(_EARLIER, place=place_folder()))


def show_empty(text: str) -> None:
    """In plain words, that there is nothing of a kind."""
    st.html(html('<p class="yitu-empty">{text}</p>', text=text))


def show_fault(_fault: Exception) -> bool:
    """In place of Streamlit's own box: a sentence here, the details in the window where the server runs."""
    st.html(
        html(
            '<div class="yitu-notice refusal" role="alert">{text}</div>',
            text=say(
                "This page could not be shown. Load it again; if that does not help, "
                "pass on what the window says in which Yitu runs."
            ),
        )
    )
    return True
