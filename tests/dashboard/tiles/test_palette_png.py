from __future__ import annotations

import io

import numpy as np
from PIL import Image

from dashboard.tiles.palette_png import palette_png, rgba


def test_a_picture_is_read_back_pixel_by_pixel() -> None:
    indices = np.random.default_rng(3).integers(0, 3, (17, 31)).astype(np.uint8)
    colours = [(0, 0, 0, 0), rgba("#102030"), rgba("#ff8000", 0.5)]
    image = Image.open(io.BytesIO(palette_png(indices, colours)))
    image.load()
    assert np.array_equal(np.asarray(image), indices)
    assert np.array_equal(np.asarray(image.convert("RGBA")), np.array(colours, dtype=np.uint8)[indices])


def test_colours_are_read_as_they_are_written() -> None:
    assert rgba("#0a0bff") == (10, 11, 255, 255)
    assert rgba("#0a0bff", 0.45) == (10, 11, 255, 115)
