from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from etl.reading.xml_guard import elements
from wording import Refusal

if TYPE_CHECKING:
    from pathlib import Path

BOMB = '<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;">]><a><p>&y;</p></a>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a><p>&x;</p></a>'


def texts(path: Path) -> list[str | None]:
    return [element.text for _, element in elements(path, "a.kml", frozenset({"p"}))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("content", [BOMB, OUTSIDE])
@pytest.mark.parametrize("before", ["", "<!-- <p> -->\n", "<?xml version='1.0'?><?x y?> "])
def test_a_document_type_is_refused(tmp_path: Path, content: str, before: str, encoding: str) -> None:
    path = tmp_path / "a.kml"
    path.write_bytes((before + content).encode(encoding))
    with pytest.raises(Refusal) as refused:
        texts(path)
    assert "DOCTYPE" in refused.value.message.text


@pytest.mark.parametrize("encoding", ["utf-7", "cp037", "utf-32", "utf-16-le"])
def test_an_encoding_cannot_hide_one(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.kml"
    path.write_bytes(f"<?xml version='1.0' encoding='{encoding}'?>{OUTSIDE}".encode(encoding))
    with pytest.raises(Refusal):
        texts(path)


@pytest.mark.parametrize(
    "content",
    [
        "<a>" * 200_000,
        "<a><p>" + "<b>" * 200,
        "<a><p>" + "<b/>" * 600_000 + "</p></a>",
        "<a><p x='" + "y" * 9_000_000 + "'/></a>",
        "<a><p>text</p>",
        "no xml",
        "<",
    ],
)
def test_what_has_no_end_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.kml"
    path.write_text(content)
    with pytest.raises(Refusal):
        texts(path)


def test_prefixes_are_left_out_and_nesting_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.kml"
    path.write_text("<k:a xmlns:k='k'><b><k:p>1<c>2</c></k:p></b><p>3</p></k:a>")
    found = list(elements(path, "a.kml", frozenset({"p"})))
    assert [([one.name for one in around], element.text) for around, element in found] == [
        (["a", "b"], "1"),
        (["a"], "3"),
    ]
    assert [child.text for child in found[0][1]] == ["2"]
