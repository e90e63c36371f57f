"""Where every row of a build came from, and what was refused, repaired and found.

`health_report` is the one home of these figures: the page, `yitu check` and the exports ask it alike.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from planning.column_labels import Labels, column_labels, label_of
from planning.health_records import (
    BuildFacts,
    Finding,
    FindingCount,
    Origin,
    ReasonCount,
    RejectedRow,
    RepairCount,
    Source,
    Tally,
    column_label,
    datum_label,
    rejected_row,
    stored_message,
)
from wording import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planning.atlas import Atlas

FINDINGS_LISTED = 1000
_ROWS_AT_ONCE = 5000
_Row: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class HealthReport:
    """One build's account of itself. Hold it as long as you ask for refused rows."""

    build: BuildFacts
    sources: tuple[Source, ...]
    repairs: tuple[RepairCount, ...]
    finding_counts: tuple[FindingCount, ...]
    findings: tuple[Finding, ...]  # at most FINDINGS_LISTED of them
    labels: Labels
    _atlas: Atlas

    @property
    def total(self) -> Tally:
        return Tally.sum_of(source.tally for source in self.sources)

    @property
    def finding_total(self) -> int:
        return sum(count.finding_count for count in self.finding_counts)

    def noun_label(self, noun: str) -> str:
        return label_of(self.labels, noun)

    def source(self, source_id: int) -> Source:
        return next(source for source in self.sources if source.source_id == source_id)

    def rejected_rows(
        self, source_id: int, *, rule: str | None = None, limit: int = 100, offset: int = 0
    ) -> list[RejectedRow]:
        """Refused rows of a source, or those of them that break one rule, in the order of its files."""
        source = self.source(source_id)
        origins = {origin.origin_id: origin for origin in source.origins}
        found = self._atlas.query("data_health_rejects", source_id=source_id, rule=rule, limit=limit, offset=offset)
        return [rejected_row(row, origins[row["origin_id"]], self.labels, source.noun) for row in found.to_pylist()]

    def rejected_headings(self, source_id: int) -> list[str]:
        """The office's own headings over a source's refused rows, in the order of its files."""
        source = self.source(source_id)
        origins = {origin.origin_id: origin for origin in source.origins}
        found = self._atlas.query("data_health_rejected_columns", source_id=source_id).to_pylist()
        present = {origins[row["origin_id"]].heading_of(row["column"]) for row in found}
        in_order = [origin.heading_of(column) for origin in source.origins for column in origin.headings]
        return list(dict.fromkeys([*(heading for heading in in_order if heading in present), *sorted(present)]))

    def every_rejected_row(self, source_id: int, *, at_most: int) -> Iterator[RejectedRow]:
        """The same without end but for `at_most`, a batch at a time so that memory stays small."""
        for offset in range(0, at_most, _ROWS_AT_ONCE):
            limit = min(_ROWS_AT_ONCE, at_most - offset)
            batch = self.rejected_rows(source_id, limit=limit, offset=offset)
            yield from batch
            if len(batch) < limit:
                return

    def to_json_dict(self) -> dict[str, Any]:
        """The report for programs: names of sources and rules are stable, sentences are left out."""
        return {
            "place": self.build.place_name,
            "build": self.build.to_json_dict(),
            "sources": [source.to_json_dict() for source in self.sources],
            "findings": [finding.to_json_dict() for finding in self.findings],
        }


def health_report(atlas: Atlas) -> HealthReport:
    """All that the snapshot says of its own making."""
    labels = column_labels(atlas)
    sources = _sources(atlas, labels)
    nouns = {source.source_id: source.noun for source in sources}
    return HealthReport(
        build=build_facts(atlas),
        sources=sources,
        repairs=tuple(_repair(row, nouns, labels) for row in atlas.query("data_health_repairs").to_pylist()),
        finding_counts=tuple(FindingCount(**row) for row in atlas.query("data_health_finding_counts").to_pylist()),
        findings=tuple(
            Finding(**row) for row in atlas.query("data_health_findings", limit=FINDINGS_LISTED).to_pylist()
        ),
        labels=labels,
        _atlas=atlas,
    )


def build_facts(atlas: Atlas) -> BuildFacts:
    """Place and build alone, for what every page shows."""
    row = atlas.query("data_health_build").to_pylist()[0]
    return BuildFacts(build_id=atlas.build_id, **row)


def _sources(atlas: Atlas, labels: Labels) -> tuple[Source, ...]:
    origins = _by_source(atlas.query("data_health_origins").to_pylist())
    reasons = _by_source(atlas.query("data_health_reasons").to_pylist())
    rule_rows = _by_source(atlas.query("data_health_rule_rows").to_pylist())
    return tuple(
        _source(row, labels, *(found.get(row["source_id"], []) for found in (origins, reasons, rule_rows)))
        for row in atlas.query("data_health_sources").to_pylist()
    )


def _by_source(rows: list[_Row]) -> dict[int, list[_Row]]:
    grouped: dict[int, list[_Row]] = {}
    for row in rows:
        grouped.setdefault(row["source_id"], []).append(row)
    return grouped


def _source(
    row: _Row, labels: Labels, origin_rows: list[_Row], reason_rows: list[_Row], rule_rows: list[_Row]
) -> Source:
    origins = tuple(_origin(origin) for origin in origin_rows)
    row["datum_found_by"] = stored_message(row["datum_found_by"])
    row["refusal"] = stored_message(row["refusal"])
    return Source(
        **row,
        title=label_of(labels, row["noun"]) if row["name"] == row["noun"] else row["name"],
        origins=origins,
        tally=Tally.sum_of(origin.tally for origin in origins),
        reasons=tuple(
            ReasonCount(
                reason["rule"],
                reason["column"],
                column_label(labels, row["noun"], reason["column"], reason["rule"]),
                reason["row_count"],
            )
            for reason in reason_rows
        ),
        rows_by_rule={counted["rule"]: counted["row_count"] for counted in rule_rows},
    )


def _origin(row: _Row) -> Origin:
    return Origin(
        origin_id=row["origin_id"],
        file=row["file"],
        sheet=row["sheet"],
        size_bytes=row["size_bytes"],
        sha256=row["sha256"],
        headings={
            column: (heading,) if isinstance(heading, str) else tuple(heading)
            for column, heading in json.loads(row["headings"]).items()
        },
        unused_headings=tuple(row["unused_headings"]),
        notes=tuple(Message.from_json(note) for note in row["notes"]),
        tally=Tally(row["read"], row["kept"], row["rejected"], row["merged"], row["repaired"]),
    )


def _repair(row: _Row, nouns: dict[int, str], labels: Labels) -> RepairCount:
    if row["rule"] == "datum_converted":
        row |= {part: datum_label(row[part]) for part in ("example_original", "example_result")}
    label = column_label(labels, nouns[row["source_id"]], row["column"], row["rule"])
    return RepairCount(**row, column_label=label)
