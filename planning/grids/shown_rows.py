"""The rows behind a number of persons: small groups without their numbers, and what they add together in one row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planning.features import KEY
from planning.grids.persons import persons_on_grids

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planning.grids.persons import Persons

KINDS = ("drivers", "party_drivers")


def shown_rows(rows: Sequence[Mapping[str, Any]], what: str, k: int) -> list[dict[str, Any]]:
    """Rows as `kpi_drivers_by_grid` answers them with `counted`, what each adds; the last adds what is hidden."""
    persons = {kind: persons_on_grids(rows, kind, k) for kind in KINDS}
    counted = persons[what].by_grid
    shown = [_shown(row, persons, k) | {"counted": counted.get(row[KEY])} for row in rows]
    hidden = [row for row in shown if row[KEY] in counted and persons[what].hides_what_is_added_by(row[KEY])]
    together = sum(row["counted"] for row in hidden)
    for row in hidden:
        row["counted"] = None
    if hidden:
        shown.append(dict.fromkeys(rows[0]) | {"is_together": True, "counted": together})
    return shown


def _shown(row: Mapping[str, Any], persons: Mapping[str, Persons], k: int) -> dict[str, Any]:
    """One row without the numbers that its grid, or a code that no grid has, must not show."""
    found = dict(row)
    for kind in KINDS:
        if row["is_grid"]:
            found[kind] = persons[kind].own(row[KEY]).value
            is_hidden = persons[kind].hides_what_is_added_by(row[KEY])
        else:
            is_hidden = False
        listed = f"ledger_{kind}"
        if is_hidden or 0 < (row[listed] or 0) < k:
            found[listed] = None
    return found
