"""One try to pay a refund back onto the card payment that it came by."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.cards.models.session import CardSession
from marketplace.cards.states import CardRefundState
from marketplace.foundation.db import Dong, Model, OneOf, UtcDateTime, one_of
from marketplace.foundation.money import Money
from marketplace.payments.models import Refund

LIVE = text("state IN ('asked', 'sent')")


class CardRefund(Model):
    """`key` makes it happen once: the refund's reference, and the number of the try."""

    __tablename__ = "card_refunds"
    __table_args__ = (
        one_of("state", CardRefundState),
        CheckConstraint("amount > 0", name="amount_positive"),
        Index("uq_card_refunds_live", "refund_id", unique=True, sqlite_where=LIVE, postgresql_where=LIVE),
        Index("ix_card_refunds_refund_id", "refund_id"),
        Index("ix_card_refunds_session_id", "session_id"),
        Index("ix_card_refunds_look_at", "look_at"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    refund_id: Mapped[int] = mapped_column(ForeignKey("refunds.id"))
    session_id: Mapped[int] = mapped_column(ForeignKey("card_sessions.id"))
    amount: Mapped[Money] = mapped_column(Dong)
    state: Mapped[CardRefundState] = mapped_column(OneOf(CardRefundState), default=CardRefundState.ASKED)
    stripe_id: Mapped[str | None] = mapped_column(String(80), unique=True)
    problem: Mapped[str] = mapped_column(String(80), default="")
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    look_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    refund: Mapped[Refund] = relationship()
    session: Mapped[CardSession] = relationship()
