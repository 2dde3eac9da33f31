"""What a week is expected to bring, as it was said, version after version."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.foundation.db import Model, OneOf, Thousandths, UtcDateTime, one_of, schema
from marketplace.foundation.media.models import Document
from marketplace.supply.models.stock import Stock
from marketplace.supply.states import ForecastSource


class Forecast(Model):
    """One version: low, likely, high of the whole week, in the stock's unit. Append-only; the newest counts.

    `sent` is the number of the sending on the phone: what arrives twice is one version. `told_by` is who called the
    alliance when an officer wrote it down for a cooperative.
    """

    __tablename__ = "forecasts"
    __table_args__ = (
        one_of("source", ForecastSource),
        CheckConstraint("low >= 0 AND low <= likely AND likely <= high", name="low_likely_high"),
        CheckConstraint("version >= 1", name="version_counts"),
        CheckConstraint("source = 'officer' OR told_by = ''", name="told_to_an_officer"),
        UniqueConstraint("stock_id", "version"),
        Index(
            "uq_forecasts_sent",
            "stock_id",
            "sent",
            unique=True,
            sqlite_where=text("sent <> ''"),
            postgresql_where=text("sent <> ''"),
        ),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    stock_id: Mapped[int] = mapped_column(ForeignKey("stocks.id"))
    version: Mapped[int] = mapped_column(Integer)
    low: Mapped[Decimal] = mapped_column(Thousandths)
    likely: Mapped[Decimal] = mapped_column(Thousandths)
    high: Mapped[Decimal] = mapped_column(Thousandths)
    source: Mapped[ForecastSource] = mapped_column(OneOf(ForecastSource))
    note: Mapped[str] = mapped_column(String(300), default="")
    told_by: Mapped[str] = mapped_column(String(120), default="")
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    sent: Mapped[str] = mapped_column(String(60), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    stock: Mapped[Stock] = relationship()
    photo: Mapped[Document | None] = relationship()
    by: Mapped[Person | None] = relationship()


schema.redactable("forecasts", "note", "told_by")
