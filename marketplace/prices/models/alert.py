"""Whoever wants to hear when a price crosses a line."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.catalogue.models import Goods
from marketplace.foundation.db import Dong, Model, OneOf, UtcDateTime, explain, one_of
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.prices.models.place import PricePlace
from marketplace.prices.states import Level, Turn

_OPEN = text("ended_at IS NULL")


class PriceAlert(Model):
    """One line somebody drew. `beyond` is on which side of it the price was when last looked at: only a change tells.

    `seen_id` is the last row of the board that was looked at.
    """

    __tablename__ = "price_alerts"
    __table_args__ = (
        one_of("level", Level),
        one_of("turn", Turn),
        CheckConstraint("threshold > 0", name="threshold_positive"),
        Index(
            "uq_price_alerts_open",
            "person_id",
            "goods_id",
            "level",
            "turn",
            "threshold",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_price_alerts_goods_id", "goods_id", "level"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    goods_id: Mapped[int] = mapped_column(ForeignKey("goods.id"))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("price_places.id"))
    level: Mapped[Level] = mapped_column(OneOf(Level))
    turn: Mapped[Turn] = mapped_column(OneOf(Turn))
    threshold: Mapped[Money] = mapped_column(Dong)
    beyond: Mapped[bool] = mapped_column(Boolean, default=False)
    seen_id: Mapped[int] = mapped_column(Integer, default=0)
    since: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    told_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    person: Mapped[Person] = relationship()
    goods: Mapped[Goods] = relationship()
    place: Mapped[PricePlace | None] = relationship()


explain("uq_price_alerts_open", _l("You follow this price already."), "threshold")
