"""A choice of sites while it is being searched, with what each further step would bring.

All of it follows from step to step: a site that opens or closes concerns only the demand that it covers.
"""

from __future__ import annotations

import numpy as np

from planning.siting.solver.core import Core
from planning.siting.solver.limits import Flags, Indices, Numbers

_FIRST_SEATS = 8


class Picks:
    """The open sites of a core, each with a seat: its row in what concerns open sites."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self.is_open: Flags = np.zeros(core.size, dtype=np.bool_)
        self.used: Numbers = np.zeros(len(core.limits.at_most))
        self.value = core.base
        self.gain: Numbers = core.by_site @ core.weight  # what opening each site would add
        self._times = np.zeros(len(core.weight), dtype=np.int32)
        self._who = np.zeros(len(core.weight), dtype=np.int64)  # the numbers of the sites that cover it, summed up
        self._seat = np.full(core.size, -1, dtype=np.int64)
        self._only: Numbers = np.zeros((_FIRST_SEATS, core.size))  # covered by the seat's site alone and by each other
        self._use = core.limits.use.tocsc()
        self._entries = core.limits.use.tocoo()
        self._room = core.limits.room()
        self._are_alike = len(self._room) == 1 and bool((core.limits.use.toarray() == 1.0).all())

    def copy(self) -> Picks:
        other = Picks.__new__(Picks)
        other.__dict__.update(self.__dict__)
        for name in ("is_open", "used", "gain", "_times", "_who", "_seat", "_only"):
            setattr(other, name, getattr(self, name).copy())
        return other

    @property
    def is_met(self) -> Flags:
        """Which demand is covered."""
        met: Flags = self._times > 0
        return met

    def chosen(self) -> Indices:
        return np.flatnonzero(self.is_open)

    def open(self, site: int) -> None:
        rows = self.core.demand_of(site)
        seat = self._take_seat(site)
        new, once = rows[self._times[rows] == 0], rows[self._times[rows] == 1]
        self._only[seat] = self._sums(new)
        self.gain -= self._only[seat]
        self.value += float(self.core.weight[new].sum())
        self._shift_only(once, -1.0)
        self._times[rows] += 1
        self._who[rows] += site
        self.is_open[site] = True
        self._use_up(site, 1)

    def close(self, site: int) -> None:
        rows = self.core.demand_of(site)
        self._times[rows] -= 1
        self._who[rows] -= site
        seat = int(self._seat[site])
        self.gain += self._only[seat]
        lost, once = rows[self._times[rows] == 0], rows[self._times[rows] == 1]
        self.value -= float(self.core.weight[lost].sum())
        self._only[seat] = 0.0
        self._seat[site] = -1
        self._shift_only(once, 1.0)
        self.is_open[site] = False
        self._use_up(site, -1)

    def fits(self, without: int | None = None) -> Flags:
        """Which sites the limits have room for, where one of the open ones may be closed for it."""
        left = self._room - self.used
        if self._are_alike:  # all sites fit, or none
            return ~self.is_open if left[0] + (without is not None) >= 1 else np.zeros_like(self.is_open)
        if without is not None:
            begin, end = self._use.indptr[without : without + 2]
            left[self._use.indices[begin:end]] += self._use.data[begin:end]
        row, site = self._entries.coords
        fitting = ~self.is_open
        fitting[site[self._entries.data > left[row]]] = False
        return fitting

    def exchanges(self) -> tuple[Indices, Numbers]:
        """The open sites, and what closing each (rows) for each other (columns) adds; -inf where it may not be."""
        opened = self.chosen()
        only = self._only[self._seat[opened]]
        better = only + self.gain[None, :] - only[np.arange(len(opened)), opened][:, None]
        if self._are_alike:
            better[:, self.is_open] = -np.inf
            return opened, better
        for place, site in enumerate(opened):
            better[place, ~self.fits(without=int(site))] = -np.inf
        return opened, better

    def _take_seat(self, site: int) -> int:
        taken = self._seat[self.is_open]
        free = np.setdiff1d(np.arange(len(self._only)), taken, assume_unique=True)
        if not len(free):
            free = np.array([len(self._only)])
            self._only = np.concatenate([self._only, np.zeros_like(self._only)])
        self._seat[site] = free[0]
        return int(free[0])

    def _sums(self, rows: Indices) -> Numbers:
        """The weight of some demand, summed for each site that covers it."""
        of, sites = self._who_covers(rows)
        sums: Numbers = np.bincount(sites, weights=self.core.weight[rows][of], minlength=self.core.size).astype(
            np.float64
        )
        return sums

    def _shift_only(self, rows: Indices, by: float) -> None:
        """Demand that one open site covers alone begins to count for that site, or no longer does."""
        if not len(rows):
            return
        seats, own = np.unique(self._seat[self._who[rows]], return_inverse=True)
        of, sites = self._who_covers(rows)
        size = self.core.size
        sums = np.bincount(own[of] * size + sites, weights=by * self.core.weight[rows][of], minlength=len(seats) * size)
        self._only[seats] += sums.reshape(len(seats), size)

    def _who_covers(self, rows: Indices) -> tuple[Indices, Indices]:
        """All pairs of these demands, by their place in `rows`, and the sites that cover them."""
        bounds = self.core.by_demand.indptr
        counts = bounds[rows + 1] - bounds[rows]
        of = np.repeat(np.arange(len(rows)), counts)
        step = np.arange(len(of)) - np.repeat(np.cumsum(counts) - counts, counts)
        return of, self.core.by_demand.indices[np.repeat(bounds[rows], counts) + step]

    def _use_up(self, site: int, by: int) -> None:
        begin, end = self._use.indptr[site : site + 2]
        self.used[self._use.indices[begin:end]] += by * self._use.data[begin:end]
