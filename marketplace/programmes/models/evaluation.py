"""What somebody who took part says about a course."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.db import Model, OneOf, UtcDateTime, explain, one_of
from marketplace.foundation.words import _l
from marketplace.programmes.models.course import Participant
from marketplace.selection.states import Entered


class CourseEvaluation(Model):
    """Once by each: four marks from 1 to 5 and free words. Told on the telephone an officer enters it (`by_id`). It is
    counted, and its words are read, without the name."""

    __tablename__ = "course_evaluations"
    __table_args__ = (
        one_of("entered", Entered),
        *(
            CheckConstraint(f"{mark} BETWEEN 1 AND 5", name=f"{mark}_marked")
            for mark in ("useful", "clear", "arranged", "applied")
        ),
        CheckConstraint("(entered = 'online') = (by_id IS NULL)", name="entered_by_somebody"),
    )
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("course_participants.id"), primary_key=True, autoincrement=False
    )
    useful: Mapped[int] = mapped_column(SmallInteger)
    clear: Mapped[int] = mapped_column(SmallInteger)
    arranged: Mapped[int] = mapped_column(SmallInteger)
    applied: Mapped[int] = mapped_column(SmallInteger)
    words: Mapped[str] = mapped_column(String(1000), default="")
    entered: Mapped[Entered] = mapped_column(OneOf(Entered), default=Entered.ONLINE)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    participant: Mapped[Participant] = relationship()


explain("pk_course_evaluations", _l("This was told already. Thank you."))
