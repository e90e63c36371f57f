from __future__ import annotations

from typing import TYPE_CHECKING

from planning.atlas import open_atlas
from planning.data_health import health_report
from tests.planning.health_build import HOSTILE, build_empty, build_health

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from streamlit.testing.v1 import AppTest


def written(app: AppTest) -> str:
    """All HTML of the page that isn't its style."""
    return "\n".join(part.proto.body for part in app.get("html") if not part.proto.body.startswith("<style>"))


def test_the_tiles_equal_the_report(tmp_path: Path, opened_page: Callable[..., AppTest]) -> None:
    build_health(tmp_path)
    app = opened_page(tmp_path, "data_health", lang="en")
    assert not app.exception
    total = health_report(open_atlas(tmp_path)).total
    shown = [metric.value.split(" ")[0] for metric in app.metric]
    assert shown == ["3", *(f"{count:,}" for count in (total.read, total.kept, total.rejected, total.repaired))]


def test_it_speaks_english_where_the_address_says_so_and_keeps_it_there(
    tmp_path: Path, opened_page: Callable[..., AppTest]
) -> None:
    build_health(tmp_path)
    app = opened_page(tmp_path, "data_health", lang="en")
    assert app.title[0].value == "Data health"
    assert app.query_params["lang"] == "en"
    assert "Sample data" in written(app)
    app.query_params.pop("lang")
    app.run()
    assert "lang" not in app.query_params


def test_data_that_are_not_made_up_carry_no_banner_and_empty_states_are_said(
    tmp_path: Path, opened_page: Callable[..., AppTest]
) -> None:
    build_empty(tmp_path)
    app = opened_page(tmp_path, "data_health", lang="en")
    assert not app.exception
    assert "Sample data" not in written(app)
    for sentence in (
        "sources.toml names no source yet.",
        "No row was refused.",
        "Nothing had to be put right.",
        "No orphans, overlaps or holes were found.",
    ):
        assert sentence in written(app)


def test_a_place_without_a_snapshot_says_the_next_command(tmp_path: Path, opened_page: Callable[..., AppTest]) -> None:
    app = opened_page(tmp_path, "data_health", lang="en")
    assert not app.exception
    assert "There is no snapshot of" in written(app)
    assert "<code>yitu build" in written(app)


def test_a_newer_snapshot_is_noticed_at_the_next_run(tmp_path: Path, opened_page: Callable[..., AppTest]) -> None:
    build_health(tmp_path)
    app = opened_page(tmp_path, "data_health", lang="en")
    assert app.metric[3].value.startswith("3 ")
    build_health(tmp_path, extra_rejects=5)
    app.run()
    assert app.metric[3].value.startswith("8 ")


def test_a_damaged_newest_snapshot_is_told(tmp_path: Path, opened_page: Callable[..., AppTest]) -> None:
    build_health(tmp_path)
    newest = build_health(tmp_path, extra_rejects=5)
    newest.chmod(0o644)
    newest.write_bytes(newest.read_bytes()[:20_000])
    app = opened_page(tmp_path, "data_health", lang="en")
    assert f"{newest.name} is damaged or missing" in written(app)
    assert app.metric[3].value.startswith("3 ")


def test_texts_that_mean_harm_reach_the_page_only_as_text(tmp_path: Path, opened_page: Callable[..., AppTest]) -> None:
    build_health(tmp_path, hostile=True)
    app = opened_page(tmp_path, "data_health", lang="en")
    assert not app.exception
    assert not [part.value for part in app.markdown if "evil" in part.value]
    for harm in ("<img", "<script", "${", "`"):
        assert harm not in written(app)
    assert "&#60;img src=http://evil.example/b.png onerror=alert(1)&#62;" in written(app)
    cells = app.dataframe[0].value
    assert set(HOSTILE) <= set(cells["停车位（个）"])


def test_refused_rows_come_a_page_at_a_time_with_their_total(
    tmp_path: Path, opened_page: Callable[..., AppTest]
) -> None:
    build_health(tmp_path, extra_rejects=120)
    app = opened_page(tmp_path, "data_health", lang="en")
    assert "Rows 1 to 50 of 123" in written(app)
    assert len(app.dataframe[0].value) == 50


def test_an_offices_heading_that_is_ours_too_is_kept(tmp_path: Path) -> None:
    from dashboard.data_health.reject_table import reject_frame  # noqa: PLC0415

    build_health(tmp_path)
    row = health_report(open_atlas(tmp_path)).rejected_rows(1)[0]
    row.original["行号"] = "7"  # type: ignore[index]
    row.original["Row"] = "8"  # type: ignore[index]
    frame = reject_frame([row])
    assert len(frame.columns) == len(set(frame.columns))
    assert "7" in set(frame.iloc[0])
    assert "8" in set(frame.iloc[0])
