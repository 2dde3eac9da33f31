"""Reading credit: what a buyer may still buy on account, and with whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, func, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.payments.models import Charge, CreditDecision, CreditTerms, CreditUse
from marketplace.payments.parties import Account, Buyer, buying_as
from marketplace.payments.statements import OPEN, open_sum
from marketplace.payments.states import CreditState


@dataclass(frozen=True)
class Credit:
    """Terms with what is used of them now."""

    terms: CreditTerms
    used: Money

    @property
    def free(self) -> Money:
        return Money(max(int(self.terms.most) - int(self.used), 0))

    @property
    def granted(self) -> bool:
        return self.terms.state is CreditState.GRANTED


def credit_of(account: Account) -> Credit | None:
    """What this payee ever granted this buyer, with all decisions; None if nothing."""
    query = select(CreditTerms).where(_between(account.payee.id, account.buyer))
    wanted = query.options(selectinload(CreditTerms.decisions).joinedload(CreditDecision.by))
    terms = db.session.scalar(wanted) if account.buyer.known else None
    return Credit(terms, used(terms)) if terms is not None else None


def terms_for(
    payee_organisation_id: int, *, person_id: int | None, organisation_id: int | None, lock: bool = False
) -> CreditTerms | None:
    """The terms of whoever pays: the organisation, or else the person. Locked when asked, and then read afresh."""
    buyer = Buyer("", "", organisation_id, None if organisation_id is not None else person_id)
    if buyer.organisation_id is None and buyer.person_id is None:
        return None
    query = select(CreditTerms).where(_between(payee_organisation_id, buyer))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(query)


def offered_to(user: Any, payee_organisation_id: int) -> list[Credit]:
    """What this person may choose at checkout: their own credit, and that of each organisation they act for."""
    found = [
        terms_for(payee_organisation_id, person_id=b.person_id, organisation_id=b.organisation_id)
        for b in buying_as(user)
    ]
    usable = [Credit(terms, used(terms)) for terms in found if terms is not None]
    return [credit for credit in usable if credit.granted and credit.free > 0]


def use_for(purpose: str, subject_id: int) -> CreditUse | None:
    return db.session.scalar(
        select(CreditUse)
        .where(CreditUse.purpose == purpose, CreditUse.subject_id == subject_id)
        .options(joinedload(CreditUse.terms), joinedload(CreditUse.charge))
    )


def used(terms: CreditTerms) -> Money:
    """What is held for purchases not yet charged, and what is open of those that are."""
    held = select(func.sum(CreditUse.amount).cast(BigInteger)).where(
        CreditUse.terms_id == terms.id, CreditUse.charge_id.is_(None), CreditUse.released_at.is_(None)
    )
    owed = (
        select(func.sum(open_sum()).cast(BigInteger))
        .select_from(Charge)
        .join(CreditUse, CreditUse.charge_id == Charge.id)
        .where(CreditUse.terms_id == terms.id, Charge.state.in_(OPEN))
    )
    return Money((db.session.scalar(held) or 0) + (db.session.scalar(owed) or 0))


def _between(payee_organisation_id: int, buyer: Buyer) -> ColumnElement[bool]:
    own = (
        CreditTerms.organisation_id == buyer.organisation_id
        if buyer.organisation_id is not None
        else CreditTerms.person_id == buyer.person_id
    )
    return (CreditTerms.payee_organisation_id == payee_organisation_id) & own
