"""Resources 沿线资源: existing places that could host a station, by kind."""

from dashboard.layers.layer import Layer
from dashboard.layers.points import PointLook

LOOK = PointLook(
    noun="resources",
    look="diamond",
    essentials=("kind", "bays", "operator"),
    radius=5,
)
LAYER = Layer("resources", LOOK.build)
