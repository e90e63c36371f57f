"""The head of the page: the place, the build, and the figures at a glance."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard.figures import age_text, moment_text
from dashboard.html_text import html
from dashboard.kpi_tiles import Tile, show_tiles
from wording import current_language, say

if TYPE_CHECKING:
    from planning.data_health import HealthReport
    from planning.health_records import BuildFacts

_CHINA = ZoneInfo("Asia/Shanghai")


def show_headline(report: HealthReport) -> None:
    st.title(say("Data health"), anchor=False)
    st.html(
        html(
            '<p class="yitu-build"><b>{place}</b>{facts}</p>',
            place=place_name(report.build),
            facts=_facts(report),
        )
    )
    show_tiles(health_tiles(report), key="health")


def place_name(build: BuildFacts) -> str:
    in_english = build.place_name_en if current_language() == "en" else None
    return in_english or build.place_name


def health_tiles(report: HealthReport) -> list[Tile]:
    total, rows = report.total, say("rows")
    return [
        Tile(say("Sources"), len(report.sources), say("sources")),
        Tile(say("Read"), total.read, rows),
        Tile(say("Kept"), total.kept, rows, help=say("Rows that the figures on all pages come from.")),
        Tile(
            say("Refused"),
            total.rejected,
            rows,
            help=say("Rows that break a rule. They are set aside for the office to correct, never dropped."),
        ),
        Tile(
            say("Repaired"),
            total.repaired,
            rows,
            help=say(
                "Rows kept after something in them was put right. "
                "A conversion of all positions of a file is not counted."
            ),
        ),
    ]


def _facts(report: HealthReport) -> str:
    build = report.build
    now = dt.datetime.now(_CHINA).replace(tzinfo=None)
    facts = [
        say(
            "built {moment} ({ago})",
            moment=moment_text(build.started_at),
            ago=age_text(build.started_at, now),
        ),
        say("version {version}", version=build.product_version),
    ]
    if build.took_s is not None:
        facts.insert(1, say("took {count} s", count=f"{build.took_s:.1f}"))
    return "".join(f" · {fact}" for fact in facts)
