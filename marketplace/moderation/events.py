"""Facts of moderation. Reports name nobody; what an officer and an owner wrote stands beside the sealed history."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.events import Event
from marketplace.foundation.words import _l
from marketplace.moderation.states import OUTCOME_LABELS, REASON_LABELS, Outcome, ReportReason


class PageReported(Event):
    report_id: int
    label: str
    reason: str
    sentence = _l("A visitor finds something wrong with %(label)s: %(reason)s")
    about = {"page_report": "report_id"}
    spoken = frozenset({"label"})

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "reason": str(REASON_LABELS[ReportReason(data["reason"])]).lower()}


class ReportAnswered(Event):
    """`contact` is told to whoever writes the letter, and never written down."""

    report_id: int
    outcome: str
    contact: str
    sentence = _l("The report was answered: %(outcome)s")
    about = {"page_report": "report_id"}
    unrecorded = frozenset({"contact"})

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "outcome": str(OUTCOME_LABELS[Outcome(data["outcome"])]).lower()}


class TakedownEvent(Event):
    takedown_id: int
    organisation_id: int
    label: str
    sentence = _l("Take-down")
    about = {"takedown": "takedown_id", "organisation": "organisation_id"}
    spoken = frozenset({"label", "words"})


class TakenDown(TakedownEvent):
    words: str
    sentence = _l("%(label)s was taken down: %(words)s")


class TakedownAppealed(TakedownEvent):
    words: str
    sentence = _l("The owner appeals: %(words)s")


class TakedownUpheld(TakedownEvent):
    words: str
    sentence = _l("After the appeal %(label)s stays taken down: %(words)s")


class TakedownRestored(TakedownEvent):
    words: str
    sentence = _l("%(label)s is shown again: %(words)s")


class TakedownMended(TakedownEvent):
    sentence = _l("%(label)s was put right and is shown again")
