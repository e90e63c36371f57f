"""The cells of a build as a raster in memory, one number per square of the lattice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from etl.projection import LocalProjection
from planning.cell_measures import CELL_MEASURES
from wording import Refusal

if TYPE_CHECKING:
    import numpy.typing as npt
    import pyarrow as pa

    from planning.atlas import Atlas
    from planning.cell_measures import CellMeasure

Values: TypeAlias = "np.ndarray[Any, np.dtype[np.float32]]"
Flags: TypeAlias = "np.ndarray[Any, np.dtype[np.bool_]]"

MOST_SQUARES = 100_000_000  # 600 MB: the box around a whole country in squares of 500 m
_CENTRE = re.compile(r"\+proj=laea \+lat_0=(?P<lat>-?[0-9.e+-]+) \+lon_0=(?P<lon>-?[0-9.e+-]+) .*", re.ASCII)


@dataclass(frozen=True)
class Lattice:
    """How the cells of a build lie on the earth."""

    cell_size_m: float
    projection: LocalProjection


@dataclass(frozen=True)
class CellRaster:
    """Row 0 is the southernmost, column 0 the westernmost; a square outside the place or unknown is not a number."""

    measure: CellMeasure
    values: Values
    is_inside: Flags
    is_partly_unknown: Flags
    i0: int
    j0: int
    lattice: Lattice

    @property
    def size_bytes(self) -> int:
        return self.values.nbytes + self.is_inside.nbytes + self.is_partly_unknown.nbytes


def cell_raster(atlas: Atlas, measure: str) -> CellRaster:
    """A measure of every cell, by name; each asked for once and held, since it reads all cells."""
    chosen = CELL_MEASURES.get(measure)
    if chosen is None:
        raise Refusal(
            "The cells have no measure “{measure}”. They have: {measures}.",
            measure=measure,
            measures=", ".join(CELL_MEASURES),
        )
    told = atlas.query("cell_lattice_build").to_pylist()[0]
    i0, j0 = told["first_i"] or 0, told["first_j"] or 0
    shape = _shape(told)
    table = atlas.query("cell_lattice")
    place = (_column(table, "j") - j0, _column(table, "i") - i0)
    values = np.full(shape, np.nan, dtype=np.float32)
    values[place] = _values(table, chosen)
    is_inside, is_partly_unknown = np.zeros(shape, dtype=np.bool_), np.zeros(shape, dtype=np.bool_)
    is_inside[place] = True
    is_partly_unknown[place] = _column(table, chosen.partly_unknown_column)
    return CellRaster(
        measure=chosen,
        values=values,
        is_inside=is_inside,
        is_partly_unknown=is_partly_unknown,
        i0=i0,
        j0=j0,
        lattice=_lattice(told),
    )


def lattice_of(atlas: Atlas) -> Lattice:
    """The lattice of a build, without its cells."""
    return _lattice(atlas.query("cell_lattice_build").to_pylist()[0])


def _lattice(told: dict[str, Any]) -> Lattice:
    return Lattice(told["cell_size_m"], projection_of(told["projection"]))


def projection_of(proj_string: str) -> LocalProjection:
    """The projection that a build was laid in, from what the snapshot says of it."""
    told = _CENTRE.fullmatch(proj_string)
    projection = LocalProjection(float(told["lon"]), float(told["lat"])) if told else None
    if projection is None or projection.proj_string != proj_string:
        raise Refusal("The snapshot names a projection that this version does not know. Build the place again.")
    return projection


def _shape(told: dict[str, Any]) -> tuple[int, int]:
    if told["first_i"] is None:
        return (0, 0)
    shape = (told["last_j"] - told["first_j"] + 1, told["last_i"] - told["first_i"] + 1)
    if shape[0] * shape[1] > MOST_SQUARES:
        raise Refusal(
            "The parts of this place lie too far apart to colour its cells of {size} m. "
            "Write a larger cell_size_m in sources.toml, then build again.",
            size=round(told["cell_size_m"], 1),
        )
    return shape


def _values(table: pa.Table, measure: CellMeasure) -> Values:
    values: npt.NDArray[np.float64] = _column(table, measure.column)
    if measure.is_per_km2:
        area_km2: npt.NDArray[np.float64] = _column(table, "area_km2")
        values = np.divide(values, area_km2, out=np.full(len(values), np.nan), where=area_km2 > 0)
    return values.astype(np.float32)


def _column(table: pa.Table, name: str) -> Any:  # noqa: ANN401  (numbers or flags; null becomes not a number)
    return table.column(name).to_numpy()
