"""Ways to hand over: own delivery with its fees, pick-up points and who shares them, and when each is open."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ForeignKey,
    Integer,
    SmallInteger,
    String,
    Time,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries.states import ShareState
from marketplace.foundation.db import Dong, Model, OneOf, Thousandths, UtcDateTime, one_of
from marketplace.foundation.db.hours import ClosedFor, EachWeek
from marketplace.foundation.money import Money
from marketplace.foundation.words import pick
from marketplace.places.models import AdminUnit


class Timetable(Model):
    """When goods change hands, and until when to order: by a time some days before, or some hours ahead."""

    __tablename__ = "timetables"
    __table_args__ = (
        CheckConstraint("(hours_ahead IS NULL) = (order_by IS NOT NULL)", name="one_cut_off"),
        CheckConstraint("(order_by IS NULL) = (days_before IS NULL)", name="day_with_its_time"),
        CheckConstraint("days_before IS NULL OR days_before BETWEEN 1 AND 10", name="days_before_range"),
        CheckConstraint("hours_ahead IS NULL OR hours_ahead BETWEEN 1 AND 240", name="hours_ahead_range"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    days_before: Mapped[int | None] = mapped_column(SmallInteger)
    order_by: Mapped[dt.time | None] = mapped_column(Time)
    hours_ahead: Mapped[int | None] = mapped_column(SmallInteger)
    closed_at_tet: Mapped[bool] = mapped_column(Boolean, default=True)
    hours: Mapped[list[OpenHours]] = relationship(
        cascade="all, delete-orphan", order_by="OpenHours.weekday, OpenHours.opens"
    )
    closures: Mapped[list[ClosedDays]] = relationship(
        cascade="all, delete-orphan", order_by="ClosedDays.first_day"
    )


class OpenHours(EachWeek, Model):
    """When goods change hands."""

    __tablename__ = "open_hours"
    keeper = "timetable_id"
    timetable_id: Mapped[int] = mapped_column(ForeignKey("timetables.id"))


class ClosedDays(ClosedFor, Model):
    """When nothing changes hands."""

    __tablename__ = "closed_days"
    timetable_id: Mapped[int] = mapped_column(ForeignKey("timetables.id"), index=True)


class DeliveryOption(Model):
    """A cooperative's own delivery: a truck or a motorbike, its days and hours, and what it costs."""

    __tablename__ = "delivery_options"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"), index=True)
    name_vi: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120), default="")
    timetable_id: Mapped[int] = mapped_column(ForeignKey("timetables.id"), unique=True)
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    rules: Mapped[list[FeeRule]] = relationship(cascade="all, delete-orphan", order_by="FeeRule.id")
    timetable: Mapped[Timetable] = relationship()

    @property
    def name(self) -> str:
        return pick(self.name_vi, self.name_en)


class FeeRule(Model):
    """What own delivery costs to a place (None: everywhere), over one weight up to another, from a sum of goods on."""

    __tablename__ = "fee_rules"
    __table_args__ = (
        CheckConstraint("fee >= 0", name="fee_not_negative"),
        CheckConstraint("over_kg >= 0 AND (up_to_kg IS NULL OR up_to_kg > over_kg)", name="weights_in_order"),
        CheckConstraint(
            "from_sum >= 0 AND (free_from IS NULL OR free_from > from_sum)", name="sums_in_order"
        ),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    option_id: Mapped[int] = mapped_column(ForeignKey("delivery_options.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("admin_units.id"))
    over_kg: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(0))
    up_to_kg: Mapped[Decimal | None] = mapped_column(Thousandths)
    from_sum: Mapped[Money] = mapped_column(Dong, default=Money(0))
    fee: Mapped[Money] = mapped_column(Dong)
    free_from: Mapped[Money | None] = mapped_column(Dong)
    unit: Mapped[AdminUnit | None] = relationship()


class PickupPoint(Model):
    """A place where buyers fetch their goods; its owner keeps it, others may share it."""

    __tablename__ = "pickup_points"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"), index=True)
    name_vi: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120), default="")
    address: Mapped[str] = mapped_column(String(255))
    note: Mapped[str] = mapped_column(String(255), default="")
    timetable_id: Mapped[int] = mapped_column(ForeignKey("timetables.id"), unique=True)
    open_to_others: Mapped[bool] = mapped_column(Boolean, default=False)
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    cooperative: Mapped[Cooperative] = relationship()
    timetable: Mapped[Timetable] = relationship()

    @property
    def name(self) -> str:
        return pick(self.name_vi, self.name_en)


class PointShare(Model):
    """Another cooperative hands its goods over at this point too, once the point's owner agreed.

    It may want to be asked earlier or later than the owner: then it has a cut-off of its own, else the point's holds.
    """

    __tablename__ = "point_shares"
    __table_args__ = (
        one_of("state", ShareState),
        CheckConstraint("hours_ahead IS NULL OR order_by IS NULL", name="one_cut_off"),
        CheckConstraint("(order_by IS NULL) = (days_before IS NULL)", name="day_with_its_time"),
        CheckConstraint("days_before IS NULL OR days_before BETWEEN 1 AND 10", name="days_before_range"),
        CheckConstraint("hours_ahead IS NULL OR hours_ahead BETWEEN 1 AND 240", name="hours_ahead_range"),
        UniqueConstraint("point_id", "cooperative_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("pickup_points.id"))
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"), index=True)
    state: Mapped[ShareState] = mapped_column(OneOf(ShareState), default=ShareState.ASKED)
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    days_before: Mapped[int | None] = mapped_column(SmallInteger)
    order_by: Mapped[dt.time | None] = mapped_column(Time)
    hours_ahead: Mapped[int | None] = mapped_column(SmallInteger)
    point: Mapped[PickupPoint] = relationship()
    cooperative: Mapped[Cooperative] = relationship()
