"""Cases of which the best answer has been published."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_array

from planning.siting.solver.cover_problem import CoverProblem
from planning.siting.solver.limits import at_most_sites
from planning.siting.solver.maximal_cover import most_covered

ALSO_PUBLISHED = {(10, 5): 609, (15, 5): 640}  # Church and ReVelle 1974


def swain(folder: Path) -> tuple[np.ndarray, np.ndarray]:
    rows = [line.split() for line in (folder / "siting/swain.txt").read_text("utf-8").splitlines()[1:] if line.strip()]
    numbers = np.array([[float(word) for word in row[1:]] for row in rows])
    return numbers[:, :2], numbers[:, 2]


def test_every_optimum_of_swains_55_nodes(public_data: Path) -> None:
    at, weight = swain(public_data)
    assert (len(at), weight.sum()) == (55, 640)
    apart = np.hypot(*(at[:, None, :] - at[None, :, :]).transpose(2, 0, 1))
    with (public_data / "siting/swain_mclp_optima.csv").open(encoding="utf-8") as lines:
        optima = {(int(row["S"]), int(row["p"])): int(row["optimal_covered"]) for row in csv.DictReader(lines)}
    assert optima.items() >= ALSO_PUBLISHED.items()
    for (reach, number), covered in optima.items():
        covers = csr_array((apart <= reach).astype(np.float64))
        answer = most_covered(CoverProblem(covers, weight, at_most_sites(number, 55)))
        assert answer.is_proven
        assert answer.covered == covered, (reach, number)


def san_francisco(folder: Path, reach_m: float) -> tuple[csr_array, np.ndarray]:
    with (folder / "siting/spopt_sf/SF_network_distance_candidateStore_16_censusTract_205_new.csv").open() as lines:
        rows = list(csv.DictReader(lines))
    stores, tracts = sorted({row["name"] for row in rows}), sorted({row["DestinationName"] for row in rows})
    weight = np.zeros(len(tracts))
    covers = np.zeros((len(stores), len(tracts)))
    for row in rows:
        tract = tracts.index(row["DestinationName"])
        weight[tract] = float(row["demand"])
        covers[stores.index(row["name"]), tract] = float(row["distance"]) <= reach_m
    return csr_array(covers), weight


@pytest.mark.filterwarnings("ignore")  # spopt's own
@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 8])
def test_san_francisco_is_answered_as_spopt_answers_it(public_data: Path, number: int) -> None:
    spopt = pytest.importorskip("spopt.locate", reason="needs the extra bench: pip install -e .[bench]")
    pulp = pytest.importorskip("pulp")
    covers, weight = san_francisco(public_data, 5000.0)
    apart = np.where(covers.toarray().T > 0, 1.0, 9.0)
    theirs = spopt.MCLP.from_cost_matrix(apart, weight, 1.0, p_facilities=number)
    theirs = theirs.solve(pulp.HiGHS(msg=False))
    ours = most_covered(CoverProblem(covers, weight, at_most_sites(number, covers.shape[0])))
    assert ours.is_proven
    assert ours.covered == pytest.approx(theirs.problem.objective.value())
