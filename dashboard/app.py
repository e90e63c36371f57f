"""The server: Streamlit's pages and our own routes on one port. `streamlit run dashboard/app.py`."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from dashboard.host_guard import HostGuard
from dashboard.notices import show_fault
from dashboard.routes import ROUTES
from dashboard.warm_up import warmed_up

app = st.App(
    Path(__file__).with_name("main.py"),
    routes=ROUTES,
    middleware=[Middleware(HostGuard)],
    lifespan=warmed_up,
    on_script_error=show_fault,
)
