"""Enterprises 货运企业 with a known position, by kind."""

from dashboard.layers.layer import Layer
from dashboard.layers.points import PointLook

LOOK = PointLook(
    noun="enterprises",
    look="diamond",
    essentials=("kind", "trucks", "drivers"),
)
LAYER = Layer("enterprises", LOOK.build)
