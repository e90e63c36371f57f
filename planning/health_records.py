"""The records that a health report is made of."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, Self

from etl.rules import reason_sentence, repair_sentence
from planning.column_labels import Labels, label_of
from planning.finding_words import finding_sentence, finding_title
from wording import Message, say

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True)
class Tally:
    """Where rows went: read = kept + rejected + merged; repaired ones are among the kept."""

    read: int = 0
    kept: int = 0
    rejected: int = 0
    merged: int = 0
    repaired: int = 0

    @property
    def kept_pct(self) -> float | None:
        """Unknown where nothing was read."""
        return 100 * self.kept / self.read if self.read else None

    @classmethod
    def sum_of(cls, tallies: Iterable[Tally]) -> Self:
        listed = list(tallies)
        return cls(*(sum(getattr(tally, field.name) for tally in listed) for field in fields(cls)))


@dataclass(frozen=True)
class BuildFacts:
    """The place, and when and how its snapshot was made; times are China's."""

    build_id: str
    place_name: str
    place_name_en: str | None
    is_made_up: bool
    product_version: str
    started_at: dt.datetime
    took_s: float | None
    cell_size_m: float

    def to_json_dict(self) -> dict[str, Any]:
        return {
            "id": self.build_id,
            "started_at": self.started_at.isoformat(),
            "took_s": self.took_s,
            "product_version": self.product_version,
            "is_made_up": self.is_made_up,
        }


@dataclass(frozen=True)
class Origin:
    """One sheet, layer or file as it was read."""

    origin_id: int
    file: str
    sheet: str | None
    size_bytes: int
    sha256: str
    headings: Mapping[str, tuple[str, ...]]  # column of the contract → the headings it was read from
    unused_headings: tuple[str, ...]
    notes: tuple[Message, ...]
    tally: Tally

    def heading_of(self, column: str) -> str:
        """What the office calls a column, or the column itself where its file had no such heading."""
        return ", ".join(self.headings.get(column, (column,)))


@dataclass(frozen=True)
class ReasonCount:
    """In how many rows of a source a rule was broken in one column."""

    rule: str
    column: str | None
    column_label: str
    row_count: int

    @property
    def sentence(self) -> str:
        return reason_sentence(self.rule, self.column_label)


@dataclass(frozen=True)
class Source:
    """One source of sources.toml, and what became of its rows."""

    source_id: int
    name: str
    noun: str
    publisher: str | None
    licence: str | None
    received_on: dt.date | None
    datum: str | None
    datum_found_by: Message | None
    refusal: Message | None
    origins: tuple[Origin, ...]
    tally: Tally
    title: str  # the noun's label where the office gave no name
    reasons: tuple[ReasonCount, ...]
    rows_by_rule: Mapping[str, int]  # a row that breaks a rule in two columns counts once

    @property
    def datum_label(self) -> str | None:
        return datum_label(self.datum)

    def to_json_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "noun": self.noun,
            **asdict(self.tally),
            "datum": self.datum,
            "refusal": str(self.refusal) if self.refusal else None,
            "files": list(dict.fromkeys(origin.file for origin in self.origins)),
            "reasons": dict(self.rows_by_rule),
        }


@dataclass(frozen=True)
class Reason:
    """One rule that a row breaks, and the column it concerns."""

    rule: str
    column: str | None
    column_label: str

    @property
    def sentence(self) -> str:
        return reason_sentence(self.rule, self.column_label)


@dataclass(frozen=True)
class RejectedRow:
    """A refused row as its office wrote it."""

    noun: str
    origin: Origin
    row_number: int
    reasons: tuple[Reason, ...]
    original: Mapping[str, str | None]  # under the office's own headings


@dataclass(frozen=True)
class RepairCount:
    """In how many rows of a source one thing was put right, with an example."""

    source_id: int
    rule: str
    column: str | None
    column_label: str
    row_count: int
    example_original: str | None
    example_result: str | None

    @property
    def sentence(self) -> str:
        return repair_sentence(self.rule)


@dataclass(frozen=True)
class FindingCount:
    """How often one thing was found between rows; the area is unknown where none was measured."""

    rule: str
    finding_count: int
    area_km2: float | None

    @property
    def title(self) -> str:
        return finding_title(self.rule)


@dataclass(frozen=True)
class Finding:
    """One thing found between rows: an orphan, an overlap, a hole."""

    rule: str
    noun: str
    subject_id: str | None
    subject_name: str | None
    other_id: str | None
    other_name: str | None
    area_km2: float | None
    row_count: int | None
    lon: float | None
    lat: float | None

    @property
    def sentence(self) -> str:
        return finding_sentence(
            self.rule,
            subject=self.subject_name or self.subject_id,
            other=self.other_name or self.other_id,
            area_km2=self.area_km2,
            count=self.row_count,
        )

    def to_json_dict(self) -> dict[str, Any]:
        return asdict(self)


def datum_label(datum: str | None) -> str | None:
    """A datum as people write it; what is none is left as it is."""
    from etl.datum import Datum  # noqa: PLC0415  (it brings geometry, which few askers need)

    return Datum(datum).label if datum in set(Datum) else datum


def stored_message(text: str | None) -> Message | None:
    """A message as the snapshot keeps it."""
    return Message.from_json(text) if text else None


def rejected_row(row: Mapping[str, Any], origin: Origin, labels: Labels, noun: str) -> RejectedRow:
    """A refused row as the snapshot keeps it, brought back to its office's headings."""
    return RejectedRow(
        noun=noun,
        origin=origin,
        row_number=row["row_number"],
        reasons=tuple(
            Reason(
                reason["rule"],
                reason["column"] or None,
                column_label(labels, noun, reason["column"], reason["rule"]),
            )
            for reason in row["reasons"]
        ),
        original=_under_headings(json.loads(row["original"]), origin),
    )


def column_label(labels: Labels, noun: str, column: str | None, rule: str) -> str:
    """A column's label; what concerns position or shape has no one column, nor has a whole row."""
    if rule.startswith(("position_", "datum_")):
        return say("position")
    if rule.startswith(("shape_", "line_")):
        return say("shape")
    return label_of(labels, noun, column) if column else ""


def _under_headings(original: Mapping[str, object], origin: Origin) -> dict[str, str | None]:
    shown: dict[str, str | None] = {}
    for column, value in original.items():
        if value is None and column not in origin.headings:
            continue  # a column that the office's file does not have
        heading, text = origin.heading_of(column), _text(value)
        before = shown.get(heading)
        # Columns read from one and the same cell say it once; others of one name lose nothing.
        if before is None:
            shown[heading] = text
        elif text is not None and text != before:
            shown[heading] = f"{before}; {text}"
    return shown


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
