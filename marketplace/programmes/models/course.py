"""Tables of courses and study tours: timetable, who asks, who comes, on which days, and decisions on their way."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Text,
    Time,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.foundation.db import Model, OneOf, UtcDateTime, explain, one_of
from marketplace.foundation.words import _l, pick
from marketplace.places.models import AdminUnit
from marketplace.programmes.states import CourseKind, CourseState, SendingState
from marketplace.selection.models import Application


class Course(Model):
    """A training course or a study tour. `province_id` is where a tour goes; `least_percent` of the days earn a
    certificate. `report_vi` tells afterwards what a tour or course brought."""

    __tablename__ = "courses"
    __public__ = True
    __table_args__ = (
        one_of("kind", CourseKind),
        one_of("state", CourseState),
        CheckConstraint("last_day >= first_day", name="days_in_order"),
        CheckConstraint("seats > 0", name="seats_positive"),
        CheckConstraint("least_percent BETWEEN 1 AND 100", name="least_percent_known"),
        CheckConstraint("kind <> 'tour' OR province_id IS NOT NULL", name="tour_has_destination"),
        CheckConstraint("state <> 'cancelled' OR cancelled_reason <> ''", name="cancelled_has_reason"),
        Index("ix_courses_state_first_day", "state", "first_day"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    slug: Mapped[str] = mapped_column(String(140), unique=True)
    kind: Mapped[CourseKind] = mapped_column(OneOf(CourseKind))
    state: Mapped[CourseState] = mapped_column(OneOf(CourseState), default=CourseState.DRAFT)
    name_vi: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    theme_vi: Mapped[str] = mapped_column(String(300), default="")
    theme_en: Mapped[str] = mapped_column(String(300), default="")
    story_vi: Mapped[str] = mapped_column(Text, default="")
    story_en: Mapped[str] = mapped_column(Text, default="")
    report_vi: Mapped[str] = mapped_column(Text, default="")
    report_en: Mapped[str] = mapped_column(Text, default="")
    venue: Mapped[str] = mapped_column(String(200), default="")
    province_id: Mapped[int | None] = mapped_column(ForeignKey("admin_units.id"))
    first_day: Mapped[dt.date] = mapped_column(Date)
    last_day: Mapped[dt.date] = mapped_column(Date)
    seats: Mapped[int] = mapped_column(SmallInteger)
    least_percent: Mapped[int] = mapped_column(SmallInteger, default=80)
    cancelled_reason: Mapped[str] = mapped_column(String(500), default="")
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    # When those who came were asked what they think of it.
    words_asked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    province: Mapped[AdminUnit | None] = relationship()
    sessions: Mapped[list[CourseSession]] = relationship(
        order_by="CourseSession.day, CourseSession.begins", cascade="all, delete-orphan"
    )

    @property
    def name(self) -> str:
        return pick(self.name_vi, self.name_en)

    @property
    def theme(self) -> str:
        return pick(self.theme_vi, self.theme_en)

    @property
    def story(self) -> str:
        return pick(self.story_vi, self.story_en)

    @property
    def report(self) -> str:
        return pick(self.report_vi, self.report_en)

    @property
    def days(self) -> list[dt.date]:
        count = (self.last_day - self.first_day).days + 1
        return [self.first_day + dt.timedelta(days=each) for each in range(count)]

    @property
    def least_days(self) -> int:
        """How many days earn the certificate; at least one."""
        return max(1, -(-len(self.days) * self.least_percent // 100))


class CourseSession(Model):
    """What is taught or visited, on a day and between hours."""

    __tablename__ = "course_sessions"
    __public__ = True
    __table_args__ = (
        CheckConstraint("ends > begins", name="hours_in_order"),
        UniqueConstraint("course_id", "day", "begins"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    day: Mapped[dt.date] = mapped_column(Date)
    begins: Mapped[dt.time] = mapped_column(Time)
    ends: Mapped[dt.time] = mapped_column(Time)
    topic_vi: Mapped[str] = mapped_column(String(200))
    topic_en: Mapped[str] = mapped_column(String(200), default="")

    @property
    def topic(self) -> str:
        return pick(self.topic_vi, self.topic_en)


class CourseApplication(Model):
    """What a cooperative asks of a course, beside its application in `selection`."""

    __tablename__ = "course_applications"
    __table_args__ = (Index("ix_course_applications_course_id", "course_id"),)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    words: Mapped[str] = mapped_column(Text, default="")
    application: Mapped[Application] = relationship()
    course: Mapped[Course] = relationship()
    participants: Mapped[list[Participant]] = relationship(
        order_by="Participant.id", cascade="all, delete-orphan", back_populates="asked"
    )


class Participant(Model):
    """Somebody a cooperative sends: with an account here, or only by name. `key_officer`: who leads or keeps books."""

    __tablename__ = "course_participants"
    __table_args__ = (
        UniqueConstraint("application_id", "folded"),
        Index("ix_course_participants_person_id", "person_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("course_applications.application_id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str] = mapped_column(String(120))
    folded: Mapped[str] = mapped_column(String(120))
    post: Mapped[str] = mapped_column(String(80), default="")
    phone: Mapped[str] = mapped_column(String(20), default="")
    key_officer: Mapped[bool] = mapped_column(Boolean, default=False)
    asked: Mapped[CourseApplication] = relationship(back_populates="participants")
    person: Mapped[Person | None] = relationship()


class Attendance(Model):
    """Whether a participant was there on a day, as it was ticked last."""

    __tablename__ = "course_attendances"
    __table_args__ = (Index("ix_course_attendances_day", "day"),)
    participant_id: Mapped[int] = mapped_column(ForeignKey("course_participants.id"), primary_key=True)
    day: Mapped[dt.date] = mapped_column(Date, primary_key=True)
    present: Mapped[bool] = mapped_column(Boolean)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class Sending(Model):
    """Decisions that go out at `due_at`, exactly as they were looked at, unless somebody holds them back before."""

    __tablename__ = "course_sendings"
    __table_args__ = (
        one_of("state", SendingState),
        Index(
            "uq_course_sendings_one_waiting",
            "course_id",
            unique=True,
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index("ix_course_sendings_course_id", "course_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    state: Mapped[SendingState] = mapped_column(OneOf(SendingState), default=SendingState.WAITING)
    previewed: Mapped[str] = mapped_column(String(64))
    decisions: Mapped[int] = mapped_column(Integer)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    course: Mapped[Course] = relationship()
    asked_by: Mapped[Person] = relationship()


explain("uq_course_participants_application_id_folded", _l("This name stands here twice already."))
explain("uq_course_sendings_one_waiting", _l("Decisions of this course are on their way already."))
explain("uq_course_sessions_course_id_day_begins", _l("Two lessons begin at the same time."))
