"""What the card company told us, each event once."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.cards.states import EventState
from marketplace.foundation.db import JSONColumn, Model, OneOf, UtcDateTime, one_of


class CardEvent(Model):
    """`told` is kept only while a person or a later event is needed, and only the parts that we read."""

    __tablename__ = "card_events"
    __table_args__ = (
        one_of("state", EventState),
        Index("ix_card_events_state", "state", "id"),
        Index("ix_card_events_about", "about"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    stripe_id: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(80))
    account: Mapped[str] = mapped_column(String(80))
    about: Mapped[str] = mapped_column(String(120))
    state: Mapped[EventState] = mapped_column(OneOf(EventState))
    why: Mapped[str] = mapped_column(String(160), default="")
    told: Mapped[dict[str, Any]] = mapped_column(JSONColumn, default=dict)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    received_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    dismissed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
