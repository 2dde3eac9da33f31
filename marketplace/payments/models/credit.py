"""Buying on account: how much a cooperative trusts a buyer with, and the purchases that use it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Organisation, Person
from marketplace.foundation.db import Dong, Model, OneOf, UtcDateTime, explain, one_of, schema
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.payments.models.charge import Charge
from marketplace.payments.states import CreditState, CreditStep


class CreditTerms(Model):
    """What one payee grants one buyer: `most` may be owed at once, each sum for `days` after the goods came.

    Locked by whoever buys on it, so that two purchases at once cannot exceed it.
    """

    __tablename__ = "credit_terms"
    __table_args__ = (
        one_of("state", CreditState),
        CheckConstraint("most > 0", name="most_positive"),
        CheckConstraint("days BETWEEN 1 AND 180", name="days_in_bounds"),
        CheckConstraint("(organisation_id IS NULL) <> (person_id IS NULL)", name="one_buyer"),
        UniqueConstraint("payee_organisation_id", "organisation_id"),
        UniqueConstraint("payee_organisation_id", "person_id"),
        Index("ix_credit_terms_organisation_id", "organisation_id"),
        Index("ix_credit_terms_person_id", "person_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    payee_organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    state: Mapped[CreditState] = mapped_column(OneOf(CreditState), default=CreditState.GRANTED)
    most: Mapped[Money] = mapped_column(Dong)
    days: Mapped[int] = mapped_column(Integer)
    payee: Mapped[Organisation] = relationship(foreign_keys=[payee_organisation_id])
    organisation: Mapped[Organisation | None] = relationship(foreign_keys=[organisation_id])
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    decisions: Mapped[list[CreditDecision]] = relationship(order_by="CreditDecision.id")

    @property
    def buyer_name(self) -> str:
        buyer = self.organisation or self.person
        return buyer.name if buyer is not None else ""


class CreditDecision(Model):
    """Who granted, changed or ended credit, when and why. Append-only."""

    __tablename__ = "credit_decisions"
    __table_args__ = (one_of("step", CreditStep), Index("ix_credit_decisions_terms_id", "terms_id"))
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    terms_id: Mapped[int] = mapped_column(ForeignKey("credit_terms.id"))
    step: Mapped[CreditStep] = mapped_column(OneOf(CreditStep))
    most: Mapped[Money] = mapped_column(Dong)
    days: Mapped[int] = mapped_column(Integer)
    reason: Mapped[str] = mapped_column(String(300))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    by: Mapped[Person] = relationship()


class CreditUse(Model):
    """A purchase on account: `amount` is held until it is charged, then the charge's open sum counts."""

    __tablename__ = "credit_uses"
    __table_args__ = (
        UniqueConstraint("purpose", "subject_id"),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("charge_id IS NULL OR released_at IS NULL", name="charged_or_released"),
        Index("ix_credit_uses_terms_id", "terms_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    terms_id: Mapped[int] = mapped_column(ForeignKey("credit_terms.id"))
    purpose: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int] = mapped_column(Integer)
    amount: Mapped[Money] = mapped_column(Dong)
    days: Mapped[int] = mapped_column(Integer)
    charge_id: Mapped[int | None] = mapped_column(ForeignKey("charges.id"), unique=True)
    released_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    terms: Mapped[CreditTerms] = relationship()
    charge: Mapped[Charge | None] = relationship()


schema.redactable("credit_decisions", "reason")
explain(
    "uq_credit_terms_payee_organisation_id_organisation_id", _l("This buyer has credit with you already.")
)
explain("uq_credit_terms_payee_organisation_id_person_id", _l("This buyer has credit with you already."))
