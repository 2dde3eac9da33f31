"""Who holds which booths: offers, confirmations, waiting lists, moves and swaps."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.fairs.models.fair import Fair
from marketplace.fairs.models.plan import Booth
from marketplace.fairs.states import EntryState, ListKind, StandState, SwapState
from marketplace.foundation.db import Dong, Model, OneOf, UtcDateTime, explain, one_of, schema
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.selection.models import Application

LIVE = "state IN ('offered', 'confirmed')"


class Stand(Model):
    """The booths offered to an application, until `until`; one live stand per application."""

    __tablename__ = "stands"
    __public__ = True
    __table_args__ = (
        one_of("state", StandState),
        CheckConstraint("state <> 'confirmed' OR confirmed_at IS NOT NULL", name="confirmed_has_time"),
        CheckConstraint("(state IN ('offered', 'confirmed')) = (ended_at IS NULL)", name="ended_has_time"),
        CheckConstraint("fee >= 0", name="fee_not_negative"),
        Index(
            "uq_stands_live",
            "application_id",
            unique=True,
            sqlite_where=text(LIVE),
            postgresql_where=text(LIVE),
        ),
        Index("ix_stands_fair_id_state", "fair_id", "state"),
        Index("ix_stands_state_until", "state", "until"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fairs.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    state: Mapped[StandState] = mapped_column(OneOf(StandState), default=StandState.OFFERED)
    halves: Mapped[int] = mapped_column(SmallInteger)
    fee: Mapped[Money] = mapped_column(Dong, default=Money(0))
    run_id: Mapped[int | None] = mapped_column(ForeignKey("allocation_runs.id"))
    offered_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    until: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ended_why: Mapped[str] = mapped_column(String(400), default="")
    fair: Mapped[Fair] = relationship()
    application: Mapped[Application] = relationship()
    places: Mapped[list[StandBooth]] = relationship(back_populates="stand", order_by="StandBooth.id")

    @property
    def live(self) -> list[StandBooth]:
        """The halves it stands on; not those that are only held for it."""
        return [place for place in self.places if place.active and place.entry_id is None]

    @property
    def booths(self) -> list[Booth]:
        """Its booths now, each once."""
        return list({place.booth_id: place.booth for place in self.live}.values())


class StandBooth(Model):
    """Half a booth in somebody's hands, for as long as it is `active`: no half has two holders, under any race.

    With an `entry` it is only held for the stand: a better place that is offered to it.
    """

    __tablename__ = "stand_booths"
    __public__ = True
    __table_args__ = (
        CheckConstraint("half IN (1, 2)", name="half_known"),
        Index(
            "uq_stand_booths_holder",
            "booth_id",
            "half",
            unique=True,
            sqlite_where=text("active"),
            postgresql_where=text("active"),
        ),
        Index("ix_stand_booths_stand_id", "stand_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    stand_id: Mapped[int] = mapped_column(ForeignKey("stands.id"))
    booth_id: Mapped[int] = mapped_column(ForeignKey("fair_booths.id"))
    half: Mapped[int] = mapped_column(SmallInteger)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("waiting_entries.id"))
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    since: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    until: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    stand: Mapped[Stand] = relationship(back_populates="places")
    booth: Mapped[Booth] = relationship()


class WaitingEntry(Model):
    """A place on the waiting or relocation list; `place` is the published order, never the time of asking."""

    __tablename__ = "waiting_entries"
    __table_args__ = (
        one_of("kind", ListKind),
        one_of("state", EntryState),
        CheckConstraint("least BETWEEN 1 AND halves", name="least_known"),
        CheckConstraint("state <> 'offered' OR until IS NOT NULL", name="offered_has_time"),
        Index(
            "uq_waiting_entries_live",
            "application_id",
            "kind",
            unique=True,
            sqlite_where=text("state IN ('waiting', 'offered')"),
            postgresql_where=text("state IN ('waiting', 'offered')"),
        ),
        Index("ix_waiting_entries_fair_id", "fair_id", "kind", "state", "place"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fairs.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    kind: Mapped[ListKind] = mapped_column(OneOf(ListKind), default=ListKind.WAITING)
    state: Mapped[EntryState] = mapped_column(OneOf(EntryState), default=EntryState.WAITING)
    place: Mapped[int] = mapped_column(Integer)
    halves: Mapped[int] = mapped_column(SmallInteger)
    least: Mapped[int] = mapped_column(SmallInteger)
    stand_id: Mapped[int | None] = mapped_column(ForeignKey("stands.id"))
    until: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    since: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    application: Mapped[Application] = relationship()
    stand: Mapped[Stand | None] = relationship()


class StandMove(Model):
    """A stand got other booths by hand, and why. Append-only but for a name in its reason."""

    __tablename__ = "stand_moves"
    __table_args__ = (Index("ix_stand_moves_stand_id", "stand_id"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    stand_id: Mapped[int] = mapped_column(ForeignKey("stands.id"))
    was: Mapped[str] = mapped_column(String(120))
    now: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(String(500))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class StandSwap(Model):
    """Two exhibitors exchange their booths, when both want to."""

    __tablename__ = "stand_swaps"
    __table_args__ = (
        one_of("state", SwapState),
        CheckConstraint("mine_id <> yours_id", name="two_stands"),
        CheckConstraint("(state = 'asked') = (answered_at IS NULL)", name="answer_has_time"),
        Index(
            "uq_stand_swaps_open",
            "mine_id",
            unique=True,
            sqlite_where=text("state = 'asked'"),
            postgresql_where=text("state = 'asked'"),
        ),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    mine_id: Mapped[int] = mapped_column(ForeignKey("stands.id"))
    yours_id: Mapped[int] = mapped_column(ForeignKey("stands.id"), index=True)
    state: Mapped[SwapState] = mapped_column(OneOf(SwapState), default=SwapState.ASKED)
    words: Mapped[str] = mapped_column(String(400), default="")
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    answered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    mine: Mapped[Stand] = relationship(foreign_keys=[mine_id])
    yours: Mapped[Stand] = relationship(foreign_keys=[yours_id])


schema.redactable("stand_moves", "reason")
explain(
    "uq_stand_booths_holder", _l("Somebody else holds this booth in the meantime. Please choose another.")
)
explain("uq_stands_live", _l("This exhibitor holds a stand here already."))
explain("uq_waiting_entries_live", _l("They are on this list already."))
explain("uq_stand_swaps_open", _l("You have asked somebody already: wait for the answer, or take it back."))
