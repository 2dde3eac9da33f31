"""Standing orders: terms that are only ever followed by others, dates that each happen once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    Boolean,
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

from marketplace.accounts.models import Organisation, Person
from marketplace.buyers.models import Depot
from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
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
from marketplace.foundation.words import _l, pick
from marketplace.orders.models.order import Order
from marketplace.orders.states import ExceptionKind, Method, RunState, SkipReason, StandingState
from marketplace.places.models import Address

WEEK = dt.timedelta(days=7)


class StandingOrder(Model):
    """A buyer wants the same from one cooperative again and again. What, when and how is in its terms."""

    __tablename__ = "standing_orders"
    __table_args__ = (
        one_of("state", StandingState),
        CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", name="ended_has_time"),
        CheckConstraint("state = 'paused' OR paused_until IS NULL", name="only_paused_has_end"),
        Index("ix_standing_orders_cooperative_id", "cooperative_id", "state"),
        Index("ix_standing_orders_person_id", "person_id"),
        Index("ix_standing_orders_organisation_id", "organisation_id"),
        Index("ix_standing_orders_state", "state"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    state: Mapped[StandingState] = mapped_column(OneOf(StandingState), default=StandingState.ACTIVE)
    buyer_name: Mapped[str] = mapped_column(String(255))
    buyer_phone: Mapped[str] = mapped_column(String(20))
    buyer_email: Mapped[str] = mapped_column(String(254), default="")
    locale: Mapped[str] = mapped_column(String(2), default="vi")
    terms_version: Mapped[str] = mapped_column(String(20))
    started_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    paused_until: Mapped[dt.date | None] = mapped_column(Date)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    cooperative: Mapped[Cooperative] = relationship()
    person: Mapped[Person] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    terms: Mapped[list[StandingTerms]] = relationship(
        back_populates="standing", order_by="StandingTerms.from_day, StandingTerms.id"
    )
    exceptions: Mapped[list[StandingException]] = relationship(order_by="StandingException.id")
    runs: Mapped[list[StandingRun]] = relationship(back_populates="standing", order_by="StandingRun.day")

    @property
    def buyer(self) -> str:
        """Who buys, by name."""
        return self.organisation.name if self.organisation else self.buyer_name

    def terms_on(self, day: dt.date) -> StandingTerms | None:
        """What holds on a day: the latest that began; of two that begin together, the newer."""
        return next((terms for terms in reversed(self.terms) if terms.from_day <= day), None)

    def wish_for(self, day: dt.date) -> StandingException | None:
        """The buyer's newest word on one date."""
        return next((wish for wish in reversed(self.exceptions) if wish.day == day), None)

    def said_by(self, day: dt.date) -> int:
        """Whose word a date is: theirs who changed it, else theirs who wrote its terms. Their limit counts."""
        wish, terms = self.wish_for(day), self.terms_on(day)
        word = wish if wish is not None and wish.kind is ExceptionKind.OTHER else terms
        return (word.by_id if word is not None else None) or self.person_id

    def run_on(self, day: dt.date) -> StandingRun | None:
        return next((run for run in self.runs if run.day == day), None)

    def rests_on(self, day: dt.date) -> bool:
        """Paused, until that day or until somebody says go on."""
        paused = self.state is StandingState.PAUSED
        return paused and (self.paused_until is None or day < self.paused_until)

    def days(self, first: dt.date, last: dt.date) -> Iterator[tuple[dt.date, StandingTerms]]:
        """Every date of its rhythm within these days, with the terms that hold then."""
        for ahead in range((last - first).days + 1):
            day = first + dt.timedelta(days=ahead)
            terms = self.terms_on(day)
            if terms is not None and terms.falls_on(day):
                yield day, terms


class StandingTerms(Model):
    """What is delivered, on which days, how, from one day on. A change for good is another row, never an edit.

    It goes to a depot as that stands on the day, or to the address that was written.
    `counted_from` is where the weeks of "every second week" are counted from; `tolerance` is how many per cent a price
    may rise before the buyer is asked.
    """

    __tablename__ = "standing_terms"
    __table_args__ = (
        one_of("method", Method),
        CheckConstraint("weekdays BETWEEN 1 AND 127", name="weekdays_known"),
        CheckConstraint("every_weeks BETWEEN 1 AND 8", name="weeks_range"),
        CheckConstraint("last_day IS NULL OR last_day >= from_day", name="days_in_order"),
        CheckConstraint("tolerance BETWEEN 0 AND 100", name="tolerance_range"),
        CheckConstraint("NOT on_account OR method = 'transfer'", name="account_by_transfer"),
        CheckConstraint("depot_id IS NULL OR address_id IS NULL", name="one_place"),
        Index("ix_standing_terms_standing_id", "standing_id", "from_day"),
        Index("ix_standing_terms_depot_id", "depot_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    standing_id: Mapped[int] = mapped_column(ForeignKey("standing_orders.id"))
    from_day: Mapped[dt.date] = mapped_column(Date)
    last_day: Mapped[dt.date | None] = mapped_column(Date)
    weekdays: Mapped[int] = mapped_column(SmallInteger)
    every_weeks: Mapped[int] = mapped_column(SmallInteger)
    counted_from: Mapped[dt.date] = mapped_column(Date)
    way: Mapped[str] = mapped_column(String(32))
    address_id: Mapped[int | None] = mapped_column(ForeignKey("addresses.id"))
    depot_id: Mapped[int | None] = mapped_column(ForeignKey("depots.id"))
    method: Mapped[Method] = mapped_column(OneOf(Method))
    on_account: Mapped[bool] = mapped_column(Boolean, default=False)
    tolerance: Mapped[int] = mapped_column(SmallInteger)
    takes_less: Mapped[bool] = mapped_column(Boolean)
    note: Mapped[str] = mapped_column(String(500), default="")
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    standing: Mapped[StandingOrder] = relationship(back_populates="terms")
    address: Mapped[Address | None] = relationship()
    depot: Mapped[Depot | None] = relationship()
    lines: Mapped[list[StandingLine]] = relationship(order_by="StandingLine.position")

    @property
    def goes_to(self) -> Address | None:
        """The depot's address of today, or the one that was written."""
        return self.depot.address if self.depot is not None else self.address

    @property
    def weekday_list(self) -> list[int]:
        return [day for day in range(7) if self.weekdays & 1 << day]

    @property
    def quantities(self) -> dict[Product, Decimal]:
        return {line.product: line.quantity for line in self.lines}

    def falls_on(self, day: dt.date) -> bool:
        if day < self.from_day or (self.last_day is not None and day > self.last_day):
            return False
        weeks = (_monday(day) - _monday(self.counted_from)) // WEEK
        return bool(self.weekdays & 1 << day.weekday()) and weeks % self.every_weeks == 0


class StandingLine(Model):
    """One product of the terms; `unit_price` is what the buyer agreed to pay for this quantity."""

    __tablename__ = "standing_lines"
    __table_args__ = (CheckConstraint("quantity > 0 AND unit_price > 0", name="positive"),)
    terms_id: Mapped[int] = mapped_column(ForeignKey("standing_terms.id"), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger)
    quantity: Mapped[Decimal] = mapped_column(Thousandths)
    unit_price: Mapped[Money] = mapped_column(Dong)
    product: Mapped[Product] = relationship()


class StandingException(Model):
    """What the buyer wants on one date only: nothing, other quantities, or the usual again."""

    __tablename__ = "standing_exceptions"
    __table_args__ = (
        one_of("kind", ExceptionKind),
        Index("ix_standing_exceptions_standing_id", "standing_id", "day"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    standing_id: Mapped[int] = mapped_column(ForeignKey("standing_orders.id"))
    day: Mapped[dt.date] = mapped_column(Date)
    kind: Mapped[ExceptionKind] = mapped_column(OneOf(ExceptionKind))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    lines: Mapped[list[StandingExceptionLine]] = relationship(order_by="StandingExceptionLine.product_id")


class StandingExceptionLine(Model):
    """Another quantity of one product on that date, at the price shown for it; 0 leaves the product out."""

    __tablename__ = "standing_exception_lines"
    __table_args__ = (CheckConstraint("quantity >= 0 AND unit_price > 0", name="sums_not_negative"),)
    exception_id: Mapped[int] = mapped_column(ForeignKey("standing_exceptions.id"), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)
    quantity: Mapped[Decimal] = mapped_column(Thousandths)
    unit_price: Mapped[Money] = mapped_column(Dong)


class StandingRun(Model):
    """What became of one date, once: an order, a question to the buyer, or nothing, with the reason.

    `prices` are those the buyer is asked about, [[product id, đồng], …]; `short` is what could not be had,
    [[name, English name, unit, wanted, ordered], …]. `above` is the limit that its sum passes: then only somebody who
    may approve says yes.
    """

    __tablename__ = "standing_runs"
    __table_args__ = (
        one_of("state", RunState),
        one_of("reason", SkipReason),
        UniqueConstraint("standing_id", "day"),
        UniqueConstraint("order_id"),
        CheckConstraint("(state = 'ordered') = (order_id IS NOT NULL)", name="ordered_has_order"),
        CheckConstraint("(state = 'skipped') = (reason IS NOT NULL)", name="skipped_has_reason"),
        CheckConstraint("state <> 'asked' OR answer_by IS NOT NULL", name="asked_has_time"),
        Index("ix_standing_runs_state", "state", "answer_by"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    standing_id: Mapped[int] = mapped_column(ForeignKey("standing_orders.id"))
    day: Mapped[dt.date] = mapped_column(Date)
    state: Mapped[RunState] = mapped_column(OneOf(RunState))
    reason: Mapped[SkipReason | None] = mapped_column(OneOf(SkipReason))
    words: Mapped[str] = mapped_column(String(500), default="")
    prices: Mapped[list[Any]] = mapped_column(JSONColumn, default=list)
    short: Mapped[list[Any]] = mapped_column(JSONColumn, default=list)
    above: Mapped[Money | None] = mapped_column(Dong)
    order_id: Mapped[int | None] = mapped_column(ForeignKey("orders.id"))
    answer_by: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    standing: Mapped[StandingOrder] = relationship(back_populates="runs")
    order: Mapped[Order | None] = relationship()

    @property
    def missed(self) -> list[tuple[str, str, Decimal, Decimal]]:
        """(name, unit, wanted, ordered) of what there was too little of."""
        return [
            (pick(vi, en), unit, Decimal(wanted), Decimal(got)) for vi, en, unit, wanted, got in self.short
        ]


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


explain("uq_standing_runs_standing_id_day", _l("This date was dealt with a moment ago."))
schema.append_only("standing_lines", "standing_exceptions", "standing_exception_lines")
schema.redactable("standing_terms", "note")
