"""Verbs of support."""

from marketplace.support.services.budget import set_budget
from marketplace.support.services.claim import (
    MOST_PAPERS,
    add_paper,
    approve,
    ask_advance,
    ask_changes,
    begin,
    change_advance,
    decline,
    fill_in,
    remove_paper,
    submit,
    verify,
)
from marketplace.support.services.grant import grant, withdraw
from marketplace.support.services.norm import add_norm, change_norm, end_norm
from marketplace.support.services.payment import note_returned, pay

__all__ = [
    "MOST_PAPERS",
    "add_norm",
    "add_paper",
    "approve",
    "ask_advance",
    "ask_changes",
    "begin",
    "change_advance",
    "change_norm",
    "decline",
    "end_norm",
    "fill_in",
    "grant",
    "note_returned",
    "pay",
    "remove_paper",
    "set_budget",
    "submit",
    "verify",
    "withdraw",
]
