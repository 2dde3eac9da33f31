"""Who leads and serves a cooperative, and what they learned."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.words import _l


class Office(StrEnum):
    CHAIR = "chair"
    DEPUTY_CHAIR = "deputy_chair"
    DIRECTOR = "director"
    DEPUTY_DIRECTOR = "deputy_director"
    BOARD = "board"
    HEAD_SUPERVISOR = "head_supervisor"
    SUPERVISOR = "supervisor"
    CHIEF_ACCOUNTANT = "chief_accountant"
    ACCOUNTANT = "accountant"
    CASHIER = "cashier"
    TECHNICIAN = "technician"
    OTHER = "other"


class Education(StrEnum):
    """The highest one; `UNKNOWN` is not the same as none."""

    UNKNOWN = "unknown"
    NONE = "none"
    SHORT = "short"
    VOCATIONAL = "vocational"
    COLLEGE = "college"
    UNIVERSITY = "university"
    POSTGRADUATE = "postgraduate"


COLLEGE_AND_ABOVE = frozenset({Education.COLLEGE, Education.UNIVERSITY, Education.POSTGRADUATE})
KEY_OFFICES = frozenset(
    {
        Office.CHAIR,
        Office.DEPUTY_CHAIR,
        Office.DIRECTOR,
        Office.DEPUTY_DIRECTOR,
        Office.HEAD_SUPERVISOR,
        Office.CHIEF_ACCOUNTANT,
    }
)
"""Key posts unless somebody says otherwise of a person."""
OFFICE_LABELS = {
    Office.CHAIR: _l("Chair of the board"),
    Office.DEPUTY_CHAIR: _l("Deputy chair of the board"),
    Office.DIRECTOR: _l("Director"),
    Office.DEPUTY_DIRECTOR: _l("Deputy director"),
    Office.BOARD: _l("Member of the board"),
    Office.HEAD_SUPERVISOR: _l("Head of the supervisors"),
    Office.SUPERVISOR: _l("Supervisor"),
    Office.CHIEF_ACCOUNTANT: _l("Chief accountant"),
    Office.ACCOUNTANT: _l("Accountant"),
    Office.CASHIER: _l("Cashier"),
    Office.TECHNICIAN: _l("Technician"),
    Office.OTHER: _l("Another post"),
}
EDUCATION_LABELS = {
    Education.UNKNOWN: _l("Not known"),
    Education.NONE: _l("No training"),
    Education.SHORT: _l("Short courses"),
    Education.VOCATIONAL: _l("Vocational school"),
    Education.COLLEGE: _l("College"),
    Education.UNIVERSITY: _l("University"),
    Education.POSTGRADUATE: _l("Postgraduate"),
}
