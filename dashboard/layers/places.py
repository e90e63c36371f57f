"""Places 村镇, by kind, with their people."""

from dashboard.layers.layer import Layer
from dashboard.layers.points import PointLook

LOOK = PointLook(
    noun="places",
    essentials=("kind", "people"),
    radius=3.5,
)
LAYER = Layer("places", LOOK.build)
