"""Verbs of insights."""

from marketplace.insights.services.board import (
    begin_counting,
    finish_board,
    forget_boards,
    forget_figures,
    keep_figures,
    mark_targets,
    take_marks,
    want_board,
)
from marketplace.insights.services.target import (
    chosen_readings,
    first_reading,
    open_period,
    read_target,
    type_grdp,
)
from marketplace.insights.services.trade import (
    count_everything,
    count_marked,
    count_month,
    mark_contract,
    mark_day,
)

__all__ = [
    "begin_counting",
    "chosen_readings",
    "count_everything",
    "count_marked",
    "count_month",
    "finish_board",
    "first_reading",
    "forget_boards",
    "forget_figures",
    "keep_figures",
    "mark_contract",
    "mark_day",
    "mark_targets",
    "open_period",
    "read_target",
    "take_marks",
    "type_grdp",
    "want_board",
]
