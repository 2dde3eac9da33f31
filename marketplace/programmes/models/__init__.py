"""Tables of programmes, one noun per file."""

from marketplace.programmes.models.course import (
    Attendance,
    Course,
    CourseApplication,
    CourseSession,
    Participant,
    Sending,
)
from marketplace.programmes.models.fund import FundRule, LoanFund
from marketplace.programmes.models.loan import Loan, LoanCheck, LoanInstalment, LoanMovement

__all__ = [
    "Attendance",
    "Course",
    "CourseApplication",
    "CourseSession",
    "FundRule",
    "Loan",
    "LoanCheck",
    "LoanFund",
    "LoanInstalment",
    "LoanMovement",
    "Participant",
    "Sending",
]
