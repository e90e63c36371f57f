"""The letters of pictures: the Chinese font that came with the browser files, and no other."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.vendor_files import FOLDER, vendor_path
from wording import Refusal

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

_PACKAGE = "@expo-google-fonts/noto-sans-sc"
_FILES = {False: "400Regular/NotoSansSC_400Regular.ttf", True: "700Bold/NotoSansSC_700Bold.ttf"}


@lru_cache(maxsize=32)
def font(size_pt: float, *, is_bold: bool = False) -> FontProperties:
    """The font in one size; without its file there is no picture, since Chinese would come out as boxes."""
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415  (it takes a second to start)

    path = FOLDER / vendor_path(_PACKAGE, _FILES[is_bold])
    if not path.is_file():
        raise Refusal("The Chinese font for pictures is missing ({file}). Run `make run` once.", file=path.name)
    return FontProperties(fname=str(path), size=size_pt)
