"""Verbs of the registry of a lifetime, one noun per file."""

from marketplace.registry.services import (
    annual_report,
    classification,
    scheme,
    size_class,
)
from marketplace.registry.services.due import (
    add_due_norm,
    ask_some,
    begin_batch,
    forgive,
    note_paid,
    note_reopened,
    pay_dues_by_transfer,
    reminded,
    remove_due_norm,
    take_in_cash,
    write_receipt,
)
from marketplace.registry.services.duplicate import (
    keep_apart,
    merge_duplicate,
)
from marketplace.registry.services.figure import (
    change_sector,
    follow_record,
    judge_new_model,
    note_figures,
)
from marketplace.registry.services.life_event import (
    correct,
    follow_registration,
    record,
    redraw,
    strike,
)
from marketplace.registry.services.membership import (
    correct_membership,
    join,
    leave,
    record_membership,
    unjoin,
)
from marketplace.registry.services.officer import (
    appoint,
    correct_officer,
    follow_representative,
    release,
)
from marketplace.registry.services.partner import (
    add_partner,
    note_help,
    withdraw_help,
)
from marketplace.registry.services.recognition import (
    recognise,
    withdraw_recognition,
)
from marketplace.registry.services.unmerging import undo_merge

__all__ = [
    "add_due_norm",
    "add_partner",
    "annual_report",
    "appoint",
    "ask_some",
    "begin_batch",
    "change_sector",
    "classification",
    "correct",
    "correct_membership",
    "correct_officer",
    "follow_record",
    "follow_registration",
    "follow_representative",
    "forgive",
    "join",
    "judge_new_model",
    "keep_apart",
    "leave",
    "merge_duplicate",
    "note_figures",
    "note_help",
    "note_paid",
    "note_reopened",
    "pay_dues_by_transfer",
    "recognise",
    "record",
    "record_membership",
    "redraw",
    "release",
    "reminded",
    "remove_due_norm",
    "scheme",
    "size_class",
    "strike",
    "take_in_cash",
    "undo_merge",
    "unjoin",
    "withdraw_help",
    "withdraw_recognition",
    "write_receipt",
]
