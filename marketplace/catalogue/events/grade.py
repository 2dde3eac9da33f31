"""Facts of grades."""

from __future__ import annotations

from marketplace.foundation.events import Event
from marketplace.foundation.words import _l


class GradeEvent(Event):
    grade_id: int
    sentence = _l("Grade")
    about = {"grade": "grade_id"}


class GradeAdded(GradeEvent):
    sentence = _l("Grade added")


class GradeChanged(GradeEvent):
    sentence = _l("Grade changed before it was used")


class GradeFollowed(GradeEvent):
    """Another meaning of the sign counts from a day on."""

    until: str
    sentence = _l("Grade counted until %(until)s; a new one followed it")


class GradeEnded(GradeEvent):
    until: str
    sentence = _l("Grade ended on %(until)s")
