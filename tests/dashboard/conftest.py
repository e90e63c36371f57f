from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.place import PLACE_VARIABLE
from wording import use_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAIN = Path(__file__).parent.parent.parent / "dashboard" / "main.py"


@pytest.fixture
def opened_page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., AppTest]]:
    """Opens the dashboard on a place, its first page or another, with parameters of the address."""

    def opened(place: Path, page: str = "", **params: str) -> AppTest:
        monkeypatch.setenv(PLACE_VARIABLE, str(place))
        app = AppTest.from_file(str(MAIN), default_timeout=120)
        for name, value in params.items():
            app.query_params[name] = value
        app.run()
        return app.switch_page(f"app_pages/{page}.py").run() if page else app

    yield opened
    use_language("zh")
