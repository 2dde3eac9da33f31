"""Verbs of programmes, one noun per file."""

from marketplace.programmes.services import fund, loan
from marketplace.programmes.services.application import Named, begin, name_participants
from marketplace.programmes.services.attendance import issue_certificates, tick
from marketplace.programmes.services.choosing import (
    hold_back,
    prepare,
    propose,
    schedule,
    send,
    take_from_list,
)
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

__all__ = [
    "CourseFacts",
    "Lesson",
    "Named",
    "announce_course",
    "begin",
    "cancel_course",
    "change_course",
    "close_course",
    "draft_course",
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
    "set_timetable",
    "take_from_list",
    "tick",
]
