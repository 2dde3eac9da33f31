"""Verbs of insights."""

from marketplace.insights.services.target import open_period, read_target, type_grdp
from marketplace.insights.services.trade import (
    count_everything,
    count_marked,
    count_month,
    mark_contract,
    mark_day,
)

__all__ = [
    "count_everything",
    "count_marked",
    "count_month",
    "mark_contract",
    "mark_day",
    "open_period",
    "read_target",
    "type_grdp",
]
