"""Charges, reports and the ledger."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Organisation, Person
from marketplace.foundation.db import Dong, Model, OneOf, UtcDateTime, explain, one_of, schema
from marketplace.foundation.media import Document
from marketplace.foundation.money import Money
from marketplace.foundation.words import _, _l
from marketplace.payments.states import (
    DEPOSIT,
    DEPOSIT_POSTING_LABELS,
    POSTING_LABELS,
    ChargeState,
    Posting,
    RefundReason,
    RefundState,
    Way,
)

OWED_BY_BUYER = ("owed:", "deposit:")
"""The accounts between a buyer and a payee: what is owed, and what was asked ahead of it."""


class Charge(Model):
    """A sum that somebody owes a payee for a purpose; it knows a reference, never an order."""

    __tablename__ = "charges"
    __table_args__ = (
        one_of("state", ChargeState),
        one_of("method", Way),
        CheckConstraint("amount >= 0", name="amount_not_negative"),
        CheckConstraint("deposit >= 0", name="deposit_not_negative"),
        CheckConstraint("(state = 'settled') = (settled_at IS NOT NULL)", name="settled_has_time"),
        CheckConstraint("method <> 'transfer' OR account_number <> ''", name="transfer_has_account"),
        UniqueConstraint("purpose", "subject_id"),
        Index("ix_charges_payee_state", "payee_organisation_id", "state", "id"),
        Index("ix_charges_due_on", "due_on"),
        Index(
            "ix_charges_collected",
            "payee_organisation_id",
            sqlite_where=text("collected IS 1"),
            postgresql_where=text("collected IS true"),
        ),
        Index("ix_charges_payer_organisation_id", "payer_organisation_id"),
        Index("ix_charges_payer_person_id", "payer_person_id"),
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
    # What a deposit asks ahead of it, or holds for it: a charge of its own until it is counted here.
    deposit: Mapped[Money] = mapped_column(Dong, default=Money(0), server_default="0")
    # The alliance takes the card's money and owes it to the payee; else it goes straight to the payee.
    collected: Mapped[bool] = mapped_column(Boolean, default=False)
    account_bin: Mapped[str] = mapped_column(String(6), default="")
    account_number: Mapped[str] = mapped_column(String(30), default="")
    account_holder: Mapped[str] = mapped_column(String(120), default="")
    state: Mapped[ChargeState] = mapped_column(OneOf(ChargeState), default=ChargeState.EXPECTED)
    opened_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    due_on: Mapped[dt.date | None] = mapped_column(Date)
    settled_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    payee: Mapped[Organisation] = relationship(foreign_keys=[payee_organisation_id])
    payer_organisation: Mapped[Organisation | None] = relationship(foreign_keys=[payer_organisation_id])
    payer_person: Mapped[Person | None] = relationship()
    postings: Mapped[list[PaymentEntry]] = relationship(order_by="PaymentEntry.id", back_populates="charge")
    reports: Mapped[list[PaymentReport]] = relationship(order_by="PaymentReport.id")

    refunds: Mapped[list[Refund]] = relationship(order_by="Refund.id", back_populates="charge")

    @property
    def owed(self) -> Money:
        """What is to be paid in all; nothing once it is cancelled."""
        return Money(0) if self.state is ChargeState.CANCELLED else self.amount

    @property
    def received(self) -> Money:
        """What was confirmed or came as its deposit, less what was paid back."""
        signs = {Posting.CONFIRMED: 1, Posting.COUNTED: 1, Posting.REFUNDED: -1}
        return Money(sum(signs.get(p.kind, 0) * int(p.amount) for p in self.postings))

    @property
    def open_amount(self) -> Money:
        return Money(max(int(self.owed) - int(self.received), 0))

    @property
    def to_pay(self) -> Money:
        """What the payer is asked for here: what is open, less what its deposit asks or holds."""
        return Money(max(int(self.open_amount) - int(self.deposit), 0))

    @property
    def told(self) -> str:
        """What it is for."""
        title = self.title or self.transfer_ref
        return _("Deposit for %(title)s", title=title) if self.purpose == DEPOSIT else title

    @property
    def surplus(self) -> Money:
        """What came and is not owed: it stands in live refunds."""
        return Money(max(int(self.received) - int(self.owed), 0))


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
        Index(
            "uq_payment_entries_deposit_over",
            "charge_id",
            unique=True,
            sqlite_where=text("kind IN ('counted', 'kept')"),
            postgresql_where=text("kind IN ('counted', 'kept')"),
        ),
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

    @property
    def weight(self) -> int:
        """1 where the buyer owes more by it, -1 where less, 0 where it only moves between them and a deposit."""
        return int(self.debit.startswith(OWED_BY_BUYER)) - int(self.credit.startswith(OWED_BY_BUYER))

    @property
    def words(self) -> Any:
        """What the row records, in words; of a deposit its own."""
        labels = DEPOSIT_POSTING_LABELS if self.charge.purpose == DEPOSIT else POSTING_LABELS
        return labels[self.kind]


class Refund(Model):
    """Money that goes back to the payer, from the day it is due. The platform never sends it: the payee does, or the
    payment service that brought it."""

    __tablename__ = "refunds"
    __table_args__ = (
        one_of("state", RefundState),
        one_of("reason", RefundReason),
        one_of("way", Way),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("(state = 'paid') = (entry_id IS NOT NULL)", name="paid_has_entry"),
        Index("ix_refunds_charge_id", "charge_id"),
        Index("ix_refunds_state", "state", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    charge_id: Mapped[int] = mapped_column(ForeignKey("charges.id"))
    amount: Mapped[Money] = mapped_column(Dong)
    reason: Mapped[RefundReason] = mapped_column(OneOf(RefundReason))
    way: Mapped[Way] = mapped_column(OneOf(Way))
    state: Mapped[RefundState] = mapped_column(OneOf(RefundState), default=RefundState.DUE)
    provider_ref: Mapped[str] = mapped_column(String(80), default="")
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("payment_entries.id"), unique=True)
    since: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    charge: Mapped[Charge] = relationship(back_populates="refunds")


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
explain("uq_payment_entries_deposit_over", _l("This deposit was counted or kept already."))
