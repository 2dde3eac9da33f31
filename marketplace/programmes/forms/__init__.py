"""Input of programmes, one noun per file."""

from marketplace.programmes.forms.course import (
    CallDaysForm,
    ChoosingForm,
    CourseForm,
    LessonRow,
    PeopleForm,
    PersonRow,
    SendForm,
    TickForm,
    TimetableForm,
    choosing_form,
)

__all__ = [
    "CallDaysForm",
    "ChoosingForm",
    "CourseForm",
    "LessonRow",
    "PeopleForm",
    "PersonRow",
    "SendForm",
    "TickForm",
    "TimetableForm",
    "choosing_form",
]
