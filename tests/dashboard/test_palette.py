"""Colours measured as eyes see them: with all cones, and with one kind missing."""

from __future__ import annotations

from typing import Any, get_args

import numpy as np
import pytest

from dashboard import palette
from dashboard.palette import SEQUENTIAL, Theme, sequential

# What is left of linear red, green and blue where a kind of cone is missing (Machado, Oliveira and Fernandes, 2009).
EYES = {
    "all": np.eye(3),
    "no red": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "no green": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    "no blue": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
}  # fmt: skip
THEMES = get_args(Theme)


def linear(colour: str) -> Any:
    part = np.array(list(bytes.fromhex(colour[1:]))) / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def lab(rgb: Any) -> Any:
    """CIELAB of linear red, green and blue under daylight."""
    to_xyz = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]])  # fmt: skip
    ratio = to_xyz @ np.clip(rgb, 0, 1) / (to_xyz @ np.ones(3))
    root = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


def contrast(first: str, second: str) -> float:
    low, high = sorted(float(linear(one) @ [0.2126, 0.7152, 0.0722]) for one in (first, second))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("eyes", EYES)
def test_more_is_always_darker_on_light_and_lighter_on_dark(theme: Theme, eyes: str) -> None:
    seen = np.array([lab(EYES[eyes] @ linear(colour)) for colour in SEQUENTIAL[theme]])
    steps = np.diff(seen[:, 0]) * (-1 if theme == "light" else 1)
    assert steps.min() > 7, steps
    assert min(np.linalg.norm(seen[a] - seen[b]) for a in range(6) for b in range(a)) > 12


@pytest.mark.parametrize("theme", THEMES)
def test_most_stands_out_from_the_ground_and_unknown_is_no_class(theme: Theme) -> None:
    ground = {"light": "#f3f6f8", "dark": "#15181c"}[theme]
    assert contrast(SEQUENTIAL[theme][-1], ground) > 7
    assert contrast(SEQUENTIAL[theme][0], ground) > 1.1
    grey = lab(linear(palette.UNKNOWN_VALUE[theme]))
    assert np.hypot(*grey[1:]) < 6
    assert min(np.linalg.norm(grey - lab(linear(one))) for one in SEQUENTIAL[theme]) > 15
    assert contrast(palette.UNKNOWN_HATCH[theme], palette.UNKNOWN_VALUE[theme]) > 1.5


def test_none_is_red() -> None:
    for colours in SEQUENTIAL.values():
        for colour in colours:
            red, green, blue = bytes.fromhex(colour[1:])
            assert red <= max(green, blue) * 1.1


@pytest.mark.parametrize("theme", THEMES)
def test_fewer_classes_take_colours_from_end_to_end(theme: Theme) -> None:
    for count in range(2, 7):
        chosen = sequential(theme, count)
        assert len(set(chosen)) == count
        assert (chosen[0], chosen[-1]) == (SEQUENTIAL[theme][0], SEQUENTIAL[theme][-1])
    assert len(sequential(theme, 1)) == 1
    with pytest.raises(ValueError, match="7"):
        sequential(theme, 7)
