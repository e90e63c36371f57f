from __future__ import annotations

from pathlib import Path

import pytest

from planning.place_folder import PLACE_VARIABLE, SAMPLE, place_folder


def test_the_environment_names_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PLACE_VARIABLE, "/tmp/somewhere")  # noqa: S108  (nothing is written there)
    assert place_folder() == Path("/tmp/somewhere")  # noqa: S108


@pytest.mark.parametrize("said", [None, ""])
def test_where_nothing_is_said_it_is_the_sample(monkeypatch: pytest.MonkeyPatch, said: str | None) -> None:
    monkeypatch.delenv(PLACE_VARIABLE, raising=False)
    if said is not None:
        monkeypatch.setenv(PLACE_VARIABLE, said)
    assert place_folder() == SAMPLE
    assert (SAMPLE / "sources.toml").is_file()
