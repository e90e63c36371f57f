"""Small groups of persons are hidden, and so much more with them that no sum gives them away.

A number above none and below k is small: it is hidden with all that is below it. What is hidden below a number that is
shown can be found together, by subtraction. So it must be two numbers or more, k persons or more, and more than the
one person at least that each must be; until it is, the smallest number beside it is hidden too, to keep the small one.
Of a keeping number a lower bound may be told: what is left of the number above it when the small ones beside it are as
large as small ones can be. Only where that is told may a small one be called small; elsewhere it is hidden like the
others, and nobody knows which of them it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from planning.grids.roll_up import top_down

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from etl.derived.grid_tree import GridTree
    from planning.grids.roll_up import Sum


class Part(NamedTuple):
    """A grid with all below it, or only what is counted on it directly; no grid is the place as a whole."""

    grid_id: str | None
    is_direct: bool = False


class Reached(NamedTuple):
    """What is hidden below a part and reached through hidden parts alone."""

    parts: int
    together: int  # the sum of their numbers
    least: int  # what it must be for all that anybody can tell


PLACE = Part(None)


@dataclass(frozen=True)
class Hidden:
    """What is not shown, each with the lower bound that may be told of it, if any; `small` may be called small."""

    bounds: Mapping[Part, int | None]
    small: frozenset[Part]

    def hides(self, part: Part) -> bool:
        return part in self.bounds


@dataclass
class _Account:
    """The parts with their numbers, and what is hidden of them so far."""

    k: int
    numbers: dict[Part, int]
    below: dict[Part, list[Part]]
    hidden: set[Part] = field(default_factory=set)
    reached: dict[Part, Reached] = field(default_factory=dict)

    def is_small(self, part: Part) -> bool:
        return 0 < self.numbers[part] < self.k

    def settle(self, part: Part) -> None:
        """Hide below a part, or the part itself, until nothing small can be found; those below are settled already."""
        reached = _joined(self._adds(one) for one in self.below[part] if one in self.hidden)
        while reached.parts and part not in self.hidden and not self._is_safe(reached):
            reached = _joined((reached, self._hide_one_more(part)))
        self.reached[part] = reached

    def _is_safe(self, reached: Reached) -> bool:
        return reached.parts > 1 and reached.together >= self.k and reached.together > reached.least

    def _adds(self, part: Part) -> Reached:
        if not self.below.get(part):
            return Reached(1, self.numbers[part], 1)
        below = self.reached[part]
        return below._replace(least=1) if self.is_small(part) else below

    def _hide_one_more(self, part: Part) -> Reached:
        """Hide the smallest number below a part, and something in it lest it be added up; else the part itself."""
        shown = [one for one in self.below[part] if self.numbers[one] and one not in self.hidden]
        if not shown:
            self.hidden.add(part)
            return Reached(0, 0, 0)
        chosen = min(shown, key=lambda one: (self.numbers[one], str(one.grid_id)))
        self.hidden.add(chosen)
        if self.below.get(chosen) and not self.reached[chosen].parts:
            self.reached[chosen] = self._hide_one_more(chosen)
        return self._adds(chosen)

    def told(self) -> Hidden:
        """The bounds that follow from what is shown, from the place downwards."""
        bounds: dict[Part, int | None] = dict.fromkeys(self.hidden)
        small: set[Part] = set()
        ahead = [PLACE]
        while ahead:
            above = ahead.pop()
            parts = self.below.get(above, [])
            ahead += parts
            keeping = [one for one in parts if one in self.hidden and not self.is_small(one)]
            whole = bounds[above] if above in self.hidden else self.numbers[above]
            beside = set(parts) - set(keeping)
            taken = sum(self.k - 1 if one in self.hidden else self.numbers[one] for one in beside)
            if len(keeping) == 1 and whole is not None and whole - taken >= self.k:
                bounds[keeping[0]] = whole - taken
                small |= {one for one in parts if one in self.hidden and self.is_small(one)}
        return Hidden(bounds, frozenset(small))


def _joined(found: Iterable[Reached]) -> Reached:
    listed = list(found)
    return Reached(
        sum(one.parts for one in listed), sum(one.together for one in listed), sum(one.least for one in listed)
    )


def small_groups(tree: GridTree, sums: Mapping[str, Sum], k: int) -> Hidden:
    """What of these sums must not be shown; the place as a whole is a sum too."""
    account = _account(tree, sums, k)
    for grid_id in top_down(tree):
        if account.is_small(Part(grid_id)) or Part(grid_id) in account.hidden:
            account.hidden |= {Part(grid_id), *account.below.get(Part(grid_id), ())}
    account.hidden |= {part for part in account.numbers if account.is_small(part)}
    for grid_id in reversed(top_down(tree)):
        if account.below.get(Part(grid_id)):
            account.settle(Part(grid_id))
    account.settle(PLACE)
    return account.told()


def _account(tree: GridTree, sums: Mapping[str, Sum], k: int) -> _Account:
    numbers = {Part(grid_id): one.total for grid_id, one in sums.items()}
    below: dict[Part, list[Part]] = {PLACE: []}
    for grid_id in tree.grids:
        below.setdefault(Part(tree.parent(grid_id)), []).append(Part(grid_id))
    for grid_id, one in sums.items():
        if one.direct and tree.children[grid_id]:
            part = Part(grid_id, is_direct=True)
            numbers[part] = one.direct
            below[Part(grid_id)].append(part)
    numbers[PLACE] = sum(numbers[part] for part in below[PLACE])
    return _Account(k, numbers, below)
