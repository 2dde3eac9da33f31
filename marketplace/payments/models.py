"""Charges, reports and the ledger."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Organisation
from marketplace.foundation.db import Dong, Model, OneOf, UtcDateTime, explain, one_of, schema
from marketplace.foundation.media import Document
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.payments.states import ChargeState, Posting, Way


class Charge(Model):
    """A sum that somebody owes a payee for a purpose; it knows a reference, never an order."""

    __tablename__ = "charges"
    __table_args__ = (
        one_of("state", ChargeState),
        one_of("method", Way),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("(state = 'settled') = (settled_at IS NOT NULL)", name="settled_has_time"),
        CheckConstraint("method <> 'transfer' OR account_number <> ''", name="transfer_has_account"),
        UniqueConstraint("purpose", "subject_id"),
        Index("ix_charges_payee_state", "payee_organisation_id", "state", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    transfer_ref: Mapped[str] = mapped_column(String(19), unique=True)
    purpose: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(String(80))
    payee_organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    payer_name: Mapped[str] = mapped_column(String(255))
    payer_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    payer_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    method: Mapped[Way] = mapped_column(OneOf(Way))
    amount: Mapped[Money] = mapped_column(Dong)
    account_bin: Mapped[str] = mapped_column(String(6), default="")
    account_number: Mapped[str] = mapped_column(String(30), default="")
    account_holder: Mapped[str] = mapped_column(String(120), default="")
    state: Mapped[ChargeState] = mapped_column(OneOf(ChargeState), default=ChargeState.EXPECTED)
    opened_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    payee: Mapped[Organisation] = relationship(foreign_keys=[payee_organisation_id])
    postings: Mapped[list[PaymentEntry]] = relationship(order_by="PaymentEntry.id", back_populates="charge")
    reports: Mapped[list[PaymentReport]] = relationship(order_by="PaymentReport.id")

    @property
    def received(self) -> Money:
        """What was confirmed, less what was paid back."""
        signs = {Posting.CONFIRMED: 1, Posting.REFUNDED: -1}
        return Money(sum(signs.get(p.kind, 0) * int(p.amount) for p in self.postings))

    @property
    def open_amount(self) -> Money:
        return Money(max(int(self.amount) - int(self.received), 0))

    @property
    def surplus(self) -> Money:
        return Money(max(int(self.received) - int(self.amount), 0))


class PaymentEntry(Model):
    """One posting of the ledger: `amount` moves from the account `credit` to the account `debit`.

    A row has both sides, so every posting balances; rows are never changed or deleted.
    """

    __tablename__ = "payment_entries"
    __table_args__ = (
        one_of("kind", Posting),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("debit <> credit", name="two_sides"),
        UniqueConstraint("method", "provider_ref"),
        Index("ix_payment_entries_charge_id", "charge_id"),
        Index("ix_payment_entries_at", "at"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    charge_id: Mapped[int] = mapped_column(ForeignKey("charges.id"))
    kind: Mapped[Posting] = mapped_column(OneOf(Posting))
    debit: Mapped[str] = mapped_column(String(60))
    credit: Mapped[str] = mapped_column(String(60))
    amount: Mapped[Money] = mapped_column(Dong)
    method: Mapped[str] = mapped_column(String(20))
    provider_ref: Mapped[str] = mapped_column(String(80))
    note: Mapped[str] = mapped_column(String(255), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    charge: Mapped[Charge] = relationship(back_populates="postings")


class PaymentReport(Model):
    """The buyer says that the money was sent, perhaps with a proof. It settles nothing."""

    __tablename__ = "payment_reports"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    charge_id: Mapped[int] = mapped_column(ForeignKey("charges.id"), index=True)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    document: Mapped[Document | None] = relationship()


schema.append_only("payment_entries", "payment_reports")
explain("uq_payment_entries_method_provider_ref", _l("This payment is recorded already."))
