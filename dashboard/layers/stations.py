"""Stations 驿站: a pin each, by tier; those not open are hollow."""

from dashboard.layers.layer import Layer
from dashboard.layers.points import PointLook
from wording import mark

LOOK = PointLook(
    noun="stations",
    essentials=("tier", "status", "bays", "opening_hours"),
    look="pin",
    is_clustered=True,
    signs={
        "red_station": mark("R"),
        "service_station": mark("S"),
        "service_point": mark("P"),
        "driver_home": mark("H"),
        "hazmat_station": mark("D"),
    },
    solid=("status", "open"),
    hollow=mark("hollow: not open"),
)
LAYER = Layer("stations", LOOK.build, is_on=True)
