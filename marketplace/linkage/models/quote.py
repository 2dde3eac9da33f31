"""A quote: what a cooperative offers for a request, in versions that are never changed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import (
    Dong,
    JSONColumn,
    Model,
    OneOf,
    Thousandths,
    UtcDateTime,
    explain,
    one_of,
    schema,
)
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.linkage.models.need import Need
from marketplace.linkage.states import QuoteSide, QuoteState
from marketplace.selection.states import Entered


class Quote(Model):
    """A cooperative's answer to a request. `latest` is the number of its newest version, of either side, `offered` of
    the seller's newest: what the buyer compares and chooses. `counters` counts what the buyer asked for instead.
    `lapse_told`: up to which version both sides were told that it soon lapses, `short_told`: how much will be missing,
    as the buyer was told last, in the unit of the ledger."""

    __tablename__ = "quotes"
    __table_args__ = (
        one_of("state", QuoteState),
        one_of("entered", Entered),
        CheckConstraint("offered BETWEEN 1 AND latest", name="offered_within_latest"),
        CheckConstraint("counters BETWEEN 0 AND latest - 1", name="counters_are_versions"),
        CheckConstraint("(entered = 'online') = (told_by = '')", name="told_by_iff_not_online"),
        CheckConstraint("state <> 'withdrawn' OR reason <> ''", name="withdrawn_has_reason"),
        CheckConstraint("lapse_told BETWEEN 0 AND latest AND short_told >= 0", name="told_is_sensible"),
        UniqueConstraint("need_id", "cooperative_id"),
        Index("ix_quotes_cooperative_id", "cooperative_id", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("needs.id"))
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    state: Mapped[QuoteState] = mapped_column(OneOf(QuoteState), default=QuoteState.SUBMITTED)
    latest: Mapped[int] = mapped_column(SmallInteger, default=1)
    offered: Mapped[int] = mapped_column(SmallInteger, default=1)
    counters: Mapped[int] = mapped_column(SmallInteger, default=0)
    entered: Mapped[Entered] = mapped_column(OneOf(Entered), default=Entered.ONLINE)
    told_by: Mapped[str] = mapped_column(String(120), default="")
    submitted_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    decided_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    lapse_told: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    short_told: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(0), server_default="0")
    reason: Mapped[str] = mapped_column(String(500), default="")
    need: Mapped[Need] = relationship()
    cooperative: Mapped[Cooperative] = relationship()
    versions: Mapped[list[QuoteVersion]] = relationship(
        order_by="QuoteVersion.number", back_populates="quote"
    )

    @property
    def offer(self) -> QuoteVersion:
        """The seller's newest version."""
        return self.versions[self.offered - 1]

    @property
    def newest(self) -> QuoteVersion:
        return self.versions[-1]

    @property
    def waits_for_seller(self) -> bool:
        """The buyer asked for something else, and nobody answered yet."""
        return self.latest > self.offered

    @property
    def holder(self) -> str:
        """As the ledger of supply knows it."""
        return f"quote:{self.id}"


class QuoteVersion(Model):
    """Four numbers of one side, and what they come to line by line. Append-only, but for names in its words.

    `portion` is what was said of one line, `quantity` what the lines come to (each no more than the request wants).
    `price` is for one unit of the request at the loading place, `carriage` what bringing a unit to the buyer costs
    besides (nothing when the price says it all): together the landed price. `grade` is the sign in the ledger of
    supply. `told` keeps the names as they were then, `amendment` how often the request had been changed. Until
    `valid_until` it can be chosen and its volume is held.
    """

    __tablename__ = "quote_versions"
    __table_args__ = (
        one_of("side", QuoteSide),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("price > 0 AND carriage >= 0", name="price_positive"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("first_day <= last_day", name="days_in_order"),
        UniqueConstraint("quote_id", "number"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    quote_id: Mapped[int] = mapped_column(ForeignKey("quotes.id"))
    number: Mapped[int] = mapped_column(SmallInteger)
    side: Mapped[QuoteSide] = mapped_column(OneOf(QuoteSide))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    grade: Mapped[str] = mapped_column(String(12), default="")
    price: Mapped[Money] = mapped_column(Dong)
    carriage: Mapped[Money] = mapped_column(Dong)
    portion: Mapped[Decimal] = mapped_column(Thousandths)
    quantity: Mapped[Decimal] = mapped_column(Thousandths)
    first_day: Mapped[dt.date] = mapped_column(Date)
    last_day: Mapped[dt.date] = mapped_column(Date)
    loading: Mapped[str] = mapped_column(String(200))
    valid_until: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    words: Mapped[str] = mapped_column(String(500), default="")
    told: Mapped[dict[str, Any]] = mapped_column(JSONColumn, default=dict)
    amendment: Mapped[int] = mapped_column(SmallInteger, default=0)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    quote: Mapped[Quote] = relationship(back_populates="versions")
    product: Mapped[Product] = relationship()
    by: Mapped[Person | None] = relationship()
    lines: Mapped[list[QuoteLine]] = relationship(order_by="QuoteLine.starts")

    @property
    def landed(self) -> Money:
        """For one unit, brought to the buyer."""
        return self.price + self.carriage

    @property
    def valid(self) -> bool:
        return clock.now() <= self.valid_until

    @property
    def quantities(self) -> dict[dt.date, Decimal]:
        """First day of a line of the request → how much of it."""
        return {line.starts: line.quantity for line in self.lines}


class QuoteLine(Model):
    """How much a version offers of the line of the request that begins on `starts`: its day, or its week's Monday. A
    line may be gone from the request since; the version still says what it said. Append-only."""

    __tablename__ = "quote_lines"
    __table_args__ = (CheckConstraint("quantity > 0", name="quantity_positive"),)
    version_id: Mapped[int] = mapped_column(ForeignKey("quote_versions.id"), primary_key=True)
    starts: Mapped[dt.date] = mapped_column(Date, primary_key=True)
    quantity: Mapped[Decimal] = mapped_column(Thousandths)


schema.append_only("quote_lines")
schema.redactable("quote_versions", "words", "loading")
explain(
    "uq_quotes_need_id_cooperative_id", _l("You have sent a quote for this request already: change that one.")
)
explain(
    "uq_quote_versions_quote_id_number",
    _l("The other side answered a moment ago. Please look at it again."),
)
