"""The account of a build as a table in the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from planning.data_health import HealthReport
from wording import say


def show_report(report: HealthReport) -> None:
    """One line a source, then the reasons for what was refused."""
    console = Console(stderr=True, highlight=False)
    table = Table(box=None, pad_edge=False)
    for heading in (say("Source"), say("Read"), say("Kept"), say("Refused"), say("Merged"), say("Repaired")):
        table.add_column(heading, justify="left" if heading == say("Source") else "right")
    for source in report.sources:
        tally = source.tally
        counts = (tally.read, tally.kept, tally.rejected, tally.merged, tally.repaired)
        table.add_row(Text(source.title), *(f"{count:,}" for count in counts))
    console.print(table)
    for source in report.sources:
        if source.refusal is not None:
            console.print(Text(f"✗ {source.title}: {source.refusal}"))
        unused = list(dict.fromkeys(heading for origin in source.origins for heading in origin.unused_headings))
        if unused:
            sentence = say("headings not used: {headings}", headings="、".join(unused))
            console.print(Text(f"  {source.title}: {sentence}"))
        for reason in source.reasons:
            console.print(Text(f"  {source.title}: {reason.sentence} × {reason.row_count:,}"))
