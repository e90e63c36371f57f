from __future__ import annotations

import numpy as np
import pytest

from dashboard.class_breaks import FIRST, UNKNOWN, ZERO, Classes, class_breaks

DICE = np.random.default_rng(11)


@pytest.mark.parametrize(
    ("values", "breaks"),
    [
        ([], ()),
        ([np.nan, 0.0, -3.0], ()),
        ([7.0] * 50, ()),
        ([1.0, 2.0], (2.0,)),
        ([np.nan, 0.0, 5.0, np.inf], ()),
        (range(1, 1001), (200.0, 400.0, 600.0, 800.0)),
        (range(1, 101), (20.0, 40.0, 60.0, 80.0)),
        (10.0 ** np.arange(-2, 4, 0.01), (0.2, 2.0, 50.0, 500.0)),
    ],
)
def test_breaks_are_round(values: object, breaks: tuple[float, ...]) -> None:
    assert class_breaks(values) == breaks  # type: ignore[arg-type]


@pytest.mark.parametrize("scale", [1e-12, 1e-3, 1.0, 12345.678, 1e9])
@pytest.mark.parametrize(
    "values",
    [
        DICE.lognormal(0, 2, 5000),
        DICE.uniform(100, 200, 5000),
        DICE.uniform(1000, 1010, 5000),
        DICE.poisson(2, 5000).astype(float),
        DICE.uniform(0, 1, 3),
    ],
)
def test_classes_are_of_like_size_and_none_is_empty(values: np.ndarray, scale: float) -> None:  # type: ignore[type-arg]
    numbers = values * scale
    breaks = class_breaks(numbers)
    assert list(breaks) == sorted(set(breaks))
    assert len(breaks) <= 4
    positive = numbers[numbers > 0]
    counts = np.histogram(positive, [0, *breaks, np.inf])[0]
    assert (counts > 0).all()
    if len(np.unique(positive)) > 100:
        assert len(breaks) == 4
        assert counts.max() < len(positive) * 0.4


def test_a_value_belongs_to_the_class_that_begins_with_it() -> None:
    classes = Classes((0.3, 5.0), ("a", "b", "c"), "zero", "unknown")
    values = np.array([np.nan, -1, 0, 0.1, 0.3, 4.99, 5, 1e30, np.inf])
    expected = [UNKNOWN, ZERO, ZERO, FIRST, FIRST + 1, FIRST + 1, FIRST + 2, FIRST + 2, FIRST + 2]
    for kind in (np.float64, np.float32):
        assert classes.index(values.astype(kind)).tolist() == expected
    assert classes.index(values).dtype == np.uint8
    assert classes.ranges() == ((None, 0.3, "a"), (0.3, 5.0, "b"), (5.0, None, "c"))


def test_there_are_as_many_colours_as_classes() -> None:
    with pytest.raises(ValueError, match="only"):
        Classes((1.0,), ("only",), "zero", "unknown")
