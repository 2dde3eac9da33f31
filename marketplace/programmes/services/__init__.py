"""Verbs of programmes, one noun per file."""

from marketplace.programmes.services import advice, fund, loan
from marketplace.programmes.services.application import Named, begin, name_participants, tell_application
from marketplace.programmes.services.attendance import issue_certificates, tick
from marketplace.programmes.services.choosing import (
    hold_back,
    prepare,
    propose,
    schedule,
    send,
    take_from_list,
)
from marketplace.programmes.services.cost import Cost, set_costs
from marketplace.programmes.services.course import (
    CourseFacts,
    Lesson,
    announce_course,
    cancel_course,
    change_course,
    close_course,
    draft_course,
    keep_call,
    reopen_course,
    set_timetable,
)
from marketplace.programmes.services.evaluation import ask_for_words, evaluate

__all__ = [
    "Cost",
    "CourseFacts",
    "Lesson",
    "Named",
    "advice",
    "announce_course",
    "ask_for_words",
    "begin",
    "cancel_course",
    "change_course",
    "close_course",
    "draft_course",
    "evaluate",
    "fund",
    "hold_back",
    "issue_certificates",
    "keep_call",
    "loan",
    "name_participants",
    "prepare",
    "propose",
    "reopen_course",
    "schedule",
    "send",
    "set_costs",
    "set_timetable",
    "take_from_list",
    "tell_application",
    "tick",
]
