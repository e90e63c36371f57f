from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from streamlit import config

FILE = Path(__file__).parent.parent.parent / ".streamlit" / "config.toml"


def options() -> dict[str, Any]:
    found: dict[str, Any] = {}

    def walk(section: str, table: dict[str, Any]) -> None:
        for name, value in table.items():
            path = f"{section}.{name}" if section else name
            if isinstance(value, dict):
                walk(path, value)
            else:
                found[path] = value

    walk("", tomllib.loads(FILE.read_text("utf-8")))
    return found


def test_streamlit_knows_every_option_that_we_set() -> None:
    known = set(config.get_config_options())
    assert set(options()) <= known


def test_it_listens_to_this_machine_only_and_tells_nobody() -> None:
    chosen = options()
    assert chosen["server.address"] == "127.0.0.1"
    assert chosen["server.allowedHosts"] == ["127.0.0.1", "localhost"]
    assert chosen["browser.gatherUsageStats"] is False
    assert chosen["client.showErrorLinks"] is False
    assert chosen["client.showErrorDetails"] == "none"
    assert chosen["client.disableDataExport"] is True
    assert not [option for option, value in chosen.items() if "://" in str(value)]
