"""Prices agreed with some buyers: what is agreed is never edited, only ended and written anew."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Organisation, Person
from marketplace.catalogue.models.product import Product
from marketplace.catalogue.states import ListState
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import JSONColumn, Model, UtcDateTime, explain
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l

NOW = text('"until" IS NULL')


class PriceList(Model):
    """A cooperative's prices for its members from one day to another, both included; a group is a list of several.

    Name and days never change: a new season is a new list, so that an order's price can always be traced.
    """

    __tablename__ = "price_lists"
    __table_args__ = (
        CheckConstraint("valid_from <= valid_to", name="days_in_order"),
        Index("ix_price_lists_cooperative_id", "cooperative_id", "valid_to"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    name: Mapped[str] = mapped_column(String(120))
    valid_from: Mapped[dt.date] = mapped_column(Date)
    valid_to: Mapped[dt.date] = mapped_column(Date)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    cooperative: Mapped[Cooperative] = relationship()
    items: Mapped[list[PriceListItem]] = relationship(
        primaryjoin="and_(PriceList.id == PriceListItem.list_id, PriceListItem.until.is_(None))",
        order_by="PriceListItem.id",
        viewonly=True,
    )
    members: Mapped[list[PriceListMember]] = relationship(
        primaryjoin="and_(PriceList.id == PriceListMember.list_id, PriceListMember.until.is_(None))",
        order_by="PriceListMember.id",
        viewonly=True,
    )

    def state_on(self, day: dt.date) -> ListState:
        """What the clock says of it."""
        if self.ended_at is not None or day > self.valid_to:
            return ListState.OVER
        return ListState.COMING if day < self.valid_from else ListState.IN_FORCE


class PriceListItem(Model):
    """What one product costs on a list while these prices stood: [[from quantity, đồng], …], the first from 0."""

    __tablename__ = "price_list_items"
    __table_args__ = (
        CheckConstraint('"until" IS NULL OR "until" >= since', name="times_in_order"),
        Index(
            "uq_price_list_items_now",
            "list_id",
            "product_id",
            unique=True,
            sqlite_where=NOW,
            postgresql_where=NOW,
        ),
        Index("ix_price_list_items_product_id", "product_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("price_lists.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    tiers: Mapped[list[Any]] = mapped_column(JSONColumn)
    since: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    until: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    price_list: Mapped[PriceList] = relationship()
    product: Mapped[Product] = relationship()

    @property
    def steps(self) -> list[tuple[Decimal, Money]]:
        return [(Decimal(start), Money(int(price))) for start, price in self.tiers]

    def price_of(self, quantity: Decimal) -> Money:
        """The unit price for a quantity."""
        return [price for start, price in self.steps if start <= quantity][-1]

    def stood_at(self, moment: dt.datetime) -> bool:
        """Whether these prices were the list's at a moment (both ends count)."""
        return self.since <= moment and (self.until is None or moment <= self.until)


class PriceListMember(Model):
    """A buying organisation, or a person buying for themselves, for whom the list holds."""

    __tablename__ = "price_list_members"
    __table_args__ = (
        CheckConstraint("(organisation_id IS NULL) <> (person_id IS NULL)", name="one_buyer"),
        CheckConstraint('"until" IS NULL OR "until" >= since', name="times_in_order"),
        *(
            Index(
                f"uq_price_list_members_{who}",
                "list_id",
                f"{who}_id",
                unique=True,
                sqlite_where=NOW,
                postgresql_where=NOW,
            )
            for who in ("organisation", "person")
        ),
        Index("ix_price_list_members_organisation_id", "organisation_id"),
        Index("ix_price_list_members_person_id", "person_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("price_lists.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    since: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    until: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    price_list: Mapped[PriceList] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])

    @property
    def name(self) -> str:
        buyer = self.organisation or self.person
        return buyer.name if buyer is not None else ""


explain("uq_price_list_items_now", _l("Somebody changed this price a moment ago. Please look at it again."))
for _who in ("organisation", "person"):
    explain(f"uq_price_list_members_{_who}", _l("This buyer is on the list already."), "buyer")
