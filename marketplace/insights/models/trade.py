"""What was traded, added up by the worker: by day, channel, seller and commodity, and by month without the seller.

Orders, slips of acceptance and day sheets are the facts; these tables only say again what they say, and are written by
`services.trade` alone.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.catalogue.models import Commodity
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import Dong, Model, OneOf, Thousandths, UtcDateTime, one_of
from marketplace.foundation.money import Money
from marketplace.insights.states import Channel

UNNAMED = text("commodity_id IS NULL")
SOUND = "lines > 0 AND kg >= 0 AND value >= 0 AND unweighed >= 0 AND unweighed <= value"


class TradeDay(Model):
    """`lines` sales of one commodity by one seller through one channel on one day of Vietnam's calendar.

    `kg` are those whose weight is known; `unweighed` is the part of `value` whose weight nobody said. Without a
    commodity: cash of a stand that was not told apart.
    """

    __tablename__ = "trade_days"
    __table_args__ = (
        one_of("channel", Channel),
        CheckConstraint(SOUND, name="sound"),
        UniqueConstraint("day", "channel", "cooperative_id", "commodity_id"),
        Index(
            "uq_trade_days_unnamed",
            "day",
            "channel",
            "cooperative_id",
            unique=True,
            sqlite_where=UNNAMED,
            postgresql_where=UNNAMED,
        ),
        Index("ix_trade_days_cooperative_id_day", "cooperative_id", "day"),
        Index("ix_trade_days_commodity_id_day", "commodity_id", "day"),
        # All that a sum over days reads: it never goes to the rows.
        Index(
            "ix_trade_days_sums",
            "day",
            "channel",
            "commodity_id",
            "cooperative_id",
            "lines",
            "kg",
            "value",
            "unweighed",
        ),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    day: Mapped[dt.date] = mapped_column(Date)
    channel: Mapped[Channel] = mapped_column(OneOf(Channel))
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    commodity_id: Mapped[int | None] = mapped_column(ForeignKey("commodities.id"))
    lines: Mapped[int] = mapped_column(Integer)
    kg: Mapped[Decimal] = mapped_column(Thousandths)
    value: Mapped[Money] = mapped_column(Dong)
    unweighed: Mapped[Money] = mapped_column(Dong)
    cooperative: Mapped[Cooperative] = relationship()
    commodity: Mapped[Commodity | None] = relationship()


class TradeMonth(Model):
    """The days of a month together, whoever sold. `month` is its first day."""

    __tablename__ = "trade_months"
    __table_args__ = (
        one_of("channel", Channel),
        CheckConstraint(SOUND, name="sound"),
        UniqueConstraint("month", "channel", "commodity_id"),
        Index(
            "uq_trade_months_unnamed",
            "month",
            "channel",
            unique=True,
            sqlite_where=UNNAMED,
            postgresql_where=UNNAMED,
        ),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    month: Mapped[dt.date] = mapped_column(Date)
    channel: Mapped[Channel] = mapped_column(OneOf(Channel))
    commodity_id: Mapped[int | None] = mapped_column(ForeignKey("commodities.id"))
    lines: Mapped[int] = mapped_column(Integer)
    kg: Mapped[Decimal] = mapped_column(Thousandths)
    value: Mapped[Money] = mapped_column(Dong)
    unweighed: Mapped[Money] = mapped_column(Dong)


class TradeMark(Model):
    """Something happened that changes the figures of a day: it is to be added up anew. Written with the fact, in its
    transaction, and gone once the day was counted. Without a day: everything is."""

    __tablename__ = "trade_marks"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    day: Mapped[dt.date | None] = mapped_column(Date)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
