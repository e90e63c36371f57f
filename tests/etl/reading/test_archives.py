from __future__ import annotations

import gzip
import io
import stat
import zipfile
from typing import TYPE_CHECKING

import pytest

from etl.reading.archives import open_archive
from wording import Refusal

if TYPE_CHECKING:
    from pathlib import Path


def packed(path: Path, *members: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def names_in(path: Path) -> list[str]:
    with open_archive(path, path.name) as unpacked:
        return [str(one.relative_to(unpacked.folder)) for one in unpacked.files]


def test_parts_of_shapefiles_are_read_with_their_shp(tmp_path: Path) -> None:
    parts = [(f"{name}.{ending}", b"x") for name in ("a", "子/b") for ending in ("shp", "SHX", "dbf", "shp.xml", "cpg")]
    path = packed(tmp_path / "a.zip", *parts, ("c.csv", b"x"), ("d.dbf", b"x"), ("__MACOSX/._a.shp", b"x"))
    assert names_in(path) == ["a.shp", "c.csv", "d.dbf", "子/b.shp"]


def test_a_chinese_name_in_gbk(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", ("MMMM.csv", b"x"))
    path.write_bytes(path.read_bytes().replace(b"MMMM", "驿站".encode("gbk")))
    assert names_in(path) == ["驿站.csv"]


def test_the_folder_is_gone_afterwards(tmp_path: Path) -> None:
    with open_archive(packed(tmp_path / "a.zip", ("a.csv", b"1,2")), "a.zip") as unpacked:
        assert unpacked.files[0].read_bytes() == b"1,2"
    assert not unpacked.folder.exists()


@pytest.mark.parametrize(
    "name", ["../a.csv", "/etc/a.csv", "a/../../b.csv", "C:/a.csv", "..\\a.csv", "\\\\host\\a.csv"]
)
def test_names_that_lead_out_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refusal):
        names_in(packed(tmp_path / "a.zip", (name, b"x")))
    assert [one.name for one in tmp_path.iterdir()] == ["a.zip"]


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFIFO])
def test_links_and_devices_are_refused(tmp_path: Path, kind: int) -> None:
    info = zipfile.ZipInfo("a.csv")
    info.external_attr = (kind | 0o777) << 16
    with pytest.raises(Refusal):
        names_in(packed(tmp_path / "a.zip", (info, b"/etc/passwd")))


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        names_in(packed(tmp_path / "a.zip", ("a.csv", bytes(100 * 1024**2))))


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", ("a.csv", bytes(1_000_000)))
    true_size = (1_000_000).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(true_size, (10).to_bytes(4, "little")))
    with pytest.raises(Refusal):
        names_in(path)


def test_gzip(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"1,2"))
    assert names_in(path) == ["a.csv"]
    path.write_bytes(gzip.compress(bytes(100 * 1024**2)))
    with pytest.raises(Refusal):
        names_in(path)
    path.write_bytes(gzip.compress(b"1,2" * 999)[:-9])
    with pytest.raises(Refusal):
        names_in(path)


def test_a_zip_in_a_zip_is_noted(tmp_path: Path) -> None:
    inner = io.BytesIO()
    zipfile.ZipFile(inner, "w").close()
    path = packed(tmp_path / "a.zip", ("a.csv", b"x"), ("b.ZIP", inner.getvalue()))
    with open_archive(path, "a.zip") as unpacked:
        assert [one.name for one in unpacked.files] == ["a.csv"]
        assert [note.values["member"] for note in unpacked.notes] == ["b.ZIP"]


def test_a_password_is_named(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", ("a.csv", b"x"))
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x03\x04") + 6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(Refusal) as refused:
        names_in(path)
    assert "password" in refused.value.message.text


def test_too_many_members(tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        names_in(packed(tmp_path / "a.zip", *((f"{n}.csv", b"") for n in range(10_001))))


def test_a_damaged_zip(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", ("a.csv", b"x" * 999))
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(Refusal):
        names_in(path)
