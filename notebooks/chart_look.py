"""Charts whose Chinese is drawn with the font that came with the browser files, and no other."""

from __future__ import annotations

from typing import Any

import matplotlib.pyplot as plt
from matplotlib import font_manager

from offline_map import VENDOR
from wording import Refusal

INK, BLUE, AMBER, GREY = "#1d2b36", "#0b5c8f", "#c96f12", "#c3c8cd"
_FONTS = ("400Regular/NotoSansSC_400Regular.ttf", "700Bold/NotoSansSC_700Bold.ttf")
_LOOK: dict[Any, Any] = {  # the stubs ask for their own list of names
    "font.family": "Noto Sans SC",
    "axes.unicode_minus": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.edgecolor": "#d9e0e6",
    "axes.labelcolor": INK,
    "text.color": INK,
    "figure.dpi": 110,
    "figure.constrained_layout.use": True,
}


def use_chart_look() -> None:
    """Call it once, before the first chart."""
    for name in _FONTS:
        path = next(iter(sorted(VENDOR.glob(f"noto-sans-sc@*/{name}"))), None)
        if path is None:
            file = name.rpartition("/")[2]
            raise Refusal("The Chinese font for pictures is missing ({file}). Run `make run` once.", file=file)
        font_manager.fontManager.addfont(str(path))
    plt.rcParams.update(_LOOK)
