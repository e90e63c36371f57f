from __future__ import annotations

import pytest

from dashboard.html_text import escaped
from dashboard.outside_loads import outside_loads


@pytest.mark.parametrize(
    "text",
    [
        '<script src="https://evil.example/a.js"></script>',
        "<link rel=stylesheet href='//evil.example/a.css'>",
        "<IMG alt=x SRC = http://evil.example/a.png >",
        '<a href="https://evil.example/a">x</a>',
        "<style>a { background: url( 'https://evil.example/a.png' ) }</style>",
        "<style>@import '//evil.example/a.css';</style>",
        '<b style="background: url(https://evil.example/a.png)">x</b>',
        r"x.setContent(`<img src=\"https://evil.example/a.png\">`)",
        r'var a = {"html": "\u003cimg src=\u0022https://evil.example/a.png\u0022\u003e"};',
    ],
)
def test_what_loads_from_outside_is_found(text: str) -> None:
    assert len(outside_loads(text)) == 1
    assert "evil.example/a" in outside_loads(text)[0]
    assert outside_loads(str(escaped(text))) == []


@pytest.mark.parametrize(
    "text",
    [
        '<img src="../../assets/vendor/leaflet@1.9.4/images/layers.png">',
        '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"></path></svg>',
        "<img src='data:image/png;base64,AA=='>",
        "for (i = 0; i<n; i++) { a.src = 'b' } // see https://example.org",
        '<b title="src=https://evil.example/a.png">a station called url(https://evil.example)</b>',
        "",
    ],
)
def test_what_loads_nothing_from_outside_passes(text: str) -> None:
    assert outside_loads(text) == []


def test_a_large_script_is_read_quickly() -> None:
    assert outside_loads("<b " * 200_000 + "src='" * 100_000 + "<style>" * 100_000) == []
