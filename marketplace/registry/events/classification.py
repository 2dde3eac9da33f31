"""Facts of classification."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.registry.states.classification import EXCLUSION_LABELS, GRADE_LABELS, Exclusion, Grade


class ClassificationEvent(Event):
    """About one year of one cooperative; it stands in both histories."""

    classification_id: int
    cooperative_id: int
    year: int
    sentence = _l("Classification of %(year)s")
    about = {"classification": "classification_id", "cooperative": "cooperative_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        told = dict(data)
        if told.get("grade"):
            told["outcome"] = str(GRADE_LABELS[Grade(told["grade"])])
        elif told.get("excluded"):
            told["outcome"] = str(EXCLUSION_LABELS[Exclusion(told["excluded"])])
        if "points" in told:
            points = told["points"]
            told["points"] = (
                _("a grade without points") if points is None else formats.number(Decimal(points), locale())
            )
        return told


class ClassificationScored(ClassificationEvent):
    """`points` as text, exact to the hundredth."""

    points: str | None
    sentence = _l("Classification of %(year)s: the cooperative scored itself: %(points)s")


class ClassificationChecked(ClassificationEvent):
    grade: str | None
    excluded: str | None
    sentence = _l("Classification of %(year)s: checked: %(outcome)s")


class ClassificationReopened(ClassificationEvent):
    words: str
    sentence = _l("Classification of %(year)s: opened again. Reason: %(words)s")


class ClassificationDecided(ClassificationEvent):
    decision_id: int
    grade: str | None
    excluded: str | None
    number: str
    sentence = _l("Classification of %(year)s: decided: %(outcome)s (decision %(number)s)")


class ClassificationTakenBack(ClassificationEvent):
    decision_id: int
    number: str
    words: str
    sentence = _l("Classification of %(year)s: decision %(number)s was taken back. Reason: %(words)s")


class DecisionEvent(Event):
    decision_id: int
    year: int
    number: str
    sentence = _l("Decision %(number)s")
    about = {"classification_decision": "decision_id"}


class DecisionMade(DecisionEvent):
    count: int
    sentence = _l("Decision %(number)s made: %(count)s cooperatives")


class DecisionTakenBack(DecisionEvent):
    words: str
    sentence = _l("Decision %(number)s taken back. Reason: %(words)s")
