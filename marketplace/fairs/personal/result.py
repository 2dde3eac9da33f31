"""What stands write about people they meet, and who wrote, verified and filed what."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false, or_

from marketplace.accounts.holdings import Identity, by, did, holds, keeps
from marketplace.fairs.models import (
    BoothDay,
    FairDeal,
    FairLead,
    FairReport,
    FairResult,
    FollowUp,
    ReportEntry,
    ReportLayout,
    ResultEvidence,
)


def _met(who: Identity) -> ColumnElement[bool]:
    """Contacts under a phone or an e-mail that is known to be theirs."""
    phones, mailboxes = who.ids("phone"), who.ids("address")
    known = [FairLead.phone.in_(phones)] * bool(phones) + [FairLead.email.in_(mailboxes)] * bool(mailboxes)
    return or_(*known) if known else false()


holds(
    FairLead,
    _met,
    name=("name",),
    phone=("phone",),
    email=("email",),
    words=("words",),
    empty=("card_id",),
)
did(FairLead, "entered_by_id")
holds(BoothDay, by(BoothDay.entered_by_id), words=("note",))
holds(FairDeal, by(FairDeal.entered_by_id), words=("words",), mention=True)
holds(
    FairResult,
    by(FairResult.submitted_by_id),
    words=("told_by", "difficulties", "proposals", "returned_reason"),
    mention=True,
)
did(FairResult, "submitted_by_id", "verified_by_id")
did(ResultEvidence, "by_id")
holds(FollowUp, by(FollowUp.declared_by_id), words=("told_by", "words"))
did(FollowUp, "verified_by_id")
did(ReportLayout, "by_id")
did(FairReport, "filed_by_id")
holds(ReportEntry, by(ReportEntry.by_id), words=("title", "who"), mention=True)
did(ReportEntry, "by_id")
keeps(FairReport, "what was filed with the province, as it was filed")
keeps(ReportLayout, "who signs the alliance's reports, as it is printed on them")
