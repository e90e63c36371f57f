"""What was found out about the datum of a source, and the sentence that says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from wording import Message, mark

if TYPE_CHECKING:
    from etl.datum import Datum

Method: TypeAlias = Literal["named_districts", "near_roads", "inside_boundary", "boundary_overlap"]
Reason: TypeAlias = Literal["firm", "few", "poor", "split", "disagree", "none"]

_FIRM: dict[Method, str] = {
    "named_districts": mark(
        "The coordinates are {datum}: {score} % of {samples} points lie in the district they name, "
        "against {rival_score} % if they were {rival}."
    ),
    "near_roads": mark(
        "The coordinates are {datum}: half of {samples} points lie within {score} m of a road, "
        "against {rival_score} m if they were {rival}."
    ),
    "inside_boundary": mark(
        "The coordinates are {datum}: {score} % of {samples} points lie inside the boundary of the place, "
        "against {rival_score} % if they were {rival}."
    ),
    "boundary_overlap": mark(
        "The coordinates are {datum}: the areas cover the outline of the place to {score} %, "
        "against {rival_score} % if they were {rival} ({samples} points compared)."
    ),
}
_FEW = mark(
    "The coordinate system can't be told: only {telling} of {samples} points show a difference, "
    'and {needed} are needed. Write datum = "gcj02" (or "bd09", "wgs84") for this source in sources.toml.'
)
_POOR = mark(
    "The coordinate system can't be told: even read as {datum}, only {score} % of {samples} points "
    'fit the map. Write datum = "gcj02" (or "bd09", "wgs84") for this source in sources.toml.'
)
_POOR_OVERLAP = mark(
    "The coordinate system can't be told: even read as {datum}, the areas cover the outline of the place "
    'only to {score} %. Write datum = "gcj02" (or "bd09", "wgs84") for this source in sources.toml.'
)
_POOR_ROADS = mark(
    "The coordinate system can't be told: even read as {datum}, half of {samples} points lie more than "
    '{score} m from any road. Write datum = "gcj02" (or "bd09", "wgs84") for this source in sources.toml.'
)
_SPLIT = mark(
    "The coordinate system can't be told: of {telling} points that show a difference, only {agreement} % "
    "speak for {datum}, so the file may mix two systems. Split it, or write "
    'datum = "gcj02" (or "bd09", "wgs84") for this source in sources.toml.'
)
_DISAGREE = mark(
    "The coordinate system can't be told: one comparison with the map says {datum}, another says {rival}. "
    'Write datum = "gcj02" (or "bd09", "wgs84") for this source in sources.toml.'
)
_NONE = mark(
    "The coordinate system can't be told: there is nothing to compare the points with. "
    'Write datum = "gcj02" (or "bd09", "wgs84") for this source in sources.toml.'
)


@dataclass(frozen=True)
class DatumFinding:
    """The datum of a source, or none where the evidence is thin, with the evidence behind it.

    Scores are shares from 0 to 1, but for `near_roads` median metres; the margin is the best score's
    lead over the next, in the same unit. Of the `telling` points, those that fit one datum and clearly
    not another, the share `agreement` speaks for the datum that fits best. WGS-84 stands for CGCS2000 too.
    """

    datum: Datum | None
    method: Method | None
    scores: dict[Datum, float] = field(default_factory=dict)
    margin: float = 0.0
    samples: int = 0
    reason: Reason = "none"
    telling: int = 0
    telling_needed: int = 0
    agreement: float = 0.0
    contradicted_by: Datum | None = None

    @property
    def ranking(self) -> list[Datum]:
        """The datums from the best fitting to the worst."""
        return sorted(self.scores, key=lambda datum: self.scores[datum], reverse=self.method != "near_roads")

    @property
    def message(self) -> Message:
        if self.method is None:
            return Message(_NONE)
        return Message(self._sentence(self.method), self._values())

    def _sentence(self, method: Method) -> str:
        if self.reason == "firm":
            return _FIRM[method]
        if self.reason == "poor":
            return {"near_roads": _POOR_ROADS, "boundary_overlap": _POOR_OVERLAP}.get(method, _POOR)
        return {"few": _FEW, "split": _SPLIT, "disagree": _DISAGREE}.get(self.reason, _NONE)

    def _values(self) -> dict[str, Any]:
        values: dict[str, Any] = {
            "samples": self.samples,
            "telling": self.telling,
            "needed": self.telling_needed,
            "agreement": round(self.agreement * 100),
        }
        if self.scores:
            best, rival = self.ranking[:2]
            values |= {"datum": best.label, "score": self._shown(best)}
            values |= {"rival": (self.contradicted_by or rival).label, "rival_score": self._shown(rival)}
        return values

    def _shown(self, datum: Datum) -> float:
        score = self.scores[datum]
        return round(score if self.method == "near_roads" else score * 100, 1)
