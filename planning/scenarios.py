"""Saved siting plans: small readable files in the place, which say what was asked, on what, and what came of it."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from etl.durable_file import replace_text
from planning.siting.answer import answered
from planning.siting.question import SitingQuestion
from planning.siting.reasons import reasons
from planning.siting.solver.effort import Effort
from planning.standards.of_place import standards_of
from wording import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from planning.atlas import Atlas
    from planning.siting.answer import SitingAnswer

FOLDER = "scenarios"
_NAME = re.compile(r"[^\W_][\w\-（）()· ]{0,59}")
_FORMAT = 1


@dataclass(frozen=True)
class SavedSite:
    """A site as it was when the plan was saved."""

    candidate_id: str
    name: str
    action: str
    cost_yuan: float
    year: int
    gain: float
    lon: float
    lat: float
    reason: str


@dataclass(frozen=True)
class Scenario:
    """A plan with the snapshot and standards that it was made on."""

    name: str
    saved_at: str
    build_id: str
    standards_sign: str
    question: SitingQuestion
    sites: tuple[SavedSite, ...]
    figures: dict[str, float | None]
    is_proven: bool
    was_cut: bool
    time_limit_s: float = 60.0
    format: int = field(default=_FORMAT)

    @property
    def cost_yuan(self) -> float:
        return sum(site.cost_yuan for site in self.sites)

    def is_stale(self, atlas: Atlas) -> bool:
        """Made on another snapshot, or by other standards, than are in force."""
        return self.build_id != atlas.build_id or self.standards_sign != standards_of(atlas.place_folder).sign


def save(answer: SitingAnswer, name: str, time_limit_s: float = 60.0) -> Scenario:
    """Keep a plan under a name; one of the same name is replaced."""
    atlas, why = answer.setting.atlas, reasons(answer)
    made = Scenario(
        name=_sound(name), saved_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), build_id=atlas.build_id,
        standards_sign=standards_of(atlas.place_folder).sign, question=answer.question,
        sites=tuple(
            SavedSite(
                site.candidate.candidate_id, site.candidate.name, site.candidate.action, site.candidate.cost_yuan,
                site.year, site.gain, site.candidate.lon, site.candidate.lat, why[site.number].sentence,
            )
            for site in answer.sites
        ),
        figures=figures_of(answer), is_proven=answer.is_proven, was_cut=answer.was_cut, time_limit_s=time_limit_s,
    )  # fmt: skip
    folder = atlas.place_folder / FOLDER
    folder.mkdir(exist_ok=True)
    told = {**asdict(made), "question": made.question.to_json_dict()}
    replace_text(_file(atlas.place_folder, made.name), json.dumps(told, ensure_ascii=False, indent=2) + "\n")
    return made


def figures_of(answer: SitingAnswer) -> dict[str, float | None]:
    """What scenarios are compared by."""
    longest_before, longest = answer.longest_min()
    return {
        "covered_before_pct": answer.covered_before_pct,
        "covered_pct": answer.covered_pct,
        "bound_pct": answer.bound_pct,
        "gap_pct": answer.gap_pct,
        "cost_yuan": answer.cost_yuan,
        "stations": float(len(answer.sites)),
        "longest_before_min": longest_before,
        "longest_min": longest,
        **{f"{name}_before": answer.amount(name, before=True) for name in answer.setting.amounts},
        **{name: answer.amount(name) for name in answer.setting.amounts},
    }


def scenarios(place_folder: Path) -> list[Scenario]:
    """All that are kept, the newest first; a file that is none is left out."""
    return sorted(_readable(place_folder), key=lambda one: (one.saved_at, one.name), reverse=True)


def scenario(place_folder: Path, name: str) -> Scenario:
    """One of them; where none has the name, the refusal tells those that there are."""
    file = _file(place_folder, name)
    try:
        return _read(file.read_text("utf-8"))
    except FileNotFoundError:
        known = ", ".join(one.name for one in scenarios(place_folder)) or "–"
        raise Refusal("There is no scenario “{name}”. There are: {names}.", name=name, names=known) from None
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise Refusal("{file} is no scenario: {fault}. Save the plan again.", file=file, fault=fault) from fault


def forget(place_folder: Path, name: str) -> None:
    _file(place_folder, name).unlink(missing_ok=True)


def run_again(atlas: Atlas, kept: Scenario, effort: Effort | None = None) -> SitingAnswer:
    """The same question on the snapshot in force: the same answer where snapshot and standards are the same."""
    return answered(atlas, kept.question, effort or Effort(kept.time_limit_s, kept.question.seed))


def _readable(place_folder: Path) -> Iterator[Scenario]:
    for file in sorted((place_folder / FOLDER).glob("*.json")):
        try:
            yield _read(file.read_text("utf-8"))
        except (OSError, ValueError, KeyError, TypeError):
            continue


def _read(text: str) -> Scenario:
    told: dict[str, Any] = json.loads(text)
    if not _NAME.fullmatch(told["name"]):
        raise ValueError(told["name"])
    sites = tuple(SavedSite(**site) for site in told.pop("sites"))
    return Scenario(question=SitingQuestion.from_json_dict(told.pop("question")), sites=sites, **told)


def _file(place_folder: Path, name: str) -> Path:
    return place_folder / FOLDER / f"{_sound(name)}.json"


def _sound(name: str) -> str:
    name = name.strip()
    if not _NAME.fullmatch(name):
        raise Refusal(
            "“{name}” cannot be the name of a scenario. Take up to 60 letters, digits, spaces, hyphens or brackets.",
            name=name,
        )
    return name
