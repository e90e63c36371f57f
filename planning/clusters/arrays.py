"""The arrays that clusters are worked out with."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

Spots: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]  # x and y in metres, a row for each shop
Degrees: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
Labels: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]  # the number of each shop's cluster
Days: TypeAlias = np.ndarray[Any, np.dtype[np.datetime64]]  # NaT where unknown
Flags: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]
Shapes: TypeAlias = np.ndarray[Any, np.dtype[np.object_]]
Shape: TypeAlias = Any  # one of shapely's
