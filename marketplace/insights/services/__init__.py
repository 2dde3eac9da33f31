"""Verbs of insights."""

from marketplace.insights.services.report import (
    Typed,
    begin_report,
    count_anew,
    count_group,
    drop_report,
    finish_counting,
    issue_report,
    replace_report,
    restore_paragraph,
    write_paragraph,
)
from marketplace.insights.services.target import open_period, read_target, type_grdp
from marketplace.insights.services.trade import (
    count_everything,
    count_marked,
    count_month,
    mark_contract,
    mark_day,
)

__all__ = [
    "Typed",
    "begin_report",
    "count_anew",
    "count_everything",
    "count_group",
    "count_marked",
    "count_month",
    "drop_report",
    "finish_counting",
    "issue_report",
    "mark_contract",
    "mark_day",
    "open_period",
    "read_target",
    "replace_report",
    "restore_paragraph",
    "type_grdp",
    "write_paragraph",
]
