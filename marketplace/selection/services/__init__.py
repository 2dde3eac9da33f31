"""Verbs of selection, one noun per file."""

from marketplace.selection.services.application import (
    answer,
    declare,
    reopen,
    start,
    submit,
    withdraw,
)
from marketplace.selection.services.call import Measure, change_call, draw_seed, measures, open_call
from marketplace.selection.services.decision import (
    prepare_decision,
    release,
    take_back_decision,
    take_from_list,
)
from marketplace.selection.services.review import (
    change_priority,
    declare_conflict,
    reopen_review,
    set_bands,
    submit_review,
    write_review,
)
from marketplace.selection.services.rule import add_rule, add_step, end_rule, end_step
from marketplace.selection.services.screening import (
    ask_more,
    begin_screening,
    fail,
    pass_screening,
    rescreen,
    waive,
)

__all__ = [
    "Measure",
    "add_rule",
    "add_step",
    "answer",
    "ask_more",
    "begin_screening",
    "change_call",
    "change_priority",
    "declare",
    "declare_conflict",
    "draw_seed",
    "end_rule",
    "end_step",
    "fail",
    "measures",
    "open_call",
    "pass_screening",
    "prepare_decision",
    "release",
    "reopen",
    "reopen_review",
    "rescreen",
    "set_bands",
    "start",
    "submit",
    "submit_review",
    "take_back_decision",
    "take_from_list",
    "waive",
    "withdraw",
    "write_review",
]
