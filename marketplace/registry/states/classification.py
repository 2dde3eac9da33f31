"""Grades, why a member has none, and the life of one year's classification."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class Grade(StrEnum):
    """Best first. What the brief of 2020 calls "giỏi" is "tốt"."""

    GOOD = "good"
    FAIR = "fair"
    AVERAGE = "average"
    WEAK = "weak"


GRADE_LABELS = {
    Grade.GOOD: _l("good"),
    Grade.FAIR: _l("fair"),
    Grade.AVERAGE: _l("average"),
    Grade.WEAK: _l("weak"),
}
GRADE_TONES = {Grade.GOOD: "ok", Grade.FAIR: "ok", Grade.AVERAGE: "wait", Grade.WEAK: "bad"}


class Exclusion(StrEnum):
    """Why nobody grades a cooperative in a year."""

    YOUNG = "young"
    STOPPED = "stopped"
    CREDIT = "credit"


EXCLUSION_LABELS = {
    Exclusion.YOUNG: _l("Founded less than 12 months before the year ended"),
    Exclusion.STOPPED: _l("Stopped for more than 3 months of the year"),
    Exclusion.CREDIT: _l("A credit fund: the State Bank judges it by its own rules"),
}


class CaseState(StrEnum):
    """Scored by the cooperative itself, checked by an officer, decided with many others under one number."""

    SCORED = "scored"
    CHECKED = "checked"
    DECIDED = "decided"


C = CaseState
classification_lifecycle = Lifecycle(
    "classification",
    move("check", C.SCORED, to=C.CHECKED),
    move("reopen", C.CHECKED, to=C.SCORED),
    move("decide", C.CHECKED, to=C.DECIDED),
    move("take_back", C.DECIDED, to=C.CHECKED),
)
CASE_LABELS = {
    C.SCORED: _l("Scored by the cooperative"),
    C.CHECKED: _l("Checked by the alliance"),
    C.DECIDED: _l("Decided"),
}
CASE_TONES = {C.SCORED: "wait", C.CHECKED: "wait", C.DECIDED: "ok"}
