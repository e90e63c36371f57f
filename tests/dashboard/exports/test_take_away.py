from __future__ import annotations

from typing import TYPE_CHECKING

from streamlit.testing.v1 import AppTest

from dashboard.place import PLACE_VARIABLE
from planning.features import FILTERS, WORKED_OUT

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def taking() -> None:
    from dashboard.exports.take_away import show_take_away  # noqa: PLC0415
    from dashboard.place import current_atlas  # noqa: PLC0415
    from wording import use_language  # noqa: PLC0415

    use_language("en")
    show_take_away(current_atlas(), {"resources": {"kind": ["service_area"]}})


def test_every_layer_comes_in_every_form(sample_place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PLACE_VARIABLE, str(sample_place))
    app = AppTest.from_function(taking, default_timeout=30).run()
    assert not app.exception
    layer, form = app.selectbox
    assert len(layer.options) == len(FILTERS) + len(WORKED_OUT)
    assert form.options[0] == "Excel table"
    labels = [button.proto.label for button in app.get("download_button")]
    assert labels == ["Download the rows"]
