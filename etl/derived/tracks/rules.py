"""By what numbers tracks are read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TrackRules:
    """Four are the law's or the house's and stand in the standards too, where a test compares them."""

    rest_stop_min: float = 20.0
    driving_spell_h: float = 4.0
    k_anonymity: int = 5
    truck_expressway_km_per_h: float = 90.0
    # Faster than any truck: a position reached so is wrong.
    fastest_km_per_h: float = 150.0
    # A receiver that hangs repeats its position to the last digit and yet reports a speed.
    frozen_from_km_per_h: float = 10.0
    # Of the pings of one minute the first counts.
    slot_s: float = 60.0
    # A truck stands that is slower than a man walks; receivers waver, and in long silence it may be moved up a little.
    walking_km_per_h: float = 3.0
    noise_m: float = 30.0
    standing_radius_m: float = 100.0
    # Between two stops: less is moving up in a yard or a queue, and no trip.
    shunting_m: float = 500.0
    # Silence that lasts longer is never driving without a rest.
    longest_leg_h: float = 2.0
    # Matching: 40 m hold the noise of receivers and the width of an expressway as drawn.
    reach_m: float = 40.0
    square_m: float = 100.0
    least_move_m: float = 30.0
    least_agreement: float = 0.5  # 60 degrees
    turn_costs_m: float = 60.0

    def bound(self) -> dict[str, float]:
        """As the statements name them, in seconds and metres."""
        return {
            "rest_s": self.rest_stop_min * 60,
            "spell_s": self.driving_spell_h * 3600,
            "cruising_m_per_s": self.truck_expressway_km_per_h / 3.6,
            "fastest_m_per_s": self.fastest_km_per_h / 3.6,
            "frozen_from_km_per_h": self.frozen_from_km_per_h,
            "standing_radius_m": self.standing_radius_m,
            "slot_s": self.slot_s,
            "walking_m_per_s": self.walking_km_per_h / 3.6,
            "noise_m": self.noise_m,
            "shunting_m": self.shunting_m,
            "longest_leg_s": self.longest_leg_h * 3600,
            "reach_m": self.reach_m,
            "square_m": self.square_m,
            "least_move_m": self.least_move_m,
            "least_agreement": self.least_agreement,
            "turn_costs_m": self.turn_costs_m,
        }
