"""数据体检: where every row came from, and what was refused, repaired and found."""

from __future__ import annotations

from dashboard.data_health.findings import show_findings
from dashboard.data_health.headline import show_headline
from dashboard.data_health.rejects import show_rejects
from dashboard.data_health.repairs import show_repairs
from dashboard.data_health.sources import show_sources
from dashboard.place import current_atlas
from planning.data_health import health_report

report = health_report(current_atlas())

show_headline(report)
show_sources(report)
show_rejects(report)
show_repairs(report)
show_findings(report)
