"""What all tests share: the checkout, real public data where it lies beside it, and a built sample."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

# The driver list of GDAL is settled before anything else can start it.
from etl.build import build_place
from wording import Language, use_language

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def language() -> Language:
    """What is spoken to the user; a folder of tests may choose the other."""
    return "zh"


@pytest.fixture(autouse=True)
def _spoken(language: Language) -> Iterator[None]:
    """Every test begins in its language, whatever the one before it spoke."""
    use_language(language)
    yield
    use_language("zh")


@pytest.fixture(scope="session")
def sample_place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample county, built anew from the committed files."""
    place = tmp_path_factory.mktemp("places") / "sample"
    shutil.copytree(
        ROOT / "data" / "sample", place, ignore=shutil.ignore_patterns("snapshots", "*.key", "*.py", "plan")
    )
    build_place(place)
    return place


@pytest.fixture(scope="session")
def public_data() -> Path:
    """Real public data beside the checkout; the tests that want it are left out where it is absent."""
    folder = Path(os.environ.get("YITU_PUBLIC_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"the folder of public data {folder} is not here")
    return folder
