"""A notebook run from top to bottom in a kernel of its own, which can be asked afterwards."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from nbclient import NotebookClient

from planning.place_folder import PLACE_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nbformat import NotebookNode

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "notebooks"
LONGEST_CELL_S = 300
# Warnings of the kernel itself are not the notebook's.
STRICT = "import warnings\nwarnings.simplefilter('error')\nwarnings.filterwarnings('default', module='ipykernel')"


@dataclass(frozen=True)
class Run:
    """A notebook that has run, its outputs in it, and its kernel still there."""

    notebook: NotebookNode
    client: NotebookClient

    def ask(self, expression: str) -> Any:
        """What the kernel says to an expression, as JSON carries it."""
        cell = nbformat.v4.new_code_cell(f"import json\nprint(json.dumps({expression}))")
        self.notebook.cells.append(cell)
        self.client.execute_cell(cell, len(self.notebook.cells) - 1)
        return json.loads("".join(one["text"] for one in cell["outputs"]))

    def shown(self, media_type: str) -> list[str]:
        """All that its cells show of one kind: text/html, image/png."""
        data = [one.get("data", {}) for cell in self.notebook.cells for one in cell.get("outputs", ())]
        return [one[media_type] for one in data if media_type in one]


def notebooks() -> list[Path]:
    return sorted(FOLDER.glob("*.ipynb"))


def read(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=nbformat.NO_CONVERT)


@contextmanager
def running(path: Path, place: Path) -> Iterator[Run]:
    """Every cell in order, warnings as errors; what fails is raised with the cell's own words."""
    notebook = read(path)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(STRICT))
    client = NotebookClient(
        notebook, timeout=LONGEST_CELL_S, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}}
    )
    # Whoever draws in this process may have chosen how; the kernel shows charts in the notebook.
    inherited = {name: value for name, value in os.environ.items() if name != "MPLBACKEND"}
    environment = {**inherited, PLACE_VARIABLE: str(place), "PYTHONPATH": str(ROOT), "IPYTHONDIR": str(place.parent)}
    with client.setup_kernel(env=environment):
        for at, cell in enumerate(notebook.cells):
            client.execute_cell(cell, at)
        yield Run(notebook, client)
