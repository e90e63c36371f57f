"""Which file of which npm package the maps need, and how it comes into the folder that our server shows.

Each package lies in a folder named with its version, so that a browser may keep what it has once fetched.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

from wording import Refusal, language_of_machine, use_language

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(__file__).resolve().parent / "static" / "vendor"
COMPLETE = "complete"

_CSS_LINK = re.compile(r"url\(\s*([\"']?)(.*?)\1\s*\)|@import\s+([\"'])(.*?)\3", re.IGNORECASE)
_OUTSIDE = re.compile(r"(?:[a-z][a-z0-9+.\-]*:)?//|/|[a-z][a-z0-9+.\-]*:", re.IGNORECASE)
_NO_FILE = re.compile(r"data:|#", re.IGNORECASE)


@dataclass(frozen=True)
class VendorPackage:
    """One npm package and what is taken from it; paths count from `inside`."""

    name: str
    files: tuple[str, ...]
    inside: str = ""
    licence: str = "LICENSE"
    # Written for a bundler: it gets Leaflet from the page instead, and its stylesheets are linked.
    is_module: bool = False

    @property
    def folder(self) -> str:
        return f"{self.name.rpartition('/')[2]}@{_versions()[self.name]}"


PACKAGES = (
    VendorPackage(
        "leaflet",
        ("leaflet.js", "leaflet.css", "images/marker-icon-2x.png", "images/marker-shadow.png"),
        inside="dist",
    ),
    VendorPackage("jquery", ("jquery.min.js",), inside="dist", licence="LICENSE.txt"),
    VendorPackage(
        "leaflet.markercluster",
        ("leaflet.markercluster.js", "MarkerCluster.css", "MarkerCluster.Default.css"),
        inside="dist",
        licence="MIT-LICENCE.txt",
    ),
    VendorPackage("leaflet.vectorgrid", ("Leaflet.VectorGrid.bundled.min.js",), inside="dist", licence="README.md"),
    VendorPackage("leaflet.heat", ("leaflet-heat.js",), inside="dist"),
    VendorPackage("leaflet-draw", ("leaflet.draw.js", "leaflet.draw.css"), inside="dist", licence="README.md"),
    VendorPackage("leaflet.fullscreen", ("Control.FullScreen.js", "Control.FullScreen.css")),
    VendorPackage("leaflet-side-by-side", ("index.js", "layout.css", "range.css"), is_module=True),
    VendorPackage("d3", ("d3.min.js",)),
    VendorPackage(
        "@expo-google-fonts/noto-sans-sc",
        ("400Regular/NotoSansSC_400Regular.ttf", "700Bold/NotoSansSC_700Bold.ttf"),
        licence="LICENSE_FONT",
    ),
)
_BY_NAME = {package.name: package for package in PACKAGES}


@cache
def _versions() -> dict[str, str]:
    versions: dict[str, str] = json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"]
    return versions


def vendor_path(name: str, file: str) -> str:
    """Where a vendored file lies, counted from the vendor folder."""
    package = _BY_NAME[name]
    if file not in package.files:
        raise KeyError(f"{file} of {name} is not among the vendored files")
    return f"{package.folder}/{file}"


def missing_files(folder: Path = FOLDER) -> list[str]:
    """What is not there yet, or what an older list of files has left; empty when all is well."""
    stamp = folder / COMPLETE
    if not stamp.is_file() or stamp.read_text("utf-8").strip() != _digest():
        return [COMPLETE]
    return [
        path
        for package in PACKAGES
        for path in (f"{package.folder}/{file}" for file in package.files)
        if not (folder / path).is_file()
    ]


def from_npm(node_modules: Path, folder: Path = FOLDER) -> None:
    """Copies what is needed out of what npm has put there."""

    def source(package: VendorPackage, file: str) -> Path:
        return node_modules / package.name / ("" if file == package.licence else package.inside) / file

    _fill(folder, source, is_raw=True)


def from_folder(copied: Path, folder: Path = FOLDER) -> None:
    """Takes over the vendor folder of another machine."""
    _fill(folder, lambda package, file: copied / package.folder / file, is_raw=False)


def _digest() -> str:
    said = b"".join(path.read_bytes() for path in (ROOT / "package-lock.json", Path(__file__)))
    return hashlib.sha256(said).hexdigest()


def _fill(folder: Path, source: Callable[[VendorPackage, str], Path], *, is_raw: bool) -> None:
    """Fills a new folder and puts it into force once it is whole; what was there stays until then."""
    new = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    try:
        _copy(new, source, is_raw=is_raw)
        shutil.rmtree(folder, ignore_errors=True)
        new.rename(folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _copy(new: Path, source: Callable[[VendorPackage, str], Path], *, is_raw: bool) -> None:
    for package in PACKAGES:
        for file in _all_files(package, source):
            content = _read(source(package, file))
            if is_raw and package.is_module and file.endswith(".js"):
                content = _as_script(content)
            target = new / package.folder / file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    (new / COMPLETE).write_text(_digest() + "\n", "utf-8")


def _all_files(package: VendorPackage, source: Callable[[VendorPackage, str], Path]) -> Iterator[str]:
    """The listed files, the pictures that their stylesheets name, and the licence."""
    found = dict.fromkeys((*package.files, package.licence))
    for file in package.files:
        if file.endswith(".css"):
            found.update(dict.fromkeys(css_files(_read(source(package, file)).decode("utf-8"), file)))
    yield from found


def css_files(text: str, file: str) -> list[str]:
    """The files beside a stylesheet that it names; one that loads from elsewhere is refused."""
    named = []
    for match in _CSS_LINK.finditer(text):
        link = match[2] or match[4] or ""
        if _NO_FILE.match(link):
            continue
        path = PurePosixPath(file).parent / link
        if match[4] is not None or _OUTSIDE.match(link) or ".." in path.parts:
            raise Refusal("{file} would load {link}, which is not beside it. Choose a release without it.",
                          file=file, link=link)  # fmt: skip
        named.append(path.as_posix())
    return named


def _as_script(module: bytes) -> bytes:
    """A module turned into a plain script: whatever it requires is the page's Leaflet."""
    return b"(function (require, module) {\n" + module + b"\n})(function () { return L }, {})\n"


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise Refusal("{file} is missing. Copy the whole folder dashboard/static/vendor.", file=path) from fault


def main(arguments: list[str]) -> int:
    """`are-here`, `from-npm FOLDER` or `from-folder FOLDER`, for .ci/browser_files."""
    use_language(language_of_machine())
    try:
        match arguments:
            case ["are-here"]:
                return 1 if missing_files() else 0
            case ["from-npm", folder]:
                from_npm(Path(folder))
            case ["from-folder", folder]:
                from_folder(Path(folder))
            case _:
                return 2
    except Refusal as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
