"""Verbs of personal data."""

from marketplace.privacy.services.copy import fail_copy, finish_copy, forget_old_copies, want_copy
from marketplace.privacy.services.request import (
    ask,
    confirm,
    erase_when_due,
    finish,
    identity_of,
    refuse,
    take_longer,
    withdraw,
)

__all__ = [
    "ask",
    "confirm",
    "erase_when_due",
    "fail_copy",
    "finish",
    "finish_copy",
    "forget_old_copies",
    "identity_of",
    "refuse",
    "take_longer",
    "want_copy",
    "withdraw",
]
