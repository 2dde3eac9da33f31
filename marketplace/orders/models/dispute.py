"""When the two sides do not agree, the alliance mediates. It decides nothing with its own hands: both act."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.foundation.db import Dong, Model, OneOf, UtcDateTime, explain, one_of, schema
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.orders.models.complaint import Complaint
from marketplace.orders.models.order import Order
from marketplace.orders.states import OPEN_DISPUTES, DisputeState, Side, StatementKind

OPEN = "state IN ('raised', 'answered', 'mediated')"


class Dispute(Model):
    """Who asked the alliance, by when the other side tells its view and by when it is decided.

    `decided` is the sum that is taken off, 0 for none; `done_at` says that it was.
    """

    __tablename__ = "disputes"
    __table_args__ = (
        one_of("state", DisputeState),
        CheckConstraint("side IN ('buyer', 'seller')", name="side_known"),
        CheckConstraint(f"({OPEN}) = (closed_at IS NULL)", name="closed_has_time"),
        CheckConstraint("(state = 'decided') = (decided IS NOT NULL)", name="decided_has_sum"),
        CheckConstraint("decided IS NULL OR decided >= 0", name="sum_not_negative"),
        CheckConstraint("done_at IS NULL OR state = 'decided'", name="done_was_decided"),
        Index("ix_disputes_order_id", "order_id"),
        Index(
            "uq_disputes_open", "order_id", unique=True, sqlite_where=text(OPEN), postgresql_where=text(OPEN)
        ),
        Index("ix_disputes_state_decide_by", "state", "decide_by"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaints.id"), unique=True)
    side: Mapped[Side] = mapped_column(OneOf(Side))
    state: Mapped[DisputeState] = mapped_column(OneOf(DisputeState), default=DisputeState.RAISED)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    answer_by: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    decide_by: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    decided: Mapped[Money | None] = mapped_column(Dong)
    done_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    order: Mapped[Order] = relationship(back_populates="disputes")
    complaint: Mapped[Complaint | None] = relationship()
    statements: Mapped[list[DisputeStatement]] = relationship(
        back_populates="dispute", order_by="DisputeStatement.id"
    )

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_DISPUTES

    @property
    def proposal(self) -> DisputeStatement | None:
        """What the alliance proposed last."""
        return next((s for s in reversed(self.statements) if s.kind is StatementKind.PROPOSAL), None)

    def said(self, side: Side) -> StatementKind | None:
        """Whether this side agreed to the last proposal, or did not, or has not said."""
        kinds = {StatementKind.AGREEMENT, StatementKind.REJECTION}
        since = self.proposal.id if self.proposal else 0
        said = (s.kind for s in self.statements if s.side is side and s.kind in kinds and s.id > since)
        return next(said, None)


class DisputeStatement(Model):
    """What one of the three said, and when. `amount` is the sum of a proposal or decision. Append-only."""

    __tablename__ = "dispute_statements"
    __table_args__ = (
        one_of("kind", StatementKind),
        one_of("side", Side),
        CheckConstraint("(kind IN ('proposal', 'decision')) = (amount IS NOT NULL)", name="proposal_has_sum"),
        CheckConstraint("amount IS NULL OR amount >= 0", name="sum_not_negative"),
        Index("ix_dispute_statements_dispute_id", "dispute_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"))
    kind: Mapped[StatementKind] = mapped_column(OneOf(StatementKind))
    side: Mapped[Side] = mapped_column(OneOf(Side))
    words: Mapped[str] = mapped_column(String(2000), default="")
    amount: Mapped[Money | None] = mapped_column(Dong)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    dispute: Mapped[Dispute] = relationship(back_populates="statements")
    by: Mapped[Person | None] = relationship()


explain("uq_disputes_open", _l("The alliance looks at this order already."))
schema.redactable("dispute_statements", "words")
