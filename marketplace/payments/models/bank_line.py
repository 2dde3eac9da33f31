"""What a bank says came into a payee's account, each credit once, and the charges it was counted for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.db import Dong, JSONColumn, Model, OneOf, UtcDateTime, explain, one_of, schema
from marketplace.foundation.money import Money
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l
from marketplace.payments.models.charge import Charge, PaymentEntry
from marketplace.payments.states import LineReason, LineState


class BankBook(Model):
    """One account of a payee. Whoever enters lines holds its row, so that one line never comes in twice.

    `columns` remembers what the columns of this bank's statements mean: folded header → field.
    """

    __tablename__ = "bank_books"
    __table_args__ = (UniqueConstraint("organisation_id", "bin", "number"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    bin: Mapped[str] = mapped_column(String(6))
    number: Mapped[str] = mapped_column(String(30))
    columns: Mapped[dict[str, Any]] = mapped_column(JSONColumn, default=dict)


class BankLine(Model):
    """A credit. `key` is the bank's own number for it, or what it says where the bank gives none; `likeness` finds the
    same credit when it comes by another way. `named_id` is the one charge its text names."""

    __tablename__ = "bank_lines"
    __table_args__ = (
        one_of("state", LineState),
        one_of("reason", LineReason),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("(state = 'assigned') = (counts_at IS NOT NULL)", name="assigned_counts"),
        CheckConstraint("(state = 'dismissed') = (words <> '')", name="dismissed_has_words"),
        UniqueConstraint("book_id", "key"),
        Index("ix_bank_lines_book_id_likeness", "book_id", "likeness"),
        Index("ix_bank_lines_state", "state", "counts_at"),
        Index("ix_bank_lines_organisation_id_state", "organisation_id", "state", "id"),
        Index("ix_bank_lines_named_id", "named_id"),
        Index("ix_bank_lines_statement_id", "statement_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=random_ref, insert_sentinel=True)
    book_id: Mapped[int] = mapped_column(ForeignKey("bank_books.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    statement_id: Mapped[int | None] = mapped_column(ForeignKey("bank_statements.id"))
    key: Mapped[str] = mapped_column(String(160))
    likeness: Mapped[str] = mapped_column(String(40))
    came_on: Mapped[dt.date] = mapped_column(Date)
    amount: Mapped[Money] = mapped_column(Dong)
    text: Mapped[str] = mapped_column(String(500), default="")
    bank_ref: Mapped[str] = mapped_column(String(80), default="")
    counter_account: Mapped[str] = mapped_column(String(80), default="")
    state: Mapped[LineState] = mapped_column(OneOf(LineState), default=LineState.OPEN)
    reason: Mapped[LineReason] = mapped_column(OneOf(LineReason), default=LineReason.NONE)
    named_id: Mapped[int | None] = mapped_column(ForeignKey("charges.id"))
    words: Mapped[str] = mapped_column(String(255), default="")
    counts_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    book: Mapped[BankBook] = relationship()
    named: Mapped[Charge | None] = relationship()
    parts: Mapped[list[BankPart]] = relationship(
        order_by="BankPart.id", cascade="all, delete-orphan", back_populates="line"
    )


class BankPart(Model):
    """What of a line is for one charge; it counts once it has its row of the ledger."""

    __tablename__ = "bank_parts"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        UniqueConstraint("line_id", "charge_id"),
        Index("ix_bank_parts_charge_id", "charge_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("bank_lines.id"))
    charge_id: Mapped[int] = mapped_column(ForeignKey("charges.id"))
    amount: Mapped[Money] = mapped_column(Dong)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("payment_entries.id"), unique=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    line: Mapped[BankLine] = relationship(back_populates="parts")
    charge: Mapped[Charge] = relationship()
    entry: Mapped[PaymentEntry | None] = relationship()


TOO_MUCH = (
    "(SELECT COALESCE(SUM(amount), 0) FROM bank_parts WHERE line_id = NEW.line_id) + NEW.amount > "
    "(SELECT amount FROM bank_lines WHERE id = NEW.line_id)"
)
SAID = "the parts of a bank line are more than the line"


@schema.extra
def parts_fit(dialect: str) -> list[str]:
    """The parts of a line are never more than the line, whoever asks."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER bank_parts_fit BEFORE INSERT ON bank_parts WHEN {TOO_MUCH} "
            f"BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
        ]
    return [
        "CREATE OR REPLACE FUNCTION bank_parts_fit() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {TOO_MUCH} THEN RAISE EXCEPTION '{SAID}'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER bank_parts_fit BEFORE INSERT ON bank_parts FOR EACH ROW EXECUTE FUNCTION bank_parts_fit()",
    ]


explain("uq_bank_lines_book_id_key", _l("This payment of the bank is known already."))
explain("uq_bank_parts_entry_id", _l("Another payment of the bank was recognised as this one meanwhile."))
