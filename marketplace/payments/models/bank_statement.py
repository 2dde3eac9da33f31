"""A bank statement as it was sent, with what became of each row."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.db import Dong, JSONColumn, Model, OneOf, UtcDateTime, one_of
from marketplace.foundation.money import Money
from marketplace.payments.models.bank_line import BankBook, BankLine
from marketplace.payments.states import RowResult, StatementState


class Statement(Model):
    """One file. `mapping` is column number → field."""

    __tablename__ = "bank_statements"
    __table_args__ = (
        one_of("state", StatementState),
        Index("ix_bank_statements_organisation_id", "organisation_id", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    book_id: Mapped[int] = mapped_column(ForeignKey("bank_books.id"))
    filename: Mapped[str] = mapped_column(String(160))
    header: Mapped[list[Any]] = mapped_column(JSONColumn)
    mapping: Mapped[dict[str, Any]] = mapped_column(JSONColumn, default=dict)
    state: Mapped[StatementState] = mapped_column(OneOf(StatementState), default=StatementState.UPLOADED)
    total: Mapped[int] = mapped_column(Integer)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    book: Mapped[BankBook] = relationship()


class StatementRow(Model):
    """One row of the file as written. A credit keeps its sum and the line that holds it."""

    __tablename__ = "bank_statement_rows"
    __table_args__ = (
        one_of("result", RowResult),
        CheckConstraint(
            "(result IN ('open', 'counted', 'known')) = (bank_line_id IS NOT NULL)", name="credit_has_line"
        ),
        CheckConstraint("(bank_line_id IS NULL) = (amount IS NULL)", name="credit_has_amount"),
        UniqueConstraint("statement_id", "line"),
        Index("ix_bank_statement_rows_statement_id_result", "statement_id", "result", "line"),
        Index("ix_bank_statement_rows_statement_id_likeness", "statement_id", "likeness"),
        Index("ix_bank_statement_rows_bank_line_id", "bank_line_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("bank_statements.id"))
    line: Mapped[int] = mapped_column(Integer)
    cells: Mapped[list[Any]] = mapped_column(JSONColumn)
    result: Mapped[RowResult] = mapped_column(OneOf(RowResult), default=RowResult.WAITING)
    reason: Mapped[str] = mapped_column(String(300), default="")
    amount: Mapped[Money | None] = mapped_column(Dong)
    likeness: Mapped[str] = mapped_column(String(40), default="")
    bank_line_id: Mapped[int | None] = mapped_column(ForeignKey("bank_lines.id"))
    bank_line: Mapped[BankLine | None] = relationship()
