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
from marketplace.insights.services.reading import forget_readings, keep_reading, want_reading
from marketplace.insights.services.report import (
    Typed,
    begin_report,
    count_anew,
    drop_report,
    finish_counting,
    issue_report,
    keep_group,
    replace_report,
    restore_paragraph,
    write_paragraph,
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
    "Typed",
    "begin_counting",
    "begin_report",
    "chosen_readings",
    "count_anew",
    "count_everything",
    "count_marked",
    "count_month",
    "drop_report",
    "finish_board",
    "finish_counting",
    "first_reading",
    "forget_boards",
    "forget_figures",
    "forget_readings",
    "issue_report",
    "keep_figures",
    "keep_group",
    "keep_reading",
    "mark_contract",
    "mark_day",
    "mark_targets",
    "open_period",
    "read_target",
    "replace_report",
    "restore_paragraph",
    "take_marks",
    "type_grdp",
    "want_board",
    "want_reading",
    "write_paragraph",
]
