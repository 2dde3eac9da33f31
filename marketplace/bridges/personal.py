"""What deal paths hold about people: who said, removed, objected and answered, and what they wrote."""

from __future__ import annotations

from marketplace.accounts.holdings import by, did, holds
from marketplace.bridges.models import DealInvitation, DealLink, DealObjection, DealPath, LoanEvidence

did(DealPath, "begun_by_id", "ended_by_id")
holds(DealPath, by(DealPath.ended_by_id), words=("ended_reason",), mention=True)
did(DealLink, "by_id", "removed_by_id")
holds(DealLink, by(DealLink.removed_by_id), words=("removed_reason",), mention=True)
holds(DealObjection, by(DealObjection.by_id), words=("words", "answer"), mention=True)
did(DealObjection, "answered_by_id")
did(DealInvitation, "by_id")
did(LoanEvidence, "given_by_id", "withdrawn_by_id")
holds(LoanEvidence, by(LoanEvidence.given_by_id), words=("purpose",), mention=True)
