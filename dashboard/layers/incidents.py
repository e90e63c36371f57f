"""Incidents 事故与违法, by kind."""

from dashboard.layers.layer import Layer
from dashboard.layers.points import PointLook

LOOK = PointLook(
    noun="incidents",
    look="triangle",
    essentials=("happened_at", "severity", "deaths", "injuries", "ref"),
    title="kind",
    radius=4.5,
)
LAYER = Layer("incidents", LOOK.build)
