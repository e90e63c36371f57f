from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from tests.notebooks.running import FOLDER, Run, running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def ran(sample_place: Path) -> Iterator[Callable[[str], Run]]:
    """A notebook by its stem, run once on the sample; its kernel can be asked until the tests end."""
    kernels: dict[str, Run] = {}
    with ExitStack() as open_until_the_end:

        def run(stem: str) -> Run:
            if stem not in kernels:
                kernels[stem] = open_until_the_end.enter_context(running(FOLDER / f"{stem}.ipynb", sample_place))
            return kernels[stem]

        yield run
