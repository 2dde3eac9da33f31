"""Who leads and serves a cooperative, from one day to another."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import Model, OneOf, UtcDateTime, explain, one_of
from marketplace.foundation.words import _l
from marketplace.registry.states.officer import Education, Office


class Officer(Model):
    """One post of one person. Of those who hold one today at most one speaks for the cooperative before the law."""

    __tablename__ = "coop_officers"
    __table_args__ = (
        one_of("office", Office),
        one_of("education", Education),
        CheckConstraint(
            "left_on IS NULL OR appointed_on IS NULL OR left_on >= appointed_on", name="days_in_order"
        ),
        CheckConstraint("birth_year IS NULL OR birth_year BETWEEN 1900 AND 2100", name="birth_year_sound"),
        Index("ix_coop_officers_cooperative_id", "cooperative_id", "left_on"),
        Index("ix_coop_officers_person_id", "person_id"),
        Index(
            "uq_coop_officers_represents",
            "cooperative_id",
            unique=True,
            sqlite_where=text("represents AND left_on IS NULL"),
            postgresql_where=text("represents AND left_on IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str] = mapped_column(String(120))
    office: Mapped[Office] = mapped_column(OneOf(Office))
    title: Mapped[str] = mapped_column(String(120), default="")
    is_key: Mapped[bool] = mapped_column(Boolean, default=False)
    education: Mapped[Education] = mapped_column(OneOf(Education), default=Education.UNKNOWN)
    field: Mapped[str] = mapped_column(String(120), default="")
    birth_year: Mapped[int | None] = mapped_column(SmallInteger)
    appointed_on: Mapped[dt.date | None] = mapped_column(Date)
    term_until: Mapped[dt.date | None] = mapped_column(Date)
    left_on: Mapped[dt.date | None] = mapped_column(Date)
    represents: Mapped[bool] = mapped_column(Boolean, default=False)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    cooperative: Mapped[Cooperative] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])


explain(
    "uq_coop_officers_represents",
    _l("Somebody else speaks for this cooperative before the law already: end that first."),
    "represents",
)
