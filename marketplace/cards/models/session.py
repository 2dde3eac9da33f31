"""A card page for one charge."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.cards.states import SessionState
from marketplace.foundation.db import Dong, Model, OneOf, UtcDateTime, explain, one_of
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.payments.models import Charge

LIVE = text("state IN ('asked', 'open')")


class CardSession(Model):
    """All that is asked of the company is kept here, so that asking again after a crash asks the very same.

    `account` is the cooperative's account there, empty where the alliance collects. `look_at` is when the company is
    asked next how it stands, in case its event never comes.
    """

    __tablename__ = "card_sessions"
    __table_args__ = (
        one_of("state", SessionState),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("(state = 'paid') = (intent IS NOT NULL)", name="paid_has_intent"),
        CheckConstraint("state <> 'open' OR (stripe_id IS NOT NULL AND url <> '')", name="open_has_page"),
        CheckConstraint("fee IS NULL OR state = 'paid'", name="fee_of_paid"),
        Index("uq_card_sessions_live", "charge_id", unique=True, sqlite_where=LIVE, postgresql_where=LIVE),
        Index("ix_card_sessions_charge_id", "charge_id"),
        Index("ix_card_sessions_look_at", "look_at"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    charge_id: Mapped[int] = mapped_column(ForeignKey("charges.id"))
    account: Mapped[str] = mapped_column(String(80))
    amount: Mapped[Money] = mapped_column(Dong)
    language: Mapped[str] = mapped_column(String(2))
    back: Mapped[str] = mapped_column(String(200))
    state: Mapped[SessionState] = mapped_column(OneOf(SessionState), default=SessionState.ASKED)
    stripe_id: Mapped[str | None] = mapped_column(String(120), unique=True)
    url: Mapped[str] = mapped_column(Text, default="")
    intent: Mapped[str | None] = mapped_column(String(80), unique=True)
    came: Mapped[Money | None] = mapped_column(Dong)
    fee: Mapped[Money | None] = mapped_column(Dong)
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    look_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    charge: Mapped[Charge] = relationship()


explain(
    "uq_card_sessions_live", _l("A card page is being opened for this payment. Please try again in a moment.")
)
