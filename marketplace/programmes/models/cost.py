"""What a course costs, and who pays it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.db import Dong, Model, OneOf, UtcDateTime, one_of
from marketplace.foundation.money import Money
from marketplace.programmes.states.cost import Funder


class CourseCost(Model):
    """One line: what for, how much, who pays; `named` says which project or sponsor."""

    __tablename__ = "course_costs"
    __table_args__ = (
        one_of("funder", Funder),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("what <> ''", name="says_what"),
        Index("ix_course_costs_course_id", "course_id", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    what: Mapped[str] = mapped_column(String(200))
    amount: Mapped[Money] = mapped_column(Dong)
    funder: Mapped[Funder] = mapped_column(OneOf(Funder))
    named: Mapped[str] = mapped_column(String(120), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
