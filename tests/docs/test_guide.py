"""The guide has a page for each page of the dashboard, with its picture, and no link leads nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).parent.parent.parent
GUIDE = ROOT / "docs" / "guide"
PAGES = sorted(path.stem for path in (ROOT / "dashboard" / "app_pages").glob("*.py") if path.stem != "__init__")
LEAST_WIDTH_PX, MOST_BYTES = 1400, 400_000
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#]+)[^)]*\)")


def test_the_guide_has_the_pages_of_the_dashboard() -> None:
    told = {path.stem for path in GUIDE.glob("*.md")} - {"README"}
    assert told == set(PAGES)
    index = (GUIDE / "README.md").read_text("utf-8")
    assert [stem for stem in PAGES if f"({stem}.md)" not in index] == []


@pytest.mark.parametrize("stem", PAGES)
def test_a_page_of_the_guide_shows_its_page_and_says_what_it_answers(stem: str) -> None:
    text = (GUIDE / f"{stem}.md").read_text("utf-8")
    assert "**回答什么**" in text
    assert "## 怎么看" in text
    assert "## 带走什么" in text
    (picture,) = [link for link in LINK.findall(text) if link.endswith(".png")]
    file = (GUIDE / picture).resolve()
    assert file.stem == stem
    assert file.stat().st_size < MOST_BYTES
    with Image.open(file) as opened:
        assert opened.width >= LEAST_WIDTH_PX


@pytest.mark.parametrize("page", [*sorted(GUIDE.glob("*.md")), ROOT / "README.md", ROOT / "README.zh-CN.md"], ids=str)
def test_links_lead_somewhere(page: Path) -> None:
    links = [link for link in LINK.findall(page.read_text("utf-8")) if "://" not in link]
    assert links
    assert [link for link in links if not (page.parent / link).exists()] == []
