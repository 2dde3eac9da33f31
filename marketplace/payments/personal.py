"""What the ledger of money holds about people. Sums, dates and references stay: accounting law keeps them ten years."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, false, or_, select

from marketplace.accounts.holdings import Identity, by, did, holds, keeps, obstacle, of, trace
from marketplace.accounts.models import Person
from marketplace.documents import redacting
from marketplace.documents.models import IssuedDocument
from marketplace.foundation import formats
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.foundation.papers import Paper
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.payments.models import (
    BankFeed,
    BankLine,
    BankPart,
    Charge,
    CreditDecision,
    CreditTerms,
    DepositTerms,
    PaymentEntry,
    PaymentReport,
    Refund,
    Statement,
    StatementRow,
)
from marketplace.payments.states import ChargeState, RefundState
from marketplace.payments.written import STATEMENT

BANKS_OWN = "what the bank wrote in its statement: an accounting paper, kept ten years"


@trace("charge")
def charges(who: Identity) -> list[int]:
    """What they owe themselves: what somebody bought for an organisation is the organisation's."""
    if who.person_id is None:
        return []
    return list(
        db.session.scalars(
            select(Charge.id).where(
                Charge.payer_person_id == who.person_id, Charge.payer_organisation_id.is_(None)
            )
        )
    )


@trace("account")
def accounts(who: Identity) -> list[str]:
    """By which statements name the buyer."""
    person = db.session.get(Person, who.person_id) if who.person_id is not None else None
    return [person.ref] if person is not None else []


@obstacle
def debts(who: Identity) -> list[Any]:
    """Money that is still to come or to go back."""
    owed = db.session.scalars(
        select(Charge).where(
            Charge.id.in_(who.ids("charge")), Charge.state.in_([ChargeState.EXPECTED, ChargeState.REPORTED])
        )
    ).all()
    back = db.session.scalars(
        select(Refund).where(
            Refund.charge_id.in_(who.ids("charge")), Refund.state.in_([RefundState.DUE, RefundState.SENT])
        )
    ).all()
    return [
        *(
            _l(
                "%(title)s is not paid yet: %(sum)s to %(payee)s.",
                title=c.told,
                sum=_sum(c.to_pay),
                payee=c.payee.name,
            )
            for c in owed
            if c.to_pay
        ),
        *(
            _l("%(sum)s of %(title)s still come back to you.", sum=_sum(r.amount), title=r.charge.told)
            for r in back
        ),
    ]


def _sum(money: Money) -> str:
    return formats.vnd(money, locale())


def _credit_about(who: Identity) -> ColumnElement[bool]:
    if who.person_id is None:
        return false()
    terms = select(CreditTerms.id).where(CreditTerms.person_id == who.person_id)
    return CreditDecision.terms_id.in_(terms)


def _statements(who: Identity) -> ColumnElement[bool]:
    refs = who.ids("account")
    return and_(
        IssuedDocument.kind == STATEMENT.name,
        or_(false(), *[IssuedDocument.about.contains(f":{ref}:", autoescape=True) for ref in refs]),
    )


def _pressed(who: Identity) -> ColumnElement[bool]:
    """PDFs of drafts and of statements that were issued: they can be pressed again."""
    issued = db.session.scalars(select(IssuedDocument.ref).where(_statements(who))).all()
    told = cast(Paper.told, String)
    return or_(false(), *[told.contains(ref, autoescape=True) for ref in [*who.ids("account"), *issued]])


holds(IssuedDocument, _statements, rewrite=redacting.of_person)
holds(Paper, _pressed, drop=True, mention=True)
holds(Charge, of(Charge.id, "charge"), name=("payer_name",))
holds(Refund, of(Refund.charge_id, "charge"))
holds(PaymentEntry, of(PaymentEntry.charge_id, "charge"))
holds(PaymentReport, of(PaymentReport.charge_id, "charge"))
holds(CreditTerms, by(CreditTerms.person_id))
holds(CreditDecision, _credit_about, words=("reason",), mention=True)
did(CreditDecision, "by_id")
did(PaymentEntry, "by_id")
did(PaymentReport, "by_id")
did(BankFeed, "made_by_id")
did(BankPart, "by_id")
did(DepositTerms, "by_id")
did(Statement, "by_id")
keeps(BankLine, BANKS_OWN)
keeps(StatementRow, BANKS_OWN)
