"""Every notebook runs from top to bottom, asks planning alone, and is kept without outputs."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError

from dashboard.outside_loads import outside_loads
from tests.notebooks.running import FOLDER, notebooks, read, running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nbformat import NotebookNode

    from tests.notebooks.running import Run

OURS = {path.stem for path in FOLDER.glob("*.py")}
OF_CELLS = {"planning", "pandas", "geopandas", "matplotlib", "folium", "numpy"} | OURS
OF_OUR_FILES = OF_CELLS | {"wording", "shapely", "branca"} | set(sys.stdlib_module_names)
stems = pytest.mark.parametrize("stem", [path.stem for path in notebooks()])


def code_of(notebook: NotebookNode) -> str:
    return "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")


def imported(code: str) -> Iterator[str]:
    """The first name of whatever is imported."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (one.name.partition(".")[0] for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or ".").partition(".")[0]


def test_there_are_notebooks() -> None:
    assert notebooks()


@stems
def test_a_notebook_asks_planning_and_nothing_beside_it(stem: str) -> None:
    names = set(imported(code_of(read(FOLDER / f"{stem}.ipynb"))))
    assert "planning" in names
    assert names - OF_CELLS == set()


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.stem)
def test_what_notebooks_draw_with_asks_neither_etl_nor_the_dashboard(path: Path) -> None:
    assert set(imported(path.read_text("utf-8"))) - OF_OUR_FILES == set()


@stems
def test_a_notebook_is_kept_without_outputs(stem: str) -> None:
    notebook = read(FOLDER / f"{stem}.ipynb")
    nbformat.validate(notebook)
    kept = [cell.id for cell in notebook.cells if cell.get("outputs") or cell.get("execution_count")]
    assert kept == [], "clear them: Edit, Clear Outputs of All Cells, then save"
    assert notebook.metadata.kernelspec.name == "python3"


@stems
def test_a_notebook_is_written_in_chinese_and_explains_itself(stem: str) -> None:
    first = read(FOLDER / f"{stem}.ipynb").cells[0]
    assert first.cell_type == "markdown"
    title, _, text = first.source.partition("\n")
    assert title.startswith("# ")
    assert any("一" <= sign <= "鿿" for sign in text)


@pytest.mark.slow
@stems
def test_a_notebook_runs_from_top_to_bottom(stem: str, ran: Callable[[str], Run]) -> None:
    run = ran(stem)
    cells = [cell for cell in run.notebook.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in cells)
    said = [one for cell in cells for one in cell.outputs if one.output_type == "stream" and one.name == "stderr"]
    assert said == []


@pytest.mark.slow
@stems
def test_a_notebook_shows_something_and_loads_nothing_from_outside(stem: str, ran: Callable[[str], Run]) -> None:
    pages = ran(stem).shown("text/html")
    assert pages
    assert [load for page in pages for load in outside_loads(page)] == []


@pytest.mark.slow
def test_without_a_snapshot_a_notebook_says_in_a_sentence_what_to_run(tmp_path: Path) -> None:
    (tmp_path / "place").mkdir()
    with (
        pytest.raises(CellExecutionError) as stopped,
        running(notebooks()[0], tmp_path / "place"),
    ):
        pass
    *_, line, sentence = str(stopped.value).strip().splitlines()
    assert sentence == f"{tmp_path / 'place'} 还没有快照。请运行 `yitu build {tmp_path / 'place'}`。"
    assert not line.strip(), "no traceback stands above it"


@pytest.mark.slow
def test_a_warning_stops_a_notebook(tmp_path: Path) -> None:
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell("import warnings\nwarnings.warn('beware', stacklevel=1)")]
    )
    path = tmp_path / "warning.ipynb"
    nbformat.write(notebook, path)
    with pytest.raises(CellExecutionError, match="beware"), running(path, tmp_path):
        pass
