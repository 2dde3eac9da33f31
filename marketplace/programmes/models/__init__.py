"""Tables of programmes, one noun per file."""

from marketplace.programmes.models.advice import Advice
from marketplace.programmes.models.cost import CourseCost
from marketplace.programmes.models.course import (
    Attendance,
    Course,
    CourseApplication,
    CourseSession,
    Participant,
    Sending,
)
from marketplace.programmes.models.evaluation import CourseEvaluation
from marketplace.programmes.models.fund import FundRule, LoanFund
from marketplace.programmes.models.loan import Loan, LoanCheck, LoanInstalment, LoanMovement

__all__ = [
    "Advice",
    "Attendance",
    "Course",
    "CourseApplication",
    "CourseCost",
    "CourseEvaluation",
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
