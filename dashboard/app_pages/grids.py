"""责任网格: who answers for what, and what is wrong with the grids and their ledger."""

from __future__ import annotations

from dashboard.grids.colouring import choose_colouring
from dashboard.grids.headline import show_headline
from dashboard.grids.land import show_land
from dashboard.grids.ledger import show_ledger
from dashboard.grids.map_and_tree import show_map_and_tree
from dashboard.kpi_why import show_why_asked
from dashboard.notices import show_empty
from dashboard.place import current_atlas
from planning.grids import grids_of
from planning.kpis import REGISTER
from wording import say

atlas = current_atlas()
answer = grids_of(atlas)

show_headline(atlas)
if answer.rows:
    show_map_and_tree(choose_colouring(atlas))
    show_land(atlas, answer)
    show_ledger(atlas, answer)
else:
    show_empty(say("This place has no responsibility grids yet."))
show_why_asked(REGISTER)
