"""Finds what a map's text would load from outside. Text from files has been escaped and holds no tags of its own."""

from __future__ import annotations

import re

_TAG = re.compile(r"<[a-z][^<>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]+)")
_STYLE_SHEET = re.compile(r"<style\b[^<>]*>([^<]*)", re.IGNORECASE)
_STYLE_LINK = re.compile(r"(?:url\(|@import)\s*[\"']?\s*([^\s\"')]+)", re.IGNORECASE)
_OUTSIDE = re.compile(r"(?:https?|wss?|ftp):|//", re.IGNORECASE)

_LOADING = {"src", "href", "xlink:href", "srcset", "data", "action", "formaction", "poster", "background"}
# HTML that stands in a string of JavaScript.
_IN_JAVASCRIPT = ((r"\u003c", "<"), (r"\u003e", ">"), (r"\u0022", '"'), (r"\u0027", "'"), (r"\"", '"'), (r"\/", "/"))


def is_outside(link: str) -> bool:
    return _OUTSIDE.match(link.strip()) is not None


def outside_loads(text: str) -> list[str]:
    """The outside addresses in the tags and style sheets of HTML, or of HTML within JavaScript."""
    for written, meant in _IN_JAVASCRIPT:
        text = text.replace(written, meant)
    links = [link for sheet in _STYLE_SHEET.findall(text) for link in _STYLE_LINK.findall(sheet)]
    for tag in _TAG.findall(text):
        for name, value in _ATTRIBUTE.findall(tag):
            content = value.strip("\"'")
            if name.lower() in _LOADING:
                links.append(content)
            elif name.lower() == "style":
                links += _STYLE_LINK.findall(content)
    return [link for link in links if is_outside(link)]
