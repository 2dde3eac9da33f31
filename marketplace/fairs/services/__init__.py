"""Verbs of fairs, one noun per file."""

from marketplace.fairs.services.fair_pass import (
    add_organiser_pass,
    add_staff_pass,
    forget_visitors,
    plan_arrival,
    register_visitor,
    replace_pass,
    revoke_pass,
    revoke_passes_of,
)
from marketplace.fairs.services.gate import (
    Received,
    ToldClick,
    ToldScan,
    close_gate,
    make_gate,
    receive,
    settle_conflict,
    take_gate,
)

__all__ = [
    "Received",
    "ToldClick",
    "ToldScan",
    "add_organiser_pass",
    "add_staff_pass",
    "close_gate",
    "forget_visitors",
    "make_gate",
    "plan_arrival",
    "receive",
    "register_visitor",
    "replace_pass",
    "revoke_pass",
    "revoke_passes_of",
    "settle_conflict",
    "take_gate",
]
