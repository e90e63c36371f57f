"""Requests 诉求工单, by category; closed ones are pale."""

from dashboard.layers.layer import Layer
from dashboard.layers.points import PointLook

LOOK = PointLook(
    noun="requests",
    essentials=("category", "channel", "reported_at", "closed_at"),
    title="category",
    radius=4.5,
    solid=("is_open", "True"),
)
LAYER = Layer("requests", LOOK.build)
