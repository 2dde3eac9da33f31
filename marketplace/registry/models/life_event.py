"""What happened to a cooperative before the law, and the spells in which it stood so or so."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import Model, OneOf, UtcDateTime, explain, one_of, schema
from marketplace.foundation.media import Document
from marketplace.foundation.words import _l
from marketplace.registry.states.life_event import LifeKind, Standing


class LifeEvent(Model):
    """Something that happened on a day, and what says so. Append-only: a later row replaces one that was wrong, and
    with `struck` says that nothing of the kind happened."""

    __tablename__ = "life_events"
    __table_args__ = (
        one_of("kind", LifeKind),
        CheckConstraint("NOT struck OR replaces_id IS NOT NULL", name="struck_replaces"),
        CheckConstraint("replaces_id IS NULL OR replaces_id < id", name="replaces_an_older_one"),
        UniqueConstraint("replaces_id"),
        Index("ix_life_events_cooperative_id_day", "cooperative_id", "day", "id"),
        Index("ix_life_events_kind_day", "kind", "day"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    kind: Mapped[LifeKind] = mapped_column(OneOf(LifeKind))
    day: Mapped[dt.date] = mapped_column(Date)
    # The decision or paper that says so; "registry" where the record of the cooperative did.
    source: Mapped[str] = mapped_column(String(255), default="")
    # What it became, where that is not in this registry: an enterprise.
    successor_name: Mapped[str] = mapped_column(String(255), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("life_events.id"))
    struck: Mapped[bool] = mapped_column(Boolean, default=False)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    cooperative: Mapped[Cooperative] = relationship()
    document: Mapped[Document | None] = relationship()
    by: Mapped[Person | None] = relationship()
    replaces: Mapped[LifeEvent | None] = relationship(remote_side="LifeEvent.id")
    successors: Mapped[list[LifeSuccessor]] = relationship(order_by="LifeSuccessor.id", lazy="selectin")


class LifeSuccessor(Model):
    """A cooperative that took over, or came out of it. Append-only."""

    __tablename__ = "life_successors"
    __table_args__ = (
        UniqueConstraint("event_id", "cooperative_id"),
        Index("ix_life_successors_cooperative_id", "cooperative_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("life_events.id"))
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    cooperative: Mapped[Cooperative] = relationship(lazy="joined")


class LifeLine(Model):
    """Which line of which file an event came from: a line is written once. Append-only."""

    __tablename__ = "life_lines"
    __table_args__ = (UniqueConstraint("file", "line"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    file: Mapped[str] = mapped_column(String(64))
    line: Mapped[int] = mapped_column(Integer)
    event_id: Mapped[int] = mapped_column(ForeignKey("life_events.id"), unique=True)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class StandingSpell(Model):
    """From its first day until before `ends_on`, if it ended, a cooperative stands so: what its events say, kept
    beside them so that any day can be asked of thousands at once (invariant E1). `known` is False where the day of the
    founding is not known and it counts from ever."""

    __tablename__ = "standing_spells"
    __table_args__ = (
        one_of("standing", Standing),
        CheckConstraint("ends_on IS NULL OR ends_on > starts_on", name="days_in_order"),
        UniqueConstraint("cooperative_id", "starts_on"),
        Index("ix_standing_spells_standing", "standing", "starts_on", "ends_on", "cooperative_id"),
        Index(
            "uq_standing_spells_last",
            "cooperative_id",
            unique=True,
            sqlite_where=text("ends_on IS NULL"),
            postgresql_where=text("ends_on IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    standing: Mapped[Standing] = mapped_column(OneOf(Standing))
    starts_on: Mapped[dt.date] = mapped_column(Date)
    ends_on: Mapped[dt.date | None] = mapped_column(Date)
    known: Mapped[bool] = mapped_column(Boolean, default=True)


schema.append_only("life_successors", "life_lines")
schema.redactable("life_events", "note", "source")
explain("uq_life_lines_file_line", _l("This sheet was entered a moment ago. Please look at it again."))
explain("uq_life_events_replaces_id", _l("Somebody corrected this a moment ago. Please look at it again."))
