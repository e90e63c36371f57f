"""What a page shows lives in its address, so that a link opens the same view and going back works.

`begin` reads the address at the start of a run, `finish` writes it at the end. The map writes its own part
(its view and its layers) in the browser, without asking the server.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn, cast

import streamlit as st
from streamlit.errors import StreamlitAPIException

from dashboard.address_lists import listed, parted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_ON = "1"
OF_THE_MAP = ("map", "layers")
_KEPT, _PAGE, _WRITTEN, _USED, _WIDGET = (
    "address_kept", "address_page", "address_written", "address_used", "address: "
)  # fmt: skip


def begin(page: str) -> None:
    """Take over what the address says where it is another than the one this session wrote."""
    now = _of_the_page()
    is_new_page = page != st.session_state.get(_PAGE)
    came_without_words = is_new_page and _PAGE in st.session_state and not set(now) - {"lang"}
    if now != st.session_state.get(_WRITTEN) and not came_without_words:
        st.session_state[_KEPT] = now
        for key in [key for key in st.session_state if str(key).startswith(_WIDGET)]:
            del st.session_state[key]
    st.session_state[_PAGE] = page
    st.session_state[_USED] = set()


def finish() -> None:
    """Write the address, at once and only where it changes, so that one choice is one step back."""
    used = _used()
    wanted = {name: value for name, value in _kept().items() if value and name in used}
    if wanted != _of_the_page():
        of_the_map = {name: st.query_params[name] for name in OF_THE_MAP if name in st.query_params}
        st.query_params.from_dict(wanted | of_the_map)
    st.session_state[_WRITTEN] = wanted


def told(name: str) -> str:
    """A part of the address; empty where it isn't there. What a page never asks for is not in its address."""
    _used().add(name)
    return _kept().get(name, "")


def tell(**parts: str) -> None:
    """Set parts of the address; an empty one is left out. Within a fragment, `finish` follows."""
    _used().update(parts)
    _kept().update(parts)


def tell_and_show(**parts: str) -> NoReturn:
    """Set parts of the address from within a fragment, and show it anew."""
    tell(**parts)
    finish()
    try:
        st.rerun(scope="fragment")
    except StreamlitAPIException:
        # The click came while the whole page was about to run again, and is told in that run.
        st.rerun()


def choose_one(
    name: str,
    label: str,
    options: Sequence[str],
    *,
    shown: Callable[[str], str],
    default: str,
    **look: Any,  # noqa: ANN401
) -> str:
    """A list to choose one from; the default stands in no address."""
    key = _widget(name, lambda text: text if text in options else default)
    chosen = cast("str", st.selectbox(label, list(options), format_func=shown, key=key, **look))
    tell(**{name: "" if chosen == default else chosen})
    return chosen


def choose_many(name: str, label: str, options: Sequence[str], *, shown: Callable[[str], str], hint: str) -> list[str]:
    """A list to choose any number from; none means all."""
    key = _widget(name, lambda text: [part for part in parted(text) if part in options])
    chosen = st.multiselect(label, list(options), format_func=shown, key=key, placeholder=hint)
    tell(**{name: listed(chosen)})
    return chosen


def choose_segment(name: str, label: str, options: Sequence[str], *, shown: Callable[[str], str], default: str) -> str:
    """A few choices side by side, one of which holds."""
    key = _widget(name, lambda text: text if text in options else default)
    chosen = st.segmented_control(
        label, list(options), format_func=shown, required=True, key=key, label_visibility="collapsed"
    )
    tell(**{name: "" if chosen == default else str(chosen)})
    return str(chosen)


def choose_number(name: str, label: str, least: int, most: int, *, step: int, default: int, shown: str) -> int:
    """A whole number on a slide; `shown` is how it is written there, as `%d min`."""
    key = _widget(name, lambda text: _number_between(text, least, most, default))
    chosen = int(st.slider(label, least, most, step=step, key=key, format=shown))
    tell(**{name: "" if chosen == default else str(chosen)})
    return chosen


def choose_flag(name: str, label: str, *, help_text: str | None = None) -> bool:
    """A switch that is off from the start."""
    key = _widget(name, lambda text: text == _ON)
    is_on = bool(st.toggle(label, key=key, help=help_text))
    tell(**{name: _ON if is_on else ""})
    return is_on


def _number_between(text: str, least: int, most: int, default: int) -> int:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else default
    return min(max(number, least), most)


def _widget(name: str, read: Callable[[str], object]) -> str:
    """The key of a widget, which begins with what the address says."""
    key = _WIDGET + name
    if key not in st.session_state:
        st.session_state[key] = read(told(name))
    return key


def _kept() -> dict[str, str]:
    return cast("dict[str, str]", st.session_state.setdefault(_KEPT, {}))


def _used() -> set[str]:
    return cast("set[str]", st.session_state.setdefault(_USED, set()))


def _of_the_page() -> dict[str, str]:
    return {name: value for name, value in st.query_params.to_dict().items() if name not in OF_THE_MAP}
