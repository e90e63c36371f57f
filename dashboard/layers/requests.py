"""Requests 诉求工单, by category; closed ones are pale."""

from dashboard.layers.layer import Layer
from dashboard.layers.points import PointLook
from wording import mark

LOOK = PointLook(
    noun="requests",
    essentials=("category", "channel", "reported_at", "closed_at"),
    title="category",
    radius=4.5,
    solid=("is_open", "True"),
    hollow=mark("pale: closed"),
)
LAYER = Layer("requests", LOOK.build)
