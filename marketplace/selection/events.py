"""Facts about calls, applications, reviews and decisions."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.events import Event
from marketplace.foundation.words import _l
from marketplace.selection.states import DECISION_LABELS, Decision

# --- calls ------------------------------------------------------------------------------------------


class CallEvent(Event):
    call_id: int
    sentence = _l("Call for applications")
    about = {"call": "call_id"}


class CallOpened(CallEvent):
    sentence = _l("Applications were called for")


class CallChanged(CallEvent):
    sentence = _l("The call was changed")


class SeedDrawn(CallEvent):
    seed: str
    source: str
    sentence = _l("The lottery's seed was drawn from: %(source)s")


# --- applications -----------------------------------------------------------------------------------


class ApplicationEvent(Event):
    """A fact about one application; its history is the office's: applicants read only what was released."""

    application_id: int
    call_id: int
    cooperative_id: int
    sentence = _l("Application")
    about = {"application": "application_id"}


class ApplicationStarted(ApplicationEvent):
    """`entered`: by the cooperative itself, or by the alliance for it."""

    entered: str
    sentence = _l("An application was begun")


class ApplicationSubmitted(ApplicationEvent):
    sentence = _l("The application was handed in")


class ApplicationReopened(ApplicationEvent):
    sentence = _l("The application was taken back to be changed")


class ApplicationWithdrawn(ApplicationEvent):
    """`was` is the state it left: whoever held a place by it gives it up."""

    was: str
    reason: str
    sentence = _l("The application was withdrawn: %(reason)s")
    spoken = frozenset({"reason"})


class ScreeningBegun(ApplicationEvent):
    sentence = _l("The application is being screened")


class InfoAsked(ApplicationEvent):
    info_id: int
    words: str
    sentence = _l("More was asked for: %(words)s")


class InfoAnswered(ApplicationEvent):
    info_id: int
    words: str
    sentence = _l("The answer came: %(words)s")


class ApplicationPassed(ApplicationEvent):
    sentence = _l("The application passed the screening")


class ApplicationFailed(ApplicationEvent):
    reason: str
    sentence = _l("The application did not pass the screening: %(reason)s")
    spoken = frozenset({"reason"})


class ApplicationRescreened(ApplicationEvent):
    reason: str
    sentence = _l("The application is screened once more: %(reason)s")
    spoken = frozenset({"reason"})


class RuleWaived(ApplicationEvent):
    rule: str
    reason: str
    sentence = _l("The rule “%(rule)s” was waived: %(reason)s")
    spoken = frozenset({"reason"})


# --- reviews and priority ---------------------------------------------------------------------------


class ConflictDeclared(ApplicationEvent):
    words: str
    sentence = _l("A reviewer stands too near to the applicant and does not review it: %(words)s")


class ReviewSubmitted(ApplicationEvent):
    review_id: int
    sentence = _l("A review was handed in")


class ReviewReopened(ApplicationEvent):
    review_id: int
    sentence = _l("A review was taken back to be changed")


class BandsSet(CallEvent):
    applications: int
    sentence = _l("%(applications)s applications were put into bands by their merit")


class PriorityChanged(ApplicationEvent):
    was: int | None
    band: int
    reason: str
    sentence = _l("Put into band %(band)s by hand: %(reason)s")
    spoken = frozenset({"reason"})


# --- decisions --------------------------------------------------------------------------------------


class DecisionPrepared(ApplicationEvent):
    """In private: nobody outside the alliance hears it. `decision` is empty when it was taken back."""

    decision: str
    reason: str = ""
    sentence = _l("Prepared, not yet released: %(told)s. %(reason)s")
    spoken = frozenset({"reason"})

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        decision = data.get("decision")
        told = DECISION_LABELS[Decision(decision)] if decision else _l("no decision")
        return {**data, "told": str(told), "reason": data.get("reason", "")}


class ApplicationDecided(ApplicationEvent):
    """Released: from now on the applicant reads it."""

    decision: str
    batch_id: int | None
    reason: str = ""
    sentence = _l("Decided: %(told)s. %(reason)s")
    spoken = frozenset({"reason"})

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        told = str(DECISION_LABELS[Decision(data["decision"])])
        return {**data, "told": told, "reason": data.get("reason", "")}


class DecisionsReleased(CallEvent):
    batch_id: int
    approved: int
    waitlisted: int
    rejected: int
    sentence = _l(
        "Decisions were released: %(approved)s chosen, %(waitlisted)s on the waiting list, %(rejected)s not chosen"
    )


# --- rules ------------------------------------------------------------------------------------------


class RuleEvent(Event):
    rule_id: int
    rule: str
    sentence = _l("Rule")
    about = {"eligibility_rule": "rule_id"}


class RuleAdded(RuleEvent):
    sentence = _l("The rule “%(rule)s” was added")


class RuleEnded(RuleEvent):
    sentence = _l("The rule “%(rule)s” got its last day")


class StepEvent(Event):
    """About the legal order of preference."""

    step_id: int
    step: str
    sentence = _l("Step of the legal order")
    about = {"preference_rule": "step_id"}


class StepAdded(StepEvent):
    sentence = _l("The step “%(step)s” was put into the legal order")


class StepEnded(StepEvent):
    sentence = _l("The step “%(step)s” of the legal order got its last day")
