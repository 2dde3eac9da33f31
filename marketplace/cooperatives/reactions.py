"""Who is told when the registry changes."""

from __future__ import annotations

from marketplace.accounts.models import Organisation
from marketplace.cooperatives import notices
from marketplace.cooperatives.events import (
    AdmissionTakenBack,
    AllianceAccountAsked,
    BankAccountAsked,
    BankAccountRejected,
    BankAccountVerified,
    CertificateRejected,
    CertificateVerified,
    CooperativeAdmitted,
    CooperativeApplied,
    CooperativeEvent,
    CooperativeLeft,
    CooperativeMoved,
    CooperativeSuspended,
    VerificationTakenBack,
)
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import PAPER_LABELS, PaperKind
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.events import react


def _of(event: CooperativeEvent) -> Cooperative:
    return db.session.get_one(Cooperative, event.cooperative_id)


def _now() -> str:
    return clock.now().isoformat()


@react(CooperativeApplied)
def applied(event: CooperativeApplied) -> None:
    notices.applied(_of(event))


@react(CooperativeAdmitted)
def admitted(event: CooperativeAdmitted) -> None:
    notices.to_cooperative(_of(event), "admitted", _now())


@react(AdmissionTakenBack)
def admission_taken_back(event: AdmissionTakenBack) -> None:
    notices.to_cooperative(_of(event), "admission_taken_back", _now())


@react(CooperativeSuspended)
def suspended(event: CooperativeSuspended) -> None:
    notices.to_cooperative(_of(event), "suspended", _now(), reason=event.reason)


@react(CooperativeLeft)
def left(event: CooperativeLeft) -> None:
    notices.to_cooperative(_of(event), "left", _now(), reason=event.reason)


@react(CooperativeMoved)
def moved(event: CooperativeMoved) -> None:
    if event.step == "send_back":
        notices.to_cooperative(_of(event), "sent_back", _now(), reason=event.reason)


@react(CertificateVerified)
def verified(event: CertificateVerified) -> None:
    paper = str(PAPER_LABELS[PaperKind(event.paper)])
    notices.to_cooperative(_of(event), "paper_verified", _now(), paper=paper)


@react(VerificationTakenBack)
def verification_taken_back(event: VerificationTakenBack) -> None:
    paper = str(PAPER_LABELS[PaperKind(event.paper)])
    notices.to_cooperative(_of(event), "verification_taken_back", _now(), paper=paper)


@react(CertificateRejected)
def rejected(event: CertificateRejected) -> None:
    paper = str(PAPER_LABELS[PaperKind(event.paper)])
    notices.to_cooperative(_of(event), "paper_rejected", _now(), paper=paper, reason=event.reason)


@react(BankAccountAsked)
def account_asked(event: BankAccountAsked) -> None:
    notices.account_asked(_of(event), _now())


@react(AllianceAccountAsked)
def alliance_account_asked(event: AllianceAccountAsked) -> None:
    notices.alliance_account_asked(db.session.get_one(Organisation, event.organisation_id).name, _now())


@react(BankAccountVerified)
def account_verified(event: BankAccountVerified) -> None:
    notices.to_cooperative(_of(event), "account_verified", _now())


@react(BankAccountRejected)
def account_rejected(event: BankAccountRejected) -> None:
    notices.to_cooperative(_of(event), "account_rejected", _now(), reason=event.reason)
