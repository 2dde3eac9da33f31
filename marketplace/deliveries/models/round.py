"""Collection rounds: one truck, goods of several cooperatives, stops in order."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Time,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Organisation
from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries.models.delivery import Delivery
from marketplace.deliveries.states import RoundState, StopKind
from marketplace.foundation.db import Model, OneOf, Thousandths, UtcDateTime, explain, one_of
from marketplace.foundation.words import _l


class Round(Model):
    """A truck on one day, run by a cooperative or the alliance. `link_no` counts the driver's links; the last works."""

    __tablename__ = "rounds"
    __table_args__ = (
        one_of("state", RoundState),
        CheckConstraint("(state IN ('done', 'cancelled')) = (closed_at IS NOT NULL)", name="closed_has_time"),
        CheckConstraint(
            "(state IN ('on_road', 'done')) = (departed_at IS NOT NULL)", name="departed_has_time"
        ),
        CheckConstraint("most_kg IS NULL OR most_kg > 0", name="most_kg_positive"),
        Index("ix_rounds_runner_id_day", "runner_id", "day"),
        Index("ix_rounds_day_state", "day", "state"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    runner_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    day: Mapped[dt.date] = mapped_column(Date)
    leaves_at: Mapped[dt.time] = mapped_column(Time)
    vehicle: Mapped[str] = mapped_column(String(60))
    most_kg: Mapped[Decimal | None] = mapped_column(Thousandths)
    driver_name: Mapped[str] = mapped_column(String(120))
    driver_phone: Mapped[str] = mapped_column(String(20))
    open_to_others: Mapped[bool] = mapped_column(Boolean, default=False)
    link_no: Mapped[int] = mapped_column(Integer, default=1)
    state: Mapped[RoundState] = mapped_column(OneOf(RoundState), default=RoundState.PLANNED)
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    departed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    runner: Mapped[Organisation] = relationship()
    stops: Mapped[list[RoundStop]] = relationship(back_populates="round", order_by="RoundStop.position")
    loads: Mapped[list[RoundLoad]] = relationship(back_populates="round", order_by="RoundLoad.id")


class RoundStop(Model):
    """Where the truck halts: at a cooperative to collect, or at a buyer's or a pick-up point to deliver.

    `place_key` keeps goods for one place together; who and where that is, its deliveries say.
    """

    __tablename__ = "round_stops"
    __table_args__ = (
        one_of("kind", StopKind),
        CheckConstraint("(kind = 'collect') = (cooperative_id IS NOT NULL)", name="collects_from_somebody"),
        UniqueConstraint("round_id", "kind", "place_key"),
        UniqueConstraint("round_id", "position"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    position: Mapped[int] = mapped_column(SmallInteger)
    kind: Mapped[StopKind] = mapped_column(OneOf(StopKind))
    place_key: Mapped[str] = mapped_column(String(80))
    cooperative_id: Mapped[int | None] = mapped_column(ForeignKey("cooperatives.id"))
    planned_at: Mapped[dt.time | None] = mapped_column(Time)
    done_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    round: Mapped[Round] = relationship(back_populates="stops")
    cooperative: Mapped[Cooperative | None] = relationship()


class RoundLoad(Model):
    """One delivery on a round, from the stop that takes it on to the one that puts it down; `live` until it ends."""

    __tablename__ = "round_loads"
    __table_args__ = (
        Index(
            "uq_round_loads_live",
            "delivery_id",
            unique=True,
            sqlite_where=text("live"),
            postgresql_where=text("live"),
        ),
        UniqueConstraint("round_id", "delivery_id"),
        Index("ix_round_loads_collect_id", "collect_id"),
        Index("ix_round_loads_deliver_id", "deliver_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    delivery_id: Mapped[int] = mapped_column(ForeignKey("deliveries.id"))
    collect_id: Mapped[int] = mapped_column(ForeignKey("round_stops.id"))
    deliver_id: Mapped[int] = mapped_column(ForeignKey("round_stops.id"))
    live: Mapped[bool] = mapped_column(Boolean, default=True)
    round: Mapped[Round] = relationship(back_populates="loads")
    delivery: Mapped[Delivery] = relationship()
    collect: Mapped[RoundStop] = relationship(foreign_keys="RoundLoad.collect_id")
    deliver: Mapped[RoundStop] = relationship(foreign_keys="RoundLoad.deliver_id")


explain("uq_round_loads_live", _l("This delivery goes with another round already."))
explain("uq_round_loads_round_id_delivery_id", _l("This delivery is on the round already."))
