"""Lives and lists of programmes, one noun per file."""

from marketplace.programmes.states.course import (
    COURSE_KIND_LABELS,
    COURSE_LABELS,
    COURSE_TONES,
    SHOWN,
    CourseKind,
    CourseState,
    SendingState,
    course_lifecycle,
    sending_lifecycle,
)
from marketplace.programmes.states.fund import CHECK_LABELS, FUND_LABELS, VERDICT_LABELS, VERDICT_TONES
from marketplace.programmes.states.loan import LOAN_LABELS, LOAN_TONES, MOVEMENT_LABELS

__all__ = [
    "CHECK_LABELS",
    "COURSE_KIND_LABELS",
    "COURSE_LABELS",
    "COURSE_TONES",
    "FUND_LABELS",
    "LOAN_LABELS",
    "LOAN_TONES",
    "MOVEMENT_LABELS",
    "SHOWN",
    "VERDICT_LABELS",
    "VERDICT_TONES",
    "CourseKind",
    "CourseState",
    "SendingState",
    "course_lifecycle",
    "sending_lifecycle",
]
