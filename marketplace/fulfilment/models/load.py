"""Loads: in how many journeys the goods of a call-off leave."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries.models import Delivery
from marketplace.foundation.db import Model, Thousandths, UtcDateTime
from marketplace.linkage.models import CallOff


class Load(Model):
    """One journey with goods of a call-off, in kg: how it goes stands in its delivery.

    `kg` was made ready, `sent` left; what was called off before it left counts for nothing. Whoever of the buyer wrote
    nothing until `silence_at` has accepted it.
    """

    __tablename__ = "loads"
    __table_args__ = (
        CheckConstraint("kg > 0", name="carries_something"),
        CheckConstraint("sent IS NULL OR (sent > 0 AND sent <= kg)", name="sent_within"),
        CheckConstraint("sent IS NULL OR called_off_at IS NULL", name="sent_or_called_off"),
        CheckConstraint("silence_at IS NULL OR sent IS NOT NULL", name="clock_runs_once_sent"),
        Index("ix_loads_call_off_id", "call_off_id"),
        Index("ix_loads_cooperative_id", "cooperative_id", "id"),
        Index("ix_loads_silence_at", "silence_at"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    call_off_id: Mapped[int] = mapped_column(ForeignKey("call_offs.id"))
    # The contract's seller, or a member of the pool that it leads.
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    # Empty only while its goods are being set aside.
    delivery_id: Mapped[int | None] = mapped_column(ForeignKey("deliveries.id"), unique=True)
    kg: Mapped[Decimal] = mapped_column(Thousandths)
    sent: Mapped[Decimal | None] = mapped_column(Thousandths)
    prepared_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    prepared_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    called_off_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    silence_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    call_off: Mapped[CallOff] = relationship()
    cooperative: Mapped[Cooperative] = relationship()
    delivery: Mapped[Delivery] = relationship()

    @property
    def holder(self) -> str:
        """As the ledger of goods names it."""
        return f"load:{self.id}"

    @property
    def counts(self) -> Decimal:
        """Towards what its call-off has loaded."""
        if self.called_off_at is not None:
            return Decimal(0)
        return self.kg if self.sent is None else self.sent
