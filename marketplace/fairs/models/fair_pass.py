"""Passes with a code: of exhibitors' people, organisers, visitors and trade buyers; and who registered to come."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.cooperatives.models import Cooperative
from marketplace.fairs.models.fair import Fair
from marketplace.fairs.models.stand import Stand
from marketplace.fairs.presence import PassKind
from marketplace.foundation.db import Model, OneOf, UtcDateTime, explain, one_of
from marketplace.foundation.words import _l


class FairPass(Model):
    """Lets one person in. The code is made from ref and version by the shop's key; here stands only its hash.

    A new version makes a new code: the old one ends. `serial` is what people call it.
    """

    __tablename__ = "fair_passes"
    __table_args__ = (
        one_of("kind", PassKind),
        UniqueConstraint("fair_id", "serial"),
        CheckConstraint("version >= 1", name="version_counts"),
        CheckConstraint("(kind = 'staff') = (stand_id IS NOT NULL)", name="staff_of_a_stand"),
        CheckConstraint("(stand_id IS NULL) = (cooperative_id IS NULL)", name="staff_of_somebody"),
        CheckConstraint("(revoked_at IS NULL) = (revoked_reason = '')", name="revoked_has_reason"),
        Index("ix_fair_passes_stand_id", "stand_id"),
        Index("ix_fair_passes_cooperative_id", "cooperative_id"),
        Index("ix_fair_passes_fair_id_kind", "fair_id", "kind", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fairs.id"))
    serial: Mapped[int] = mapped_column(Integer)
    version: Mapped[int] = mapped_column(Integer, default=1)
    kind: Mapped[PassKind] = mapped_column(OneOf(PassKind))
    holder: Mapped[str] = mapped_column(String(120))
    stand_id: Mapped[int | None] = mapped_column(ForeignKey("stands.id"))
    cooperative_id: Mapped[int | None] = mapped_column(ForeignKey("cooperatives.id"))
    code_hash: Mapped[str] = mapped_column(String(32), unique=True)
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    changed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    revoked_reason: Mapped[str] = mapped_column(String(300), default="")
    fair: Mapped[Fair] = relationship()
    stand: Mapped[Stand | None] = relationship()
    cooperative: Mapped[Cooperative | None] = relationship()
    registration: Mapped[VisitorRegistration | None] = relationship(back_populates="fair_pass")

    @property
    def label(self) -> str:
        """What a device at the gate may show of it: whose stand, never a name."""
        if self.cooperative is not None:
            return self.cooperative.short_name or self.cooperative.name
        return ""


class VisitorRegistration(Model):
    """Somebody who wants to come, and what they agreed to. The letter goes to `email`, where there is one."""

    __tablename__ = "visitor_registrations"
    __table_args__ = (
        Index("ix_visitor_registrations_fair_id", "fair_id"),
        Index("ix_visitor_registrations_phone", "phone"),
        Index("ix_visitor_registrations_email", "email"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fairs.id"))
    pass_id: Mapped[int] = mapped_column(ForeignKey("fair_passes.id"), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str | None] = mapped_column(String(20))
    email: Mapped[str | None] = mapped_column(String(254))
    organisation: Mapped[str] = mapped_column(String(160), default="")
    looking_for: Mapped[str] = mapped_column(String(300), default="")
    locale: Mapped[str] = mapped_column(String(2), default="vi")
    text_version: Mapped[str] = mapped_column(String(20))
    agreed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    fair_pass: Mapped[FairPass] = relationship(back_populates="registration")


class VisitorTelling(Model):
    """Registered visitors are to hear of a move, or (without one) that the fair is called off. The worker tells them in
    portions: as far as the registration `up_to`, until it is done."""

    __tablename__ = "visitor_tellings"
    __table_args__ = (
        UniqueConstraint("move_id"),
        Index(
            "uq_visitor_tellings_called_off",
            "fair_id",
            unique=True,
            sqlite_where=text("move_id IS NULL"),
            postgresql_where=text("move_id IS NULL"),
        ),
        Index("ix_visitor_tellings_done_at", "done_at"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fairs.id"))
    move_id: Mapped[int | None] = mapped_column(ForeignKey("fair_moves.id"))
    up_to: Mapped[int] = mapped_column(Integer, default=0)
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class Arrival(Model):
    """When a stand's people come to build it up, with which vehicle."""

    __tablename__ = "stand_arrivals"
    stand_id: Mapped[int] = mapped_column(ForeignKey("stands.id"), primary_key=True)
    day: Mapped[dt.date]
    time: Mapped[dt.time]
    vehicle: Mapped[str] = mapped_column(String(160), default="")
    phone: Mapped[str] = mapped_column(String(20), default="")
    changed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))


explain("uq_fair_passes_fair_id_serial", _l("Somebody made a pass at the same moment. Please try again."))
