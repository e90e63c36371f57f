"""The outline of a cluster: the ground that its shops cover together, in metres."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.sparse.csgraph import minimum_spanning_tree
from scipy.spatial import KDTree

if TYPE_CHECKING:
    from planning.clusters.arrays import Shape, Shapes, Spots
    from planning.clusters.rules import ClusterRules

_RASTER_M = 10.0
_ARC_PARTS = 4
_BENDS_M = 3.0


def cluster_outline(spots_m: Spots, rules: ClusterRules) -> Shape:
    """What lies between shops that are neighbours, and a margin: one piece, and no hole in it."""
    spots = np.unique(np.round(spots_m / _RASTER_M) * _RASTER_M, axis=0)
    amid, ways = _amid(spots, rules.distance_m), _ways_between(spots, rules.distance_m)
    # Only what sticks out: the lines that lie amid the others would cost most of the time.
    between = [*shapely.get_parts(amid), *ways[~shapely.covers(amid, ways)], shapely.Point(spots[0])]
    ground = shapely.buffer(shapely.geometrycollections(between), rules.margin_m, quad_segs=_ARC_PARTS)
    return shapely.simplify(shapely.Polygon(ground.exterior), _BENDS_M)


def _ways_between(spots: Spots, distance_m: float) -> Shapes:
    """The shortest lines that join all spots; the shops of a cluster are never farther apart than it allows."""
    tree = KDTree(spots)
    near = tree.sparse_distance_matrix(tree, distance_m + 2 * _RASTER_M, output_type="coo_matrix")
    joined = minimum_spanning_tree(near.tocsr()).tocoo()
    return np.array(shapely.linestrings(np.stack([spots[joined.row], spots[joined.col]], axis=1)), dtype=object)


def _amid(spots: Spots, distance_m: float) -> Shape:
    """The ground amid each three shops that are all neighbours."""
    triangles = shapely.get_parts(shapely.delaunay_triangles(shapely.multipoints(spots)))
    corners = shapely.get_coordinates(triangles).reshape(-1, 4, 2)
    longest_m = np.hypot(*np.diff(corners, axis=1).transpose(2, 0, 1)).max(axis=1, initial=0)
    return shapely.coverage_union_all(triangles[longest_m <= distance_m])
