"""Meetings of buyers and exhibitors: a round of a day, who takes part, whom each wishes to meet, who meets whom."""

from __future__ import annotations

import datetime as dt
from typing import Any

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

from marketplace.accounts.models import Organisation
from marketplace.fairs.meeting_states import MeetingResult, MeetingRoundState, MeetingState
from marketplace.fairs.models.fair import Fair
from marketplace.fairs.models.stand import Stand
from marketplace.foundation import clock
from marketplace.foundation.db import JSONColumn, Model, OneOf, UtcDateTime, explain, one_of
from marketplace.foundation.words import _l

MEETS = "state <> 'cancelled'"


class MeetingRound(Model):
    """Meetings of one day, in slots of `minutes` at `tables` tables. `breaks` are [["12:00", "13:30"], …].

    `asked_at`: somebody wants the timetable computed and the worker has not done it yet. `figures` tell of the last
    computation: how many wishes were met, by which solver, in what time, and why the others were not.
    """

    __tablename__ = "meeting_rounds"
    __table_args__ = (
        one_of("state", MeetingRoundState),
        CheckConstraint("closes > opens", name="hours_in_order"),
        CheckConstraint("minutes BETWEEN 5 AND 240", name="minutes_sensible"),
        CheckConstraint("tables BETWEEN 1 AND 200", name="tables_sensible"),
        CheckConstraint("most_wishes BETWEEN 1 AND 50", name="most_wishes_sensible"),
        CheckConstraint(
            "state NOT IN ('computed', 'published') OR computed_at IS NOT NULL", name="computed_has_time"
        ),
        CheckConstraint("state <> 'published' OR published_at IS NOT NULL", name="published_has_time"),
        CheckConstraint("state <> 'cancelled' OR cancelled_reason <> ''", name="cancelled_has_reason"),
        Index("ix_meeting_rounds_fair_id", "fair_id", "day"),
        Index("ix_meeting_rounds_asked_at", "asked_at"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fairs.id"))
    day: Mapped[dt.date] = mapped_column(Date)
    opens: Mapped[dt.time] = mapped_column(Time)
    closes: Mapped[dt.time] = mapped_column(Time)
    minutes: Mapped[int] = mapped_column(SmallInteger, default=20)
    tables: Mapped[int] = mapped_column(SmallInteger)
    breaks: Mapped[list[Any]] = mapped_column(JSONColumn, default=list)
    place: Mapped[str] = mapped_column(String(160), default="")
    most_wishes: Mapped[int] = mapped_column(SmallInteger, default=10)
    wishes_until: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    state: Mapped[MeetingRoundState] = mapped_column(
        OneOf(MeetingRoundState), default=MeetingRoundState.DRAFT
    )
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    asked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    computed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    published_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    cancelled_reason: Mapped[str] = mapped_column(String(400), default="")
    figures: Mapped[dict[str, Any]] = mapped_column(JSONColumn, default=dict)
    fair: Mapped[Fair] = relationship()

    @property
    def slots(self) -> list[dt.time]:
        """When meetings begin: one after the other, none into a break or past the end."""
        breaks = [(dt.time.fromisoformat(one), dt.time.fromisoformat(other)) for one, other in self.breaks]
        found, at, end = [], _minutes(self.opens), _minutes(self.closes)
        while at + self.minutes <= end:
            hit = next(
                (_minutes(e) for b, e in breaks if at < _minutes(e) and _minutes(b) < at + self.minutes), None
            )
            if hit is None:
                found.append(dt.time(*divmod(at, 60)))
                at += self.minutes
            else:
                at = hit
        return found

    def ends(self, starts: dt.time) -> dt.time:
        """When a meeting that begins then is over."""
        return dt.time(*divmod(_minutes(starts) + self.minutes, 60))

    @property
    def takes_wishes(self) -> bool:
        return self.state is MeetingRoundState.OPEN and clock.now() < self.wishes_until


def _minutes(at: dt.time) -> int:
    return at.hour * 60 + at.minute


class MeetingGuest(Model):
    """A buying organisation or a stand that takes part. `away` are beginnings of slots at which it cannot: "09:20"."""

    __tablename__ = "meeting_guests"
    __table_args__ = (
        CheckConstraint("(organisation_id IS NULL) <> (stand_id IS NULL)", name="buyer_or_stand"),
        UniqueConstraint("round_id", "organisation_id"),
        UniqueConstraint("round_id", "stand_id"),
        Index("ix_meeting_guests_organisation_id", "organisation_id"),
        Index("ix_meeting_guests_stand_id", "stand_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("meeting_rounds.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    stand_id: Mapped[int | None] = mapped_column(ForeignKey("stands.id"))
    away: Mapped[list[Any]] = mapped_column(JSONColumn, default=list)
    interests: Mapped[str] = mapped_column(String(300), default="")
    takes_part: Mapped[bool] = mapped_column(Boolean, default=True)
    answered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    joined_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    round: Mapped[MeetingRound] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    stand: Mapped[Stand | None] = relationship()
    wishes: Mapped[list[MeetingWish]] = relationship(
        foreign_keys="MeetingWish.from_id", order_by="MeetingWish.rank", cascade="all, delete-orphan"
    )

    @property
    def buys(self) -> bool:
        return self.organisation_id is not None

    @property
    def name(self) -> str:
        """As it stands on the timetable."""
        if self.stand is not None:
            return self.stand.application.cooperative.label
        assert self.organisation is not None
        return self.organisation.name

    @property
    def of_organisation_id(self) -> int:
        """Whose letters it gets."""
        if self.stand is not None:
            return self.stand.application.cooperative.organisation_id
        assert self.organisation_id is not None
        return self.organisation_id


class MeetingWish(Model):
    """Somebody would like to meet somebody of the other side; rank 1 is the dearest wish."""

    __tablename__ = "meeting_wishes"
    __table_args__ = (
        CheckConstraint("rank BETWEEN 1 AND 50", name="rank_known"),
        CheckConstraint("from_id <> to_id", name="not_oneself"),
        Index("ix_meeting_wishes_to_id", "to_id"),
    )
    from_id: Mapped[int] = mapped_column(ForeignKey("meeting_guests.id"), primary_key=True)
    to_id: Mapped[int] = mapped_column(ForeignKey("meeting_guests.id"), primary_key=True)
    rank: Mapped[int] = mapped_column(SmallInteger)
    to: Mapped[MeetingGuest] = relationship(foreign_keys=[to_id])


class Meeting(Model):
    """Two at a table for one slot. `told_at`: the timetable with it was published; `by_hand`: an officer put it there.

    What is told or put there by hand stays where it is when the timetable is computed again.
    """

    __tablename__ = "meetings"
    __table_args__ = (
        one_of("state", MeetingState),
        one_of("result", MeetingResult),
        CheckConstraint("table_no >= 1", name="table_known"),
        CheckConstraint("(state = 'held') = (result IS NOT NULL)", name="held_has_result"),
        CheckConstraint("state <> 'cancelled' OR reason <> ''", name="cancelled_has_reason"),
        *(
            Index(
                f"uq_meetings_{name}",
                *columns,
                unique=True,
                sqlite_where=text(MEETS),
                postgresql_where=text(MEETS),
            )
            for name, columns in {
                "table": ("round_id", "starts", "table_no"),
                "buyer": ("round_id", "starts", "buyer_id"),
                "exhibitor": ("round_id", "starts", "exhibitor_id"),
                "pair": ("buyer_id", "exhibitor_id"),
            }.items()
        ),
        Index("ix_meetings_exhibitor_id", "exhibitor_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("meeting_rounds.id"))
    starts: Mapped[dt.time] = mapped_column(Time)
    table_no: Mapped[int] = mapped_column(SmallInteger)
    buyer_id: Mapped[int] = mapped_column(ForeignKey("meeting_guests.id"))
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("meeting_guests.id"))
    state: Mapped[MeetingState] = mapped_column(OneOf(MeetingState), default=MeetingState.PLANNED)
    by_hand: Mapped[bool] = mapped_column(Boolean, default=False)
    version: Mapped[int] = mapped_column(SmallInteger, default=1)
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    told_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(400), default="")
    result: Mapped[MeetingResult | None] = mapped_column(OneOf(MeetingResult))
    result_words: Mapped[str] = mapped_column(Text, default="")
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    noted_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    round: Mapped[MeetingRound] = relationship()
    buyer: Mapped[MeetingGuest] = relationship(foreign_keys=[buyer_id])
    exhibitor: Mapped[MeetingGuest] = relationship(foreign_keys=[exhibitor_id])


explain("uq_meetings_table", _l("Somebody else sits at this table then. Please choose another."), "table_no")
explain("uq_meetings_buyer", _l("The buyer has another meeting at this hour."), "starts")
explain("uq_meetings_exhibitor", _l("The exhibitor has another meeting at this hour."), "starts")
explain("uq_meetings_pair", _l("These two have a meeting in this round already."))
explain("uq_meeting_guests_round_id_organisation_id", _l("This buyer takes part already."))
explain("uq_meeting_guests_round_id_stand_id", _l("This exhibitor takes part already."))
