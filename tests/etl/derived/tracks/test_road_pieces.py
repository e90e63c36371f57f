"""The squares from which each straight piece of road can be reached, beside shapely's distances."""

from __future__ import annotations

import numpy as np
import shapely

from etl.derived.tracks.road_pieces import road_pieces
from etl.derived.tracks.rules import TrackRules
from tests.etl.derived.small_county import HERE
from tests.etl.derived.small_roads import joined

RULES = TrackRules()
SIDE_M = RULES.square_m


def test_every_square_within_reach_of_a_piece_lists_it_once_and_no_square_far_off() -> None:
    database = joined({"long": [(-4_210, -3_030), (3_970, 2_480)], "short": [(120, 10), (131, 95), (133, 1_950)]})
    found = road_pieces(database, HERE, RULES)
    rows = list(
        zip(*(np.round(found[name].to_numpy(), 3).tolist() for name in ("x_m", "y_m", "east", "i", "j")), strict=True)
    )
    assert len(set(rows)) == len(rows)
    for piece in {row[:3] for row in rows}:
        listed = {row[3:] for row in rows if row[:3] == piece}
        nth = next(number for number, row in enumerate(rows) if row[:3] == piece)
        begin = np.array([found["x_m"][nth].as_py(), found["y_m"][nth].as_py()])
        ahead = np.array([found["east"][nth].as_py(), found["north"][nth].as_py()])
        line = shapely.LineString([begin, begin + found["length_m"][nth].as_py() * ahead])
        i, j = (axis.ravel() for axis in np.meshgrid(np.arange(-60, 60), np.arange(-60, 60)))
        off_m = shapely.distance(shapely.box(i * SIDE_M, j * SIDE_M, (i + 1) * SIDE_M, (j + 1) * SIDE_M), line)
        needed = {
            (float(one), float(other))
            for one, other in zip(i[off_m <= RULES.reach_m], j[off_m <= RULES.reach_m], strict=True)
        }
        assert needed <= listed
        assert len(listed) < 2 * len(needed)
