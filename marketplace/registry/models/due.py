"""Dues: the norms, the batches in which a year is asked for, and what each member owes. The money is in payments."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import Kind
from marketplace.foundation.db import Dong, Model, OneOf, UtcDateTime, explain, one_of
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.registry.states.due import BatchState, DueState


class DueNorm(Model):
    """From the first day on a member of this kind with at least so many members owes this for a year."""

    __tablename__ = "due_norms"
    __table_args__ = (
        one_of("kind", Kind),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("least_members >= 0", name="members_not_negative"),
        UniqueConstraint("valid_from", "kind", "least_members"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    valid_from: Mapped[dt.date] = mapped_column(Date)
    kind: Mapped[Kind] = mapped_column(OneOf(Kind))
    least_members: Mapped[int] = mapped_column(Integer, default=0)
    amount: Mapped[Money] = mapped_column(Dong)
    decision: Mapped[str] = mapped_column(String(160), default="")
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class DueBatch(Model):
    """A year asked of all members of whom it was not asked yet; the worker does it."""

    __tablename__ = "due_batches"
    __table_args__ = (one_of("state", BatchState), Index("ix_due_batches_year", "year"))
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    year: Mapped[int] = mapped_column(SmallInteger)
    due_on: Mapped[dt.date] = mapped_column(Date)
    state: Mapped[BatchState] = mapped_column(OneOf(BatchState), default=BatchState.RUNNING)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class Due(Model):
    """What one member owes for one year; its charge is in payments."""

    __tablename__ = "dues"
    __table_args__ = (
        one_of("state", DueState),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("(state = 'paid') = (paid_at IS NOT NULL)", name="paid_has_time"),
        CheckConstraint("(state = 'forgiven') = (forgiven_at IS NOT NULL)", name="forgiven_has_time"),
        CheckConstraint("state <> 'forgiven' OR forgiven_reason <> ''", name="forgiven_has_reason"),
        UniqueConstraint("cooperative_id", "year"),
        Index("ix_dues_year_state", "year", "state", "id"),
        Index("ix_dues_state_due_on", "state", "due_on"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    year: Mapped[int] = mapped_column(SmallInteger)
    amount: Mapped[Money] = mapped_column(Dong)
    norm_id: Mapped[int] = mapped_column(ForeignKey("due_norms.id"))
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("due_batches.id"), index=True)
    state: Mapped[DueState] = mapped_column(OneOf(DueState), default=DueState.ASKED)
    due_on: Mapped[dt.date] = mapped_column(Date)
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    paid_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    reminded_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    reminders: Mapped[int] = mapped_column(SmallInteger, default=0)
    forgiven_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    forgiven_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    forgiven_reason: Mapped[str] = mapped_column(String(500), default="")
    cooperative: Mapped[Cooperative] = relationship()
    norm: Mapped[DueNorm] = relationship()


explain(
    "uq_due_norms_valid_from_kind_least_members",
    _l("There is such a norm from this day on already."),
    "amount",
)
explain("uq_dues_cooperative_id_year", _l("The dues of this year were asked of it already."))
