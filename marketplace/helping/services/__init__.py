"""Verbs of helping."""

from marketplace.helping.services.complaint import (
    answer,
    appeal,
    assign,
    close,
    close_silent,
    complain,
    confirm,
    withdraw,
)
from marketplace.helping.services.delegation import (
    bring_delegation,
    confirm_delegation,
    decline_delegation,
    end_delegation,
    give_delegation,
    who_told,
)
from marketplace.helping.services.paper import tell_certificate
from marketplace.helping.services.phone_call import end_call, follow_call, link_entry, note_call

__all__ = [
    "answer",
    "appeal",
    "assign",
    "bring_delegation",
    "close",
    "close_silent",
    "complain",
    "confirm",
    "confirm_delegation",
    "decline_delegation",
    "end_call",
    "end_delegation",
    "follow_call",
    "give_delegation",
    "link_entry",
    "note_call",
    "tell_certificate",
    "who_told",
    "withdraw",
]
