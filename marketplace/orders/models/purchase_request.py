"""A purchase above somebody's limit: it waits here, as it was filled in, until somebody else approves it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Organisation, Person
from marketplace.buyers.models import Depot
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
from marketplace.orders.models.cart import Cart
from marketplace.orders.models.order import OrderGroup
from marketplace.orders.states import PurchaseState
from marketplace.places.models import Address


class PurchaseRequest(Model):
    """`person` filled in a checkout that costs more than they may spend alone.

    While it is asked it keeps the cart itself: what is set aside in it stays so as long as in any cart, no longer.
    `choices` are what was chosen of each cooperative; `lines` are what was seen when it was asked. The form's token
    makes it happen once, and the group that comes of it.
    """

    __tablename__ = "purchase_requests"
    __table_args__ = (
        one_of("state", PurchaseState),
        CheckConstraint("total > 0", name="total_positive"),
        CheckConstraint("(state = 'asked') = (answered_at IS NULL)", name="answered_has_time"),
        CheckConstraint("(state = 'asked') = (cart_id IS NOT NULL)", name="cart_while_asked"),
        CheckConstraint("(state = 'approved') = (group_id IS NOT NULL)", name="approved_has_group"),
        CheckConstraint("answer_by > asked_at", name="ends_after_it_began"),
        UniqueConstraint("form_token"),
        UniqueConstraint("cart_id"),
        UniqueConstraint("group_id"),
        Index("ix_purchase_requests_organisation_id_state", "organisation_id", "state", "id"),
        Index("ix_purchase_requests_state_answer_by", "state", "answer_by"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    form_token: Mapped[str] = mapped_column(String(64))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    state: Mapped[PurchaseState] = mapped_column(OneOf(PurchaseState), default=PurchaseState.ASKED)
    cart_id: Mapped[int | None] = mapped_column(ForeignKey("carts.id"))
    depot_id: Mapped[int | None] = mapped_column(ForeignKey("depots.id"))
    address_id: Mapped[int | None] = mapped_column(ForeignKey("addresses.id"))
    choices: Mapped[list[Any]] = mapped_column(JSONColumn)
    phone: Mapped[str] = mapped_column(String(20))
    email: Mapped[str] = mapped_column(String(254), default="")
    locale: Mapped[str] = mapped_column(String(2), default="vi")
    note: Mapped[str] = mapped_column(Text, default="")
    terms_version: Mapped[str] = mapped_column(String(20))
    total: Mapped[Money] = mapped_column(Dong)
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    answer_by: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    answer_words: Mapped[str] = mapped_column(String(500), default="")
    group_id: Mapped[int | None] = mapped_column(ForeignKey("order_groups.id"))
    organisation: Mapped[Organisation] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])
    cart: Mapped[Cart | None] = relationship()
    depot: Mapped[Depot | None] = relationship()
    address: Mapped[Address | None] = relationship()
    group: Mapped[OrderGroup | None] = relationship()
    lines: Mapped[list[PurchaseLine]] = relationship(order_by="PurchaseLine.position")

    @property
    def is_open(self) -> bool:
        return self.state is PurchaseState.ASKED


class PurchaseLine(Model):
    """One product of it as it was seen when it was asked. Append-only."""

    __tablename__ = "purchase_request_lines"
    __table_args__ = (
        CheckConstraint("quantity > 0 AND unit_price > 0 AND line_total >= 0", name="sums_positive"),
    )
    request_id: Mapped[int] = mapped_column(ForeignKey("purchase_requests.id"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    name_vi: Mapped[str] = mapped_column(String(255))
    name_en: Mapped[str] = mapped_column(String(255), default="")
    unit: Mapped[str] = mapped_column(String(12))
    quantity: Mapped[Decimal] = mapped_column(Thousandths)
    unit_price: Mapped[Money] = mapped_column(Dong)
    line_total: Mapped[Money] = mapped_column(Dong)
    cooperative: Mapped[Cooperative] = relationship()

    @property
    def name(self) -> str:
        return pick(self.name_vi, self.name_en)


explain("uq_purchase_requests_form_token", _l("This was already sent for approval."))
explain("uq_purchase_requests_group_id", _l("This was settled already. Please look at it again."))
schema.append_only("purchase_request_lines")
