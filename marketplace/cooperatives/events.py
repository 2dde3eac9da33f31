"""Facts of the registry."""

from __future__ import annotations

from typing import Any

from marketplace.cooperatives.states import PAPER_LABELS, PaperKind
from marketplace.foundation.events import Event
from marketplace.foundation.words import _l


class CooperativeEvent(Event):
    cooperative_id: int
    sentence = _l("Cooperative")
    about = {"cooperative": "cooperative_id"}


class CooperativeApplied(CooperativeEvent):
    sentence = _l("Applied to join the market")


class CooperativeEntered(CooperativeEvent):
    sentence = _l("Entered in the registry")


class CooperativeMoved(CooperativeEvent):
    """`step` names the move; the other moves than the three below."""

    step: str
    reason: str
    sentence = _l("Review: %(step)s. %(reason)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        from marketplace.cooperatives.states import MOVE_LABELS

        return {**data, "step": str(MOVE_LABELS[data["step"]])}


class CooperativeAdmitted(CooperativeEvent):
    reason: str
    sentence = _l("Admitted to the market. %(reason)s")


class AdmissionTakenBack(CooperativeEvent):
    """It was decided by mistake a moment ago; `admitted_on` is the day of that decision."""

    admitted_on: str
    sentence = _l("The admission was taken back: it is being reviewed again")


class CooperativeSuspended(CooperativeEvent):
    reason: str
    sentence = _l("Suspended. %(reason)s")


class CooperativeLeft(CooperativeEvent):
    reason: str
    sentence = _l("Left the market. %(reason)s")


class CooperativeChanged(CooperativeEvent):
    fields: list[str]
    sentence = _l("Registry data changed")


class CertificateEvent(CooperativeEvent):
    """About one paper; `paper` is its kind."""

    certificate_id: int
    paper: str
    sentence = _l("Certificate %(paper)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "paper": str(PAPER_LABELS[PaperKind(data["paper"])])}


class CertificateAdded(CertificateEvent):
    sentence = _l("Certificate %(paper)s sent in")


class CertificateVerified(CertificateEvent):
    sentence = _l("Certificate %(paper)s seen and verified")


class VerificationTakenBack(CertificateEvent):
    sentence = _l("Certificate %(paper)s waits again: its verification was taken back")


class CertificateRejected(CertificateEvent):
    reason: str
    sentence = _l("Certificate %(paper)s not accepted: %(reason)s")


class BankAccountAsked(CooperativeEvent):
    sentence = _l("A new bank account was sent in; the old one stays in use until it is verified")


class BankAccountVerified(CooperativeEvent):
    sentence = _l("The new bank account is verified and in use from now")


class BankAccountRejected(CooperativeEvent):
    reason: str
    sentence = _l("The new bank account was not accepted: %(reason)s")


class AllianceAccountEvent(Event):
    """About where the alliance itself is paid."""

    organisation_id: int
    sentence = _l("Bank account of the alliance")
    about = {"organisation": "organisation_id"}


class AllianceAccountAsked(AllianceAccountEvent):
    sentence = _l("A new bank account of the alliance was named; another officer has to verify it")


class AllianceAccountVerified(AllianceAccountEvent):
    sentence = _l("The new bank account of the alliance is verified and in use from now")


class AllianceAccountRejected(AllianceAccountEvent):
    reason: str
    sentence = _l("The new bank account of the alliance was not accepted: %(reason)s")
