"""Who sits at which desk of the alliance's office, since when, and who gave it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models.people import Membership, Person
from marketplace.accounts.states import Desk
from marketplace.foundation import clock
from marketplace.foundation.db import Model, OneOf, UtcDateTime, explain, one_of
from marketplace.foundation.words import _l


class DeskPost(Model):
    """An officer works at a desk until their last day, or until somebody ends it."""

    __tablename__ = "desk_posts"
    __table_args__ = (
        one_of("desk", Desk),
        CheckConstraint("ended_at IS NOT NULL OR ended_by_id IS NULL", name="ended_when_by_somebody"),
        CheckConstraint("ended_by_id IS NOT NULL OR end_reason = ''", name="a_reason_has_an_author"),
        CheckConstraint("ended_at IS NULL OR ended_at >= given_at", name="times_in_order"),
        Index(
            "uq_desk_posts_living",
            "membership_id",
            "desk",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_desk_posts_last_day", "last_day", "ended_at"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"))
    desk: Mapped[Desk] = mapped_column(OneOf(Desk))
    given_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str] = mapped_column(String(500))
    last_day: Mapped[dt.date | None] = mapped_column(Date)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    end_reason: Mapped[str] = mapped_column(String(500), default="")
    membership: Mapped[Membership] = relationship(back_populates="posts")
    given_by: Mapped[Person | None] = relationship(foreign_keys=[given_by_id])
    ended_by: Mapped[Person | None] = relationship(foreign_keys=[ended_by_id])

    @property
    def living(self) -> bool:
        """In force today: a last day that is over ends it, before the clock's task writes that down."""
        return self.ended_at is None and (self.last_day is None or self.last_day >= clock.today())


explain("uq_desk_posts_living", _l("This person sits at this desk already."), "desk")
