"""Verbs of the registry of a lifetime, one noun per file."""

from marketplace.registry.services.figure import change_sector, follow_record, judge_new_model, note_figures
from marketplace.registry.services.life_event import correct, follow_registration, record, redraw, strike
from marketplace.registry.services.membership import (
    correct_membership,
    join,
    leave,
    record_membership,
)
from marketplace.registry.services.officer import (
    appoint,
    correct_officer,
    follow_representative,
    release,
)

__all__ = [
    "appoint",
    "change_sector",
    "correct",
    "correct_membership",
    "correct_officer",
    "follow_record",
    "follow_registration",
    "follow_representative",
    "join",
    "judge_new_model",
    "leave",
    "note_figures",
    "record",
    "record_membership",
    "redraw",
    "release",
    "strike",
]
