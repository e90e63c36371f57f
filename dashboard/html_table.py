"""Small tables to read, with text that wraps; large ones belong into st.dataframe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.html_text import Html, html, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def html_table(headings: Sequence[str], rows: Iterable[Sequence[object]], *, numbers: Sequence[int] = ()) -> Html:
    """A table; the columns counted in `numbers` are set to the right."""
    head = joined(_cell("th", heading, is_number=i in numbers) for i, heading in enumerate(headings))
    body = joined(
        html(
            "<tr>{cells}</tr>",
            cells=joined(_cell("td", cell, is_number=i in numbers) for i, cell in enumerate(row)),
        )
        for row in rows
    )
    return html(
        '<div class="yitu-scroll"><table class="yitu-table"><thead><tr>{head}</tr></thead>'
        "<tbody>{body}</tbody></table></div>",
        head=head,
        body=body,
    )


def _cell(tag: str, content: object, *, is_number: bool) -> Html:
    kind = Html(' class="number"') if is_number else Html("")
    return html("<{tag}{kind}>{content}</{tag}>", tag=tag, kind=kind, content=content)
