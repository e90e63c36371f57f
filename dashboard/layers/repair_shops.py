"""Repair shops 维修点, by class; those not filed are pale."""

from dashboard.layers.layer import Layer
from dashboard.layers.points import PointLook
from wording import mark

LOOK = PointLook(
    noun="repair_shops",
    look="square",
    essentials=("class", "is_filed", "surveyed_on"),
    radius=4,
    solid=("is_filed", "True"),
    hollow=mark("pale: not filed"),
)
LAYER = Layer("repair_shops", LOOK.build)
