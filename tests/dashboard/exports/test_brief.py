"""The Word brief, read by another hand."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from docx import Document

from dashboard.exports.brief import brief_file
from planning.atlas import open_atlas
from planning.siting.answer import SitingAnswer, answered
from planning.siting.proof_in_words import proof_in_words
from planning.siting.question import usual_question
from planning.siting.reasons import reasons, wan_text
from planning.siting.solver.effort import Effort

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def answer(sample_place: Path) -> SitingAnswer:
    atlas = open_atlas(sample_place)
    return answered(atlas, usual_question(atlas, new=2), Effort(60))


@pytest.fixture(scope="module")
def brief(answer: SitingAnswer) -> bytes:
    return brief_file(answer)


def test_the_brief_says_basis_state_gaps_plan_money_and_proof(answer: SitingAnswer, brief: bytes) -> None:
    document = Document(io.BytesIO(brief))
    text = "\n".join(one.text for one in document.paragraphs)
    for heading in (
        "一、编制依据",
        "二、现状",
        "三、覆盖盲区",
        "四、选址方案",
        "五、投资",
        "六、方法与方案优劣",
        "附录",
    ):
        assert heading in text
    assert "示例数据" in text
    assert proof_in_words(answer) in text
    assert answer.setting.atlas.build_id in text
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    for site in answer.sites:
        assert site.candidate.name in cells
        assert reasons(answer)[site.number].sentence in cells
    assert wan_text(answer.cost_yuan) in cells
    assert len(document.inline_shapes) == 2


def test_chinese_is_set_in_chinese_fonts(brief: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(brief)) as parts:
        body = parts.read("word/document.xml").decode()
    assert 'w:eastAsia="仿宋"' in body
    assert 'w:eastAsia="黑体"' in body


def test_libreoffice_opens_it(brief: bytes, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not here")
    file = tmp_path / "brief.docx"
    file.write_bytes(brief)
    subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf", "--outdir",
         str(tmp_path), str(file)], check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    assert (tmp_path / "brief.pdf").read_bytes().startswith(b"%PDF")
