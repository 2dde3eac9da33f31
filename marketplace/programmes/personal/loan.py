"""What loans hold about people: who wrote and noted them, what was written about them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select

from marketplace.accounts.holdings import Identity, did, holds, of
from marketplace.cooperatives.models import Cooperative
from marketplace.programmes.models import FundRule, Loan, LoanCheck, LoanFund, LoanMovement


def _of_theirs(who: Identity) -> ColumnElement[bool]:
    theirs = select(Cooperative.id).where(of(Cooperative.organisation_id, "company")(who))
    return Loan.cooperative_id.in_(theirs)


def _movements_of_theirs(who: Identity) -> ColumnElement[bool]:
    return LoanMovement.loan_id.in_(select(Loan.id).where(_of_theirs(who)))


did(LoanFund, "by_id")
did(FundRule, "by_id")
did(Loan, "by_id")
did(LoanCheck, "by_id")
did(LoanMovement, "by_id", "voided_by_id")
holds(Loan, _of_theirs, words=("told_by", "purpose", "words"), mention=True)
holds(LoanMovement, _movements_of_theirs, words=("voided_reason",), mention=True)
