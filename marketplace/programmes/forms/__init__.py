"""Input of programmes, one noun per file."""

from marketplace.programmes.forms.cost import CostsForm
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
    told_application_form,
)

__all__ = [
    "CallDaysForm",
    "ChoosingForm",
    "CostsForm",
    "CourseForm",
    "LessonRow",
    "PeopleForm",
    "PersonRow",
    "SendForm",
    "TickForm",
    "TimetableForm",
    "choosing_form",
    "told_application_form",
]
