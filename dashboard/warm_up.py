"""What the first map needs, made ready while the server starts and the browser opens."""

from __future__ import annotations

import threading
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

import duckdb

from dashboard.layers import LAYERS
from dashboard.layers.layer import MapChoice, MapSource
from dashboard.place import current_atlas
from dashboard.prompt_answers import answer_promptly
from planning.column_labels import column_labels
from planning.kind_counts import kind_counts
from planning.kpis import kpi_trend, kpis
from wording import Refusal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@asynccontextmanager
async def warmed_up(_app: object) -> AsyncIterator[None]:
    """Around the server's life."""
    answer_promptly()
    # Here and not in the thread: two threads that bring in the same modules may meet halfway. And not streamlit-folium
    # itself: Streamlit shows a component only if it was brought in while a page runs.
    import folium.plugins  # noqa: F401, PLC0415

    # A daemon: who stops the server at once does not wait for it.
    threading.Thread(target=ask_beforehand, name="warm-up", daemon=True).start()
    yield


def ask_beforehand() -> None:
    """What every overview asks of the newest build: the answers are kept."""
    # Where it cannot be asked, the page says why.
    with suppress(Refusal, duckdb.Error):
        atlas = current_atlas()
        source = MapSource(atlas, kind_counts(atlas), column_labels(atlas))
        for layer in LAYERS.values():
            layer.build(source, MapChoice())
        for one in kpis(atlas):
            kpi_trend(atlas, one.name)
