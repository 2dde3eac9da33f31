"""Prices of the board that somebody doubts, or that lie far from the others: an officer looks at each."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.foundation.db import Model, OneOf, UtcDateTime, explain, one_of
from marketplace.foundation.words import _l
from marketplace.prices.models.observation import Observation
from marketplace.prices.states import DoubtGround, Verdict


class PriceDoubt(Model):
    """A row of the board is doubted once: what an officer kept is not doubted again. While nobody has decided, no price
    rule counts the row (`queries.trusted`). Of one that lay far from the others by itself `by_id` is None."""

    __tablename__ = "price_doubts"
    __public__ = True
    __table_args__ = (
        one_of("ground", DoubtGround),
        one_of("verdict", Verdict),
        CheckConstraint("ground <> 'said' OR by_id IS NOT NULL", name="said_by_somebody"),
        CheckConstraint("(verdict IS NULL) = (decided_at IS NULL)", name="decided_has_verdict"),
        CheckConstraint("decided_at IS NULL OR decided_at >= at", name="decided_after_doubt"),
        Index(
            "ix_price_doubts_open",
            "at",
            "id",
            sqlite_where=text("verdict IS NULL"),
            postgresql_where=text("verdict IS NULL"),
        ),
        Index("ix_price_doubts_by_id", "by_id", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    observation_id: Mapped[int] = mapped_column(ForeignKey("price_observations.id"), unique=True)
    ground: Mapped[DoubtGround] = mapped_column(OneOf(DoubtGround))
    words: Mapped[str] = mapped_column(String(300), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    verdict: Mapped[Verdict | None] = mapped_column(OneOf(Verdict))
    answer: Mapped[str] = mapped_column(String(300), default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    observation: Mapped[Observation] = relationship()
    by: Mapped[Person | None] = relationship(foreign_keys=[by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])

    @property
    def is_open(self) -> bool:
        return self.verdict is None


explain("uq_price_doubts_observation_id", _l("Somebody doubts this price already. The alliance looks at it."))
