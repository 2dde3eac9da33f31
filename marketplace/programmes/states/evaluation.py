"""What participants are asked after a course."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.words import _l


class Question(StrEnum):
    USEFUL = "useful"
    CLEAR = "clear"
    ARRANGED = "arranged"
    APPLIED = "applied"


QUESTIONS = {
    Question.USEFUL: _l("What was taught is useful for our work"),
    Question.CLEAR: _l("It was explained so that I understood it"),
    Question.ARRANGED: _l("Hours, place and meals were well arranged"),
    Question.APPLIED: _l("I will use it at home"),
}
LEAST, MOST = 1, 5
GRADES = {
    5: _l("Yes, very much"),
    4: _l("Mostly"),
    3: _l("Partly"),
    2: _l("Hardly"),
    1: _l("No"),
}
