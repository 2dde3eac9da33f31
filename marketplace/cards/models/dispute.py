"""A card holder's bank asks the money back."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.cards.models.session import CardSession
from marketplace.cards.states import DisputeState
from marketplace.foundation.db import Dong, Model, OneOf, UtcDateTime, one_of
from marketplace.foundation.money import Money
from marketplace.payments.models import Charge


class CardDispute(Model):
    """Recorded and shown; it is answered at the card company, before `answer_by`."""

    __tablename__ = "card_disputes"
    __table_args__ = (
        one_of("state", DisputeState),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("(state = 'open') = (closed_at IS NULL)", name="closed_has_time"),
        Index("ix_card_disputes_charge_id", "charge_id"),
        Index("ix_card_disputes_state", "state", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    stripe_id: Mapped[str] = mapped_column(String(80), unique=True)
    charge_id: Mapped[int] = mapped_column(ForeignKey("charges.id"))
    session_id: Mapped[int] = mapped_column(ForeignKey("card_sessions.id"))
    amount: Mapped[Money] = mapped_column(Dong)
    reason: Mapped[str] = mapped_column(String(80))
    state: Mapped[DisputeState] = mapped_column(OneOf(DisputeState), default=DisputeState.OPEN)
    answer_by: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    opened_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    charge: Mapped[Charge] = relationship()
    session: Mapped[CardSession] = relationship()
