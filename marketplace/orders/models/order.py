"""An order is an offer to one cooperative; a group is what one checkout sent, and has no state of its own."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Organisation, Person
from marketplace.catalogue.models import PriceList, Product
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
from marketplace.foundation.quantity import STEP
from marketplace.foundation.words import _l, pick
from marketplace.orders.states import AnswerKind, Method, OrderState, RefusalReason
from marketplace.places.models import Address
from marketplace.supply.models import Claim

if TYPE_CHECKING:
    from marketplace.orders.models.cancellation import OrderCancellation
    from marketplace.orders.models.change import OrderChange
    from marketplace.orders.models.complaint import Complaint
    from marketplace.orders.models.dispute import Dispute
    from marketplace.orders.models.invoice import OrderInvoice
    from marketplace.orders.models.method import OrderMethodChange
    from marketplace.orders.models.relief import OrderRelief
    from marketplace.orders.models.weighing import OrderWeighing


class OrderGroup(Model):
    """One checkout: who buys and where it goes, as written then. The form's token makes it happen once.

    Bought for an organisation, `buyer_name` is the organisation's and `person` placed it; `depot` is what was copied
    of the depot (buyers.receiving.snapshot).
    """

    __tablename__ = "order_groups"
    __table_args__ = (
        UniqueConstraint("form_token"),
        Index("ix_order_groups_organisation_id", "organisation_id", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    form_token: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    buyer_name: Mapped[str] = mapped_column(String(255))
    buyer_phone: Mapped[str] = mapped_column(String(20))
    buyer_email: Mapped[str] = mapped_column(String(254), default="")
    locale: Mapped[str] = mapped_column(String(2), default="vi")
    address_id: Mapped[int | None] = mapped_column(ForeignKey("addresses.id"))
    depot_id: Mapped[int | None] = mapped_column(ForeignKey("depots.id"))
    depot: Mapped[dict[str, Any] | None] = mapped_column(JSONColumn)
    note: Mapped[str] = mapped_column(Text, default="")
    terms_version: Mapped[str] = mapped_column(String(20))
    placed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    address: Mapped[Address | None] = relationship()
    person: Mapped[Person | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    orders: Mapped[list[Order]] = relationship(back_populates="group", order_by="Order.id")

    @property
    def total(self) -> Money:
        return sum((order.total for order in self.orders), Money(0))


class Order(Model):
    """`ref` is the buyer's key to it (130 bits); `number` is the seller's, without gaps in a year."""

    __tablename__ = "orders"
    __table_args__ = (
        one_of("state", OrderState),
        one_of("method", Method),
        CheckConstraint("total = goods_total + delivery_fee", name="total_adds_up"),
        CheckConstraint("goods_total >= 0 AND delivery_fee >= 0", name="sums_not_negative"),
        CheckConstraint("deposit >= 0", name="deposit_not_negative"),
        CheckConstraint(
            "(deposit_percent IS NULL) = (deposit_kept IS NULL) AND (deposit = 0 OR deposit_percent IS NOT NULL)",
            name="deposit_has_terms",
        ),
        CheckConstraint(
            "state NOT IN ('accepted', 'completed') OR accepted_at IS NOT NULL", name="accepted_has_time"
        ),
        CheckConstraint(
            "(state IN ('refused', 'withdrawn', 'lapsed', 'cancelled', 'completed')) = (closed_at IS NOT NULL)",
            name="closed_has_time",
        ),
        UniqueConstraint("cooperative_id", "number_year", "number_seq"),
        UniqueConstraint("cooperative_id", "number"),
        UniqueConstraint("group_id", "cooperative_id"),
        Index("ix_orders_cooperative_id_state", "cooperative_id", "state", "id"),
        Index("ix_orders_state_answer_by", "state", "answer_by"),
        Index("ix_orders_state_closed_at", "state", "closed_at"),
        Index("ix_orders_state_placed_at", "state", "placed_at"),
        Index("ix_orders_placed_at", "placed_at"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    number: Mapped[str] = mapped_column(String(40))
    number_year: Mapped[int] = mapped_column(Integer)
    number_seq: Mapped[int] = mapped_column(Integer)
    group_id: Mapped[int] = mapped_column(ForeignKey("order_groups.id"), index=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    state: Mapped[OrderState] = mapped_column(OneOf(OrderState), default=OrderState.PLACED)
    method: Mapped[Method] = mapped_column(OneOf(Method))
    delivery: Mapped[dict[str, Any]] = mapped_column(JSONColumn)
    papers_asked: Mapped[list[Any] | None] = mapped_column(JSONColumn)
    address_id: Mapped[int | None] = mapped_column(ForeignKey("addresses.id"))
    goods_total: Mapped[Money] = mapped_column(Dong)
    delivery_fee: Mapped[Money] = mapped_column(Dong)
    total: Mapped[Money] = mapped_column(Dong)
    # What was agreed to be paid ahead, and whether the seller keeps it when the buyer backs out.
    deposit: Mapped[Money] = mapped_column(Dong, default=Money(0), server_default="0")
    deposit_percent: Mapped[int | None] = mapped_column(SmallInteger)
    deposit_kept: Mapped[bool | None] = mapped_column(Boolean)
    placed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    answer_by: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    accepted_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    group: Mapped[OrderGroup] = relationship(back_populates="orders")
    cooperative: Mapped[Cooperative] = relationship()
    own_address: Mapped[Address | None] = relationship()
    lines: Mapped[list[OrderLine]] = relationship(
        primaryjoin="and_(Order.id == OrderLine.order_id, OrderLine.ended_by_id.is_(None))",
        back_populates="order",
        order_by="OrderLine.position",
    )
    every_line: Mapped[list[OrderLine]] = relationship(viewonly=True, order_by="OrderLine.position")
    answers: Mapped[list[OrderAnswer]] = relationship(back_populates="order", order_by="OrderAnswer.id")
    changes: Mapped[list[OrderChange]] = relationship(back_populates="order", order_by="OrderChange.id")
    cancellation: Mapped[OrderCancellation | None] = relationship(back_populates="order")
    complaints: Mapped[list[Complaint]] = relationship(back_populates="order", order_by="Complaint.id")
    disputes: Mapped[list[Dispute]] = relationship(back_populates="order", order_by="Dispute.id")
    invoices: Mapped[list[OrderInvoice]] = relationship(back_populates="order", order_by="OrderInvoice.id")
    reliefs: Mapped[list[OrderRelief]] = relationship(back_populates="order", order_by="OrderRelief.id")
    weighings: Mapped[list[OrderWeighing]] = relationship(back_populates="order", order_by="OrderWeighing.id")
    method_changes: Mapped[list[OrderMethodChange]] = relationship(
        back_populates="order", order_by="OrderMethodChange.id"
    )

    @property
    def open_counter(self) -> OrderAnswer | None:
        """The counter-offer the buyer has to answer now."""
        if self.state is not OrderState.COUNTERED:
            return None
        return next(a for a in reversed(self.answers) if a.kind is AnswerKind.COUNTER)

    @property
    def open_change(self) -> OrderChange | None:
        """What one side proposes and the other has not answered yet."""
        return next((change for change in reversed(self.changes) if change.is_open), None)

    @property
    def open_complaint(self) -> Complaint | None:
        return next((complaint for complaint in reversed(self.complaints) if complaint.is_open), None)

    @property
    def open_dispute(self) -> Dispute | None:
        return next((dispute for dispute in reversed(self.disputes) if dispute.is_open), None)

    @property
    def open_weighing(self) -> OrderWeighing | None:
        """What the buyer is asked because it weighs more or less than was agreed."""
        return next((weighing for weighing in reversed(self.weighings) if weighing.is_open), None)

    @property
    def relieved(self) -> Money:
        """What was taken off after a complaint or a dispute; the agreed total stays as it is."""
        return sum((relief.amount for relief in self.reliefs), Money(0))

    @property
    def owed(self) -> Money:
        """What its charge says: the total, less what was taken off; never less than nothing."""
        return Money(max(int(self.total) - int(self.relieved), 0))

    @property
    def address(self) -> Address | None:
        """Where it goes: its own address once that was changed, else the group's."""
        return self.own_address or self.group.address

    @property
    def depot(self) -> dict[str, Any] | None:
        """What was copied of the buyer's depot, unless the place was changed since."""
        return self.group.depot if self.own_address is None else None

    @property
    def papers_to_bring(self) -> list[tuple[str, list[str]]]:
        """(kind, names of its goods that lacked such a paper for that day when the order was sent)."""
        names = {line.product_id: line.name for line in self.lines}
        return [
            (paper["kind"], [names[each] for each in paper["lacking"] if each in names])
            for paper in self.papers_asked or []
        ]


class OrderLine(Model):
    """One product of an order as agreed: name, grade, price and papers are copied, never looked up again.

    `price_list` is the buyer's list that said the price, if one did.
    A change never edits a line: it ends it and writes another (`change_id` brought it, `ended_by_id` ended it), so
    that what was agreed when can always be read.

    A weighed line is agreed in its sale unit and paid by the kilogram: `unit_price` is that of one kilogram, its sum an
    estimate until `settled` says what is paid for. `settled` is written once the goods were weighed, or left.
    """

    __tablename__ = "order_lines"
    __table_args__ = (
        UniqueConstraint("order_id", "position"),
        CheckConstraint("asked > 0", name="asked_positive"),
        CheckConstraint("accepted IS NULL OR (accepted >= 0 AND accepted <= asked)", name="accepted_within"),
        CheckConstraint("unit_price > 0 AND line_total >= 0", name="sums_not_negative"),
        CheckConstraint("weighed = (tolerance_percent IS NOT NULL)", name="weighed_has_tolerance"),
        CheckConstraint(
            "NOT weighed OR (kg_per_unit IS NOT NULL AND kg_per_unit > 0)", name="weighed_has_factor"
        ),
        CheckConstraint(
            "settled IS NULL OR (settled >= 0 AND accepted IS NOT NULL AND (weighed OR settled <= accepted))",
            name="settled_within",
        ),
        CheckConstraint("ended_by_id IS NULL OR ended_by_id <> change_id", name="ended_later"),
        Index(
            "uq_order_lines_claim_id",
            "claim_id",
            unique=True,
            sqlite_where=text("ended_by_id IS NULL"),
            postgresql_where=text("ended_by_id IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    change_id: Mapped[int | None] = mapped_column(ForeignKey("order_changes.id"))
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("order_changes.id"))
    position: Mapped[int] = mapped_column(Integer)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), index=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claims.id"))
    name_vi: Mapped[str] = mapped_column(String(255))
    name_en: Mapped[str] = mapped_column(String(255), default="")
    grade: Mapped[str] = mapped_column(String(120), default="")
    grade_en: Mapped[str] = mapped_column(String(120), default="", server_default="")
    packing: Mapped[str] = mapped_column(String(255), default="")
    unit: Mapped[str] = mapped_column(String(12))
    kg_per_unit: Mapped[Decimal | None] = mapped_column(Thousandths)
    unit_price: Mapped[Money] = mapped_column(Dong)
    weighed: Mapped[bool] = mapped_column(Boolean, default=False)
    tolerance_percent: Mapped[int | None] = mapped_column(SmallInteger)
    price_list_id: Mapped[int | None] = mapped_column(ForeignKey("price_lists.id"))
    vat_code: Mapped[str] = mapped_column(String(12), default="")
    certificates: Mapped[list[Any]] = mapped_column(JSONColumn, default=list)
    step: Mapped[Decimal] = mapped_column(Thousandths)
    asked: Mapped[Decimal] = mapped_column(Thousandths)
    accepted: Mapped[Decimal | None] = mapped_column(Thousandths)
    settled: Mapped[Decimal | None] = mapped_column(Thousandths)
    line_total: Mapped[Money] = mapped_column(Dong)
    order: Mapped[Order] = relationship(back_populates="lines")
    product: Mapped[Product] = relationship()
    claim: Mapped[Claim] = relationship()
    price_list: Mapped[PriceList | None] = relationship()

    @property
    def name(self) -> str:
        return pick(self.name_vi, self.name_en)

    @property
    def grade_told(self) -> str:
        return pick(self.grade, self.grade_en)

    @property
    def quantity(self) -> Decimal:
        """What counts now: accepted when that was agreed, else asked."""
        return self.asked if self.accepted is None else self.accepted

    @property
    def paid_unit(self) -> str:
        """What the unit price is for."""
        return "kg" if self.weighed else self.unit

    def priced(self, quantity: Decimal) -> Decimal:
        """How many of the price's unit so many sale units are, as far as known before the scale."""
        return quantity * (self.kg_per_unit or Decimal(0)) if self.weighed else quantity

    @property
    def paid_for(self) -> Decimal:
        """What the sum counts: settled once that is known, else what was agreed."""
        return self.priced(self.quantity) if self.settled is None else self.settled

    def most_kg(self, count: Decimal) -> Decimal:
        """Up to this weight so many sale units are paid as they weigh, without asking."""
        return self._edge(count, 100 + (self.tolerance_percent or 0), ROUND_FLOOR)

    def least_kg(self, count: Decimal) -> Decimal:
        return self._edge(count, 100 - (self.tolerance_percent or 0), ROUND_CEILING)

    def _edge(self, count: Decimal, percent: int, rounding: str) -> Decimal:
        return (self.priced(count) * percent / 100).quantize(STEP, rounding)


class OrderAnswer(Model):
    """What one side said, when and why. Append-only."""

    __tablename__ = "order_answers"
    __table_args__ = (
        one_of("kind", AnswerKind),
        CheckConstraint("kind <> 'refusal' OR reason IS NOT NULL", name="refusal_has_reason"),
        Index("ix_order_answers_order_id", "order_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    kind: Mapped[AnswerKind] = mapped_column(OneOf(AnswerKind))
    reason: Mapped[RefusalReason | None] = mapped_column(OneOf(RefusalReason))
    words: Mapped[str] = mapped_column(String(500), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    order: Mapped[Order] = relationship(back_populates="answers")
    lines: Mapped[list[OrderAnswerLine]] = relationship(order_by="OrderAnswerLine.line_id")


class OrderAnswerLine(Model):
    """How much of a line an acceptance or counter-offer covers."""

    __tablename__ = "order_answer_lines"
    __table_args__ = (CheckConstraint("quantity >= 0", name="quantity_not_negative"),)
    answer_id: Mapped[int] = mapped_column(ForeignKey("order_answers.id"), primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("order_lines.id"), primary_key=True)
    quantity: Mapped[Decimal] = mapped_column(Thousandths)


class OrderCounter(Model):
    """The last number given by a seller in a year: counted up inside the order's own transaction."""

    __tablename__ = "order_counters"
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"), primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(Integer)


def snapshot_of(order: Order) -> str:
    """A fingerprint of what was written down at placing and must never change, whatever was agreed later."""
    way, fee = _as_placed(order)
    method = order.method_changes[0].was if order.method_changes else order.method
    told = [order.ref, order.number, order.cooperative_id, str(method), int(fee)]
    told += [order.deposit_percent, order.deposit_kept] if order.deposit_percent else []
    for line in (line for line in order.every_line if line.change_id is None):
        told += [line.product_id, line.name_vi, line.name_en, line.grade, line.packing, line.unit]
        told += [line.grade_en] if line.grade_en else []  # lines from before it was copied have none
        told += [int(line.unit_price), format(line.asked.normalize(), "f"), line.vat_code]
        if line.weighed and line.kg_per_unit is not None:
            told += [line.tolerance_percent, format(line.kg_per_unit.normalize(), "f")]
        told += [line.price_list_id] if line.price_list_id else []
    plain = json.dumps([told, way], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()


def _as_placed(order: Order) -> tuple[dict[str, Any], Money]:
    """The way and its fee before the first change that was accepted: each change keeps what it replaced."""
    for change in order.changes:
        if change.was_delivery is not None and change.was_fee is not None:
            return change.was_delivery, change.was_fee
    return order.delivery, order.delivery_fee


explain("uq_order_groups_form_token", _l("This order was already sent."))
schema.append_only("order_answer_lines")
schema.redactable("order_answers", "words")
