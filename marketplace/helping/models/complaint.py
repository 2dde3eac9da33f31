"""A complaint to the alliance: what about, against whom, until when it is answered, and the answer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Organisation, Person
from marketplace.foundation import clock
from marketplace.foundation.db import Model, OneOf, UtcDateTime, explain, one_of
from marketplace.foundation.words import _l
from marketplace.helping.states import TO_DO, ComplaintState, Topic


class AllianceComplaint(Model):
    """By a person with an account, for themselves or for an organisation they act for; or told to an officer.

    `about` names what it is about (the number of an order, of a contract), `about_url` is its page at the office.
    `year` is the one in which it came. An appeal opens it once more, and only once.
    """

    __tablename__ = "alliance_complaints"
    __table_args__ = (
        one_of("topic", Topic),
        one_of("state", ComplaintState),
        CheckConstraint("person_id IS NOT NULL OR entered_by_id IS NOT NULL", name="somebody_entered_it"),
        CheckConstraint("words <> '' AND name <> ''", name="has_words_and_name"),
        CheckConstraint("about_url = '' OR about_url LIKE '/office/%'", name="about_is_of_the_office"),
        CheckConstraint(
            "state NOT IN ('answered', 'reopened', 'closed') OR (answer <> '' AND answered_at IS NOT NULL)",
            name="answered_with_words",
        ),
        CheckConstraint("state <> 'reopened' OR appealed_at IS NOT NULL", name="reopened_by_appeal"),
        CheckConstraint("(appealed_at IS NULL) = (appeal = '')", name="appeal_has_words"),
        CheckConstraint("second_answer = '' OR appealed_at IS NOT NULL", name="second_answer_to_an_appeal"),
        CheckConstraint(
            "(state IN ('closed', 'withdrawn')) = (closed_at IS NOT NULL)", name="closed_at_a_time"
        ),
        CheckConstraint(
            "state = 'received' OR state = 'withdrawn' OR confirmed_at IS NOT NULL", name="confirmed"
        ),
        Index(
            "uq_alliance_complaints_once",
            "person_id",
            "once",
            unique=True,
            sqlite_where=text("once <> ''"),
            postgresql_where=text("once <> ''"),
        ),
        Index("ix_alliance_complaints_state_due_on", "state", "due_on", "id"),
        Index("ix_alliance_complaints_person_id", "person_id", "id"),
        Index("ix_alliance_complaints_organisation_id", "organisation_id"),
        Index("ix_alliance_complaints_year", "year", "topic"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    once: Mapped[str] = mapped_column(String(32), default="")
    topic: Mapped[Topic] = mapped_column(OneOf(Topic))
    state: Mapped[ComplaintState] = mapped_column(OneOf(ComplaintState), default=ComplaintState.RECEIVED)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    name: Mapped[str] = mapped_column(String(255))
    phone: Mapped[str] = mapped_column(String(20), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    locale: Mapped[str] = mapped_column(String(2), default="vi")
    words: Mapped[str] = mapped_column(String(3000))
    against_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    about: Mapped[str] = mapped_column(String(60), default="")
    about_url: Mapped[str] = mapped_column(String(255), default="")
    year: Mapped[int] = mapped_column(SmallInteger)
    received_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    confirm_by: Mapped[dt.date] = mapped_column(Date)
    due_on: Mapped[dt.date] = mapped_column(Date)
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    assigned_to_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answer: Mapped[str] = mapped_column(String(3000), default="")
    answered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    answered_late: Mapped[bool] = mapped_column(default=False)
    appeal: Mapped[str] = mapped_column(String(3000), default="")
    appealed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    second_answer: Mapped[str] = mapped_column(String(3000), default="")
    closed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    organisation: Mapped[Organisation | None] = relationship(foreign_keys=[organisation_id])
    against: Mapped[Organisation | None] = relationship(foreign_keys=[against_id])
    assigned_to: Mapped[Person | None] = relationship(foreign_keys=[assigned_to_id])
    entered_by: Mapped[Person | None] = relationship(foreign_keys=[entered_by_id])

    @property
    def to_do(self) -> bool:
        return self.state in TO_DO

    @property
    def next_day(self) -> dt.date:
        """Until when somebody has to do the next thing."""
        return self.confirm_by if self.state is ComplaintState.RECEIVED else self.due_on

    @property
    def is_late(self) -> bool:
        return self.to_do and self.next_day < clock.today()

    @property
    def contact(self) -> dict[str, Any]:
        return {"name": self.name, "email": self.email, "phone": self.phone, "locale": self.locale}


explain("uq_alliance_complaints_once", _l("We have this complaint already."))
