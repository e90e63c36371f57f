from __future__ import annotations

import datetime as dt

import pytest

from dashboard.figures import age_text, count_text, pct_text
from dashboard.html_text import Html, escaped, html, joined
from dashboard.kpi_tiles import Tile
from tests.planning.health_build import HOSTILE
from wording import use_language


@pytest.mark.parametrize("text", HOSTILE)
def test_no_sign_that_html_or_javascript_reads_is_left(text: str) -> None:
    assert not set(escaped(text)) & set("<>\"'`$\\{}")
    assert escaped(text) == escaped(escaped(text))


def test_data_are_filled_in_as_text_and_our_own_html_as_html() -> None:
    assert html("<b>{name}</b>", name="<i>&{x}") == "<b>&#60;i&#62;&#38;&#123;x&#125;</b>"
    assert html("<b>{inner}</b>", inner=Html("<i>1</i>")) == "<b><i>1</i></b>"
    assert joined(["<", Html("<br>")], ", ") == "&#60;, <br>"


def test_an_unknown_figure_is_called_so_and_never_0() -> None:
    use_language("en")
    assert Tile("Bays", None, "bays").markdown == "unknown"
    assert Tile("Bays", 0, "bays").markdown == "0 :small[bays]"
    assert (count_text(None), count_text(1234567)) == ("unknown", "1,234,567")
    use_language("zh")


@pytest.mark.parametrize(
    ("pct", "shown"),
    [(100, "100 %"), (99.999, "> 99.9 %"), (0, "0 %"), (0.001, "< 0.1 %"), (94.52, "94.5 %")],
)
def test_all_and_nothing_are_said_only_where_true(pct: float, shown: str) -> None:
    assert pct_text(pct) == shown


def test_an_age_is_said_in_the_largest_whole_unit() -> None:

    use_language("en")
    now = dt.datetime(2026, 3, 20, 12, 0)
    ages = [dt.timedelta(seconds=s) for s in (-5, 59, 61, 7200, 200_000)]
    assert [age_text(now - age, now) for age in ages] == [
        "just now",
        "just now",
        "1 min ago",
        "2 h ago",
        "2 days ago",
    ]
    use_language("zh")
