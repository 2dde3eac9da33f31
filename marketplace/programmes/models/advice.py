"""Advice and legal help: who asked, about what, what was answered, how long it took."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import Model, OneOf, UtcDateTime, one_of
from marketplace.programmes.states.advice import AdviceMatter


class Advice(Model):
    """By a member, or (without `cooperative_id`) by whoever wants to found one. Counted in the year of `asked_on`."""

    __tablename__ = "advice"
    __table_args__ = (
        one_of("matter", AdviceMatter),
        CheckConstraint("asked_by <> '' AND question <> ''", name="somebody_asked"),
        CheckConstraint("minutes >= 0", name="minutes_not_negative"),
        CheckConstraint("(answered_on IS NULL) = (answer = '')", name="answered_with_words"),
        CheckConstraint("answered_on IS NULL OR answered_on >= asked_on", name="answered_after_asked"),
        CheckConstraint("answered_on IS NULL OR minutes > 0", name="answer_took_time"),
        CheckConstraint("followed_at IS NULL OR follow_up_on IS NOT NULL", name="only_follow_ups_are_done"),
        Index("ix_advice_asked_on", "asked_on", "matter"),
        Index("ix_advice_cooperative_id", "cooperative_id", "id"),
        Index("ix_advice_follow_up", "followed_at", "follow_up_on", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    cooperative_id: Mapped[int | None] = mapped_column(ForeignKey("cooperatives.id"))
    asked_by: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str] = mapped_column(String(20), default="")
    matter: Mapped[AdviceMatter] = mapped_column(OneOf(AdviceMatter))
    question: Mapped[str] = mapped_column(String(2000))
    asked_on: Mapped[dt.date] = mapped_column(Date)
    answer: Mapped[str] = mapped_column(String(3000), default="")
    answered_on: Mapped[dt.date | None] = mapped_column(Date)
    minutes: Mapped[int] = mapped_column(SmallInteger, default=0)
    follow_up_on: Mapped[dt.date | None] = mapped_column(Date)
    followed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    cooperative: Mapped[Cooperative | None] = relationship()
    by: Mapped[Person] = relationship(foreign_keys=[by_id])
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])

    @property
    def hours(self) -> Decimal | None:
        """As it is written; nothing before it was answered."""
        return (Decimal(self.minutes) / 60).quantize(Decimal("0.01")) if self.minutes else None

    @property
    def waits(self) -> bool:
        """Not answered, or something was promised for later."""
        return self.answered_on is None or (self.follow_up_on is not None and self.followed_at is None)

    @property
    def is_late(self) -> bool:
        return self.waits and self.follow_up_on is not None and self.follow_up_on < clock.today()
