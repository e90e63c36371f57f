"""A mixed-integer program, minimised by HiGHS: for the questions that the Lagrangian tree does not answer."""

from __future__ import annotations

import os
import sys
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from planning.siting.solver.effort import Effort
from planning.siting.solver.limits import Numbers

if TYPE_CHECKING:
    from collections.abc import Callable

    from scipy.sparse import csr_array

_FEASIBILITY = 1e-9
_naming = threading.Lock()


@dataclass(frozen=True)
class Program:
    """Minimise `cost` over columns between 0 and 1, of which the first are whole, with rows between two bounds."""

    cost: Numbers
    rows: csr_array
    lower: Numbers
    upper: Numbers
    whole: int  # so many of the first columns are 0 or 1
    step: float  # the least by which two answers differ


@dataclass(frozen=True)
class Found:
    """The best that was found, if anything was, and what no answer can go below."""

    columns: Numbers | None
    value: float
    bound: float
    is_proven: bool


def minimised(program: Program, effort: Effort, told: Callable[[float, float], None] | None = None) -> Found:
    """The least cost; `told` hears the best value and the bound on the way."""
    import highspy  # noqa: PLC0415  (a tenth of a second, and only where it is needed)

    solver = _quiet_solver()
    solver.silent()
    for option, value in _options(program, effort).items():
        solver.setOptionValue(option, value)
    solver.passModel(_model(program))

    def heard(event: Any) -> None:  # noqa: ANN401
        if told is not None:
            told(event.data_out.mip_primal_bound, event.data_out.mip_dual_bound)
        if effort.is_over():
            event.interrupt()

    solver.cbMipInterrupt.subscribe(heard)
    solver.run()
    info, status = solver.getInfo(), solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Found(None, np.inf, np.inf, is_proven=True)
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        effort.is_over()
        return Found(None, np.inf, info.mip_dual_bound, is_proven=False)
    is_proven = status == highspy.HighsModelStatus.kOptimal
    value = float(info.objective_function_value)
    return Found(
        np.array(solver.getSolution().col_value), value, value if is_proven else info.mip_dual_bound, is_proven
    )


def _quiet_solver() -> Any:  # noqa: ANN401
    """HiGHS names itself on the standard output as soon as it is made, which is no place for that."""
    import highspy  # noqa: PLC0415

    with _naming:
        sys.stdout.flush()
        kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, 1)
            return highspy.Highs()  # type: ignore[no-untyped-call]
        finally:
            os.dup2(kept, 1)
            os.close(kept)
            os.close(nowhere)


def _options(program: Program, effort: Effort) -> dict[str, Any]:
    return {
        "threads": 1,
        "random_seed": effort.seed,
        "time_limit": max(effort.left_s, 0.01),
        "mip_rel_gap": 0.0,
        "mip_abs_gap": program.step * (1 - 1e-6),
        "mip_feasibility_tolerance": _FEASIBILITY,
        "primal_feasibility_tolerance": _FEASIBILITY,
    }


def _model(program: Program) -> Any:  # noqa: ANN401
    import highspy  # noqa: PLC0415

    rows, columns = program.rows.shape
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = columns, rows
    model.col_cost_ = program.cost
    model.col_lower_, model.col_upper_ = np.zeros(columns), np.ones(columns)
    model.row_lower_ = np.maximum(program.lower, -highspy.kHighsInf)
    model.row_upper_ = np.minimum(program.upper, highspy.kHighsInf)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.num_col_, model.a_matrix_.num_row_ = columns, rows
    model.a_matrix_.start_, model.a_matrix_.index_ = program.rows.indptr, program.rows.indices
    model.a_matrix_.value_ = program.rows.data
    whole, real = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
    model.integrality_ = [whole] * program.whole + [real] * (columns - program.whole)
    return model
