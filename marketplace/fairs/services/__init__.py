"""Verbs of fairs, one noun per file."""

from marketplace.fairs.services.day_sheet import GoodsSold, write_day
from marketplace.fairs.services.deal import drop_deal, move_deal, sign_deal
from marketplace.fairs.services.lead import forget_lead, take_lead
from marketplace.fairs.services.report import file_report, set_layout
from marketplace.fairs.services.result import (
    add_evidence,
    ask_follow_up,
    begin_result,
    declare_follow_up,
    keep_result,
    lock_result,
    return_result,
    submit_result,
    verify_follow_up,
    verify_result,
)

__all__ = [
    "GoodsSold",
    "add_evidence",
    "ask_follow_up",
    "begin_result",
    "declare_follow_up",
    "drop_deal",
    "file_report",
    "forget_lead",
    "keep_result",
    "lock_result",
    "move_deal",
    "return_result",
    "set_layout",
    "sign_deal",
    "submit_result",
    "take_lead",
    "verify_follow_up",
    "verify_result",
    "write_day",
]
