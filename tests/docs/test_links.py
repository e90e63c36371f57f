"""Every picture and page that a document names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
DOCUMENTS = sorted(
    path for folder in (ROOT, ROOT / "docs", ROOT / "notebooks", ROOT / "data") for path in folder.glob("*.md")
) + sorted((ROOT / "docs" / "guide").glob("*.md"))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_a_document_names_is_there(document: Path) -> None:
    named = [link for link in LINK.findall(document.read_text("utf-8")) if "://" not in link]
    assert [link for link in named if not (document.parent / link).exists()] == []
