"""A fair, its days, its budget, and what moved it."""

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
    Text,
    Time,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.fairs.states import BudgetSource, FairKind, FairState, Phase
from marketplace.foundation.db import Dong, Model, OneOf, UtcDateTime, explain, one_of, schema
from marketplace.foundation.media import Photo
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l, pick
from marketplace.places.models import Address


class Fair(Model):
    """A fair, exhibition, week of goods, market day, conference or online fair.

    `exempt_by` names the decision of the province that makes registration needless (Decree 81/2018, art. 29.1).
    `guest`: somebody else organises, registers and reports; the alliance only takes part. `series` ties the fairs of
    several years together. `moved_from` is the opening day that a change after filing has to be told before.
    `noted_phase` is what public pages show: the clock's sweep writes it down, and the pages follow.
    """

    __tablename__ = "fairs"
    __public__ = True
    __table_args__ = (
        one_of("kind", FairKind),
        one_of("state", FairState),
        one_of("noted_phase", Phase),
        CheckConstraint("last_day >= first_day", name="days_in_order"),
        CheckConstraint("closes > opens", name="hours_in_order"),
        CheckConstraint("state <> 'cancelled' OR cancelled_reason <> ''", name="cancelled_has_reason"),
        CheckConstraint("booth_fee >= 0", name="fee_not_negative"),
        Index("ix_fairs_state_first_day", "state", "first_day"),
        Index("ix_fairs_series", "series"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    slug: Mapped[str] = mapped_column(String(140), unique=True)
    series: Mapped[str] = mapped_column(String(140))
    kind: Mapped[FairKind] = mapped_column(OneOf(FairKind))
    state: Mapped[FairState] = mapped_column(OneOf(FairState), default=FairState.DRAFT)
    name_vi: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    theme_vi: Mapped[str] = mapped_column(String(300), default="")
    theme_en: Mapped[str] = mapped_column(String(300), default="")
    story_vi: Mapped[str] = mapped_column(Text, default="")
    story_en: Mapped[str] = mapped_column(Text, default="")
    rules_vi: Mapped[str] = mapped_column(Text, default="")
    rules_en: Mapped[str] = mapped_column(Text, default="")
    folded: Mapped[str] = mapped_column(Text, default="")
    in_province: Mapped[bool] = mapped_column(Boolean, default=True)
    guest: Mapped[bool] = mapped_column(Boolean, default=False)
    organisers: Mapped[str] = mapped_column(String(400), default="")
    venue: Mapped[str] = mapped_column(String(200), default="")
    address_id: Mapped[int | None] = mapped_column(ForeignKey("addresses.id"))
    first_day: Mapped[dt.date] = mapped_column(Date)
    last_day: Mapped[dt.date] = mapped_column(Date)
    opens: Mapped[dt.time] = mapped_column(Time)
    closes: Mapped[dt.time] = mapped_column(Time)
    booth_fee: Mapped[Money] = mapped_column(Dong, default=Money(0))
    contact_name: Mapped[str] = mapped_column(String(120), default="")
    contact_phone: Mapped[str] = mapped_column(String(20), default="")
    poster_id: Mapped[int | None] = mapped_column(ForeignKey("photos.id"))
    hue: Mapped[str] = mapped_column(String(12), default="carrot")
    exempt_by: Mapped[str] = mapped_column(String(160), default="")
    file_number: Mapped[str] = mapped_column(String(60), default="")
    filed_on: Mapped[dt.date | None] = mapped_column(Date)
    certified_on: Mapped[dt.date | None] = mapped_column(Date)
    certified_by: Mapped[str] = mapped_column(String(160), default="")
    moved_from: Mapped[dt.date | None] = mapped_column(Date)
    change_filed_on: Mapped[dt.date | None] = mapped_column(Date)
    report_filed_on: Mapped[dt.date | None] = mapped_column(Date)
    cancelled_reason: Mapped[str] = mapped_column(String(500), default="")
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("fairs.id"))
    noted_phase: Mapped[Phase | None] = mapped_column(OneOf(Phase))
    announced_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    hours_changed: Mapped[int] = mapped_column(default=0)
    hours_changed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    address: Mapped[Address | None] = relationship()
    poster: Mapped[Photo | None] = relationship()
    copied_from: Mapped[Fair | None] = relationship(remote_side=[id])
    budget: Mapped[list[BudgetLine]] = relationship(
        order_by="BudgetLine.position", cascade="all, delete-orphan"
    )
    moves: Mapped[list[FairMove]] = relationship(order_by="FairMove.id")

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
    def rules(self) -> str:
        return pick(self.rules_vi, self.rules_en)

    @property
    def days(self) -> list[dt.date]:
        count = (self.last_day - self.first_day).days + 1
        return [self.first_day + dt.timedelta(days=n) for n in range(count)]


class BudgetLine(Model):
    """What a source gives to a fair, and what of it was used beside support; empty while nobody has counted.

    How much of it may support exhibitors, and how much of that is promised and paid, stands in `support` alone.
    """

    __tablename__ = "fair_budget_lines"
    __table_args__ = (
        one_of("source", BudgetSource),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("used IS NULL OR used >= 0", name="used_not_negative"),
        UniqueConstraint("fair_id", "position"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fairs.id"))
    position: Mapped[int] = mapped_column(Integer)
    source: Mapped[BudgetSource] = mapped_column(OneOf(BudgetSource))
    amount: Mapped[Money] = mapped_column(Dong)
    used: Mapped[Money | None] = mapped_column(Dong)
    note: Mapped[str] = mapped_column(String(200), default="")


class FairMove(Model):
    """The fair was put to other days or another place, and why. Append-only."""

    __tablename__ = "fair_moves"
    __table_args__ = (Index("ix_fair_moves_fair_id", "fair_id"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fairs.id"))
    was_first: Mapped[dt.date] = mapped_column(Date)
    was_last: Mapped[dt.date] = mapped_column(Date)
    was_venue: Mapped[str] = mapped_column(String(200), default="")
    first_day: Mapped[dt.date] = mapped_column(Date)
    last_day: Mapped[dt.date] = mapped_column(Date)
    venue: Mapped[str] = mapped_column(String(200), default="")
    reason: Mapped[str] = mapped_column(String(500))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


schema.append_only("fair_moves")
explain("uq_fairs_slug", _l("Another fair has this address already."), "slug")
